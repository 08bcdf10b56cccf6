"""J10, J9: requests that are not what they seem are answered or hung up on, and leave nothing."""

import json

import pytest

from tests.chaos.faults.fortress import API, JSON, LETTER, WEBHOOK, Fortress

MESSAGES = f"{API}/messages"
ID = "0b6b3d0e-1111-4222-8333-4444555566"


def letter(number: int) -> bytes:
    return json.dumps({"client_msg_id": f"{ID}{number:02}", "text": "夹带"}).encode()


def smuggled(fortress: Fortress) -> list[bytes]:
    """Each hides a second request where two servers would not agree on the end of the first."""
    head = fortress.head
    hidden = fortress.request("POST", MESSAGES, letter(1), JSON)
    chunked = b"0\r\n\r\n" + hidden
    both = (JSON, f"Content-Length: {len(chunked)}", "Transfer-Encoding: chunked")
    bare = head("POST", MESSAGES, JSON, "Transfer-Encoding: chunked").replace(b"\r\n", b"\n")
    return [
        head("POST", MESSAGES, *both) + chunked,
        head("POST", MESSAGES, *reversed(both)) + chunked,
        head("POST", MESSAGES, JSON, "Content-Length: 0", "Content-Length: 44") + hidden,
        head("POST", MESSAGES, JSON, "Content-Length: 0,44") + hidden,
        head("POST", MESSAGES, JSON, "Content-Length: +0") + hidden,
        head("POST", MESSAGES, JSON, "Content-Length: 0x0") + hidden,
        head("POST", MESSAGES, JSON, "Content-Length : 0") + hidden,
        head("POST", MESSAGES, JSON, "Content-Length:\x0b0") + hidden,
        head("POST", MESSAGES, JSON, "Transfer-Encoding: xchunked") + chunked,
        head("POST", MESSAGES, JSON, "Transfer-Encoding : chunked") + chunked,
        head("POST", MESSAGES, JSON, "Transfer-Encoding: chunked, identity") + chunked,
        head("POST", MESSAGES, JSON, "Transfer-Encoding: chunked", "Transfer-Encoding: x")
        + chunked,
        head("POST", MESSAGES, JSON, "Transfer-Encoding:\tchunked\x00") + chunked,
        head("POST", MESSAGES, JSON, " Transfer-Encoding: chunked") + chunked,
        head("POST", MESSAGES, JSON, "Transfer-Encoding: chunked") + b"-1\r\n\r\n" + hidden,
        head("POST", MESSAGES, JSON, "Transfer-Encoding: chunked") + b"0x0\r\n\r\n" + hidden,
        head("POST", MESSAGES, JSON, "Transfer-Encoding: chunked") + b"g\r\n\r\n" + hidden,
        head("POST", MESSAGES, JSON, "Transfer-Encoding: chunked") + b"0;\n\r\n\r\n" + hidden,
        head("POST", MESSAGES, JSON, "Transfer-Encoding: chunked") + b"f" * 40 + b"\r\n" + hidden,
        bare + chunked,
    ]


async def test_a_request_whose_end_is_in_doubt_is_refused(fortress: Fortress) -> None:
    for number, attack in enumerate(smuggled(fortress)):
        status = await fortress.meets(attack)
        assert status == 0 or 400 <= status < 500, (number, status)

    await fortress.still_serves()


