"""Nothing is committed that belongs to one machine, one account or one package index."""

import pytest

from check_secrets import check, problems, tracked

PLANTED = {
    "-----BEGIN RSA PRIVATE" + " KEY-----": "a private key",
    "token = '123456789:" + "A" * 35 + "'": "a Telegram token",
    "key = 'AKIA" + "ABCDEFGHIJKLMNOP'": "an access key",
    "see /ro" + "ot/project/file": "a path of one machine",
    "open('/home" + "/someone/data')": "a path of one machine",
    "--index-url https://py" + "pi.org/simple": "a package index",
}


def test_nothing_secret_is_tracked() -> None:
    assert check(tracked()) == []


@pytest.mark.parametrize("line", PLANTED)
def test_the_scan_sees_what_it_looks_for(line: str) -> None:
    assert list(problems("planted", f"first\n{line}\n")) == [f"planted:2: {PLANTED[line]}"]


@pytest.mark.parametrize(
    "line", ["/api/home/", "GET /work/tasks", "$HOME/.cache", "at 12:30:45", "the root/ folder"]
)
def test_the_scan_leaves_ordinary_lines_alone(line: str) -> None:
    assert list(problems("ordinary", line)) == []
