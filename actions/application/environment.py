"""`Environment`: typed values out of environment variables, with every problem found at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from actions import failpoints

_HTTP = ("http", "https")
_LOOPBACK = ("localhost", "127.", "::1", "0.0.0.0")  # noqa: S104
_PORTS = range(65536)
_MOST = 10**6


class Secret:
    """A value that is never shown by accident: not printed, not logged, not pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __str__(self) -> str:
        return "…"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other.reveal()

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")


class SettingsError(Exception):
    """The settings cannot be used; `problems` names each variable and what is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Environment:
    """Reads variables one by one. A problem names the variable, never what it holds."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.problems: list[str] = []

    def report(self, name: str, what: str) -> None:
        self.problems.append(f"{name} {what}")

    def settle(self) -> None:
        """Raises SettingsError if anything was wrong."""
        if self.problems:
            raise SettingsError(self.problems)

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def words(self, name: str) -> frozenset[str]:
        """Several words, separated by commas or blanks."""
        return frozenset(self.text(name).replace(",", " ").split())

    def secret(self, name: str) -> Secret | None:
        value = self.text(name)
        return Secret(value) if value else None

    def path(self, name: str, default: str) -> Path:
        return Path(self.text(name, default)).expanduser().resolve()

    def choice(self, name: str, *allowed: str) -> str:
        """One of a few words; the first is the default."""
        value = self.text(name, allowed[0])
        if value not in allowed:
            self.report(name, f"must be one of {', '.join(filter(None, allowed))}")
            return allowed[0]
        return value

    def port(self, name: str, default: int) -> int:
        """A port number; 0 means any that is free."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and int(value) in _PORTS):
            self.report(name, "must be a port number")
            return default
        return int(value)

    def whole(self, name: str, default: int) -> int:
        """A whole number from one up."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit() and 0 < int(value) <= _MOST):
            self.report(name, "must be a whole number from 1 up")
            return default
        return int(value)

    def url(self, name: str, default: str = "", *, schemes: tuple[str, ...] = _HTTP) -> str:
        """An address without a slash at its end; empty when there is none."""
        value = self.text(name, default).rstrip("/")
        if value and not _is_address(value, schemes):
            self.report(name, f"must be an address beginning with {' or '.join(schemes)}")
            return ""
        return value

    def urls(self, name: str) -> tuple[str, ...]:
        """Several addresses, separated by commas or blanks, in their order."""
        found = [each.rstrip("/") for each in self.text(name).replace(",", " ").split()]
        if all(_is_address(each, _HTTP) for each in found):
            return tuple(found)
        self.report(name, f"must be addresses beginning with {' or '.join(_HTTP)}")
        return ()


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        split = urlsplit(value)
        return split.scheme in schemes and bool(split.hostname) and split.port != 0
    except ValueError:
        return False


def is_loopback(url: str) -> bool:
    """Whether an address lies on this machine."""
    host = urlsplit(url).hostname or ""
    return host.startswith(_LOOPBACK)


@dataclass(frozen=True, kw_only=True)
class HouseSettings:
    """What the application has to be told, whichever of its doors is opened."""

    data: Path
    database_url: Secret
    community_file: Path
    knowledge_named: Path | None = None  #: else the folder beside the community's file
    actions_token: Secret | None = None  #: made and kept in the data directory when not given
    actions_token_old: Secret | None = None  #: counts as well, while it is being changed
    redis_url: Secret | None = None  #: without it nobody is told of anything, and finds it later
    failpoints: str = ""  #: where a test wants something to go wrong

    @property
    def knowledge_folder(self) -> Path:
        return self.knowledge_named or self.community_file.parent / "knowledge"


def _knowledge(environment: Environment) -> Path | None:
    """A folder that was named and is not there is a mistake; the usual one may be missing."""
    if not environment.text("LINLI_KNOWLEDGE"):
        return None
    folder = environment.path("LINLI_KNOWLEDGE", "")
    if not folder.is_dir():
        environment.report("LINLI_KNOWLEDGE", "must name a folder")
    return folder


def house_settings(environment: Environment) -> HouseSettings:
    data = environment.path("LINLI_DATA", "var")
    url = environment.text("DATABASE_URL", f"sqlite:///{data / 'linli.db'}")
    if url.partition(":")[0].partition("+")[0] not in {"sqlite", "postgresql"}:
        environment.report("DATABASE_URL", "must begin with sqlite:// or postgresql://")
    return HouseSettings(
        data=data,
        database_url=Secret(url),
        community_file=environment.path("LINLI_COMMUNITY", "config/community.yml"),
        knowledge_named=_knowledge(environment),
        actions_token=environment.secret("LINLI_ACTIONS_TOKEN"),
        actions_token_old=environment.secret("LINLI_ACTIONS_TOKEN_OLD"),
        redis_url=_redis(environment),
        failpoints=_failpoints(environment),
    )


def _redis(environment: Environment) -> Secret | None:
    url = environment.url("REDIS_URL", schemes=("redis", "rediss"))
    return Secret(url) if url else None


def _failpoints(environment: Environment) -> str:
    """Only where somebody says expressly that this is a trial."""
    wanted = environment.text("FP")
    if wanted and environment.text("LINLI_MODE") != "trial":
        environment.report("FP", "is for tests: it needs LINLI_MODE=trial")
        return ""
    try:
        failpoints.check(wanted)
    except failpoints.FailpointMistake as error:
        environment.report("FP", str(error))
        return ""
    return wanted
