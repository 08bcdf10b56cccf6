"""J5 in a real browser: what a resident wrote runs nowhere, on the page and in the console."""

from itertools import islice

import pytest
from playwright.async_api import Browser, Page, expect

from tests.integration.naughty import NAUGHTY, OURS
from tests.journeys.page import DESK, opened_browser
from tests.journeys.test_console_accessible import SAMPLE, Console, Watch
from tests.journeys.town import Journey, Town
from tests.journeys.web_person import WebPerson

#: The kind and the place are this file's own within the town.
PLACE = "50栋"
#: Some of every sort, and each that would run if anything could.
SAID = list(dict.fromkeys([*SAMPLE, *islice(filter(str.strip, (*OURS, *NAUGHTY)), 0, None, 12)]))
#: Elements and parts of elements that no page of ours has.
FOREIGN = """() => [...document.querySelectorAll('*')].filter((each) =>
  ['IFRAME', 'OBJECT', 'EMBED', 'MARQUEE', 'VIDEO', 'AUDIO', 'BASE', 'MATH'].includes(each.tagName)
  || [...each.attributes].some((one) => one.name.startsWith('on')
    || /^\\\\s*javascript:/i.test(one.value))
  || (each.tagName === 'SCRIPT' && !each.nonce && !each.src)
).map((each) => each.outerHTML.slice(0, 200))"""


async def is_clean(page: Page, watch: Watch) -> None:
    assert await page.evaluate(FOREIGN) == []
    assert watch.ran == []


@pytest.fixture
async def writer(visible_journey: Journey) -> WebPerson:
    """A resident who has said all of it, and filed a matter in such words."""
    person = await visible_journey.resident()
    assert isinstance(person, WebPerson)
    for words in SAID:
        await person.says(words)
    return person


async def test_nothing_a_resident_wrote_runs(
    visible_journey: Journey, writer: WebPerson, browser: Browser
) -> None:
    town, watch = visible_journey.town, Watch([])
    words = f"{PLACE}楼下的健身器材坏了 <script>alert(1)</script><img src=x onerror=alert(2)>"
    number = await visible_journey.files(writer, words, "PUB01")
    async with opened_browser(browser, size=DESK) as context:
        cookie = next(each for each in writer.http.cookie_jar if each.key == "linli")
        await context.add_cookies([{"name": "linli", "value": cookie.value, "url": town.url}])
        page = await context.new_page()
        await watch.over(page)
        await page.goto(f"{town.url}/chat/")
        await expect(page.get_by_role("log").get_by_text(words).first).to_be_visible()
        await is_clean(page, watch)
    async with opened_browser(browser, size=DESK) as context:
        console = await Console.joins(context, town, "ADM", "naughty")
        await watch.over(console.page)
        for path in await everywhere(town, writer, number):
            await console.goes(path)
            await is_clean(console.page, watch)


async def everywhere(town: Town, writer: WebPerson, number: str) -> list[str]:
    person = writer.session["participant_id"]
    lists = ["/admin/", "/admin/?q=alert", "/admin/people", "/admin/letters", "/admin/audit"]
    talks = [f"/admin/transcripts?participant={person}", "/admin/transcripts"]
    return [*lists, *talks, f"/admin/tickets/{number}"]
