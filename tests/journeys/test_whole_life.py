"""Matters that take days, in a running bot on both stores, under a clock that moves."""

from datetime import timedelta

from tests.journeys.person import Person
from tests.journeys.photos import photo_with_gps
from tests.journeys.town import Journey, MovableTown

A_WEEK = timedelta(days=7, minutes=1)
AN_HOUR = timedelta(minutes=61)


async def settles_by_photo(worker: Person) -> None:
    await worker.presses("button_resolve")
    await worker.hears_text("proof_photo")
    await worker.shows(photo_with_gps())


async def is_not_satisfied(reporter: Person, number: str, why: str) -> None:
    settled = await reporter.hears_text("push_resolved", number=number)
    await reporter.presses("button_dissatisfied", on=settled)
    await reporter.hears_text("ask_what_remains")
    await reporter.says(why)
    await reporter.hears_text("rated_dissatisfied", number=number)


async def test_silence_closes_as_unrated_after_a_week_and_can_be_reopened(
    movable: MovableTown, long_journey: Journey
) -> None:
    worker = await long_journey.worker("PRM", "RY-3", "榕苑物业小温")
    reporter = await long_journey.resident()
    number = await long_journey.files(reporter, "榕苑3栋楼道灯不亮了", "BLD04")
    await worker.presses("button_accept")
    await settles_by_photo(worker)
    await reporter.hears_text("push_resolved", number=number)

    movable.waits(A_WEEK)

    await reporter.hears_text("push_lapsed", number=number)
    await reporter.presses("button_reopen")
    await reporter.hears_text("ask_why_reopen")
    await reporter.says("昨晚又不亮了")
    await reporter.hears_text("rated_dissatisfied", number=number)


async def test_a_forgotten_ticket_climbs_to_the_street_and_comes_back(
    movable: MovableTown, long_journey: Journey
) -> None:
    silent = await long_journey.worker("PRM", "RY-2", "榕苑物业小温")
    lead = await long_journey.worker("GLD", "G1", "网格长阿佩")
    committee = await long_journey.worker("CMT", "LJ", "周主任")
    street = await long_journey.worker("DSP", "RT", "街道分拨员")
    reporter = await long_journey.resident()
    number = await long_journey.files(reporter, "榕苑2栋扶手松得厉害", "BLD01")
    await silent.hears_text("work_dispatched", number=number)

    movable.waits(AN_HOUR)
    await lead.hears_text("work_escalated", number=number)
    await reporter.hears_text("push_reassigned", number=number)
    movable.waits(AN_HOUR)
    await committee.hears_text("work_escalated", number=number)
    movable.waits(AN_HOUR)
    passed_up = await street.hears_text("work_escalated", number=number)
    assert (number, "dispatched") in await street.todo()

    helper = await long_journey.worker("GWF", "G1", "网格员阿欢")
    await street.presses("button_accept", on=passed_up)
    taken = await street.hears_text("accepted", number=number)
    await street.presses("button_more", on=taken)
    listed = await street.hears_text("options", number=number)
    await street.presses("button_transfer", on=listed)
    await street.presses("button_transfer_to", name="网格员阿欢", role="网格员")
    await street.presses("reason_off_duty")
    await helper.hears_text("work_transferred", number=number)
    await helper.presses("button_accept")
    await settles_by_photo(helper)
    await reporter.presses("button_satisfied")
    await reporter.hears_text("rated_satisfied", number=number)
    assert [each["status"] for each in await reporter.matters()] == ["closed_fixed"]


async def test_two_neighbours_tell_of_the_same_leak_and_both_hear_everything(
    long_journey: Journey,
) -> None:
    lead = await long_journey.worker("GLD", "G2", "网格长阿敏")
    worker = await long_journey.worker("PRM", "RY-6", "榕苑物业小冼")
    first, second = await long_journey.resident(), await long_journey.resident()
    leak = await long_journey.files(first, "榕苑6栋天花板一直漏水", "BLD05")
    await worker.hears_text("work_dispatched", number=leak)
    unclear = await long_journey.files(second, "榕苑6栋那个又滴下来了", "OTH99")
    asked = await lead.hears_text("lead_triage", number=unclear)

    await lead.presses("button_more", on=asked)
    listed = await lead.hears_text("options", number=unclear)
    await lead.presses("button_merge", on=listed)
    await lead.hears_text("merge_into_which", number=unclear)
    await lead.says(leak)
    await lead.hears_text("merge_really", number=unclear, master=leak)
    await lead.presses("button_merge_really")
    await second.hears_text("push_merged_sealed", number=unclear)
    assert [each["status"] for each in await second.matters()] == ["merged"]

    both = ((first, leak), (second, unclear))
    await worker.presses("button_accept")
    for person, number in both:
        await person.hears_text("push_accepted", number=number)
    await worker.presses("button_go_there")
    for person, number in both:
        await person.hears_text("push_started", number=number)
    await settles_by_photo(worker)
    await first.presses("button_satisfied")
    await second.hears_text("push_closed_sealed", number=unclear)
    assert [each["status"] for each in await second.matters()] == ["closed_fixed"]


async def test_twice_not_settled_brings_the_supervisor(long_journey: Journey) -> None:
    supervisor = await long_journey.worker("SUP", "RT", "督查员")
    committee = await long_journey.worker("CMT", "LJ", "周主任")
    worker = await long_journey.worker("PRM", "BL-44", "白鹭物业小湛")
    reporter = await long_journey.resident()
    number = await long_journey.files(reporter, "44栋门禁刷不开", "BLD04")
    await worker.hears_text("work_dispatched", number=number)
    await worker.presses("button_accept")
    await settles_by_photo(worker)
    await is_not_satisfied(reporter, number, "还是刷不开")
    await committee.hears_text("work_dispatched", number=number)
    await committee.presses("button_accept")
    await settles_by_photo(committee)
    await is_not_satisfied(reporter, number, "又坏了")

    await supervisor.hears_text("supervisor_follows", number=number)
    assert number in [each for each, _ in await supervisor.todo()]
    status = {each["number"]: each["status"] for each in await reporter.matters()}
    assert status[number] in ("dispatched", "reopened")


async def test_disputed_between_property_and_department_it_is_ruled_and_worked_on_meanwhile(
    long_journey: Journey,
) -> None:
    lead = await long_journey.worker("GLD", "G4", "网格长阿敏")
    firm = await long_journey.worker("PRM", "BL-50", "白鹭物业小湛")
    reporter = await long_journey.resident()
    number = await long_journey.files(reporter, "50栋扶手松了", "BLD01")
    await firm.hears_text("work_dispatched", number=number)

    await firm.presses("button_not_mine")
    await firm.presses("reason_not_my_duty")
    await lead.hears_text("lead_returned", number=number)
    await firm.hears_text("returned_meanwhile", number=number)
    await firm.presses("button_temporary")
    await firm.hears_text("temporary_proof", number=number)
    await firm.shows(photo_with_gps())
    await reporter.hears_text("push_temporary", number=number)
    await lead.presses("button_it_stays")
    await lead.hears_text("stay_why", number=number)
    await lead.says("扶手归物业管，物业合同写着")

    await firm.hears_text("work_ruled_stays", number=number)
    await firm.presses("button_accept")
    await reporter.hears_text("push_accepted", number=number)
    await settles_by_photo(firm)
    await reporter.presses("button_satisfied")
    await reporter.hears_text("rated_satisfied", number=number)
