"""A browser becomes a person, keeps being one, and becomes a worker by a code."""

import asyncio
import re
from datetime import timedelta

from sqlalchemy import func, select

from actions.adapters.database.schema.people import people, role_grants, sessions
from actions.domain.people import Role
from bot.channels.webchat.routes import API, ROUTES
from tests.integration.web_house import House, problem_of


async def test_a_first_visit_makes_a_person_who_is_greeted(house: House) -> None:
    visitor = house.stranger()

    answer = await visitor.post("/session", {"locale": "en"})
    body = await answer.json()

    assert answer.status == 201
    assert body["roles"] == ["resident"]
    assert body["locale"] == "en"
    assert body["community"]["name"] == "Linjiang Community"
    assert body["notice"]["version"] == "2026-11"
    await house.deliver()
    assert [m["direction"] for m in await visitor.messages()] == ["out"]


async def test_a_second_visit_finds_the_same_person(house: House) -> None:
    visitor = await house.visitor()

    answer = await visitor.post("/session", {"locale": "zh-CN"})

    assert answer.status == 200
    assert (await answer.json())["participant_id"] == visitor.session["participant_id"]


async def test_the_cookie_is_out_of_reach_of_scripts_and_stored_only_as_a_hash(
    house: House,
) -> None:
    visitor = house.stranger()

    answer = await visitor.post("/session", {"locale": "en"})

    cookie = answer.cookies["linli"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert len(cookie.value) >= 43
    async with house.world.database.read() as conn:
        kept = (await conn.execute(select(sessions.c.token_hash))).scalars().all()
    assert cookie.value not in kept


async def test_no_route_answers_without_a_session(house: House) -> None:
    stranger = house.stranger()

    answers = [
        await problem_of(
            await stranger.client.request(method, API + re.sub("{.*}", "x" * 24, path), json={})
        )
        for method, path, _ in ROUTES
    ]

    assert answers == [(401, "error_unauthorised")] * len(ROUTES)


async def test_a_session_ends_when_it_was_not_used_for_half_a_year(house: House) -> None:
    visitor = await house.visitor()
    house.world.clock.advance(timedelta(days=179))
    assert (await visitor.get("/me")).status == 200
    house.world.clock.advance(timedelta(days=179))
    assert (await visitor.get("/me")).status == 200

    house.world.clock.advance(timedelta(days=181))

    assert await problem_of(await visitor.get("/me")) == (401, "error_unauthorised")


async def test_a_code_makes_a_worker_for_its_area(house: House) -> None:
    code = await house.invite(Role.GWF, "G3", name="阿梅", roster_key="gwf-3")

    visitor = await house.visitor(join=code)

    assert visitor.session["roles"] == ["resident", "GWF"]
    assert visitor.session["display_name"] == "阿梅"


async def test_of_fifty_who_redeem_one_code_one_wins(house: House) -> None:
    code = await house.invite(Role.GWF, "G3")
    visitors = [await house.visitor() for _ in range(50)]

    answers = await asyncio.gather(
        *(visitor.post("/session", {"locale": "en", "join": code}) for visitor in visitors)
    )

    assert sorted(answer.status for answer in answers) == [200] + [422] * 49
    async with house.world.database.read() as conn:
        grants = select(func.count()).select_from(role_grants)
        assert (await conn.execute(grants)).scalar_one() == 1


async def test_a_wrong_code_leaves_a_plain_session(house: House) -> None:
    visitor = house.stranger()

    answer = await visitor.post("/session", {"locale": "en", "join": "wrong\ud800"})

    assert await problem_of(answer) == (422, "error_invitation")
    again = await visitor.post("/session", {"locale": "en"})
    assert (again.status, (await again.json())["roles"]) == (200, ["resident"])
    async with house.world.database.read() as conn:
        assert (await conn.execute(select(func.count()).select_from(people))).scalar_one() == 1


async def test_a_code_ends_with_its_time(house: House) -> None:
    code = await house.invite(Role.GWF, "G3")
    house.world.clock.advance(house.world.community.policy.invitation_lifetime)

    visitor = house.stranger()
    answer = await visitor.post("/session", {"locale": "en", "join": code})

    assert await problem_of(answer) == (422, "error_invitation")


async def test_a_code_that_needs_confirming_gives_no_power_yet(house: House) -> None:
    code = await house.invite(Role.GWF, "G3", needs_confirming=True)

    visitor = await house.visitor(join=code)

    assert visitor.session["roles"] == ["resident"]


async def test_a_session_gets_a_new_token_when_its_powers_grow(house: House) -> None:
    visitor = house.stranger()
    before = (await visitor.post("/session", {"locale": "en"})).cookies["linli"].value
    code = await house.invite(Role.GWF, "G3")

    after = (await visitor.post("/session", {"join": code})).cookies["linli"].value

    assert before != after
    old = house.stranger()
    answer = await old.get("/me", headers={"Cookie": f"linli={before}"})
    assert answer.status == 401


async def test_who_takes_over_a_place_in_the_roster_takes_its_powers(house: House) -> None:
    lost = await house.worker(Role.GWF, "G3", roster_key="gwf-3")

    found = await house.worker(Role.GWF, "G3", roster_key="gwf-3")

    assert found.session["roles"] == ["resident", "GWF"]
    assert (await lost.read("/me"))["roles"] == ["resident"]


async def test_the_language_can_be_changed(house: House) -> None:
    visitor = await house.visitor("en")

    answer = await visitor.client.patch(API + "/session", json={"locale": "zh-HK"})

    assert (await answer.json())["locale"] == "zh-HK"
    refused = await visitor.client.patch(API + "/session", json={"locale": "xx"})
    assert (await refused.json())["title"] == house.world.wording.render(
        "error_bad_request", {}, "zh-HK"
    )


async def test_the_notice_goes_away_once_agreed_to(house: House) -> None:
    visitor = await house.visitor()

    wrong = await visitor.post("/consent", {"version": "1999"})
    right = await visitor.post("/consent", {"version": "2026-11"})

    assert (wrong.status, right.status) == (422, 200)
    assert (await (await visitor.post("/session", {})).json())["notice"] is None


async def test_nothing_is_done_for_another_sites_page(house: House) -> None:
    visitor = await house.visitor()
    foreign = ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"})

    for method, path, _ in ROUTES:
        if method == "GET":
            continue
        for headers in ({"Origin": "null"}, *foreign):
            answer = await visitor.client.request(method, API + path, json={}, headers=headers)
            assert await problem_of(answer) == (403, "error_forbidden_origin")

    own = f"http://{visitor.client.host}:{visitor.client.port}"
    answer = await visitor.post("/session", {}, headers={"Origin": own})
    assert answer.status == 200


async def test_a_trial_answers_to_the_names_of_this_machine_only(house: House) -> None:
    """Another site's name that is made to point here is refused, whatever it asks for."""
    visitor = await house.visitor()
    port = visitor.client.port
    foreign = (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1.evil.example",
        "[",
        "",
        "10.0.0.7",
    )

    for host in foreign:
        for path in ("/chat/", f"{API}/me", f"{API}/tickets"):
            answer = await visitor.client.get(path, headers={"Host": host})
            assert await problem_of(answer) == (421, "error_forbidden_origin")
    for host in (f"127.0.0.1:{port}", "LOCALHOST", f"[::1]:{port}"):
        answer = await visitor.client.get(f"{API}/me", headers={"Host": host})
        assert answer.status == 200


async def test_every_answer_carries_safe_headers(house: House) -> None:
    visitor = await house.visitor()

    for path in ("/chat/", f"{API}/me", f"{API}/nothing", "/chat/none.js", f"{API}/tickets/x"):
        answer = await visitor.client.get(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        for rule in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert rule in policy
        assert "unsafe" not in policy
        assert "Server" not in answer.headers
        assert answer.headers["X-Request-ID"]
