"""The one road in two real browsers: a resident's phone and a worker's desk."""

import re

from playwright.async_api import Browser, Locator, expect

from tests.journeys.page import DESK, PATIENCE_MS, ChatPage, opened_browser
from tests.journeys.photos import photo_with_gps, remembers_its_camera
from tests.journeys.town import Journey
from tests.journeys.words import lead, page_word, word

TOLD = "46栋楼梯扶手松了,我妈早上差点摔下去"
NUMBER = re.compile(r"LL-\d{6}-\d{4}-[0-9A-Z]")


async def number_in(found: Locator) -> str:
    said = NUMBER.search(await found.inner_text())
    assert said
    return said[0]


async def served(chat: ChatPage, image: Locator) -> bytes:
    address = await image.get_attribute("src")
    answer = await chat.page.context.request.get((address or "").replace("?size=thumb", ""))
    assert answer.ok
    return await answer.body()


async def test_a_photo_goes_along_and_another_comes_back(
    visible_journey: Journey, browser: Browser
) -> None:
    town = visible_journey.town
    visible_journey.rasa.teach(TOLD, "report", "BLD01")
    code = await town.invite("PRM", "BL-46", "白鹭物业小余")
    async with opened_browser(browser) as phone, opened_browser(browser, size=DESK) as desk:
        worker = await ChatPage.open(desk, town.url, join=code)
        await expect(worker.page).not_to_have_url(re.compile("join="))
        resident = await ChatPage.open(phone, town.url)

        await resident.types(TOLD)
        await expect(resident.card()).to_contain_text("46栋")
        await resident.taps("button_add_photo")
        await resident.hears(word("ask_photo_or_detail"))
        await resident.sends_photo(photo_with_gps("red"))
        photo = resident.card().locator(".photo-row img")
        await expect(photo).to_be_visible()
        assert not remembers_its_camera(await served(resident, photo))
        await resident.taps("button_submit")
        number = await number_in(await resident.hears("LL-"))

        given = worker.card()
        await expect(given).to_contain_text(number)
        await expect(given.locator(".card-clock")).to_be_visible()
        await expect(given.locator(".photo-row img")).to_be_visible()
        todo = await worker.opens_matters()
        listed = todo.locator(".matter", has_text=number)
        await expect(listed).to_contain_text(re.compile(r"\d+"))
        await listed.get_by_role("button", name=word("button_accept")).click()
        await resident.hears(number, word("role_PRM"))
        await expect(listed).to_contain_text(word("status_accepted"))

        await worker.taps("button_resolve")
        await worker.hears(word("proof_photo", number=number))
        await worker.sends_photo(photo_with_gps("green"), "先拿铁丝绑牢了")
        await expect(resident.button("button_satisfied")).to_be_visible(timeout=PATIENCE_MS)
        proof = resident.thread.locator(".message.is-theirs").last.locator("img[src*=attachments]")
        assert not remembers_its_camera(await served(resident, proof))
        await resident.taps("button_satisfied")
        await resident.hears(number, lead("rated_satisfied"))

        matters = await resident.opens_matters()
        await matters.get_by_role("button", name=re.compile(number)).click()
        timeline = matters.locator(".timeline li")
        await expect(timeline.first).to_contain_text(word("verb_satisfied"))
        await expect(timeline.last).to_contain_text(word("verb_submit"))
        await expect(matters.locator(".timeline img")).not_to_have_count(0)
        await expect(worker.page.locator(".matters")).to_contain_text(page_word("no_todo"))
