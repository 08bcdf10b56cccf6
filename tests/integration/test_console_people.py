"""Who works here: found, invited, confirmed, sent off; each only where one leads."""

from typing import Any

import pytest
from sqlalchemy import select, text

from actions.adapters.database.schema.people import invitations, people, role_grants
from actions.adapters.database.schema.records import audit
from actions.domain.people import Role
from tests.builders import Someone, World
from tests.integration.console_house import PASSWORD, Desk, desk_of, joined
from tests.integration.web_house import House

PEOPLE = "/admin/people"


async def trail(house: House) -> list[tuple[str, str, str]]:
    query = select(audit.c.action, audit.c.object, audit.c.reason).order_by(audit.c.id)
    async with house.world.database.read() as conn:
        return [tuple(row) for row in (await conn.execute(query)).all()]


async def grants(world: World, role: Role) -> list[Any]:
    query = select(role_grants).where(
        role_grants.c.role == role.value, role_grants.c.revoked_at.is_(None)
    )
    async with world.database.read() as conn:
        return list((await conn.execute(query)).all())


async def participant(house: House, who: Someone) -> str:
    query = select(people.c.participant_id).where(people.c.id == who.id)
    async with house.world.database.read() as conn:
        return str((await conn.execute(query)).scalar_one())


def names(desk: Desk) -> list[str]:
    assert desk.seen is not None
    return [each.text for each in desk.seen.all("th", scope="row")]


async def person_page(desk: Desk, name: str) -> str:
    """The address behind a name of the list."""
    page = await desk.opens(f"{PEOPLE}?q={name}")
    links = [each.attributes["href"] for each in page.all("a") if each.text == name]
    assert links, page.words
    return links[0]


async def test_an_administrator_finds_everybody_who_works_here(house: House) -> None:
    await house.world.worker("阿梅", Role.GWF, "G3")
    await house.world.worker("街道老周", Role.DSP, "RT")
    await house.world.resident("何姨")
    desk = await joined(house, Role.ADM, login="luo", name="罗主任")

    await desk.opens(PEOPLE)
    everybody = names(desk)
    await desk.opens(f"{PEOPLE}?q=梅")
    by_name = names(desk)
    await desk.opens(f"{PEOPLE}?role=DSP")

    assert sorted(everybody) == sorted(["阿梅", "街道老周", "罗主任"])
    assert by_name == ["阿梅"]
    assert names(desk) == ["街道老周"]


async def test_signs_of_a_pattern_are_looked_for_as_they_are(house: House) -> None:
    await house.world.worker("100%_阿梅", Role.GWF, "G3")
    await house.world.worker("1000阿梅", Role.GWF, "G3")
    desk = await joined(house, Role.ADM, login="luo")

    await desk.opens(f"{PEOPLE}?q=100%25_")

    assert names(desk) == ["100%_阿梅"]


async def test_whoever_leads_a_grid_sees_that_grid(house: House) -> None:
    await house.world.worker("阿梅", Role.GWF, "G3")
    other = await house.world.worker("阿强", Role.GWF, "G1")
    desk = await joined(house, Role.GLD, "G3", login="lead", name="网格长")

    await desk.opens(PEOPLE)
    seen = names(desk)
    foreign = await desk.opens(f"{PEOPLE}/{await participant(house, other)}")

    assert sorted(seen) == sorted(["阿梅", "网格长"])
    assert foreign.status == 404


@pytest.mark.parametrize("role", [Role.RVW, Role.PRV, Role.DSP, Role.SUP])
async def test_for_whoever_leads_nobody_the_list_does_not_exist(house: House, role: Role) -> None:
    desk = await joined(house, role, login="somebody")

    pages = [await desk.opens(path) for path in (PEOPLE, f"{PEOPLE}/invite", f"{PEOPLE}/x")]

    assert [page.status for page in pages] == [404] * 3
    assert not pages[0].all("a", href=PEOPLE)


