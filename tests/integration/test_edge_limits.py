"""What costs much has an allowance of its own: it runs out for one person, and for nothing else."""

import pytest

from actions.domain.people import Role
from bot.gateway.throttle import EXPORTS, SEARCHES
from tests.integration.console_house import joined
from tests.integration.web_house import House

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # no query decides it


async def test_searching_without_end_has_to_wait(house: House) -> None:
    desk = await joined(house, Role.ADM, "LJ", login="guanli", name="管理员")
    other = await joined(house, Role.ADM, "LJ", login="linger", name="另一个")

    seen = [(await desk.opens("/admin/?q=飞线")).status for _ in range(int(SEARCHES.burst) * 2)]

    assert set(seen) == {200, 429}
    assert (await desk.opens("/admin/")).status == 200
    assert (await other.opens("/admin/?q=飞线")).status == 200


async def test_taking_ones_data_along_without_end_has_to_wait(house: House) -> None:
    visitor, other = await house.visitor(), await house.visitor()

    seen = [(await visitor.get("/me/export")).status for _ in range(int(EXPORTS.burst) + 1)]

    assert seen == [200] * int(EXPORTS.burst) + [429]
    assert (await visitor.get("/me")).status == 200
    assert (await other.get("/me/export")).status == 200
