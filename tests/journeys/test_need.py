"""A need instead of a fault: childcare after school, to the introduction (seeds 001 and 003)."""

from tests.journeys.town import Journey

TOLD = "我们两口子都要上班,孩子放学没人接,有没有托管的地方"
INTRODUCED = "会所楼上有公益托管,放学到六点,党员义工可以帮忙接。我跟老师说好了,周六上午去看看"


async def test_a_parent_is_introduced_to_the_childcare_next_door(journey: Journey) -> None:
    worker = await journey.worker("GWF", "", "网格员阿欣")
    parent = await journey.resident()

    number = await journey.files(parent, TOLD, "SVC01")
    assert parent.questions() == 1
    await worker.hears_text("work_dispatched", number=number)
    await worker.presses("button_accept")
    await parent.hears_text("push_accepted", number=number)

    await worker.presses("button_message_reporter")
    await worker.hears_text("relay_write_message", number=number)
    await worker.says(INTRODUCED)
    introduced = await parent.hears_text("relay_from_worker", number=number, text=INTRODUCED)
    await parent.presses("button_reply", on=introduced)
    await parent.hears_text("relay_write_answer", number=number)
    await parent.says("好,周六九点去")
    await worker.hears_text("relay_from_reporter", number=number, text="好,周六九点去")

    await worker.presses("button_resolve")
    await worker.hears_text("proof_note", number=number)
    await worker.says("介绍给会所的公益托管,周六上午见面")
    settled = await parent.hears_text("push_resolved_need", number=number)
    await parent.presses("button_satisfied_need", on=settled)
    await worker.hears_text("work_satisfied_need", number=number)
