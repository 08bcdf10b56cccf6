"""Coming into the console: by an invitation once, then by a password; and being sent out again."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from actions.adapters.database.console_sessions import IDLE, LONGEST
from actions.adapters.database.schema.console import console_accounts, console_sessions
from actions.adapters.database.schema.people import people, role_grants
from actions.adapters.database.schema.records import audit
from actions.domain.people import Role
from bot.admin.routes import OPEN_ROUTES, STAFF_ROUTES
from tests.integration.console_house import PASSWORD, Desk, address_of, desk_of, joined, query_of
from tests.integration.web_house import House

ACCOUNT = "/admin/account"


async def count(house: House, table: object) -> int:
    async with house.world.database.read() as conn:
        found = await conn.execute(select(func.count()).select_from(table))  # type: ignore[arg-type]
        return int(found.scalar_one())


async def wrongly(desk: Desk, login: str) -> int:
    """One try with a wrong password."""
    await desk.opens("/admin/sign-in")
    return (await desk.sends("/admin/sign-in", login=login, password="wrong wrong wrong")).status


async def worn_out(desk: Desk, login: str) -> None:
    """Fail until nothing more is listened to."""
    for _ in range(200):
        if await wrongly(desk, login) == 429:
            return
    raise AssertionError("nobody is ever held back")


async def test_looking_at_an_invitation_uses_nothing_up(house: House) -> None:
    code = await house.invite(Role.ADM, "LJ", name="罗主任")
    desk = desk_of(house)

    pages = [await desk.opens(f"/admin/join?code={code}") for _ in range(3)]

    assert [page.status for page in pages] == [200] * 3
    assert "管理员" in pages[0].words
    assert "罗主任" not in pages[0].text
    assert await count(house, people) == 0


async def test_an_invitation_gives_a_login_a_role_and_a_session(house: House) -> None:
    desk = await joined(house, Role.ADM, login="罗 Zhuren".replace(" ", "."), name="罗主任")

    page = await desk.opens(ACCOUNT)

    assert page.status == 200
    assert "罗主任" in page.words
    assert "罗.zhuren" in page.words
    async with house.world.database.read() as conn:
        grants = (await conn.execute(select(role_grants.c.role, role_grants.c.area))).all()
        kept = (await conn.execute(select(console_accounts.c.password_hash))).scalar_one()
        told = (await conn.execute(select(audit.c.action))).scalars().all()
    assert [tuple(row) for row in grants] == [("ADM", "RT/LJ")]
    assert kept.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert told[-2:] == ["seat", "sign-in"]


async def test_of_twenty_who_use_one_invitation_one_comes_in(house: House) -> None:
    code = await house.invite(Role.ADM, "LJ", name="罗主任")
    desks = [desk_of(house) for _ in range(20)]
    for desk in desks:
        await desk.opens(f"/admin/join?code={code}")

    pages = await asyncio.gather(
        *(
            desk.sends(
                "/admin/join", follow=False, code=code, login=f"admin{number}",
                password=PASSWORD, again=PASSWORD,
            )
            for number, desk in enumerate(desks)
        )
    )  # fmt: skip

    assert sorted(page.status for page in pages)[:2] == [303, 410]
    assert await count(house, console_accounts) == 1
    assert await count(house, people) == 1


async def test_a_code_for_the_chat_is_sent_there_and_stays_good(house: House) -> None:
    code = await house.invite(Role.GWF, "G3", name="阿梅")
    desk = desk_of(house)

    page = await desk.opens(f"/admin/join?code={code}")

    assert page.all("a", href=f"/?join={code}")
    assert not page.all("input", type="password")
    worker = await house.visitor(join=code)
    assert worker.session["roles"] == ["resident", "GWF"]


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("short", "short", "console_password_short"),
        ("x1y2z3" * 22, "x1y2z3" * 22, "console_password_long"),
        ("password1234!", "password1234!", "console_password_common"),
        ("aaaaabbbbbccccc", "aaaaabbbbbccccc", "console_password_common"),
        ("qwertyuiopasdf", "qwertyuiopasdf", "console_password_common"),
        ("红豆12红豆12红豆12", "红豆12红豆12红豆12", "console_password_common"),
        ("luo.zhuren99", "luo.zhuren99", "console_password_names"),
        (PASSWORD, PASSWORD + "!", "console_password_differs"),
    ],
)
async def test_a_weak_password_is_refused_with_its_reason(
    house: House, password: str, again: str, says: str
) -> None:
    code = await house.invite(Role.ADM, "LJ")
    desk = desk_of(house)
    await desk.opens(f"/admin/join?code={code}")

    page = await desk.sends(
        "/admin/join", code=code, login="luo.zhuren", password=password, again=again
    )

    assert (page.status, page.alert) == (422, house.world.wording.render(says, {}, "zh-CN"))
    assert page.all("input", name="login")[0].attributes["value"] == "luo.zhuren"
    assert await count(house, people) == 0


async def test_a_login_belongs_to_one_person_however_it_is_written(house: House) -> None:
    await joined(house, Role.CMT, login="Mei")
    code = await house.invite(Role.ADM, "LJ")
    desk = desk_of(house)
    await desk.opens(f"/admin/join?code={code}")

    page = await desk.sends(
        "/admin/join", code=code, login="ＭＥＩ", password=PASSWORD, again=PASSWORD
    )

    assert page.status == 422
    assert "已经有人用了" in page.alert
    assert await count(house, console_accounts) == 1


async def test_later_one_signs_in_by_login_and_password(house: House) -> None:
    await joined(house, Role.ADM, login="luo")
    desk = desk_of(house)

    page = await desk.signs_in(" ＬＵＯ ")

    assert (page.status, page.path) == (200, ACCOUNT)


async def test_a_wrong_password_and_an_unknown_login_are_told_the_same(house: House) -> None:
    await joined(house, Role.ADM, login="luo")
    desk = desk_of(house)

    pages = [await desk.signs_in(login, "not the password") for login in ("luo", "nobody")]

    assert [page.status for page in pages] == [422, 422]
    assert len({page.alert for page in pages}) == 1
    assert desk.cookie("linli-admin") == ""


async def test_an_unknown_login_costs_the_same_hashing(house: House) -> None:
    passwords = house.app_passwords()
    await joined(house, Role.ADM, login="luo")

    fits = [
        await passwords.fits("not the password", kept, known_device=False)
        for kept in ("", await passwords.hashed(PASSWORD), "broken")
    ]

    assert fits == [False, False, False]
    assert not passwords.is_outdated(await passwords.hashed(PASSWORD))


async def test_each_sign_in_has_a_new_token_and_only_its_hash_is_kept(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    first = desk.cookie("linli-admin")

    await desk.opens(ACCOUNT)
    await desk.sends("/admin/sign-out")
    await desk.signs_in("luo")

    second = desk.cookie("linli-admin")
    assert first != second
    assert len(second) >= 43
    async with house.world.database.read() as conn:
        kept = (await conn.execute(select(console_sessions.c.token_hash))).scalars().all()
    assert len(kept) == 1
    assert second not in kept
    old = desk_of(house, Cookie=f"linli-admin={first}")
    assert (await old.opens(ACCOUNT)).path.startswith("/admin/sign-in")


async def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    await joined(house, Role.ADM, login="luo")
    desk = desk_of(house)
    await desk.opens("/admin/sign-in")

    answer = await desk.client.post(
        "/admin/sign-in",
        data={"csrf": desk.seen.csrf if desk.seen else "", "login": "luo", "password": PASSWORD},
        allow_redirects=False,
    )

    assert set(answer.cookies) == {"linli-admin", "linli-admin-device"}
    for cookie in answer.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")


async def test_a_session_nobody_uses_ends(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    house.world.clock.advance(IDLE - timedelta(minutes=5))
    assert (await desk.opens(ACCOUNT)).path == ACCOUNT

    house.world.clock.advance(IDLE + timedelta(seconds=1))

    assert (await desk.opens(ACCOUNT)).path.startswith("/admin/sign-in")


async def test_a_session_ends_after_a_working_day_however_much_it_is_used(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    hours = int(LONGEST / timedelta(hours=1))
    for _ in range(hours - 1):
        house.world.clock.advance(timedelta(hours=1))
        assert (await desk.opens(ACCOUNT)).path == ACCOUNT

    house.world.clock.advance(timedelta(hours=1))

    assert (await desk.opens(ACCOUNT)).path.startswith("/admin/sign-in")


async def test_signing_out_ends_the_session_here_and_everywhere_all_of_them(house: House) -> None:
    first = await joined(house, Role.ADM, login="luo")
    others = [desk_of(house), desk_of(house)]
    for desk in others:
        await desk.signs_in("luo")

    await others[0].opens(ACCOUNT)
    out = await others[0].sends("/admin/sign-out", follow=False)
    still = [(await desk.opens(ACCOUNT)).path for desk in (first, *others)]
    await first.opens(ACCOUNT)
    await first.sends("/admin/sign-out-everywhere")

    assert out.headers["Clear-Site-Data"] == '"cache"'
    assert [path == ACCOUNT for path in still] == [True, False, True]
    assert await count(house, console_sessions) == 0


async def test_ones_own_sessions_are_listed_and_can_be_ended(house: House) -> None:
    here = await joined(house, Role.ADM, login="luo")
    there = desk_of(house)
    await there.signs_in("luo")

    page = await here.opens(ACCOUNT)
    handles = [node.attributes["value"] for node in page.all("button", name="handle")]
    await here.sends("/admin/account/sessions/end", handle=handles[0])

    assert len(handles) == 1
    assert (await there.opens(ACCOUNT)).path.startswith("/admin/sign-in")
    assert (await here.opens(ACCOUNT)).path == ACCOUNT


async def test_nobody_ends_the_session_of_another(house: House) -> None:
    mine = await joined(house, Role.ADM, login="luo")
    theirs = await joined(house, Role.CMT, login="mei")
    async with house.world.database.read() as conn:
        hashes = (await conn.execute(select(console_sessions.c.token_hash))).scalars().all()

    await mine.opens(ACCOUNT)
    for handle in (*hashes, "%", "_" * 16):
        await mine.sends("/admin/account/sessions/end", handle=handle)

    assert (await theirs.opens(ACCOUNT)).path == ACCOUNT


async def test_a_role_taken_back_opens_nothing_at_the_next_request(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    async with house.world.database.write() as conn:
        await conn.execute(role_grants.update().values(revoked_at=house.world.clock.now()))
        await conn.commit()

    page = await desk.opens(ACCOUNT)

    assert page.status == 403
    assert not page.all("nav")
    assert (await desk.sends("/admin/account/locale", locale="en")).status == 403


async def test_a_code_that_needs_confirming_opens_nothing_yet(house: House) -> None:
    lead = await joined(house, Role.ADM, login="luo", name="罗主任")
    code = await house.invite(Role.CMT, "LJ", needs_confirming=True)
    desk = desk_of(house)
    await desk.opens(f"/admin/join?code={code}")

    await desk.sends("/admin/join", code=code, login="mei", password=PASSWORD, again=PASSWORD)

    page = await desk.opens(ACCOUNT)

    assert page.status == 403
    assert "确认" in page.words
    assert (await lead.opens(ACCOUNT)).status == 200


async def test_the_password_changes_by_the_old_one_and_ends_every_other_session(
    house: House,
) -> None:
    here = await joined(house, Role.ADM, login="luo")
    there = desk_of(house)
    await there.signs_in("luo")
    new = "seven boats and 绿豆汤"

    await here.opens(ACCOUNT)
    refused = await here.sends(
        "/admin/account/password", old="not the old one", password=new, again=new
    )
    done = await here.sends("/admin/account/password", old=PASSWORD, password=new, again=new)

    assert refused.status == 422
    assert (done.status, done.path) == (200, ACCOUNT)
    assert (await there.opens(ACCOUNT)).path.startswith("/admin/sign-in")
    assert (await desk_of(house).signs_in("luo", PASSWORD)).status == 422
    assert (await desk_of(house).signs_in("luo", new)).path == ACCOUNT


async def test_a_new_invitation_gets_somebody_in_who_lost_the_password(house: House) -> None:
    await joined(house, Role.ADM, login="luo", name="罗主任", roster_key="adm-1")

    again = await joined(house, Role.ADM, login="luo2", name="罗主任", roster_key="adm-1")

    assert (await again.opens(ACCOUNT)).status == 200
    assert (await desk_of(house).signs_in("luo")).status == 403


async def test_somebody_who_is_signed_in_takes_one_more_role(house: House) -> None:
    desk = await joined(house, Role.CMT, login="mei")
    code = await house.invite(Role.RVW, "LJ")
    before = desk.cookie("linli-admin")

    offered = await desk.opens(f"/admin/join?code={code}")
    await desk.sends("/admin/join", code=code)
    page = await desk.opens(ACCOUNT)

    assert not offered.all("input", type="password")
    assert all(role in page.words for role in ("居委会", "记录审核员"))
    assert desk.cookie("linli-admin") != before


async def test_whoever_chats_in_the_same_browser_may_stay_one_person(house: House) -> None:
    chatter = await house.visitor()
    code = await house.invite(Role.GLD, "G3", name="阿梅")
    desk = Desk(house, chatter.client)

    page = await desk.opens(f"/admin/join?code={code}")
    await desk.sends(
        "/admin/join", code=code, login="mei", password=PASSWORD, again=PASSWORD,
        same_person="yes",
    )  # fmt: skip

    assert page.all("input", name="same_person")
    assert (await chatter.read("/me"))["roles"] == ["resident", "GLD"]
    assert await count(house, people) == 1


async def test_strangers_who_fail_keep_themselves_out_and_not_the_owner(house: House) -> None:
    owner = await joined(house, Role.ADM, login="luo")
    await owner.opens(ACCOUNT)
    await owner.sends("/admin/sign-out")

    stranger = desk_of(house)
    await worn_out(stranger, "luo")

    held = await stranger.signs_in("luo")
    assert held.status == 429
    assert int(held.headers["Retry-After"]) > 0
    assert (await owner.signs_in("luo")).path == ACCOUNT


async def test_a_known_device_is_known_for_its_own_login_only(house: House) -> None:
    await joined(house, Role.ADM, login="luo")
    other = await joined(house, Role.CMT, login="mei")
    await other.opens(ACCOUNT)
    await other.sends("/admin/sign-out")
    await worn_out(desk_of(house), "luo")

    assert (await other.signs_in("luo")).status == 429


async def test_a_known_device_is_slowed_by_its_own_failures(house: House) -> None:
    owner = await joined(house, Role.ADM, login="luo")
    await owner.opens(ACCOUNT)
    await owner.sends("/admin/sign-out")

    await worn_out(owner, "luo")

    assert (await owner.signs_in("luo")).status == 429


async def test_no_form_is_taken_without_its_secret(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    unsafe = [path for method, path, _ in (*OPEN_ROUTES, *STAFF_ROUTES) if method != "GET"]
    for path in unsafe:
        address = address_of(path)
        for form in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "\u00e9"}):
            answer = await desk.client.post(address, data=form, allow_redirects=False)
            assert (answer.status, address) == (403, address)
        plain = await desk.client.post(
            address, data="csrf=x", headers={"Content-Type": "text/plain"}
        )
        assert (plain.status, address) == (403, address)
    assert (await desk.opens(ACCOUNT)).path == ACCOUNT


async def test_the_secret_of_one_session_is_no_use_in_another(house: House) -> None:
    mine = await joined(house, Role.ADM, login="luo")
    theirs = await joined(house, Role.CMT, login="mei")
    stolen = (await theirs.opens(ACCOUNT)).csrf

    answer = await mine.client.post(
        "/admin/account/locale", data={"csrf": stolen, "locale": "en"}, allow_redirects=False
    )

    assert answer.status == 403


async def test_nothing_is_taken_from_another_sites_page(house: House) -> None:
    desk = await joined(house, Role.ADM, login="luo")
    await desk.opens(ACCOUNT)
    secret = desk.seen.csrf if desk.seen else ""

    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "same-site"}):
        answer = await desk.client.post(
            "/admin/sign-out", data={"csrf": secret}, headers=headers, allow_redirects=False
        )
        assert answer.status == 403


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "/admin/\\evil", "/chat/", "x"],
)
async def test_after_signing_in_one_stays_in_the_console(house: House, onward: str) -> None:
    await joined(house, Role.ADM, login="luo")
    desk = desk_of(house)
    await desk.opens("/admin/sign-in")

    page = await desk.sends(
        "/admin/sign-in", follow=False, login="luo", password=PASSWORD, next=onward
    )

    assert page.headers["Location"] == "/admin/"


async def test_one_is_asked_to_sign_in_and_comes_to_the_page_one_wanted(house: House) -> None:
    desk = desk_of(house)

    asked = await desk.opens("/admin/account?from=mail&x=1")

    assert query_of(asked.path)["next"] == ["/admin/account?from=mail&x=1"]


async def test_a_link_from_another_site_is_followed_with_the_cookie(house: House) -> None:
    desk = desk_of(house, **{"Sec-Fetch-Site": "cross-site"})

    page = await desk.opens(ACCOUNT)

    assert page.all("meta", content="0")
    assert page.all("a", href=ACCOUNT)


async def test_forms_that_cannot_be_read_are_refused(house: House) -> None:
    desk = desk_of(house)
    await desk.opens("/admin/sign-in")

    for body, kind in (
        (b"login=%ff%fe", "application/x-www-form-urlencoded"),
        (b"login=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"login=x", "application/x-www-form-urlencoded; charset=klingon"),
        (b"--x\r\n", "multipart/form-data; boundary=y"),
        (b"--x\r\n", "multipart/form-data"),
    ):
        answer = await desk.client.post("/admin/sign-in", data=body, headers={"Content-Type": kind})
        assert answer.status in (400, 403), (body, kind)
