"""What was not sealed with our key, whole and for us, is not opened, and nothing else happens."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.sealing import Seal, Unsealable
from bot.channels.wechat.signing import is_ours, is_signed, signature

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SEAL = Seal(KEY, "wx5823bf96d3bd56c7")


@given(st.binary(max_size=300))
def test_whatever_is_sealed_is_opened(message: bytes) -> None:
    sealed = SEAL.close(message)
    assert SEAL.open(sealed) == message
    assert SEAL.close(message) != sealed


@given(st.text(max_size=200))
def test_whatever_was_never_sealed_is_refused(text: str) -> None:
    with pytest.raises(Unsealable):
        SEAL.open(text)


@given(st.binary(max_size=256))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(Unsealable):
        SEAL.open(base64.b64encode(noise).decode())


def test_no_flipped_bit_of_the_message_is_overlooked_with_its_signature() -> None:
    sealed = SEAL.close("路灯坏了".encode())
    raw = bytearray(base64.b64decode(sealed))
    signed = signature("token", "1", "n", sealed)
    for position in range(len(raw)):
        raw[position] ^= 1
        other = base64.b64encode(bytes(raw)).decode()
        assert not is_signed(signed, "token", "1", "n", other)
        raw[position] ^= 1


@pytest.mark.parametrize(
    ("key", "app"),
    [(KEY, "wx0000000000000000"), (KEY, ""), (KEY[::-1], "wx5823bf96d3bd56c7")],
    ids=["another account", "no account", "another key"],
)
def test_what_is_meant_for_others_is_refused(key: str, app: str) -> None:
    with pytest.raises(Unsealable):
        SEAL.open(Seal(key, app).close(b"<xml/>"))


@pytest.mark.parametrize(
    "key", ["", KEY[:-1], KEY + "A", KEY[:-1] + "=", KEY[:-1] + "栋", KEY[:-1] + "-"]
)
def test_what_is_no_key_is_said_at_once(key: str) -> None:
    with pytest.raises(ValueError, match="43 letters"):
        Seal(key, "wx5823bf96d3bd56c7")


@pytest.mark.parametrize(
    "given_one", ["", "0" * 40, "0" * 39, "é" * 40, "\udcff" * 40, "a" * 10_000, "栋" * 40]
)
def test_forged_signatures_are_no_errors(given_one: str) -> None:
    query = {"signature": given_one, "timestamp": "1409659813", "nonce": "n"}
    assert not is_ours(query, "token")


def test_a_signature_is_of_all_its_parts() -> None:
    query = {"timestamp": "1409659813", "nonce": "n"}
    query["signature"] = signature("token", *query.values())
    assert is_ours(query, "token")
    assert not is_ours(query, "token2")
    assert not is_ours(query | {"nonce": "m"}, "token")
    assert not is_ours(query | {"timestamp": "1409659814"}, "token")
    assert not is_ours({}, "token")
