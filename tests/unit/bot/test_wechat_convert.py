"""Each kind of callback is read as what it means, and each knows itself again."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.convert import callback
from bot.channels.wechat.incoming import (
    Callback,
    Click,
    Consent,
    Content,
    Follow,
    JobDone,
    Leave,
    Link,
    Nothing,
    NoticeDone,
    Photo,
    Place,
    Scan,
    Unread,
    Voice,
    Words,
)
from bot.channels.wechat.xml_in import NoMessage, fields

HEAD = (
    "<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oUser-_1]]></FromUserName>"
    "<CreateTime>1409659813</CreateTime>"
)


def read(inner: str, head: str = HEAD) -> Callback:
    return callback(fields(f"<xml>{head}{inner}</xml>".encode()))


def message(kind: str, **children: str) -> str:
    inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in children.items())
    return f"<MsgType><![CDATA[{kind}]]></MsgType>{inner}<MsgId>23456789012345678</MsgId>"


def event(name: str, **children: str) -> str:
    inner = "".join(f"<{child}><![CDATA[{value}]]></{child}>" for child, value in children.items())
    return f"<MsgType>event</MsgType><Event><![CDATA[{name}]]></Event>{inner}"


def popup(name: str, *answers: str) -> str:
    listed = "".join(
        f"<List><TemplateId>T{n}</TemplateId>"
        f"<SubscribeStatusString>{answer}</SubscribeStatusString></List>"
        for n, answer in enumerate(answers)
    )
    kind = "".join(part.title() for part in name.split("_"))
    return f"<MsgType>event</MsgType><Event>{name}</Event><{kind}>{listed}</{kind}>"


SENT = (
    "<SubscribeMsgSentEvent><List><TemplateId>T</TemplateId><MsgID>17</MsgID><ErrorCode>0"
    "</ErrorCode><ErrorStatus>success</ErrorStatus></List></SubscribeMsgSentEvent>"
)

MEANT: list[tuple[str, tuple[Content, ...]]] = [
    (message("text", Content="45栋楼梯扶手松了"), (Words(text="45栋楼梯扶手松了"),)),
    (message("text", Content="好", bizmsgmenuid="101"), (Words(text="好", menu="101"),)),
    (message("text", Content=" \n"), (Nothing(why="nothing was said"),)),
    (message("image", PicUrl="http://p", MediaId="M"), (Photo(media_id="M", url="http://p"),)),
    (message("voice", MediaId="V", Format="amr", Recognition=""), (Voice(media_id="V"),)),
    (message("video", MediaId="V", ThumbMediaId="T"), (Unread(what="video"),)),
    (message("shortvideo", MediaId="V"), (Unread(what="video"),)),
    (message("link", Title="告示", Description="", Url="http://u"), (Link(title="告示", url="http://u"),)),
    (
        message("location", Location_X="23.134521", Location_Y="113.358803", Label="天河"),
        (Place(lat=23.134521, lon=113.358803, label="天河"),),
    ),
    (message("location", Location_X="113.3", Location_Y="23.1"), (Unread(what="other"),)),
    (message("location", Location_X="nan", Location_Y="nan"), (Unread(what="other"),)),
    (message("location", Location_X="栋", Location_Y=""), (Unread(what="other"),)),
    (message("miniprogrampage"), (Unread(what="other"),)),
    (event("subscribe"), (Follow(scene=""),)),
    (event("subscribe", EventKey="qrscene_lamp-45-3", Ticket="T"), (Follow(scene="lamp-45-3"),)),
    (event("SUBSCRIBE", EventKey="last_trade_no_1"), (Follow(scene=""),)),
    (event("unsubscribe", EventKey=""), (Leave(),)),
    (event("SCAN", EventKey="lamp-45-3", Ticket="T"), (Scan(scene="lamp-45-3"),)),
    (event("CLICK", EventKey="mine"), (Click(key="mine"),)),
    (event("VIEW", EventKey="http://u"), (Nothing(why="event view"),)),
    (event("LOCATION", Latitude="23.1"), (Nothing(why="event location"),)),
    (event("location_select"), (Nothing(why="a place, told again in a message"),)),
    (
        event("TEMPLATESENDJOBFINISH", MsgID="200163836", Status="failed:user block"),
        (JobDone(id="200163836", status="failed:user block"),),
    ),
    (
        popup("subscribe_msg_popup_event", "accept", "reject"),
        (Consent(template_id="T0", is_given=True), Consent(template_id="T1", is_given=False)),
    ),
    (popup("subscribe_msg_change_event", "reject"), (Consent(template_id="T0", is_given=False),)),
    (popup("subscribe_msg_popup_event"), (Nothing(why="a consent to nothing"),)),
    (
        f"<MsgType>event</MsgType><Event>subscribe_msg_sent_event</Event>{SENT}",
        (NoticeDone(id="17", template_id="T", code="0", status="success"),),
    ),
    (event("subscribe_msg_sent_event"), (Nothing(why="a notice about nothing"),)),
]  # fmt: skip


@pytest.mark.parametrize(("inner", "meant"), MEANT)
def test_it_is_read_as_what_it_means(inner: str, meant: tuple[Content, ...]) -> None:
    found = read(inner)
    assert found.contents == meant
    assert (found.openid, found.account, found.at) == ("oUser-_1", "gh_1", 1409659813)
    assert read(inner).key == found.key


def test_messages_are_known_by_their_number_whoever_says_what() -> None:
    assert (
        read(message("text", Content="a")).key
        == read(message("image")).key
        == ("m23456789012345678")
    )


def test_events_are_known_by_who_when_and_what() -> None:
    later = HEAD.replace("1409659813", "1409659814")
    other = HEAD.replace("oUser-_1", "oUser-_2")
    keys = [
        read(event("CLICK", EventKey="mine")).key,
        read(event("CLICK", EventKey="tell")).key,
        read(event("SCAN", EventKey="mine")).key,
        read(event("CLICK", EventKey="mine"), later).key,
        read(event("CLICK", EventKey="mine"), other).key,
        read(event("TEMPLATESENDJOBFINISH", MsgID="1")).key,
        read(event("TEMPLATESENDJOBFINISH", MsgID="2")).key,
    ]
    assert all(one != another for one, another in combinations(keys, 2))


@pytest.mark.parametrize(
    "head",
    [
        "",
        HEAD.replace("oUser-_1", ""),
        HEAD.replace("oUser-_1", "o'; DROP"),
        HEAD.replace("oUser-_1", "o" * 65),
        HEAD.replace("gh_1", "../x"),
        HEAD.replace("1409659813", "-1"),
        HEAD.replace("1409659813", "１４"),
        HEAD.replace("1409659813", "9" * 30),
        HEAD + "<FromUserName>oOther</FromUserName>",
    ],
)
def test_what_is_from_nobody_is_refused(head: str) -> None:
    with pytest.raises(NoMessage):
        read(message("text", Content="a"), head)


@pytest.mark.parametrize("number", ["x", "9" * 21, "１", "-1"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    inner = message("text", Content="a").replace("23456789012345678", number)
    with pytest.raises(NoMessage):
        read(inner)


NAMES = [
    "MsgType", "Event", "EventKey", "MsgId", "MsgID", "Content", "Location_X", "Location_Y",
    "SubscribeMsgPopupEvent", "SubscribeMsgSentEvent", "MediaId", "Status",
]  # fmt: skip
VALUES = st.recursive(
    st.one_of(
        st.sampled_from(["text", "event", "location", "image", "subscribe_msg_popup_event", "1"]),
        st.text(max_size=12),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*NAMES, "List"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_fields_are_read_or_refused(found: dict[str, object]) -> None:
    given_ones = {"FromUserName": "oU", "ToUserName": "gh_1", "CreateTime": "7"} | found
    try:
        assert callback(given_ones).contents
    except NoMessage:
        assert found.get("MsgId")
