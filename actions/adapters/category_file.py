"""Read the kinds of matter and what a community does differently about them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from actions.adapters.yaml_node import Node
from actions.domain.category import PROOFS, IssueCategory, Privacy, Tier, Urgency, WorkCalendar
from actions.domain.identifiers import LeafCode
from actions.domain.people import Role

Categories = Mapping[LeafCode, IssueCategory]

_KEYS: Final = (
    "name", "label", "urgency", "tier", "clock", "owner_role", "co_roles", "privacy",
    "deliberates", "temporary_step", "needs_place", "proof",
)  # fmt: skip
_TOP_LETTERS: Final = 3


def read_categories(node: Node, locales: tuple[str, ...]) -> Categories:
    """Every category of a file, by its code."""
    node.only("tops", "categories")
    tops = {
        code: node.child("tops").names(code, locales) for code, _ in node.child("tops").entries()
    }
    found: dict[LeafCode, IssueCategory] = {}
    for code, entry in node.child("categories").entries():
        found[LeafCode(code)] = _category(code, entry, tops, locales)
    return MappingProxyType(found)


def overridden(categories: Categories, node: Node | None) -> Categories:
    """The categories with the community's own changes."""
    changed = dict(categories)
    for code, entry in node.entries() if node else ():
        category = changed.get(LeafCode(code))
        if category is None:
            entry.report("no such category")
        else:
            changed[category.code] = replace(category, **_changes(entry))
    return MappingProxyType(changed)


def _category(
    code: str, node: Node, tops: dict[str, dict[str, str]], locales: tuple[str, ...]
) -> IssueCategory:
    node.only(*_KEYS)
    top = code[:_TOP_LETTERS]
    if top not in tops:
        node.report(f"no top class {top}")
    clock = node.child("clock")
    clock.only("accept", "contact", "settle", "calendar")
    deliberates, needs_place = node.maybe("deliberates"), node.maybe("needs_place")
    has_step = node.maybe("temporary_step") is not None
    return IssueCategory(
        code=LeafCode(code),
        top=top,
        name=node.names("name", locales),
        top_name=tops.get(top, {}),
        label=node.names("label", locales),
        urgency=node.child("urgency").choice(Urgency),
        tier=node.child("tier").choice(Tier),
        accept_min=clock.child("accept").integer(),
        contact_min=clock.child("contact").integer(),
        settle_min=clock.child("settle").integer(),
        calendar=clock.child("calendar").choice(WorkCalendar),
        owner_role=node.child("owner_role").choice(Role),
        co_roles=_roles(node.child("co_roles")),
        privacy=node.child("privacy").choice(Privacy),
        deliberates=deliberates.boolean() if deliberates else False,
        temporary_step=node.names("temporary_step", locales) if has_step else {},
        needs_place=needs_place.boolean() if needs_place else True,
        proof=_proof(node.child("proof")),
    )


def _roles(node: Node) -> tuple[Role, ...]:
    return tuple(entry.choice(Role) for entry in node.each())


def _proof(node: Node) -> str:
    return node.one_of(tuple(sorted(PROOFS)))


_CHANGEABLE: Final[Mapping[str, Callable[[Node], Any]]] = {
    "accept_min": Node.integer,
    "contact_min": Node.integer,
    "settle_min": Node.integer,
    "calendar": lambda node: node.choice(WorkCalendar),
    "urgency": lambda node: node.choice(Urgency),
    "tier": lambda node: node.choice(Tier),
    "owner_role": lambda node: node.choice(Role),
    "co_roles": _roles,
    "privacy": lambda node: node.choice(Privacy),
    "deliberates": Node.boolean,
    "needs_place": Node.boolean,
    "proof": _proof,
}


def _changes(node: Node) -> dict[str, Any]:
    node.only(*_CHANGEABLE)
    return {key: _CHANGEABLE[key](child) for key, child in node.entries() if key in _CHANGEABLE}
