"""What holds for every page of the console: the policy, the shape, the languages, and no way in."""

import re
from collections.abc import AsyncIterator
from functools import partial
from html import unescape
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import insert

from actions.adapters.database.schema.people import people, role_grants
from actions.domain.people import Role
from bot.admin.form import clean
from bot.admin.routes import STAFF_ROUTES
from bot.gateway.throttle import TokenBuckets
from tests.builders import World
from tests.integration.console_house import PASSWORD, Desk, Seen, address_of, desk_of, joined
from tests.integration.naughty import NAUGHTY, OURS
from tests.integration.web_house import House, opened_house

#: Pages that need nothing to be there.
OWN = (
    "/admin/account", "/admin/people", "/admin/people/invite", "/admin/people/invite?role=GWF",
    "/admin/letters", "/admin/letters?kind=in", "/admin/letters?kind=raw", "/admin/health",
    "/admin/audit", "/admin/nowhere",
)  # fmt: skip
OPEN = ("/admin/sign-in", "/admin/join", "/admin/join?code=x")
LONGEST_NAME = 80


async def administrator(house: House) -> Desk:
    return await joined(house, Role.ADM, login="luo", name="罗主任")


def shape(page: Seen) -> list[tuple[str, tuple[str, ...]]]:
    """Which elements with which attributes, whatever they say."""
    return [(node.tag, tuple(sorted(node.attributes))) for node in page.markup.nodes]


def without_secrets(page: Seen) -> str:
    return re.sub(r'(nonce|value)="[\w-]{20,}"', "", page.text)


async def test_every_page_is_under_a_strict_policy_and_kept_nowhere(house: House) -> None:
    desk = await administrator(house)
    nonces = set()

    for path in (*OWN, *OPEN):
        page = await desk.opens(path)
        policy = page.headers["Content-Security-Policy"]
        [nonce] = re.findall(r"script-src 'nonce-([\w-]+)'", policy)
        nonces.add(nonce)
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["X-Frame-Options"] == "DENY"

    assert len(nonces) == len(OWN) + len(OPEN)


async def test_every_page_is_whole_and_asks_nobody_else_for_anything(house: House) -> None:
    desk = await administrator(house)

    for path in (*OWN, *OPEN):
        page = await desk.opens(path)
        assert page.markup.crooked == [], path
        for node in page.markup.nodes:
            for name in ("src", "href", "action"):
                assert node.attributes.get(name, "/").startswith(("/", "#")), node
            assert not any(name.startswith("on") or name == "style" for name in node.attributes)
        ids = [node.attributes["id"] for node in page.markup.nodes if "id" in node.attributes]
        assert len(ids) == len(set(ids)), path
        for node in page.all("script"):
            assert node.attributes["nonce"] in page.headers["Content-Security-Policy"]
            assert node.text == ""
        for form in page.all("form", method="post"):
            assert form.attributes["action"].startswith("/admin/")


@pytest.mark.parametrize("locale", ["zh-CN", "zh-HK", "en"])
async def test_every_page_speaks_the_language_of_its_reader(house: House, locale: str) -> None:
    desk = await administrator(house)
    await desk.opens("/admin/account")
    await desk.sends("/admin/account/locale", locale=locale, next="/admin/account")

    titles = set()
    for path in OWN:
        page = await desk.opens(path)
        assert page.all("html")[0].attributes["lang"] == locale
        titles.add(page.all("title")[0].text)
    stranger = await desk_of(house).opens(f"/admin/sign-in?lang={locale}")

    assert len(titles) == 7
    assert stranger.all("html")[0].attributes["lang"] == locale
    assert {"en": "Sign in", "zh-CN": "登录", "zh-HK": "登入"}[locale] in stranger.words


async def test_what_is_not_there_and_what_is_not_theirs_look_the_same(house: House) -> None:
    lead = await joined(house, Role.GLD, "G3", login="lead")

    pages = [
        await lead.opens(path)
        for path in ("/admin/audit", "/admin/nowhere", "/admin/letters/out/1", "/admin/people/p_x")
    ]

    assert [page.status for page in pages] == [404] * 4
    plain = {without_secrets(page).replace(page.path, "/") for page in pages}
    assert len({re.sub(r' aria-current="page"', "", each) for each in plain}) == 1


async def test_nothing_changes_by_looking(house: House) -> None:
    desk = await administrator(house)

    for method, path, _ in STAFF_ROUTES:
        if method == "POST":
            address = address_of(path)
            page = await desk.opens(address)
            assert page.status in (404, 405, 200), address
            assert method not in ("GET", "HEAD")
    assert (await desk.opens("/admin/sign-out")).status == 405
    assert (await desk.opens("/admin/account")).path == "/admin/account"


