"""Four libraries nobody here wrote find the simulated Bot API to be the Bot API."""

import base64
from collections.abc import AsyncIterator, Callable

import pytest

from tests.peers.aiogram_peer import AiogramPeer
from tests.peers.node_peer import NodePeer
from tests.peers.peer import Account, Peer, PeerError
from tests.peers.ptb_peer import PtbPeer
from tests.simulators.telegram import Person, TelegramSimulator
from tests.simulators.telegram.contents import picture
from tests.simulators.telegram.faults import bad_gateway, blocked, too_many

LIBRARIES: dict[str, Callable[[Account], Peer]] = {
    "python-telegram-bot": PtbPeer,
    "aiogram": AiogramPeer,
    "grammy": lambda account: NodePeer("grammy_peer.js", account),
    "telegraf": lambda account: NodePeer("telegraf_peer.js", account),
}
#: What each library raises for 429, 403, 400 and a gateway's page.
RAISED = {
    "python-telegram-bot": ("RetryAfter", "Forbidden", "BadRequest", "NetworkError"),
    "aiogram": (
        "TelegramRetryAfter",
        "TelegramForbiddenError",
        "TelegramBadRequest",
        "ClientDecodeError",
    ),
    "grammy": ("GrammyError", "GrammyError", "GrammyError", "HttpError"),
    "telegraf": ("TelegramError", "TelegramError", "TelegramError", "TelegramError"),
}


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramSimulator]:
    async with TelegramSimulator().running() as simulator:
        yield simulator


@pytest.fixture(params=LIBRARIES)
def library(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
async def peer(telegram: TelegramSimulator, library: str) -> AsyncIterator[Peer]:
    made = LIBRARIES[library](Account(telegram.api_base, telegram.token))
    yield made
    await made.close()


@pytest.fixture
def anna(telegram: TelegramSimulator) -> Person:
    person = telegram.user(1001, "Anna", language_code="en")
    person.starts()
    return person


async def test_it_converses(telegram: TelegramSimulator, peer: Peer, anna: Person) -> None:
    assert await peer.do("me") == "linli_test_bot"
    assert await peer.do("webhook") == ["", 1]
    ((started, text),) = await peer.do("updates", offset=0, seconds=5)

    rows = [[["好", "o:1"], ["不", "o:2"]], [["稍后", "o:3"]]]
    message = await peer.do("send", chat=anna.id, text="路灯坏了？ 😀", rows=rows)
    press = anna.presses("不")
    ((_, data),) = await peer.do("updates", offset=started + 1, seconds=5)
    await peer.do("answer", press=press, text="记下了")
    edited = await peer.do("edit", chat=anna.id, message=message, text="好的")

    assert (text, data, edited) == ("/start", "o:2", "好的")
    assert (anna.answer_to(press) or {})["text"] == "记下了"
    assert [(a.method, a.text, a.labels) for a in telegram.accepted] == [
        ("sendMessage", "路灯坏了？ 😀", ["好", "不", "稍后"]),
        ("answerCallbackQuery", "记下了", []),
        ("editMessageText", "好的", []),
    ]


async def test_it_sends_a_photo_and_fetches_it_again(peer: Peer, anna: Person) -> None:
    content = base64.b64encode(picture(800, 600)).decode()

    file = await peer.do("photo", chat=anna.id, content=content, caption="这里")

    assert await peer.do("download", file=file) == content
    assert (anna.last.text, anna.last.photo) == ("这里", file)


async def test_it_sends_a_place(peer: Peer, anna: Person) -> None:
    assert await peer.do("place", chat=anna.id, latitude=22.58, longitude=113.08) == [22.58, 113.08]
    assert anna.last.location == (22.58, 113.08)


async def test_its_own_polling_hears_and_answers(
    telegram: TelegramSimulator, peer: Peer, anna: Person
) -> None:
    await peer.do("listen")
    anna.writes("路灯坏了")
    await telegram.until(lambda: "路灯坏了" in anna.texts)
    anna.sends_sticker()
    anna.presses("Again")
    await telegram.until(lambda: anna.last.text == "Thanks")
    await peer.do("quiet")

    assert [(s.text, s.edited) for s in anna.seen()] == [("/start", False), ("Thanks", True)]


async def test_too_many_requests_is_its_own_error_with_the_wait(
    telegram: TelegramSimulator, peer: Peer, anna: Person, library: str
) -> None:
    telegram.faults.on("sendMessage", too_many(7))

    with pytest.raises(PeerError) as raised:
        await peer.do("send", chat=anna.id, text="x", rows=[])

    assert (raised.value.name, raised.value.retry_after) == (RAISED[library][0], 7)
    assert telegram.accepted == ()


async def test_a_block_is_its_own_error(
    telegram: TelegramSimulator, peer: Peer, anna: Person, library: str
) -> None:
    telegram.faults.on("sendMessage", blocked())

    with pytest.raises(PeerError, match="bot was blocked by the user") as raised:
        await peer.do("send", chat=anna.id, text="x", rows=[])

    assert raised.value.name == RAISED[library][1]
    assert raised.value.code in {403, None}


async def test_a_bad_request_is_its_own_error(peer: Peer, anna: Person, library: str) -> None:
    with pytest.raises(PeerError, match=r"(?i)chat not found") as raised:
        await peer.do("send", chat=5, text="x", rows=[])

    assert raised.value.name == RAISED[library][2]
    assert raised.value.code in {400, None}


async def test_a_page_of_a_gateway_is_its_own_error(
    telegram: TelegramSimulator, peer: Peer, anna: Person, library: str
) -> None:
    await peer.do("me")
    telegram.faults.on("sendMessage", bad_gateway())

    with pytest.raises(PeerError) as raised:
        await peer.do("send", chat=anna.id, text="x", rows=[])

    assert raised.value.name == RAISED[library][3]


async def test_an_edit_that_changes_nothing_is_refused(peer: Peer, anna: Person) -> None:
    message = await peer.do("send", chat=anna.id, text="Same", rows=[])

    with pytest.raises(PeerError, match=r"(?i)message is not modified"):
        await peer.do("edit", chat=anna.id, message=message, text="Same")
