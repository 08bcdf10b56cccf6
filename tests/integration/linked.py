"""People of two channels who become one."""

from typing import Any

from sqlalchemy import func, select

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.doctor import SqlDoctor
from actions.application.commands.linking import AskLinkCode, UseCode
from actions.application.ports_channels import Address
from actions.domain.identifiers import PersonId
from tests.builders import Someone, World


async def on_telegram(world: World, chat: str = "1001", name: str = "") -> Someone:
    book = SqlAddressBook(world.database, world.clock, world.community)
    address = Address(channel="telegram", account="7", external_id=chat)
    account, _ = await book.meet(address, locale="zh-CN", name=name)
    return Someone(world, account.person_id, account.conversation_id)


async def code_of(someone: Someone) -> str:
    await someone.does(AskLinkCode())
    return str((await someone.last("link_code")).row["content"]["params"]["code"])


async def link(owner: Someone, other: Someone) -> None:
    """The code of one, given by the other, whatever is asked."""
    await other.does(UseCode(code=await code_of(owner)))
    if "link_sure" in await other.templates():
        await other.presses("button_link_yes")


async def who_is(world: World, chat: str = "1001") -> PersonId:
    return (await on_telegram(world, chat)).id


async def count(world: World, *where: Any) -> int:
    async with world.database.read() as conn:
        return int((await conn.execute(select(func.count()).where(*where))).scalar_one())


async def healthy(world: World) -> list[str]:
    return [finding async for finding in SqlDoctor(world.database).findings()]