async def test_the_list_goes_on_page_by_page_while_people_come(house: House) -> None:
    for number in range(120):
        await house.world.worker(f"员{number:03}", Role.GWF, "G3")
    desk = await joined(house, Role.ADM, login="luo", name="罗主任")

    found: list[str] = []
    page = await desk.opens(f"{PEOPLE}?role=GWF")
    while True:
        found += names(desk)
        onward = page.all("a", rel="next")
        if not onward:
            break
        await house.world.worker("员000a", Role.GWF, "G3")
        page = await desk.opens(onward[0].attributes["href"])

    assert [name for name in found if name != "员000a"] == [f"员{n:03}" for n in range(120)]


async def test_a_worker_is_invited_and_comes_in_by_the_code(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo", name="罗主任")

    await desk.opens(f"{PEOPLE}/invite?role=GWF")
    page = await desk.sends(
        f"{PEOPLE}/invite", role="GWF", area=house.world.community.path("G3"), name="阿梅"
    )
    link = page.all("p", id="link")[0].text
    worker = await house.visitor(join=link.partition("?join=")[2])

    assert worker.session["roles"] == ["resident", "GWF"]
    assert worker.session["display_name"] == "阿梅"
    assert ("invite", "role:GWF", "in the console") in await trail(house)


async def test_a_colleague_for_the_console_gets_the_consoles_own_link(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")

    await desk.opens(f"{PEOPLE}/invite?role=RVW")
    page = await desk.sends(f"{PEOPLE}/invite", role="RVW", area="RT/LJ", name="小林")

    assert "/admin/join?code=" in page.all("p", id="link")[0].text


@pytest.mark.parametrize(
    ("role", "area"),
    [("ADM", "RT/LJ"), ("GWF", "RT/LJ/RY/G1"), ("GWF", "RT/LJ"), ("NIX", "RT/LJ"), ("GWF", "x")],
)
async def test_nobody_invites_beyond_what_they_lead(house: House, role: str, area: str) -> None:
    desk = await joined(house, Role.GLD, "G3", login="lead")
    await desk.opens(f"{PEOPLE}/invite")

    page = await desk.sends(f"{PEOPLE}/invite", role=role, area=area, name="阿梅")

    assert page.status == 422
    async with house.world.database.read() as conn:
        made = (await conn.execute(select(invitations.c.role))).scalars().all()
    assert made == ["GLD"]


async def test_an_unnamed_code_waits_for_a_second_look(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    await desk.opens(f"{PEOPLE}/invite?role=CMT")
    page = await desk.sends(f"{PEOPLE}/invite", role="CMT", area="RT/LJ", name="")
    code = page.all("p", id="link")[0].text.partition("code=")[2]
    newcomer = desk_of(house)
    await newcomer.opens(f"/admin/join?code={code}")
    await newcomer.sends("/admin/join", code=code, login="mei", password=PASSWORD, again=PASSWORD)
    before = await newcomer.opens("/admin/account")

    waiting = await desk.opens(PEOPLE)
    number = waiting.all("input", name="invitation")[0].attributes["value"]
    await desk.sends(f"{PEOPLE}/confirm", invitation=number, known="yes")

    assert before.status == 403
    assert (await newcomer.opens("/admin/account")).status == 200
    assert not (await desk.opens(PEOPLE)).all("input", name="invitation")


async def test_who_is_not_known_gets_nothing(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    code = await house.invite(Role.GWF, "G3", needs_confirming=True)
    await house.visitor(join=code)

    page = await desk.opens(PEOPLE)
    number = page.all("input", name="invitation")[0].attributes["value"]
    await desk.sends(f"{PEOPLE}/confirm", invitation=number, known="no")

    assert await grants(house.world, Role.GWF) == []


async def test_nobody_confirms_themselves(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    code = await house.invite(Role.GWF, "G3", needs_confirming=True)
    await desk.opens("/admin/account")
    async with house.world.database.write() as conn:
        mine = (await conn.execute(select(role_grants.c.person_id))).scalar_one()
        await conn.execute(
            invitations.update()
            .where(invitations.c.needs_confirming)
            .values(redeemed_by=mine, redeemed_at=house.world.clock.now())
        )
        number = (
            await conn.execute(select(invitations.c.id).where(invitations.c.needs_confirming))
        ).scalar_one()
        await conn.commit()
    assert code

    page = await desk.sends(f"{PEOPLE}/confirm", invitation=str(number), known="yes")

    assert page.status == 403
    assert await grants(house.world, Role.GWF) == []


async def test_a_code_nobody_used_is_withdrawn(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    code = await house.invite(Role.GWF, "G3", name="阿梅")

    page = await desk.opens(PEOPLE)
    number = page.all("button", name="invitation")[0].attributes["value"]
    await desk.sends(f"{PEOPLE}/invitations/withdraw", invitation=number)

    answer = await house.stranger().post("/session", {"locale": "en", "join": code})
    assert answer.status == 422
    assert ("withdraw-invitation", "role:GWF", "in the console") in await trail(house)


async def test_a_role_is_taken_back_with_its_reason(house: House) -> None:
    worker = await house.world.worker("阿梅", Role.GWF, "G3")
    desk = await joined(house, Role.ADM, login="luo")
    address = await person_page(desk, "阿梅")

    page = await desk.opens(address)
    area = page.all("input", name="area")[0].attributes["value"]
    done = await desk.sends(f"{address}/revoke", role="GWF", area=area, reason="搬走了")

    assert done.path == PEOPLE
    assert await grants(house.world, Role.GWF) == []
    assert ("revoke", f"person:{worker.id} GWF", "搬走了") in await trail(house)


async def test_nobody_takes_back_what_is_not_theirs_to_give(house: House) -> None:
    await house.world.worker("陈书记", Role.CMT, "LJ")
    lead = await joined(house, Role.GLD, "LJ", login="lead", name="网格长")
    mine = await person_page(lead, "网格长")
    theirs = await person_page(lead, "陈书记")

    own = await lead.opens(mine)
    other = await lead.opens(theirs)
    answers = [
        await lead.sends(f"{mine}/revoke", role="GLD", area="RT/LJ", reason="x"),
        await lead.sends(f"{theirs}/revoke", role="CMT", area="RT/LJ", reason="x"),
    ]

    assert not own.all("input", name="area")
    assert not other.all("input", name="area")
    assert [answer.status for answer in answers] == [403, 403]
    assert len(await grants(house.world, Role.CMT)) == 1


async def test_whoever_looks_at_people_is_on_the_trail_first(house: House) -> None:
    await house.world.worker("阿梅", Role.GWF, "G3")
    desk = await joined(house, Role.ADM, login="luo")
    address = await person_page(desk, "阿梅")
    await desk.opens(address)

    looks = [action for action, _, _ in await trail(house) if action.startswith("console")]
    async with house.world.database.write() as conn:
        await conn.execute(text("ALTER TABLE audit RENAME TO lost"))
        await conn.commit()
    blind = [await desk.opens(path) for path in (PEOPLE, address, "/admin/audit")]

    assert looks == ["console-people", "console-person"]
    assert [page.status for page in blind] == [500] * 3
    assert all("阿梅" not in page.text for page in blind)
    async with house.world.database.write() as conn:
        await conn.execute(text("ALTER TABLE lost RENAME TO audit"))
        await conn.commit()


async def test_the_trail_is_for_those_who_watch_over_it(house: House) -> None:
    officer = await joined(house, Role.PRV, "RT", login="zhou", name="周专员")
    lead = await joined(house, Role.GLD, "G3", login="lead")

    page = await officer.opens("/admin/audit")
    some = await officer.opens("/admin/audit?action=sign-in")

    assert "周专员" in page.words
    assert len(some.all("tr")) == 3
    assert (await lead.opens("/admin/audit")).status == 404
