"""XML of the platform comes in flat and bounded, and goes out so that nothing in it can escape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.xml_in import LONGEST, NoMessage, fields, word
from bot.channels.wechat.xml_out import text_reply

HOSTILE = {
    "nothing": b"",
    "no xml": b"hello",
    "json": b'{"a": 1}',
    "cut": b"<xml><Content>",
    "another root": b"<html><a/></html>",
    "doctype": b"<!DOCTYPE x><xml><a>1</a></xml>",
    "external": b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><xml><a>1</a></xml>',
    "file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><a>&a;</a></xml>',
    "laughs": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml><a>&b;</a></xml>',
    "unknown entity": b"<xml><a>&nbsp;</a></xml>",
    "deep": b"<xml>" + b"<a>" * 3_000 + b"</a>" * 3_000 + b"</xml>",
    "wide": b"<xml>" + b"<a/>" * 5_000 + b"</xml>",
    "long": b"<xml><a>" + b"a" * LONGEST + b"</a></xml>",
    "utf-16": "<xml><a>1</a></xml>".encode("utf-16"),
    "gbk": '<?xml version="1.0" encoding="gbk"?><xml><a>栋</a></xml>'.encode("gbk"),
    "half a letter": b"<xml><a>\xe6\xa0</a></xml>",
    "nul": b"<xml><a>\0</a></xml>",
    "control": b"<xml><a>\x0b</a></xml>",
    "surrogate": b"<xml><a>\xed\xa0\x80</a></xml>",
    "reference to nul": b"<xml><a>&#0;</a></xml>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_message_is_refused(name: str) -> None:
    with pytest.raises(NoMessage):
        fields(HOSTILE[name])


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_fields_or_no_message(raw: bytes) -> None:
    for body in (raw, b"<xml>" + raw + b"</xml>", b"<xml><a><![CDATA[" + raw + b"]]></a></xml>"):
        try:
            fields(body)
        except NoMessage:
            continue


def test_lists_nest_and_doubles_are_believed_neither() -> None:
    found = fields(b"<xml><L><I>1</I><I>2</I></L><A>x</A><A>y</A><B/><C> z </C></xml>")
    assert found == {"L": {"I": ["1", "2"]}, "A": ["x", "y"], "B": "", "C": " z "}
    assert [word(found, name) for name in ("A", "B", "C", "L", "none")] == ["", "", " z ", "", ""]


@given(st.text(max_size=300))
def test_a_reply_says_what_was_to_be_said(words: str) -> None:
    """Line ends become what every reader of XML makes of them; what XML has no place for is marked."""
    found = fields(text_reply(words, to="oU", account="gh_1", at=7).encode("utf-8", "replace"))
    assert set(found) == {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"}
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in found["Content"])
    meant = words.replace("\r\n", "\n").replace("\r", "\n")
    wanted = "".join(letter if letter.isprintable() else "\ufffd" for letter in meant)
    assert shown == wanted


@pytest.mark.parametrize("words", ["]]>", "]]]]>>", "x]]></Content><Evil/>", "<![CDATA[", "&lt;"])
def test_nothing_said_ends_what_it_stands_in(words: str) -> None:
    assert fields(text_reply(words, to="oU", account="gh_1", at=7).encode())["Content"] == words
