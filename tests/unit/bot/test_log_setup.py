"""One event is one line, and no line holds what nobody may read there."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from aiohttp.http_exceptions import BadHttpMessage, InvalidURLError

from bot.log_setup import correlated, set_up_logging
from bot.redaction import REDACTED, Redactor

OUR_SECRET = "kq3-Zt8!our-own-secret"
RULE = "-" * 5
#: Not real: made up for this test.
FAKES = {
    "telegram": "123456789:" + "AAFakeFakeFakeFakeFakeFakeFakeFake_-1",
    "jwt": "eyJ" + "hbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".c2lnbmF0dXJlLXRlc3Q",
    "word": "Fake" + "Word99xyz",
}


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging([OUR_SECRET], stream=stream, level="DEBUG", readable=False)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def events(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_its_fields(out: io.StringIO) -> None:
    with correlated("inbox:7"):
        logging.getLogger("bot.test").info("taken", extra={"action": "turn", "outbox": 5})

    [event] = events(out)
    assert event.pop("at")
    assert event == {
        "level": "INFO",
        "logger": "bot.test",
        "message": "taken",
        "correlation": "inbox:7",
        "action": "turn",
        "outbox": 5,
    }


@pytest.mark.parametrize(
    "hostile", ["a\r\nb", "a\nERROR forged", "\x1b[2Ja", "a\u2028b", "a\x85b", "\u202eabc", "\x00"]
)
@pytest.mark.parametrize("readable", [True, False])
def test_nothing_in_an_event_can_begin_a_line_or_move_the_cursor(
    hostile: str, *, readable: bool, out: io.StringIO
) -> None:
    set_up_logging(stream=out, readable=readable)

    logging.getLogger("bot.test").warning("said %s", hostile, extra={"who": hostile})

    written = out.getvalue()
    assert len(written.splitlines()) == 1
    assert written.removesuffix("\n").isprintable()


def test_a_traceback_stays_in_the_line(out: io.StringIO) -> None:
    try:
        int(f"token={FAKES['word']}\nsecond line")
    except ValueError:
        logging.getLogger("bot.test").exception("failed")

    [event] = events(out)
    assert "ValueError" in str(event["error"])
    assert FAKES["word"] not in out.getvalue()


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        (f"using {OUR_SECRET} now", OUR_SECRET),
        (f"POST https://api.telegram.org/bot{FAKES['telegram']}/sendMessage", FAKES["telegram"]),
        (f"Authorization: Bearer {FAKES['word']}", FAKES["word"]),
        (f"Cookie: linli={FAKES['word']}; other={FAKES['word']}", FAKES["word"]),
        (f"Set-Cookie: __Host-linli={FAKES['word']}; Path=/", FAKES["word"]),
        (f"GET /webhook?token={FAKES['word']}&x=1", FAKES["word"]),
        (f"https://api.weixin.qq.com/x?access_token={FAKES['word']}", FAKES["word"]),
        (f'{{"secret": "{FAKES["word"]}"}}', FAKES["word"]),
        (f"X-Telegram-Bot-Api-Secret-Token: {FAKES['word']}", FAKES["word"]),
        (f"postgresql://linli:{FAKES['word']}@db/linli", FAKES["word"]),
        (f"jwt {FAKES['jwt']}", FAKES["jwt"]),
        (f"join={FAKES['word']}", FAKES["word"]),
        (f"code: {FAKES['word']}", FAKES["word"]),
        (f"{RULE}BEGIN PRIVATE KEY{RULE}\nMIIfake\n{RULE}END PRIVATE KEY{RULE}", "MIIfake"),
        ("call 13800138000 back", "13800138000"),
        ("call １３８００１３８０００ back", "１３８００１３８０００"),
        ("card 11010519491231002X", "11010519491231002X"),
        ("mail zhang.san@example.com", "zhang.san@example.com"),
    ],
)
def test_secrets_and_personal_numbers_are_taken_out(
    line: str, secret: str, out: io.StringIO
) -> None:
    log = logging.getLogger("bot.test")
    log.error(line)
    log.error("said %s", line, extra={"said": line, "deep": {"list": [line]}})

    assert secret not in out.getvalue()
    assert len(out.getvalue().splitlines()) == 2


def test_a_field_called_a_secret_is_blank_whatever_it_holds(out: io.StringIO) -> None:
    logging.getLogger("bot.test").info(
        "seen", extra={"session_token": "x", "wechat_secret": [1, "y"], "code": "4711"}
    )

    [event] = events(out)
    assert {event["session_token"], event["wechat_secret"], event["code"]} == {REDACTED}


def test_a_phone_number_kept_as_a_number_is_masked_too(out: io.StringIO) -> None:
    logging.getLogger("bot.test").info("seen", extra={"phone": 13800138000})

    assert "13800138000" not in out.getvalue()


def test_what_is_innocent_is_left_alone() -> None:
    line = "ticket LL-261120-0007-K moved from triage to dispatched in 0.0312 s, status code 200"

    assert Redactor([OUR_SECRET]).text(line) == line


def test_chinese_stays_readable(out: io.StringIO) -> None:
    logging.getLogger("bot.test").info("社区文件已读")

    assert "社区文件已读" in out.getvalue()


def test_an_adversarial_line_is_not_slow() -> None:
    redactor = Redactor([OUR_SECRET])
    for unit in ("a-", "token", "://:", "eyJ", "1 ", "Bearer ", '"', "-----BEGIN "):
        assert redactor.text(unit * 50_000)


def test_below_the_level_nothing_is_written(out: io.StringIO) -> None:
    set_up_logging(stream=out, level="WARNING", readable=False)

    logging.getLogger("bot.test").info("quiet")

    assert out.getvalue() == ""


def test_an_answer_a_library_cannot_read_is_not_written_down(out: io.StringIO) -> None:
    logging.getLogger("telegram.request.BaseRequest").error("cannot load: %s", "what was told")

    assert events(out) == []


def test_what_is_no_request_is_one_quiet_line_without_its_bytes(out: io.StringIO) -> None:
    server = logging.getLogger("aiohttp.server")
    for error in (BadHttpMessage("GET /?secret"), InvalidURLError("GET /?secret")):
        try:
            raise error
        except BadHttpMessage:
            server.exception("Error handling request from %s", "127.0.0.1")

    names = [event["message"] for event in events(out)]
    assert names == ["no request: BadHttpMessage", "no request: InvalidURLError"]
    assert [event["level"] for event in events(out)] == ["INFO"] * 2
    assert "secret" not in out.getvalue()


def test_that_no_file_is_left_is_said_once_in_a_while(out: io.StringIO) -> None:
    for _ in range(1000):
        logging.getLogger("asyncio").error("socket.accept() out of system resource\nsocket: <x>")
    logging.getLogger("asyncio").error("something else")

    said = [event["message"] for event in events(out)]
    assert said.count("no further connection can be opened") <= 1
    assert said[-1] == "something else"
