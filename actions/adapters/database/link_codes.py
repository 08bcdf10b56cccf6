"""`SqlLinkCodes`: link codes for a page that asks for one, or is given one, outside the talk."""

from actions.adapters.database.engine import Database
from actions.adapters.database.linking import SqlLinking
from actions.application.ports import Clock
from actions.application.ports_channels import LINK_CODE_LASTS, LinkCode
from actions.application.web_records import Account
from actions.domain.community import Community
from actions.domain.one_time_code import hash_of


class SqlLinkCodes:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def offer(self, account: Account) -> LinkCode:
        now = self._clock.now()
        until = now + LINK_CODE_LASTS
        async with self._database.write() as conn:
            linking = SqlLinking(conn, now, self._community.root)
            code = await linking.offer(account.person_id, until)
            await conn.commit()
        return LinkCode(code=code, until=until)

    async def is_living(self, code: str) -> bool:
        async with self._database.read() as conn:
            linking = SqlLinking(conn, self._clock.now(), self._community.root)
            return await linking.whose(hash_of(code)) is not None
