"""Rounds (一巡一议一解): begun, each finding settled, filed or noted, and summed up at the end."""

from actions.application.commands.base import Command
from actions.application.commands.intake import (
    BeginRound,
    DropFinding,
    EndRound,
    FileFinding,
    NoteFinding,
    OnFinding,
    SettleFinding,
)
from actions.application.commands.timed import CloseRound
from actions.application.handlers.asking import go_on, lacking
from actions.application.handlers.filing import file, tell_filed
from actions.application.handlers.findings import draft_for, running
from actions.application.handlers.likeness import offer_alike
from actions.application.handlers.round_summary import sum_up
from actions.application.notification import Button
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.draft import Draft, DraftState
from actions.domain.errors import NotAllowed, OutOfDate
from actions.domain.road import Road, road_of
from actions.domain.round import ROUND_LASTS, Finding, Outcome, Round, RoundKind, round_area


async def begin_round(command: BeginRound, uow: UnitOfWork) -> None:
    """Raises NotAllowed for whoever has no role in which rounds are made."""
    area = round_area(uow.turn.actor)
    if area is None:
        raise NotAllowed
    end = (press("button_end_round", EndRound()),)
    if await running(uow) is not None:
        await uow.reply("round_running", buttons=end)
        return
    kind = _kind(command.kind)
    await uow.rounds.begin(uow.turn.actor.person_id, area, kind)
    if uow.turn.conversation_id is not None:
        await uow.conversations.set_focus(uow.turn.conversation_id, None)
    await uow.reply(f"round_begun_{kind.value}", buttons=end)


def _kind(name: str) -> RoundKind:
    if name not in list(RoundKind):
        raise OutOfDate
    return RoundKind(name)


async def end_round(_command: EndRound, uow: UnitOfWork) -> None:
    current = await running(uow)
    if current is None:
        area = round_area(uow.turn.actor)
        again = (press("button_begin_round", BeginRound()),) if area else ()
        await uow.reply("round_none", buttons=again)
        return
    await _end(current, uow)


async def close_round(command: CloseRound, uow: UnitOfWork) -> None:
    """A round nobody ended: whoever made it gets the summary all the same."""
    current = await uow.rounds.get(command.round_id)
    if current.ended_at is None and uow.now - current.begun_at >= ROUND_LASTS:
        await _end(current, uow)


async def _end(current: Round, uow: UnitOfWork) -> None:
    if await uow.rounds.end(current.id):
        await sum_up(current, uow)


async def settle_finding(command: SettleFinding, uow: UnitOfWork) -> None:
    """Counted, with its photo as the proof; a ticket would be a second entry of the same."""
    finding, _ = await _own(command, uow)
    _require(finding, Outcome.OPEN, Outcome.NOTED)
    await _decide(finding, Outcome.SETTLED, uow)
    await uow.reply(
        "finding_settled" if finding.photos else "finding_settled_without_photo",
        params={"n": finding.seq},
        buttons=(press("button_file_all_the_same", _file(finding), "chip"), *await _end_chip(uow)),
    )


async def note_finding(command: NoteFinding, uow: UnitOfWork) -> None:
    finding, _ = await _own(command, uow)
    _require(finding, Outcome.OPEN)
    await _decide(finding, Outcome.NOTED, uow)
    await uow.reply("finding_noted", params={"n": finding.seq}, buttons=await _end_chip(uow))


async def drop_finding(command: DropFinding, uow: UnitOfWork) -> None:
    """Nothing is kept of it but its number."""
    finding, _ = await _own(command, uow)
    _require(finding, Outcome.OPEN, Outcome.NOTED)
    await _give_up_draft(finding, uow)
    finding.words, finding.photos, finding.heard = "", (), {}
    await _decide(finding, Outcome.DROPPED, uow)
    await uow.reply("finding_dropped", params={"n": finding.seq}, buttons=await _end_chip(uow))


async def file_finding(command: FileFinding, uow: UnitOfWork) -> None:
    """A ticket by the road every ticket takes: asked for is only what the words do not say."""
    finding, current = await _own(command, uow)
    _require(finding, Outcome.OPEN, Outcome.NOTED, Outcome.SETTLED)
    if not finding.words:
        finding.heard = dict(finding.heard) | {"wants_words": True}
        await uow.rounds.save(finding)
        await uow.reply("finding_words_wanted", params={"n": finding.seq})
        return
    draft = await _open_draft(finding, uow)
    if draft is None:
        draft = await draft_for(finding, current, uow)
        finding.draft_id = await uow.drafts.add(draft)
        await uow.rounds.save(finding)
    if lacking(draft, uow) is not None or road_of(draft.category or "") is Road.PRAISE:
        await go_on(draft, uow)
    elif not await offer_alike(draft, uow):
        await tell_filed(await file(draft, uow), uow)


async def _end_chip(uow: UnitOfWork) -> tuple[Button, ...]:
    """While the round goes on."""
    goes_on = await running(uow) is not None
    return (press("button_end_round", EndRound(), "chip"),) if goes_on else ()


def _file(finding: Finding) -> FileFinding:
    return FileFinding(round_id=finding.round_id, seq=finding.seq)


async def _open_draft(finding: Finding, uow: UnitOfWork) -> Draft | None:
    """Where filing it was begun before and is not over."""
    if finding.draft_id is None:
        return None
    draft = await uow.drafts.get(finding.draft_id)
    return draft if draft.state is DraftState.OPEN else None


async def _give_up_draft(finding: Finding, uow: UnitOfWork) -> None:
    draft = await _open_draft(finding, uow)
    if draft is not None:
        draft.state = DraftState.ABANDONED
        await uow.drafts.save(draft)


async def _decide(finding: Finding, outcome: Outcome, uow: UnitOfWork) -> None:
    finding.outcome = outcome
    finding.touched_at = uow.now
    await uow.rounds.save(finding)


async def _own(command: OnFinding, uow: UnitOfWork) -> tuple[Finding, Round]:
    """Raises NotAllowed for anybody but the one who made the round, in a role they still have."""
    current = await uow.rounds.get(command.round_id)
    if current.person_id != uow.turn.actor.person_id or round_area(uow.turn.actor) is None:
        raise NotAllowed
    return await uow.rounds.finding(command.round_id, command.seq), current


def _require(finding: Finding, *outcomes: Outcome) -> None:
    """Raises OutOfDate when something else became of it since."""
    if finding.outcome not in outcomes:
        raise OutOfDate


HANDLERS: dict[type[Command], Handler] = {
    BeginRound: begin_round,
    EndRound: end_round,
    CloseRound: close_round,
    SettleFinding: settle_finding,
    FileFinding: file_finding,
    NoteFinding: note_finding,
    DropFinding: drop_finding,
}