async def test_a_stranger_reaches_no_page_of_the_staff(house: House) -> None:
    desk = desk_of(house)

    for method, path, _ in STAFF_ROUTES:
        address = address_of(path)
        answer = await desk.client.request(method, address, data={}, allow_redirects=False)
        if method == "GET":
            assert answer.status == 303, address
            assert answer.headers["Location"].startswith("/admin/sign-in?next="), address
        else:
            assert answer.status == 401, address
        assert "罗主任" not in await answer.text()


async def test_files_are_kept_by_what_they_hold_and_no_others_are_served(house: House) -> None:
    desk = desk_of(house)
    page = await desk.opens("/admin/sign-in")
    addresses = [
        *(node.attributes["href"] for node in page.all("link")),
        *(node.attributes["src"] for node in page.all("script")),
    ]

    for address in addresses:
        answer = await desk.client.get(address)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
    for name in ("nothing.css", "..%2fpage.py", "console.py", "%00.css"):
        assert (await desk.client.get(f"/admin/static/{name}")).status == 404


@pytest.fixture
async def unhurried(world: World, tmp_path: Path) -> AsyncIterator[House]:
    """Hours go by between any two searches."""
    throttle = TokenBuckets(partial(next, count(step=3600)))
    async with opened_house(world, tmp_path / "media", throttle) as opened:
        yield opened


async def test_naughty_words_are_looked_for_and_shown_as_they_are(unhurried: House) -> None:
    desk = await administrator(unhurried)
    usual = shape(await desk.opens("/admin/people?q=zzz"))

    for words in (*NAUGHTY, *OURS):
        page = await desk.opens("/admin/people", params={"q": words})
        shown = page.all("input", name="q")[-1].attributes["value"]
        assert (page.status, page.markup.crooked) == (200, []), words
        assert shown == clean(words, longest=40), words
        assert shape(page) == usual or not shown, words


async def test_naughty_logins_are_refused_and_said_back_as_they_are(house: House) -> None:
    desk = desk_of(house)
    await desk.opens("/admin/sign-in")
    usual = shape(await desk.sends("/admin/sign-in", login="x", password="y"))

    for words in (*NAUGHTY, *OURS):
        page = await desk.sends("/admin/sign-in", login=words, password=words, next=words)
        assert page.status in (422, 429), words
        assert (shape(page), page.markup.crooked) == (usual, []), words
        shown = page.all("input", name="login")[0].attributes["value"]
        assert shown == clean(words), words
        assert page.all("input", name="next")[0].attributes["value"] == "/admin/"


async def test_naughty_names_stay_names(house: House) -> None:
    """However they came into the store."""
    desk = await administrator(house)
    wanted = [words[:LONGEST_NAME] for words in (*NAUGHTY, *OURS) if "\x00" not in words]
    now = house.world.clock.now()
    async with house.world.database.write() as conn:
        for number, name in enumerate(wanted):
            person = {
                "participant_id": f"naughty-{number}", "display_name": name, "locale": "zh-CN",
                "area": "RT/LJ", "created_at": now,
            }  # fmt: skip
            added = await conn.execute(insert(people).values(person).returning(people.c.id))
            grant = {
                "person_id": added.scalar_one(), "role": "VOL", "area": "RT/LJ",
                "granted_at": now, "granted_by": 0,
            }  # fmt: skip
            await conn.execute(insert(role_grants).values(grant))
        await conn.commit()

    found: list[str] = []
    page = await desk.opens("/admin/people?role=VOL")
    row = None
    while True:
        assert page.markup.crooked == []
        heads = page.all("th", scope="row")
        found += [head.text for head in heads]
        for each in re.findall(r"<tr data-row>.*?</tr>", page.text, re.DOTALL):
            tags = re.findall(r"<(\w+)", each)
            row = row or tags
            assert tags == row, unescape(each)
        onward = page.all("a", rel="next")
        if not onward:
            break
        page = await desk.opens(onward[0].attributes["href"])

    assert sorted(found) == sorted(name or "没有留名" for name in wanted)


async def test_a_naughty_password_is_a_password(house: House) -> None:
    code = await house.invite(Role.ADM, "LJ")
    desk = desk_of(house)
    await desk.opens(f"/admin/join?code={code}")
    strange = "<script>alert('网格')</script>\u0000\u202e  "

    page = await desk.sends(
        "/admin/join", follow=False, code=code, login="luo", password=strange, again=strange
    )

    assert page.status == 303
    assert (await desk_of(house).signs_in("luo", strange)).path == "/admin/account"
    assert (await desk_of(house).signs_in("luo", PASSWORD)).status == 422
