"""What is written and shown on a round: each thing found gets one card with what to do about it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given
from actions.application.commands.intake import (
    DropFinding,
    FileFinding,
    NoteFinding,
    SettleFinding,
)
from actions.application.handlers.cards import category_of, where
from actions.application.handlers.placing import choose_place, no_such_building, read_place
from actions.application.handlers.resuming import newest, this_conversation
from actions.application.notification import Button, Card
from actions.application.records import Conversation
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.answers import answers
from actions.domain.community import Community
from actions.domain.decision import sure_leaf
from actions.domain.draft import Draft, Lack
from actions.domain.identifiers import AreaCode, AttachmentId
from actions.domain.masking import mask
from actions.domain.origin import Origin
from actions.domain.place import AreaKind, is_inside
from actions.domain.placing import at_place, paths_of, place_called
from actions.domain.round import Finding, Outcome, Round
from actions.domain.understood import Entity, Matter, Understood
from actions.domain.wording import summary_of

#: Words on a ticket touched this lately are about the ticket.
_TOUCHED_LATELY: Final = timedelta(minutes=10)


async def running(uow: UnitOfWork) -> Round | None:
    """The round this person is on; residents are on none."""
    actor = uow.turn.actor
    return await uow.rounds.running(actor.person_id) if actor.grants else None


async def taken_as_finding(given: Given, uow: UnitOfWork) -> bool:
    """Keep what was written or shown as found on the round, unless it belongs elsewhere."""
    current = await running(uow)
    if current is None or await _answers_a_question(given, uow):
        return False
    latest = await uow.rounds.latest(current.id)
    conversation = await uow.conversations.get(this_conversation(uow))
    if _is_about_a_ticket(conversation, current, latest, uow):
        return False
    if given.photos:
        await _take_photos(given.photos, current, latest, uow)
    if given.understood is not None:
        await _take_words(given.understood, current, latest, uow)
    return True


async def _answers_a_question(given: Given, uow: UnitOfWork) -> bool:
    """The place or kind of a finding that is being filed was asked for."""
    draft = await newest(uow)
    if draft is None or given.understood is None:
        return False
    policy = uow.community.policy
    return answers(draft, given.understood, policy) or (
        draft.asking is Lack.CATEGORY and sure_leaf(given.understood.leaves, policy) is None
    )


def _is_about_a_ticket(
    talk: Conversation, current: Round, latest: Finding | None, uow: UnitOfWork
) -> bool:
    if talk.focus is None or talk.focus_at is None:
        return False
    since = latest.touched_at if latest else current.begun_at
    return talk.focus_at > since and uow.now - talk.focus_at < _TOUCHED_LATELY


async def _take_photos(
    photos: tuple[AttachmentId, ...], current: Round, latest: Finding | None, uow: UnitOfWork
) -> None:
    most = uow.community.policy.max_photos
    if latest is not None and latest.takes_photo(uow.now):
        more = len(latest.photos) + len(photos) - most
        if more > 0:
            await uow.reply("photos_left_out", params={"max": most, "more": more})
        latest.photos = (*latest.photos, *photos)[:most]
        latest.touched_at = uow.now
        await uow.rounds.save(latest)
        await show_finding(latest, current, uow)
        return
    finding = Finding(
        round_id=current.id,
        seq=0,
        at=uow.now,
        touched_at=uow.now,
        photos=photos[:most],
        heard={"photo_first": True},
    )
    await uow.rounds.add(finding)
    await show_finding(finding, current, uow)


async def _take_words(
    parse: Understood, current: Round, latest: Finding | None, uow: UnitOfWork
) -> None:
    """Words for photos that wait for some; else each matter told is a finding of its own."""
    if latest is not None and latest.takes_words(uow.now):
        heard = dict(latest.heard)
        wanted = bool(heard.pop("wants_words", False))
        latest.words = parse.text.strip()
        latest.heard = heard | _heard(parse.leaves, parse)
        latest.touched_at = uow.now
        await uow.rounds.save(latest)
        await show_finding(latest, current, uow, is_to_be_filed=wanted)
        return
    whole = Matter(text=parse.text, start=0, end=len(parse.text), leaves=parse.leaves)
    for matter in parse.matters if len(parse.matters) > 1 else (whole,):
        finding = Finding(
            round_id=current.id,
            seq=0,
            at=uow.now,
            touched_at=uow.now,
            words=matter.text.strip(),
            heard=_heard(matter.leaves, parse.part(matter)),
        )
        await uow.rounds.add(finding)
        await show_finding(finding, current, uow)


def _heard(leaves: Iterable[tuple[str, float]], parse: Understood) -> dict[str, Any]:
    place = parse.entity("location")
    return {
        "leaves": [list(leaf) for leaf in list(leaves)[:6]],
        "language": parse.language,
        "place": place.text if place else "",
    }


async def show_finding(
    finding: Finding, current: Round, uow: UnitOfWork, *, is_to_be_filed: bool = False
) -> None:
    """Say back what was found, with what can be done about it."""
    if finding.outcome is Outcome.SETTLED:
        await uow.reply("finding_proven", params={"n": finding.seq})
        return
    draft = await draft_for(finding, current, uow)
    if draft.location.place:
        finding.heard = dict(finding.heard) | {"code": draft.location.place}
        await uow.rounds.save(finding)
    buttons = (
        _buttons(finding)[1:2] + _buttons(finding)[:1] if is_to_be_filed else _buttons(finding)
    )
    await uow.reply(
        "finding" if finding.words else "finding_photo",
        params={"n": finding.seq, "count": len(finding.photos)},
        card=_card(finding, draft, uow),
        buttons=buttons,
    )


def _buttons(finding: Finding) -> tuple[Button, ...]:
    key: dict[str, Any] = {"round_id": finding.round_id, "seq": finding.seq}
    return (
        press("button_settled_on_spot", SettleFinding(**key), "primary"),
        press("button_file_finding", FileFinding(**key)),
        press("button_note_finding", NoteFinding(**key)),
        press("button_drop_finding", DropFinding(**key)),
    )


def _card(finding: Finding, draft: Draft, uow: UnitOfWork) -> Card:
    category = category_of(draft, uow)
    lines = (("line_what", mask(summary_of(finding.words))), ("line_where", where(draft)))
    return Card(
        title=values.category(category.code) if category else values.text("finding_title"),
        urgency=category.urgency if category else "N",
        lines=tuple((label, value) for label, value in lines if value),
        photos=tuple(finding.photos),
    )


async def draft_for(finding: Finding, current: Round, uow: UnitOfWork) -> Draft:
    """The matter as chat would have understood it; nothing is kept yet."""
    leaves = tuple((str(code), float(share)) for code, share in finding.heard.get("leaves", ()))
    draft = Draft(
        conversation_id=this_conversation(uow),
        person_id=uow.turn.actor.person_id,
        text=finding.words,
        batch="",
        begun_at=finding.at,
        updated_at=uow.now,
        summary=summary_of(finding.words),
        leaves=leaves,
        category=sure_leaf(leaves, uow.community.policy),
        photos=tuple(finding.photos),
        language=str(finding.heard.get("language", "")),
        cause=uow.turn.cause,
        origin=Origin(current.kind.value).value,
        finding=(finding.round_id, finding.seq),
    )
    await read_place(draft, finding.words, _parse(finding), uow)
    _prefer_own_area(draft, current, uow)
    return draft


def _parse(finding: Finding) -> Understood:
    """What was understood, as far as a place can be read from it."""
    named, words = str(finding.heard.get("place", "")), finding.words
    start = max(words.find(named), 0)
    place = Entity(kind="location", text=named, start=start, end=start + len(named))
    return Understood(
        text=words,
        normalised=words,
        language=str(finding.heard.get("language", "")),
        intent="report",
        confidence=1.0,
        entities=(place,) if named else (),
    )


def _prefer_own_area(draft: Draft, current: Round, uow: UnitOfWork) -> None:
    """Block 3 is the one where the round is made, if only one of that name lies there.

    Whoever goes round one building means that building, unless they say where.
    """
    own = uow.community.areas.get(AreaCode(current.area.rpartition("/")[2]))
    is_unsaid = not (draft.candidates or draft.location.place or draft.location.label)
    if is_unsaid and own is not None and own.kind is AreaKind.BUILDING:
        if not no_such_building(draft.text, uow):
            choose_place(draft, own.code, uow)
        return
    near = [code for code in draft.candidates if _lies_in(code, current.area, uow.community)]
    if len(near) == 1:
        choose_place(draft, near[0], uow)


def _lies_in(code: str, area: str, community: Community) -> bool:
    place = place_called(code, community)
    if place is None:
        return False
    paths = paths_of(at_place(place, community), community)
    return any(path and is_inside(path, area) for path in paths)
