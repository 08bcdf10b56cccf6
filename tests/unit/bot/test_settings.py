"""Settings: typed, complete, and silent about secrets."""

import pickle
import re
import secrets
from pathlib import Path

import pytest

from actions.application.environment import Environment, Secret, SettingsError
from bot.settings import Settings, read_settings

EXAMPLE = Path("config/example.env")
PRODUCTION = {"LINLI_MODE": "production", "LINLI_PUBLIC_URL": "https://linli.example"}
SECRET = "s3cr3t-value"


def problems(variables: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as raised:
        read_settings(variables)
    return raised.value.problems


def test_nothing_has_to_be_set() -> None:
    settings = read_settings({})

    assert (settings.host, settings.port, settings.is_production) == ("127.0.0.1", 8080, False)
    assert settings.house.data == Path("var").resolve()
    assert settings.house.database_url.reveal() == f"sqlite:///{Path('var').resolve()}/linli.db"
    assert settings.address == "http://127.0.0.1:8080"


def test_production_listens_to_the_outside_and_shows_its_public_address() -> None:
    settings = read_settings(PRODUCTION)

    assert (settings.host, settings.address) == ("0.0.0.0", "https://linli.example")


def test_all_problems_are_named_at_once_and_no_value_is_shown() -> None:
    found = problems(
        {
            "LINLI_MODE": "production",
            "LINLI_PORT": "99999",
            "DATABASE_URL": f"mysql://root:{SECRET}@db/x",
            "REDIS_URL": f"http://:{SECRET}@redis",
            "WECHAT_SECRET": SECRET,
        }
    )

    assert [each.partition(" ")[0] for each in found] == [
        "DATABASE_URL", "REDIS_URL", "LINLI_PORT", "WECHAT_APPID", "WECHAT_TOKEN",
        "LINLI_PUBLIC_URL",
    ]  # fmt: skip
    assert SECRET not in "".join(found)


@pytest.mark.parametrize(
    ("variables", "complaint"),
    [
        ({"LINLI_PUBLIC_URL": "http://linli.example"}, "LINLI_PUBLIC_URL must begin with https"),
        ({"TELEGRAM_API_BASE": "http://127.0.0.1:9"}, "TELEGRAM_API_BASE points at this machine"),
        (
            {"WECHAT_APPID": "a", "WECHAT_SECRET": "b", "WECHAT_TOKEN": "c"},
            "WECHAT_AES_KEY is needed in production",
        ),
    ],
)
def test_production_refuses_what_a_trial_allows(variables: dict[str, str], complaint: str) -> None:
    read_settings(variables)

    assert any(each.startswith(complaint) for each in problems({**PRODUCTION, **variables}))


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("short", "must have at least 32 characters"),
        ("a" * 43, "must be random"),
        ("changeme-changeme-changeme-secret-1", "must be random"),
        ("qX7-" * 4 + "vB2_" * 5, "must not be the same as LINLI_ACTIONS_TOKEN"),
    ],
)
def test_production_refuses_secrets_that_are_short_usual_or_shared(
    value: str, complaint: str
) -> None:
    variables = {"LINLI_ACTIONS_TOKEN": value, "LINLI_METRICS_TOKEN": value}
    read_settings(variables)

    found = problems({**PRODUCTION, **variables})

    assert any(complaint in each for each in found), found
    assert value not in "".join(found)


def test_production_takes_secrets_as_they_are_usually_made() -> None:
    made = {name: secrets.token_urlsafe(32) for name in ("LINLI_ACTIONS_TOKEN", "LINLI_RASA_TOKEN")}

    assert read_settings({**PRODUCTION, **made}).is_production


def test_a_local_api_is_allowed_in_production_by_name() -> None:
    allowed = {"LINLI_ALLOW_LOCAL_API": "TELEGRAM_API_BASE", "TELEGRAM_API_BASE": "http://[::1]:9"}

    assert read_settings({**PRODUCTION, **allowed}).is_production


@pytest.mark.parametrize(
    ("variables", "missing"),
    [
        ({"TELEGRAM_WEBHOOK_SECRET": "x"}, ["TELEGRAM_TOKEN"]),
        ({"WECHAT_APPID": "x"}, ["WECHAT_SECRET", "WECHAT_TOKEN"]),
        ({"WECOM_CORPID": "x", "WECOM_TOKEN": "y"},
         ["WECOM_AGENTID", "WECOM_SECRET", "WECOM_AES_KEY"]),
    ],
)  # fmt: skip
def test_half_a_channel_is_a_mistake(variables: dict[str, str], missing: list[str]) -> None:
    assert [each.partition(" ")[0] for each in problems(variables)] == missing


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret(SECRET)

    assert SECRET not in f"{secret} {secret!r}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_a_printed_setting_holds_no_secret() -> None:
    settings = read_settings(
        {"TELEGRAM_TOKEN": f"1:{SECRET}", "REDIS_URL": f"redis://:{SECRET}@localhost"}
    )

    assert SECRET not in repr(settings)
    assert f"1:{SECRET}" in set(settings.secrets())


class Asked(dict[str, str]):
    """An empty environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(name)
        return "production" if name == "LINLI_MODE" else default


def test_every_setting_stands_in_the_example_with_a_comment() -> None:
    asked = Asked()
    with pytest.raises(SettingsError):
        read_settings(asked)
    text = EXAMPLE.read_text(encoding="utf-8")
    listed = set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))

    assert listed == asked.names
    assert all(block.startswith("# ") for block in text.split("\n\n"))


def test_the_example_is_a_working_environment() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    variables = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))

    assert isinstance(read_settings(variables), Settings)


@pytest.mark.parametrize("value", ["ftp://x", "http://", "http://x:99999", "//x", "http://[::1"])
def test_what_is_no_address_is_refused(value: str) -> None:
    environment = Environment({"NAME": value})

    assert environment.url("NAME") == ""
    assert len(environment.problems) == 1
