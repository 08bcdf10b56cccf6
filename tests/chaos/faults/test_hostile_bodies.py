"""J1, J4: bodies that are empty, huge, endless, packed, lying or no text; nothing is half taken."""

import gzip
import json
import zlib
from itertools import repeat

import pytest

from tests.chaos.faults.fortress import API, JSON, MEGABYTE, WEBHOOK, Fortress

DOORS = [f"{API}/messages", f"{API}/session", WEBHOOK, "/admin/sign-in", f"{API}/attachments"]
#: What the gateway may need on top at most, whatever is thrown at it.
ROOM = 96 * MEGABYTE
ID = '"client_msg_id":"0b6b3d0e-1111-4222-8333-444455556666"'
BOMB = gzip.compress(b"\0" * (128 * MEGABYTE), 1)
CHUNK = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"


@pytest.mark.parametrize("door", DOORS)
async def test_no_size_of_a_body_is_too_much_for_a_door(fortress: Fortress, door: str) -> None:
    before, kept = fortress.memory(), fortress.kept()
    megabyte = json.dumps({"text": "长" * 350_000}, ensure_ascii=False).encode()

    # An update that is empty or too odd is kept for whoever looks; nothing else is.
    assert await fortress.meets(fortress.request("POST", door, b"", JSON)) < 500
    assert 400 <= await fortress.meets(fortress.request("POST", door, megabyte, JSON)) < 500
    announced = fortress.head("POST", door, JSON, f"Content-Length: {64 * MEGABYTE}")
    assert await _refused(fortress, announced, *repeat(b"a" * MEGABYTE, 64))
    endless = fortress.head("POST", door, JSON, "Transfer-Encoding: chunked")
    assert await _refused(fortress, endless, *repeat(CHUNK, 1024))

    assert fortress.memory() - before < ROOM
    assert fortress.kept() - kept == (1 if door == WEBHOOK else 0)
    await fortress.still_serves()


async def _refused(fortress: Fortress, *pieces: bytes, ends: bool = False) -> bool:
    """Told so, or hung up on in the middle."""
    status = await fortress.meets(*pieces, ends=ends)
    return status == 0 or 400 <= status < 500


@pytest.mark.parametrize("door", DOORS)
async def test_a_body_that_ends_before_its_announced_length_is_not_taken(
    fortress: Fortress, door: str
) -> None:
    kept = fortress.kept()
    whole = json.dumps({"client_msg_id": "", "text": "灯坏了"}).encode()

    for length in (len(whole) + 1, 10 * MEGABYTE):
        promised = fortress.head("POST", door, JSON, f"Content-Length: {length}")
        assert await _refused(fortress, promised, whole, ends=True)
    unfinished = fortress.head("POST", door, JSON, "Transfer-Encoding: chunked")
    assert await _refused(fortress, unfinished, b"%x\r\n" % len(whole) + whole + b"\r\n", ends=True)

    assert fortress.kept() == kept
    await fortress.still_serves()


@pytest.mark.parametrize("door", DOORS)
async def test_a_packed_body_is_refused_and_never_unpacked(fortress: Fortress, door: str) -> None:
    before, kept = fortress.memory(), fortress.kept()
    packed = {
        "gzip": BOMB,
        "gzip, gzip": gzip.compress(BOMB),
        "deflate": zlib.compress(b"\0" * MEGABYTE),
        "br": b"\x8b\x02\x80",
        "zstd": b"\x28\xb5\x2f\xfd",
        "x-nonsense": b"{}",
        "identity, gzip": BOMB,
        "GZIP": BOMB,
    }

    for coding, body in packed.items():
        asked = fortress.request("POST", door, body, JSON, f"Content-Encoding: {coding}")
        assert await fortress.meets(asked) in (0, 400, 415), coding

    assert fortress.memory() - before < ROOM
    assert fortress.kept() == kept
    await fortress.still_serves()


BYTES = {
    "overlong": b"\xc0\xaf",
    "overlong NUL": b"\xc0\x80",
    "cut in half": b"\xe7\x81",
    "CESU-8": b"\xed\xa0\xbd\xed\xb8\x80",
    "beyond Unicode": b"\xf4\x90\x80\x80",
    "continuation first": b"\x81",
    "GBK": "灯坏了".encode("gbk"),
    "UTF-16": "灯".encode("utf-16"),
    "five bytes": b"\xf8\x88\x80\x80\x80",
}


async def test_bytes_that_are_no_text_are_refused_by_the_page(fortress: Fortress) -> None:
    kept = fortress.kept()

    for what, raw in BYTES.items():
        body = b"{" + ID.encode() + b',"text":"' + raw + b'"}'
        asked = fortress.request("POST", f"{API}/messages", body, JSON)
        assert await fortress.meets(asked) == 400, what

    assert fortress.kept() == kept
    await fortress.still_serves()


async def test_bytes_that_are_no_text_are_kept_for_whoever_looks_after_the_webhook(
    fortress: Fortress,
) -> None:
    for number, (what, raw) in enumerate(BYTES.items()):
        kept = fortress.kept()
        body = b'{"update_id":%d,"message":{"text":"' % (7000 + number) + raw + b'"}}'
        assert await fortress.meets(fortress.request("POST", WEBHOOK, body, JSON)) == 200, what
        assert fortress.kept() == kept + 1, what


@pytest.mark.parametrize(
    "path", ["/admin/sign-in?next=", "/admin/join?code=", f"{API}/messages?after=", "/chat/", "/"]
)
async def test_bytes_that_are_no_text_may_stand_in_an_address(
    fortress: Fortress, path: str
) -> None:
    for what, raw in BYTES.items():
        named = "".join(f"%{byte:02x}" for byte in raw)
        assert await fortress.meets(fortress.request("GET", path + named)) < 500, what
        bare = fortress.head("GET", path + raw.decode("utf-8", "surrogateescape"))
        assert await fortress.meets(bare) < 500, what

    await fortress.still_serves()
