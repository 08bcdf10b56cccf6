"""The page of roles: what each may do with a matter and what waits for it, read from the domain."""

from __future__ import annotations

from collections.abc import Iterator

from actions.domain.people import WORKING_ROLES, Role
from actions.domain.permissions import who_may
from actions.domain.seating import GIVEN, KIND_OF, deciders
from actions.domain.ticket_status import IN_PLACE, TRANSITIONS, Verb
from actions.domain.todo import queues_of
from bot.texts import Catalogue

_WHO = ("RES", "follower", "assignee")


def roles_page(texts: Catalogue) -> Iterator[str]:
    yield "# Roles"
    yield (
        "A person may hold several roles, each for an area and everything inside it. What a role "
        "may do is asked of [`permissions.py`](../actions/domain/permissions.py) alone; the "
        "buttons are [`offers.py`](../actions/application/offers.py), what waits for whom is "
        "[`todo.py`](../actions/domain/todo.py), who gives a role is "
        "[`seating.py`](../actions/domain/seating.py). Verbs are explained by "
        "[lifecycle.md](lifecycle.md)."
    )
    yield "## By role"
    yield "\n".join(_roles(texts))
    yield "## By part in a matter"
    yield (
        "Whoever raised a matter, whoever waits with them, and whoever has it may do more, "
        "whatever else they are. Roles marked ● can be given a matter."
    )
    yield "\n".join(_parts())


def _roles(texts: Catalogue) -> Iterator[str]:
    yield "| role | | for | waits for it | may, without having the matter | given by |"
    yield "|---|---|---|---|---|---|"
    for role in Role:
        if role not in GIVEN:
            continue
        kind = KIND_OF.get(role)
        yield (
            f"| `{role}`{' ●' if role in WORKING_ROLES else ''} "
            f"| {texts.template(f'role_{role}', 'zh-CN')} "
            f"| {kind.value if kind else 'community'} "
            f"| {', '.join(queue.value for queue in queues_of(role))} "
            f"| {_verbs(role.value)} "
            f"| {', '.join(f'`{each}`' for each in deciders(role)) or 'everybody is one'} |"
        )


def _parts() -> Iterator[str]:
    yield "| as | may |"
    yield "|---|---|"
    for who in _WHO:
        yield f"| {'reporter' if who == 'RES' else who} | {_verbs(who)} |"


def _verbs(who: str) -> str:
    moving = [row.verb for row in TRANSITIONS if who in row.who]
    still = [verb for verb in Verb if verb in IN_PLACE and who in who_may(verb, None)]
    return ", ".join(f"`{verb}`" for verb in dict.fromkeys((*moving, *still)))
