"""J2, J8: every member of every body with every value JSON allows, and some it does not."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from tests.chaos.faults.fortress import API, JSON, WEBHOOK, Fortress

ID = "0b6b3d0e-1111-4222-8333-444455556666"
#: A body that is right, for each address that takes one.
RIGHT: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/session"): {"locale": "zh-CN", "join": "ABCD"},
    ("PATCH", "/session"): {"locale": "en"},
    ("POST", "/messages"): {
        "client_msg_id": ID, "text": "灯坏了", "action": "x", "attachments": ["abcdefgh12345678"],
        "location": {"lat": 1.0, "lon": 2.0, "label": "门口", "place_id": "BL-45"},
    },
    ("POST", "/consent"): {"version": "1"},
    ("POST", "/push-subscriptions"): {
        "endpoint": "http://127.0.0.1:9/x", "keys": {"p256dh": "a", "auth": "b"},
    },
    ("DELETE", "/push-subscriptions"): {"endpoint": "https://fcm.googleapis.com/x"},
    ("DELETE", "/me"): {"confirm_token": "1.a"},
}  # fmt: skip
#: Written as they are sent: some no library would write.
VALUES = (
    "null", "true", "0", "-1", "-0.0", "1e308", "1e400", "NaN", "-Infinity", "9223372036854775808",
    "9" * 5000, "1." + "0" * 5000 + "1", "[]", "{}", "[[]]", "[null]", '{"a":{"b":[]}}', '""',
    '" "', '"\\u0000"', '"\\ud800"', '"\\udc00\\ud800"', '"\\uffff"', '"\ufeff"', '"\\u202e"',
    '"' + "a" * 5000 + '"', '"../../x"', '"\\r\\nSet-Cookie: a=b"', '"%00"', '"٣"', '"1.٣"',
    '"1.\u00e9"', '"' + "9" * 15 + '.0"', '"https://["', '"https://\\u0000"', '"http://a@b:99999/"',
    '"javascript:alert(1)"', "[" * 400 + "]" * 400, '"\\ud83d\\ude00"',
)  # fmt: skip
#: Whole bodies that are no object, or not only one.
BODIES = (
    b"", b"{", b"}", b"null", b"[]", b"1", b'"x"', b"{}{}", b"{}\x00", b"\xef\xbb\xbf{}", b"{,}",
    b"{'a':1}", b'{"a":1,}', b'{"a":01}', b'{"a":+1}', b'{"a":.5}', b'{"a":"\t"}', b'{"a":tru}',
    b'{"a":1,"a":2}', b'{"a":{"b":1,"b":2}}', b'{"__proto__":{"x":1}}', b"// a\n{}", b'{"a":\xff}',
    b"[" * 100_000, b"[" * 30_000 + b"]" * 30_000, b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    b'{"a":"\\x41"}', b'{"a":"\\u12"}', "{}".encode("utf-16"), "{}".encode("utf-32"), b" " * 60_000,
    b'{"\\ud800":1}', b'{"":""}', b'{"a":' + b"1" * 5000 + b"}", b'{"a":1e99999}', b'{"a":-}',
)  # fmt: skip


def members(right: Any) -> Iterator[tuple[str | int, ...]]:
    """The way to every member of the body, those of members too."""
    if isinstance(right, dict):
        for name, value in right.items():
            yield (name,)
            yield from ((name, *rest) for rest in members(value))


def bodies_of(right: dict[str, Any]) -> Iterator[bytes]:
    """The right one with one member replaced; of four kinds of message one at a time."""
    for path, value in product(members(right), VALUES):
        kept = {name: each for name, each in right.items() if name in (path[0], "client_msg_id")}
        marked = json.loads(json.dumps(kept if "client_msg_id" in right else right))
        inner = marked
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = "@here@"
        yield json.dumps(marked, ensure_ascii=False).replace('"@here@"', value).encode()


@pytest.mark.parametrize("door", RIGHT, ids=" ".join)
async def test_no_member_of_a_body_breaks_the_page(
    fortress: Fortress, door: tuple[str, str]
) -> None:
    method, path = door
    everything = [*bodies_of(RIGHT[door]), *BODIES]
    kept, taken = fortress.kept(), 0

    met = await fortress.meets_each(
        fortress.request(method, API + path, body, JSON) for body in everything
    )

    wrong = [
        (status, body[:200])
        for status, body in zip(met, everything, strict=True)
        if not 200 <= status < 500
    ]
    assert wrong == []
    taken = sum(status == 202 and path == "/messages" for status in met)
    ids = 1 if taken else 0  # they share one id: taken once
    assert fortress.kept() - kept <= ids
    await fortress.still_serves()


async def test_whatever_the_webhook_is_sent_is_kept_and_put_away(fortress: Fortress) -> None:
    """Telegram sends nonsense again for a day if it is told that it is nonsense."""
    for body in BODIES:
        asked = fortress.request("POST", WEBHOOK, body, JSON)
        assert await fortress.meets(asked) == 200, body[:80]

    assert fortress.failures() == []


NAMES = (
    "../../../passwd", "..\\passwd", "网" * 200, "a\r\nX-A: b", "a\x00.jpg", "\u202egpj.exe",
    "$(touch passwd)", "",
)  # fmt: skip


async def test_no_name_of_a_file_is_used(fortress: Fortress) -> None:
    for name in NAMES:
        named = name.replace('"', "%22").encode("utf-8", "replace")
        body = (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + named
            + b'"\r\nContent-Type: image/jpeg\r\n\r\nno picture\r\n--b--\r\n'
        )  # fmt: skip
        asked = fortress.request(
            "POST", f"{API}/attachments", body, "Content-Type: multipart/form-data; boundary=b"
        )
        assert 400 <= await fortress.meets(asked) < 500, name

    folder = fortress.town.data.parent
    assert [each for each in folder.rglob("*") if "passwd" in each.name] == []
    await fortress.still_serves()


FORMS = {
    "no boundary": ("multipart/form-data", b"--b\r\n\r\nx\r\n--b--"),
    "a boundary of nothing": ("multipart/form-data; boundary=", b"----"),
    "a long boundary": ("multipart/form-data; boundary=" + "b" * 4000, b"--b"),
    "no parts": ("multipart/form-data; boundary=b", b"--b--\r\n"),
    "no head": ("multipart/form-data; boundary=b", b"--b\r\n\r\nx\r\n--b--\r\n"),
    "no name": (
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
    ),
    "no end": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="login"\r\n\r\nx',
    ),
    "a packed part": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="login"\r\nContent-Encoding: gzip\r\n\r\nx\r\n--b--\r\n',
    ),
    "a part in an odd encoding": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="login"\r\nContent-Transfer-Encoding: x-uu\r\n\r\nx\r\n--b--\r\n',
    ),
    "a part in no known letters": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="login"\r\nContent-Type: text/plain; charset=klingon\r\n\r\nx\r\n--b--\r\n',
    ),
    "a part that is no base64": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="login"\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff%%\r\n--b--\r\n',
    ),
    "a head without an end": (
        "multipart/form-data; boundary=b",
        b"--b\r\nX-A: " + b"a" * 100_000 + b"\r\n\r\nx\r\n--b--\r\n",
    ),
    "a thousand parts": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 1000 + b"--b--\r\n",
    ),
    "parts in parts": (
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n",
    ),
    "fields in no known letters": ("application/x-www-form-urlencoded; charset=klingon", b"a=b"),
    "fields that are no text": ("application/x-www-form-urlencoded", b"login=%ff%fe&\xff=\xfe"),
    "ten thousand fields": ("application/x-www-form-urlencoded", b"a=b&" * 10_000),
    "another type": ("text/plain", b"login=x"),
    "no type": ("", b"login=x"),
    "a broken type": (";;;///", b"login=x"),
}


@pytest.mark.parametrize("what", FORMS)
async def test_no_form_breaks_the_console_or_an_upload(fortress: Fortress, what: str) -> None:
    kind, body = FORMS[what]
    for path in ("/admin/sign-in", "/admin/join", "/admin/account/locale", f"{API}/attachments"):
        asked = fortress.request("POST", path, body, f"Content-Type: {kind}")
        # Who is not signed in is sent to where that is done.
        assert 300 <= await fortress.meets(asked) < 500, path

    await fortress.still_serves()