def heads(fortress: Fortress) -> dict[str, bytes]:
    head = fortress.head
    return {
        "a thousand fields": head("GET", MESSAGES, *(f"X-{n}: {n}" for n in range(1000))),
        "one huge field": head("GET", MESSAGES, "X-Huge: " + "a" * 200_000),
        "many cookies": head("GET", MESSAGES, *(f"Cookie: c{n}={n}" for n in range(300))),
        "a crooked cookie": head("GET", MESSAGES, 'Cookie: linli="\\377\\000; =;;;,$Version=1'),
        "a long address": head("GET", f"{MESSAGES}?" + "a" * 65_536),
        "a long path": head("GET", "/" + "a/" * 32_768),
        "climbing": head("GET", "/chat/" + "../" * 3000 + "etc/passwd"),
        "climbing in code": head("GET", "/chat/%2e%2e/%2e%2e/%2fetc%2fpasswd%00.js"),
        "an absolute address": head("GET", f"http://elsewhere.invalid{MESSAGES}"),
        "an address of ours": head("GET", f"http://localhost{MESSAGES}"),
        "a broken address": head("GET", "http://[::1"),
        "an authority": head("CONNECT", "elsewhere.invalid:443"),
        "the server itself": head("OPTIONS", "*"),
        "TRACE": head("TRACE", MESSAGES),
        "TRACK": head("TRACK", MESSAGES),
        "another protocol": head("PRI", "*").replace(b"HTTP/1.1", b"HTTP/2.0"),
        "no protocol": b"GET /\r\n\r\n",
        "an old protocol": b"GET / HTTP/0.9\r\n\r\n",
        "a protocol to come": b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "a strange method": head("G\x01T", MESSAGES),
        "a long method": head("A" * 10_000, MESSAGES),
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
        "NULs": b"\x00" * 4096,
        "a folded field": head("GET", MESSAGES, "X-A: b\r\n c"),
        "a field without a name": head("GET", MESSAGES, ": b"),
        "a field in two lines": head("GET", MESSAGES, "X-A: b\rX-B: c"),
        "a range of nothing": head("GET", "/chat/", "Range: bytes=9999999999999999999-"),
        "many ranges": head("GET", "/chat/", "Range: bytes=" + ",".join(["0-1"] * 1000)),
        "a date of no calendar": head("GET", "/chat/", "If-Modified-Since: 99 Foo 99999"),
        "many languages": head("GET", "/chat/", "Accept-Language: " + "x-" * 4000),
        "an expectation": head("POST", MESSAGES, JSON, "Content-Length: 2", "Expect: 200-ok"),
        "an encoding of nothing": head("GET", "/chat/", "Accept-Encoding: " + "a;q=x," * 1000),
        "a web socket": head(
            "GET", f"{API}/events", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ).replace(f"{API}/events".encode(), MESSAGES.encode()),
        "HTTP/2": head("GET", MESSAGES, "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"),
    }  # fmt: skip


async def test_an_odd_head_gets_an_answer(fortress: Fortress) -> None:
    kept = fortress.kept()
    met = {what: await fortress.meets(attack) for what, attack in heads(fortress).items()}

    assert {what: status for what, status in met.items() if status >= 500 or status == 101} == {}
    refused = {"a thousand fields", "one huge field", "a long address", "TRACE", "TRACK", "TLS"}
    assert {what for what in refused if met[what] < 400} == set()
    assert fortress.kept() == kept
    await fortress.still_serves()


@pytest.mark.parametrize(
    "host",
    ["", "elsewhere.invalid", "localhost:99999", "localhost@elsewhere.invalid", "[::1", "a" * 5000,
     "localhost\x00", "127.0.0.1.nip.invalid", "lo calhost", "localhost, elsewhere.invalid", "网格"],
)  # fmt: skip
async def test_a_host_that_is_not_ours_is_not_served(fortress: Fortress, host: str) -> None:
    asked = fortress.head("GET", MESSAGES, host=host)

    status = await fortress.meets(asked)

    # A port that cannot be is nobody's name: what counts is the name before it.
    assert status == 200 if host == "localhost:99999" else 400 <= status < 500
    await fortress.still_serves()


async def test_two_hosts_are_none(fortress: Fortress) -> None:
    asked = fortress.head("POST", MESSAGES, "Host: elsewhere.invalid", JSON, "Content-Length: 2")

    assert await fortress.meets(asked + b"{}") >= 400


@pytest.mark.parametrize(
    "secret", ["", "wrong", "journe", "journeyx", "JOURNEY", "旅" * 5, "\udcff\udcfe", "x" * 7000]
)
async def test_who_does_not_know_the_webhooks_secret_leaves_nothing(
    fortress: Fortress, secret: str
) -> None:
    kept = fortress.kept()
    asked = fortress.request("POST", WEBHOOK, LETTER, JSON)
    forged = asked.replace(
        b"Token: journey", b"Token: " + secret.encode("utf-8", "surrogateescape")
    )

    assert 400 <= await fortress.meets(forged) < 500

    assert fortress.kept() == kept
    assert fortress.failures() == []


async def test_the_frames_of_a_web_socket_meet_nobody(fortress: Fortress) -> None:
    """There is none: whoever asks for one is answered as if they had not."""
    upgrade = (
        "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    )  # fmt: skip
    frames = [b"\x81\x85\x00\x00\x00\x00hello", b"\x82\xff" + b"\xff" * 8, b"\x89\x00" * 5000,
              b"\x8f\x00\xf3", b"\x81\x04\xff\xfe\xfd\xfc", b"\x01\x01a" * 5000]  # fmt: skip
    for path in (MESSAGES, "/chat/", "/admin/", "/"):
        for frame in frames:
            status = await fortress.meets(fortress.head("GET", path, *upgrade) + frame)
            assert status != 101
            assert status < 500

    await fortress.still_serves()
