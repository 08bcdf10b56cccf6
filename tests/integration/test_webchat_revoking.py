"""A role taken back is gone with the commit: on the page, in the stream, in every list."""

import asyncio

from actions.application.commands.seats import RevokeSeats
from actions.application.turn import Turn
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.integration.test_webchat_events import listening
from tests.integration.web_house import House, Visitor


async def filed(house: House, visitor: Visitor, *photos: str) -> Ticket:
    resident = await visitor.someone()
    ticket = await house.world.filed(resident, "SAN02", "BL-45", "楼道堆满杂物")
    async with house.world.open_uow(Turn(cause=f"photos:{ticket.number}")) as uow:
        await uow.tickets.attach(ticket.id, photos, "report", resident.id)  # type: ignore[arg-type]
        await uow.commit()
    return ticket


async def revoke(house: House, worker: Visitor) -> None:
    person = (await worker.someone()).id
    await house.world.bus.handle(RevokeSeats(person_id=person), Turn(cause=f"terminal:{person}"))


async def test_the_open_stream_brings_no_more_work(house: House) -> None:
    worker = await house.worker(Role.GWF, "G3", name="阿梅")
    lead = await house.worker(Role.GLD, "LJ", name="老区")
    resident = await house.visitor()
    await house.deliver()
    seen = (await worker.messages())[-1]["seq"]

    async with listening(worker, f"?after={seen}") as reader:
        ticket = await filed(house, resident)
        await revoke(house, worker)
        await house.deliver()
        # The card was owed before the role ended and is never shown; the polite word is.
        _, message = await reader.next()
        assert "身份已收回" in message["text"]
        await filed(house, resident)
        await house.deliver()
        nothing = asyncio.create_task(reader.next())
        done, _ = await asyncio.wait([nothing], timeout=1.0)
        assert not done
        nothing.cancel()
        await asyncio.gather(nothing, return_exceptions=True)

    assert ticket.number not in str(await worker.messages(after=seen))
    items = (await lead.read("/todo"))["items"]
    assert ticket.number in [item["number"] for item in items]


async def test_every_door_is_closed_with_the_next_request(house: House) -> None:
    worker = await house.worker(Role.GWF, "G3", name="阿梅")
    resident = await house.visitor()
    photo = await resident.photo()
    ticket = await filed(house, resident, photo)
    await house.deliver()
    action = (await worker.read("/todo"))["items"][0]["actions"][0]["action"]
    assert (await worker.get(f"/attachments/{photo}")).status == 200

    await revoke(house, worker)

    assert (await worker.read("/me"))["roles"] == ["resident"]
    assert await worker.read("/todo") == {"items": []}
    assert await worker.read("/tickets") == {"tickets": []}
    assert (await worker.get(f"/tickets/{ticket.number}")).status == 404
    assert (await worker.get(f"/attachments/{photo}")).status == 404
    pressed = await worker.post("/messages", {"client_msg_id": "4f4d5c1e-1", "action": action})
    assert pressed.status in (202, 422)
    assert (await worker.read("/me"))["roles"] == ["resident"]


async def test_their_own_matters_stay_with_them(house: House) -> None:
    worker = await house.worker(Role.GWF, "G3", name="阿梅")
    own = await filed(house, worker)

    await revoke(house, worker)

    listed = [each["number"] for each in (await worker.read("/tickets"))["tickets"]]
    assert listed == [own.number]
    assert (await worker.get(f"/tickets/{own.number}")).status == 200


async def test_a_photo_shown_on_a_work_card_goes_with_the_role(house: House) -> None:
    worker = await house.worker(Role.GWF, "G3", name="阿梅")
    resident = await house.visitor()
    photo = await resident.photo()
    someone = await resident.someone()
    draft = await house.world.filed(someone, "SAN02", "BL-45", "楼道堆满杂物")
    async with house.world.open_uow(Turn(cause="attach")) as uow:
        await uow.tickets.attach(draft.id, [photo], "report", someone.id)  # type: ignore[list-item,arg-type]
        await uow.commit()
    await (await worker.someone()).presses("button_record")
    await house.deliver()
    assert photo in str(await worker.messages())

    await revoke(house, worker)

    assert (await worker.get(f"/attachments/{photo}")).status == 404
    assert (await resident.get(f"/attachments/{photo}")).status == 200
