"""A matter begins: a draft for each thing told, with what was given before the words."""

from dataclasses import replace

from actions.application.commands.intake import NameFirm
from actions.application.handlers.draft_details import add_photos
from actions.application.handlers.first_words import Early, take_early
from actions.application.handlers.placing import read_place
from actions.application.handlers.resuming import this_conversation
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.decision import category_for
from actions.domain.draft import Draft
from actions.domain.firm import firm_named, speaks_for_firm
from actions.domain.on_behalf import speaks_for_another
from actions.domain.origin import Origin
from actions.domain.understood import Matter, Understood
from actions.domain.wording import anonymity_asked, summary_of


async def begin(parse: Understood, uow: UnitOfWork, *, origin: Origin | None = None) -> list[Draft]:
    """One draft a matter; a place said once is good for all of them."""
    whole = Matter(text=parse.text, start=0, end=len(parse.text), leaves=parse.leaves)
    matters = parse.matters if len(parse.matters) > 1 else (whole,)
    batch = uow.turn.cause if len(matters) > 1 else ""
    drafts = [await _begin_one(matter, parse, batch, uow) for matter in matters]
    early = await take_early(uow)
    for draft in drafts:
        draft.origin = (_origin_said(parse.text) if origin is None else origin).value
        draft.anonymous = early.anonymous or anonymity_asked(parse.text) is True
        await uow.drafts.save(draft)
    await _give_early(drafts[0], early, uow)
    await _keep_firm(drafts[0], parse.text, uow)
    placed = [draft for draft in drafts if draft.location.is_said or draft.candidates]
    if len(placed) == 1:
        for draft in drafts:
            draft.location, draft.candidates = placed[0].location, placed[0].candidates
            await uow.drafts.save(draft)
    return drafts


def _origin_said(text: str) -> Origin:
    """Whose matter it is, as far as the words say."""
    if speaks_for_another(text):
        return Origin.BEHALF
    return Origin.ENTERPRISE if speaks_for_firm(text) else Origin.RESIDENT


async def _keep_firm(draft: Draft, text: str, uow: UnitOfWork) -> None:
    """A firm named in passing is not asked for again."""
    name = firm_named(text) if draft.origin == Origin.ENTERPRISE else ""
    if name and not (await uow.people.get(draft.person_id)).organisation:
        await uow.people.set_organisation(draft.person_id, name)
        change = press("button_change_firm", NameFirm(), "chip")
        await uow.reply("firm_kept", params={"name": name}, buttons=(change,))


async def _give_early(draft: Draft, early: Early, uow: UnitOfWork) -> None:
    """Photos and the pin that came before the words; a place in the words counts for more."""
    await add_photos(draft, early.photos, uow)
    if early.place is not None and not draft.location.is_known and not draft.candidates:
        draft.location = replace(early.place, detail=draft.location.detail)
    await uow.drafts.save(draft)


async def _begin_one(matter: Matter, parse: Understood, batch: str, uow: UnitOfWork) -> Draft:
    draft = Draft(
        conversation_id=this_conversation(uow),
        person_id=uow.turn.actor.person_id,
        text=matter.text.strip(),
        batch=batch,
        begun_at=uow.now,
        updated_at=uow.now,
        summary=summary_of(matter.text),
        leaves=matter.leaves[:6],
        category=category_for(matter.leaves, uow.community.policy),
        language=parse.language,
        when=time_said(parse),
        vector=parse.vector if not batch else (),
        cause=uow.turn.cause,
    )
    await read_place(draft, matter.text, parse.part(matter), uow)
    await uow.drafts.add(draft)
    return draft


def time_said(parse: Understood) -> str:
    entity = parse.entity("time")
    return entity.text if entity else ""
