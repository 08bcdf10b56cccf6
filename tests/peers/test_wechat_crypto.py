"""Everybody opens what everybody sealed: our envelope is the platform's."""

from itertools import product

import pytest
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply
from wechatpy.utils import WeChatSigner
from werobot.utils import check_signature

from bot.channels.wechat.sealing import Seal
from bot.channels.wechat.signing import is_ours, signature
from bot.channels.wechat.xml_in import fields
from bot.channels.wechat.xml_out import sealed_reply, text_reply
from tests.peers.wechat_sides import APP, AT, KEY, NONCE, SIDES, TOKEN

WORDS = [
    "<xml><Content><![CDATA[路灯坏了 ünï 𨋢 👵🏽]]></Content></xml>",
    "x",
    "四十五栋楼梯扶手松了" * 400,
]


@pytest.mark.parametrize(("closes", "opens"), list(product(SIDES, SIDES)))
async def test_what_one_side_seals_the_other_opens(closes: str, opens: str) -> None:
    closing, opening = SIDES[closes](), SIDES[opens]()
    try:
        for words in WORDS:
            assert await opening.open(await closing.close(words)) == words
    finally:
        await closing.end()
        await opening.end()


@pytest.mark.parametrize("name", SIDES)
async def test_nobody_opens_under_another_signature(name: str) -> None:
    side = SIDES[name]()
    try:
        sealed, signed = await side.close("路灯坏了")
        with pytest.raises(Exception) as refused:  # noqa: PT011 - each library has its own
            await side.open((sealed, signed[::-1]))
        assert "signature" in repr(refused).lower()
    finally:
        await side.end()


def test_three_hands_sign_alike() -> None:
    signer = WeChatSigner()
    signer.add_data(TOKEN, AT, NONCE)
    assert signature(TOKEN, AT, NONCE) == signer.signature
    assert check_signature(TOKEN, AT, NONCE, signature(TOKEN, AT, NONCE))
    assert is_ours({"signature": signer.signature, "timestamp": AT, "nonce": NONCE}, TOKEN)


def test_our_reply_is_read_by_another_hand() -> None:
    words = "已收到 ]]> <Evil/> & LL-261120-0007-K\n45栋 𨋢"
    reply = text_reply(words, to="oUser", account="gh_1", at=int(AT))
    sealed = sealed_reply(reply, Seal(KEY, APP), TOKEN, timestamp=AT, nonce=NONCE)
    signed = str(fields(sealed.encode())["MsgSignature"])
    opened = WeChatCrypto(TOKEN, KEY, APP).decrypt_message(sealed, signed, AT, NONCE)
    message = parse_message(opened)
    assert (message.content, message.source, message.target) == (words, "gh_1", "oUser")


def test_their_message_is_read_by_us() -> None:
    theirs = TextReply(content="楼上半夜唱K", source="gh_1", target="oUser").render()
    found = fields(theirs.encode())
    assert (found["Content"], found["ToUserName"]) == ("楼上半夜唱K", "oUser")
