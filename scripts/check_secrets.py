"""No secret, no address of a package index and no path of one machine in what is committed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Written in pieces, so that this file passes its own check.
INDEX_HOSTS = (
    "py" + "pi.org",
    "pythonhos" + "ted.org",
    "py" + "pi.tuna",
    "npm" + "js.org",
    "npm" + "mirror.com",
    "yarn" + "pkg.com",
)
PATTERNS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" r" KEY-----"),
    "a Telegram token": re.compile(r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b"),
    "an access key": re.compile(
        r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abp]-[A-Za-z0-9-]{20,}"
        r"|sk-[A-Za-z0-9_-]{32,})\b"
    ),
    "a path of one machine": re.compile(
        r"(?<![\w.$}])/(?:root|work/(?:main|shared|\.)|home/(?!app\b)\w+|Users/\w+)(?=/)"
    ),
    "a package index": re.compile("|".join(re.escape(host) for host in INDEX_HOSTS)),
}


def problems(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in PATTERNS.items():
            if pattern.search(line):
                yield f"{name}:{number}: {what}"


def tracked() -> list[Path]:
    """Everything git keeps or would add."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return [path for name in listing.stdout.split("\0") if (path := ROOT / name).is_file()]


def check(paths: Iterable[Path]) -> list[str]:
    found: list[str] = []
    for path in paths:
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        name = str(path.resolve().relative_to(ROOT))
        found += problems(name, content.decode("utf-8", errors="replace"))
    return found


def main(names: list[str]) -> int:
    found = check(map(Path, names) if names else tracked())
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
