"""Cards and buttons of a matter: what a person checks before it is filed, and after."""

from actions.application import values
from actions.application.commands.drafting import (
    AddPhotos,
    ChangeCategory,
    ChangePlace,
    DropDraft,
    SubmitDraft,
    SwitchAnonymous,
)
from actions.application.commands.intake import ForAnother
from actions.application.notification import Button, Card
from actions.application.pressable import to_json
from actions.application.unit_of_work import UnitOfWork
from actions.domain.category import IssueCategory
from actions.domain.draft import Draft
from actions.domain.identifiers import DraftId
from actions.domain.origin import BY_WORKERS
from actions.domain.service_level import service_level
from actions.domain.wording import summary_of


def category_of(draft: Draft, uow: UnitOfWork) -> IssueCategory | None:
    return uow.community.in_use(draft.category) if draft.category else None


def draft_id(draft: Draft) -> DraftId:
    if draft.id is None:
        raise ValueError("a draft is stored before it is shown")
    return draft.id


def draft_card(draft: Draft, category: IssueCategory, uow: UnitOfWork) -> Card:
    """What will be filed, for whom it will be, and by when somebody is in touch."""
    promised = service_level(category, uow.now, uow.community.hours)
    lines = [
        ("line_what", summary_of(draft.text)),
        ("line_where", where(draft)),
        ("line_who", values.role(category.owner_role)),
        ("line_contact", values.moment(promised.contact_by)),
        ("line_settle", values.moment(promised.settle_by)),
    ]
    if category.temporary_step:
        lines.append(("line_first_step", values.first_step(category.code)))
    if draft.anonymous:
        lines.append(("line_name", values.text("anonymous")))
    if draft.origin:
        agreed = f"_{draft.agreed}" if draft.agreed else ""
        lines.append(("line_origin", values.text(f"origin_{draft.origin}{agreed}")))
    if draft.contact:
        lines.append(("line_contact_left", values.text("contact_sealed")))
    return Card(
        title=values.category(category.code),
        urgency=category.urgency,
        lines=tuple((label, value) for label, value in lines if value),
        photos=tuple(draft.photos),
    )


def where(draft: Draft) -> object:
    """The place as the person will recognise it."""
    place = draft.location
    if not place.is_said:
        return values.text("place_unknown") if draft.location.detail else None
    name = values.place(place.place) if place.place else place.label
    return values.joined(name or values.text("place_pin"), place.detail)


def _whose(draft: Draft) -> tuple[Button, ...]:
    """For somebody else, or not; what workers found or typed in is neither."""
    number = draft_id(draft)
    if draft.origin in BY_WORKERS:
        return ()
    if draft.origin:
        mine = ForAnother(draft_id=number, who="myself")
        return (Button(label="button_for_myself", command=to_json(mine)),)
    return (Button(label="button_for_another", command=to_json(ForAnother(draft_id=number))),)


def draft_buttons(draft: Draft) -> tuple[Button, ...]:
    number = draft_id(draft)
    anonymous = "button_with_name" if draft.anonymous else "button_anonymous"
    return (
        Button(
            label="button_submit",
            command=to_json(SubmitDraft(draft_id=number)),
            style="primary",
        ),
        Button(label="button_add_photo", command=to_json(AddPhotos(draft_id=number))),
        Button(label="button_change_place", command=to_json(ChangePlace(draft_id=number))),
        Button(label="button_change_category", command=to_json(ChangeCategory(draft_id=number))),
        Button(label=anonymous, command=to_json(SwitchAnonymous(draft_id=number))),
        *_whose(draft),
        Button(label="button_drop", command=to_json(DropDraft(draft_id=number))),
    )
