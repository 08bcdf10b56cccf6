"""Where a matter is: read from words, from what is known of the person, or from a pin."""

from dataclasses import replace

from actions.application import values
from actions.application.unit_of_work import UnitOfWork
from actions.domain.draft import Draft
from actions.domain.origin import FOR_ANOTHER
from actions.domain.place import Area, AreaKind, Location
from actions.domain.place_detail import is_only_detail
from actions.domain.places_named import find_places
from actions.domain.placing import at_place, place_called
from actions.domain.understood import Understood
from actions.domain.wording import speaks_of_home


async def read_place(draft: Draft, text: str, parse: Understood | None, uow: UnitOfWork) -> bool:
    """Take the place from the words, if they name one. Returns whether they did."""
    named = find_places(text, uow.community)
    if named.places:
        _settle(draft, tuple(named.places), named.detail, uow)
        return True
    if await _read_home(draft, text, named.detail, uow):
        return True
    entity = parse.entity("location") if parse else None
    if entity is not None and not named.unknown and not is_only_detail(entity.text):
        draft.location = replace(draft.location, label=entity.text, detail=named.detail)
        return True
    said = named.detail or (" ".join(text.split()) if is_only_detail(text) else "")
    if said and (not draft.location.is_said or is_only_detail(text)):
        draft.location = replace(draft.location, detail=said)
    return False


async def keep_home(draft: Draft, uow: UnitOfWork) -> None:
    """Where "my home" is, once said for a matter at home, is told back and not asked again."""
    code = draft.location.place
    place = place_called(code, uow.community) if code else None
    at_home = speaks_of_home(draft.text) and isinstance(place, Area)
    if not at_home or draft.origin in FOR_ANOTHER or (await uow.people.get(draft.person_id)).home:
        return
    if isinstance(place, Area) and place.kind is AreaKind.BUILDING:
        await uow.people.set_home(draft.person_id, code)
        await uow.reply("home_kept", params={"place": values.place(code)})


def no_such_building(text: str, uow: UnitOfWork) -> str:
    """The building words name that this community does not have, as it was said."""
    return find_places(text, uow.community).unknown


def _settle(draft: Draft, codes: tuple[str, ...], detail: str, uow: UnitOfWork) -> None:
    """One place is taken; of several the person chooses."""
    draft.location = Location(detail=detail)
    draft.candidates = codes if len(codes) > 1 else ()
    if len(codes) == 1:
        choose_place(draft, codes[0], uow)


async def _read_home(draft: Draft, text: str, detail: str, uow: UnitOfWork) -> bool:
    if not speaks_of_home(text):
        return False
    person = await uow.people.get(draft.person_id)
    home = place_called(person.home, uow.community) if person.home else None
    if home is None:
        return False
    draft.location = at_place(home, uow.community, detail=detail)
    return True


def choose_place(draft: Draft, code: str, uow: UnitOfWork) -> bool:
    """Take the place of this code, keeping the detail that was said. False if there is none."""
    place = place_called(code, uow.community)
    if place is None:
        return False
    draft.location = at_place(place, uow.community, detail=draft.location.detail)
    draft.candidates = ()
    return True


def take_words_as_place(draft: Draft, text: str) -> None:
    """No list knows the place: the person's own words have to do."""
    draft.candidates = ()
    draft.location = Location(label=" ".join(text.split())[:80])
