"""What a secret we are given has to be like in production; the objections never hold it."""

from collections.abc import Iterator, Mapping
from typing import Final

#: Secrets of our own choosing; those of platforms are as the platforms made them.
OURS: Final = (
    "TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_WEBHOOK_SECRET_OLD", "LINLI_ACTIONS_TOKEN",
    "LINLI_METRICS_TOKEN", "LINLI_RASA_TOKEN",
)  # fmt: skip
#: 32 characters of 64 are 192 bits; typed by hand they are still more than anybody tries.
_SHORTEST: Final = 32
_FEWEST_KINDS: Final = 8
_MAKE: Final = "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
#: What examples and tutorials hold.
_USUAL: Final = ("changeme", "change-me", "secret", "password", "example", "default", "test", "xxx")


def objections(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(variable, what is wrong with it) for secrets of ours that are set."""
    seen: dict[str, str] = {}
    for name in OURS:
        value = given.get(name, "")
        if not value:
            continue
        if len(value) < _SHORTEST:
            yield name, f"must have at least {_SHORTEST} characters in production"
        elif _is_usual(value):
            yield name, f"must be random in production, as made by: {_MAKE}"
        if value in seen:
            yield name, f"must not be the same as {seen[value]}"
        seen.setdefault(value, name)


def _is_usual(value: str) -> bool:
    """Few different letters, or little beside a word everybody knows."""
    if len(set(value)) < _FEWEST_KINDS:
        return True
    bare = value.lower()
    for word in _USUAL:
        bare = bare.replace(word, "")
    return len(bare) < _SHORTEST // 2
