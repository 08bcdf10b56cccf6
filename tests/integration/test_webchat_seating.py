"""A code without a name gives its role only after somebody else has looked twice."""

from actions.domain.people import Role
from tests.integration.web_house import House, Visitor


async def roles(visitor: Visitor) -> list[str]:
    return list((await visitor.read("/me"))["roles"])


async def test_the_lead_is_asked_and_yes_gives_the_role(house: House) -> None:
    lead = await house.worker(Role.GLD, "LJ")
    newcomer = await house.visitor(join=await house.invite(Role.GWF, "G3", needs_confirming=True))
    asked = await (await lead.someone()).last("seat_asked")
    code = newcomer.session["participant_id"][-6:].upper()

    await (await lead.someone()).presses("button_seat_yes")

    assert code in asked.text
    assert await roles(newcomer) == ["resident", "GWF"]
    assert (await (await newcomer.someone()).templates()) == ["seat_waits", "seat_given"]


async def test_no_gives_nothing_and_ends_the_matter(house: House) -> None:
    lead = await house.worker(Role.GLD, "LJ")
    newcomer = await house.visitor(join=await house.invite(Role.GWF, "G3", needs_confirming=True))

    await (await lead.someone()).presses("button_seat_no")
    await (await lead.someone()).presses("button_seat_yes")

    assert await roles(newcomer) == ["resident"]
    assert (await (await lead.someone()).templates())[-1] == "error_out_of_date"


async def test_nobody_confirms_themselves_or_across_areas(house: House) -> None:
    lead = await house.worker(Role.GLD, "G3")
    elsewhere = await house.worker(Role.GLD, "G5")
    newcomer = await house.visitor(join=await house.invite(Role.GWF, "G3", needs_confirming=True))
    button = (await (await lead.someone()).last("seat_asked")).buttons[0]["command"]

    for visitor in (newcomer, elsewhere):
        await house.world.press(button, await visitor.someone())

    assert await roles(newcomer) == ["resident"]


async def test_only_an_administrator_confirms_a_role_over_everybody(house: House) -> None:
    lead = await house.worker(Role.GLD, "LJ")
    administrator = await house.worker(Role.ADM, "LJ")
    newcomer = await house.visitor(join=await house.invite(Role.PRV, "LJ", needs_confirming=True))

    assert "seat_asked" not in await (await lead.someone()).templates()
    await (await administrator.someone()).presses("button_seat_yes")

    assert await roles(newcomer) == ["resident", "PRV"]


async def test_with_nobody_to_ask_the_office_is_named(house: House) -> None:
    newcomer = await house.visitor(join=await house.invite(Role.GWF, "G3", needs_confirming=True))

    assert await (await newcomer.someone()).templates() == ["seat_nobody"]
