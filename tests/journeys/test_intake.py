"""Intake beyond the resident's own, in a running bot: a patrol, and a son who files for his mother."""

from tests.journeys.photos import photo_with_gps
from tests.journeys.town import Journey


async def test_a_patrol_of_six_findings_four_settled_on_the_spot(journey: Journey) -> None:
    lead = await journey.worker("GLD", "G5", "网格长阿江")
    worker = await journey.worker("GWF", "G5", "网格员阿荣")
    await worker.says("开始巡查")
    await worker.hears_text("round_begun_patrol")
    for seen in ("星汀3栋大堂杂物", "星汀1栋门口单车", "星汀3栋积水", "星汀1栋灯箱歪了"):
        journey.rasa.teach(seen, "report", "SAN02")
        await worker.says(seen)
        await worker.hears_text("finding")
        await worker.shows(photo_with_gps())
        shown = await worker.hears_text("finding")
        await worker.presses("button_settled_on_spot", on=shown)
        await worker.hears_text("finding_settled")
    journey.rasa.teach("星汀3栋三楼扶手松了", "report", "BLD01")
    await worker.says("星汀3栋三楼扶手松了")
    await worker.presses("button_file_finding", on=await worker.hears_text("finding"))
    number = await worker.hears_number()
    journey.rasa.teach("星汀1栋花坛空着一半", "suggest", "GRN01")
    await worker.says("星汀1栋花坛空着一半")
    await worker.presses("button_note_finding", on=await worker.hears_text("finding"))
    await worker.hears_text("finding_noted")

    await worker.says("巡完了")

    await worker.hears_text(
        "round_over_undecided", what="巡查", found="6", settled="4", filed="1", noted="1"
    )
    summary = await lead.hears_text("round_lead", name="网格员阿荣", found="6", settled="4")
    assert number in str(summary["card"]).replace(" ", "")
    assert len(summary["card"]["photos"]) == 4


async def test_a_grandmothers_matter_is_filed_by_her_son(journey: Journey) -> None:
    worker = await journey.worker("PRM", "XT-7", "星汀物业小罗")
    son, mother = await journey.resident(), await journey.resident()
    told = "帮我妈报一下,她家星汀7栋三楼扶手松了"
    journey.rasa.teach(told, "report", "BLD01")
    await son.says(told)
    await son.presses("button_agreed_yes")
    await son.hears_text("behalf_contact")
    await son.says("电话13812345678")
    await son.presses("button_submit")
    filed = await son.hears_text("ticket_filed_behalf")
    number = filed["ticket"]["number"]
    assert "13812345678" not in str(journey.rasa.heard)

    given = await worker.hears_text("work_dispatched", number=number)
    assert "替人反映" in str(given["card"]["lines"])
    await worker.presses("button_accept")
    await worker.presses("button_more")
    await worker.presses("button_show_contact")
    shown = await worker.hears_text("contact_shown")
    assert "13812345678" in shown["text"]

    asks = f"{number} 到哪一步了"
    journey.rasa.teach(asks, "status")
    await mother.says(asks)
    await mother.hears_text("behalf_asked", number=number)
    await son.presses("button_it_is_them")
    await mother.hears_text("behalf_followed", number=number)
    await worker.shows(photo_with_gps())
    await worker.presses("button_share")
    await mother.hears_text("relay_note", number=number)
    await worker.presses("button_resolve")
    await son.presses("button_satisfied")
    await mother.hears_text("push_closed_fixed", number=number)
