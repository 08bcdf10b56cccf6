"""`Settings`: everything the environment decides, typed, frozen and read once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from actions.application.environment import (
    Environment,
    HouseSettings,
    Secret,
    house_settings,
    is_loopback,
)
from actions.application.secret_rules import OURS, objections

DEFAULT_PORT: Final = 8080
_TELEGRAM_API: Final = "https://api.telegram.org"
_WECHAT_API: Final = "https://api.weixin.qq.com"
_WECOM_API: Final = "https://qyapi.weixin.qq.com"
#: The number is who the bot is; it stands in our tables, the rest nowhere.
_TELEGRAM_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_API_BASES: Final = ("TELEGRAM_API_BASE", "WECHAT_API_BASE", "WECOM_API_BASE")


@dataclass(frozen=True, kw_only=True)
class TelegramSettings:
    token: Secret
    webhook_secret: Secret | None  #: without it the bot polls
    webhook_secret_old: Secret | None = None  #: counts as well, while it is being changed
    api_base: str

    @property
    def bot_id(self) -> str:
        """Who we are there: the number the token begins with."""
        return self.token.reveal().partition(":")[0]


@dataclass(frozen=True, kw_only=True)
class WeChatSettings:
    app_id: str
    secret: Secret
    token: Secret
    aes_key: Secret | None  #: without it plaintext mode, which production refuses
    api_base: str


@dataclass(frozen=True, kw_only=True)
class WeComSettings:
    corp_id: str
    agent_id: str
    secret: Secret
    token: Secret
    aes_key: Secret
    api_base: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    house: HouseSettings
    is_production: bool = False
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    public_url: str = ""
    trusted_proxies: frozenset[str] = frozenset()
    rasa_urls: tuple[str, ...] = ()  #: empty: a child of ours
    rasa_token: Secret | None = None
    actions_urls: tuple[str, ...] = ()  #: empty: the action endpoint is mounted here
    actions_port: int = 0
    metrics_token: Secret | None = None  #: without it `/metrics` is for this machine alone
    lines: int = 12_000  #: connections at once
    lines_of_one: int = 4_000  #: of them from one address
    head_seconds: int = 8
    body_seconds: int = 28
    log_level: str = ""  #: empty: info in a service, warning at a terminal
    telegram: TelegramSettings | None = None
    wechat: WeChatSettings | None = None
    wecom: WeComSettings | None = None

    @property
    def address(self) -> str:
        """Where a browser finds the chat."""
        if self.public_url:
            return self.public_url
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def is_public(self) -> bool:
        """Whether others than this machine may reach the port."""
        return self.is_production or self.host not in ("127.0.0.1", "::1", "localhost")

    def secrets(self) -> Iterator[str]:
        """Every secret we were given, so that a log can recognise it."""
        for part in (self, self.house, self.telegram, self.wechat, self.wecom):
            values = vars(part).values() if part else ()
            yield from (value.reveal() for value in values if isinstance(value, Secret))


def read_settings(variables: Mapping[str, str]) -> Settings:
    """The settings of a process.

    Raises:
        SettingsError: with everything that is wrong, by the names of the variables.
    """
    environment = Environment(variables)
    settings = _read(environment)
    if settings.is_production:
        _require_production(settings, environment)
    environment.settle()
    return settings


def _read(environment: Environment) -> Settings:
    is_production = environment.choice("LINLI_MODE", "trial", "production") == "production"
    return Settings(
        house=house_settings(environment),
        is_production=is_production,
        host=environment.text("LINLI_HOST", "0.0.0.0" if is_production else "127.0.0.1"),  # noqa: S104
        port=environment.port("LINLI_PORT", DEFAULT_PORT),
        public_url=environment.url("LINLI_PUBLIC_URL"),
        trusted_proxies=environment.words("LINLI_TRUSTED_PROXIES"),
        rasa_urls=environment.urls("LINLI_RASA_URL"),
        rasa_token=environment.secret("LINLI_RASA_TOKEN"),
        actions_urls=environment.urls("LINLI_ACTIONS_URL"),
        actions_port=environment.port("LINLI_ACTIONS_PORT", 0),
        metrics_token=environment.secret("LINLI_METRICS_TOKEN"),
        lines=environment.whole("LINLI_CONNECTIONS", 12_000),
        lines_of_one=environment.whole("LINLI_CONNECTIONS_OF_ONE", 4_000),
        head_seconds=environment.whole("LINLI_HEAD_SECONDS", 8),
        body_seconds=environment.whole("LINLI_BODY_SECONDS", 28),
        log_level=environment.choice("LINLI_LOG_LEVEL", "", "debug", "info", "warning", "error"),
        telegram=_telegram(environment),
        wechat=_wechat(environment),
        wecom=_wecom(environment),
    )


def _telegram(environment: Environment) -> TelegramSettings | None:
    api_base = environment.url("TELEGRAM_API_BASE", _TELEGRAM_API)
    webhook_secret = environment.secret("TELEGRAM_WEBHOOK_SECRET")
    old = environment.secret("TELEGRAM_WEBHOOK_SECRET_OLD")
    token = environment.secret("TELEGRAM_TOKEN")
    if token is None:
        if webhook_secret is not None:
            environment.report("TELEGRAM_TOKEN", "is missing beside TELEGRAM_WEBHOOK_SECRET")
        return None
    if not _TELEGRAM_TOKEN.fullmatch(token.reveal()):
        environment.report("TELEGRAM_TOKEN", "must be a number, a colon and letters")
    if webhook_secret is not None and not _TELEGRAM_SECRET.fullmatch(webhook_secret.reveal()):
        environment.report("TELEGRAM_WEBHOOK_SECRET", "may hold A-Z, a-z, 0-9, _ and - only")
    return TelegramSettings(
        token=token, webhook_secret=webhook_secret, webhook_secret_old=old, api_base=api_base
    )


def _wechat(environment: Environment) -> WeChatSettings | None:
    api_base = environment.url("WECHAT_API_BASE", _WECHAT_API)
    aes_key = environment.secret("WECHAT_AES_KEY")
    given = _all_or_none(environment, "WECHAT_APPID", "WECHAT_SECRET", "WECHAT_TOKEN")
    if given is None:
        return None
    return WeChatSettings(
        app_id=given["WECHAT_APPID"].reveal(),
        secret=given["WECHAT_SECRET"],
        token=given["WECHAT_TOKEN"],
        aes_key=aes_key,
        api_base=api_base,
    )


def _wecom(environment: Environment) -> WeComSettings | None:
    api_base = environment.url("WECOM_API_BASE", _WECOM_API)
    given = _all_or_none(
        environment,
        *("WECOM_CORPID", "WECOM_AGENTID", "WECOM_SECRET", "WECOM_TOKEN", "WECOM_AES_KEY"),
    )
    if given is None:
        return None
    return WeComSettings(
        corp_id=given["WECOM_CORPID"].reveal(),
        agent_id=given["WECOM_AGENTID"].reveal(),
        secret=given["WECOM_SECRET"],
        token=given["WECOM_TOKEN"],
        aes_key=given["WECOM_AES_KEY"],
        api_base=api_base,
    )


def _all_or_none(environment: Environment, *names: str) -> dict[str, Secret] | None:
    """A channel is on when its settings are there; half of them is a mistake."""
    given = {name: value for name in names if (value := environment.secret(name))}
    if not given:
        return None
    missing = [name for name in names if name not in given]
    for name in missing:
        environment.report(name, f"is missing beside {next(iter(given))}")
    return None if missing else given


def _require_production(settings: Settings, environment: Environment) -> None:
    if not settings.public_url:
        environment.report("LINLI_PUBLIC_URL", "is needed in production")
    elif not settings.public_url.startswith("https://"):
        environment.report("LINLI_PUBLIC_URL", "must begin with https:// in production")
    if settings.wechat is not None and settings.wechat.aes_key is None:
        environment.report("WECHAT_AES_KEY", "is needed in production (secure mode)")
    for name, what in objections({each: environment.text(each) for each in OURS}):
        environment.report(name, what)
    allowed = environment.words("LINLI_ALLOW_LOCAL_API")
    for name in _API_BASES:
        base = environment.text(name)
        if base and is_loopback(base) and name not in allowed:
            environment.report(
                name, "points at this machine; production allows it by LINLI_ALLOW_LOCAL_API"
            )
