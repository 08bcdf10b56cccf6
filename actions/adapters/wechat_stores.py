"""`WeChatStores`: everything kept for one Official Account."""

from dataclasses import dataclass

from actions.adapters.database.engine import Database
from actions.adapters.database.wechat_choices import SqlWeChatChoices
from actions.adapters.database.wechat_ledger import SqlWeChatLedger
from actions.adapters.database.wechat_platform import SqlWeChatPlatform
from actions.adapters.database.wechat_replies import SqlWeChatReplies
from actions.adapters.database.wechat_tokens import SqlTokenShelf
from actions.adapters.sealing import Seal


@dataclass(frozen=True)
class WeChatStores:
    ledger: SqlWeChatLedger
    replies: SqlWeChatReplies
    platform: SqlWeChatPlatform
    tokens: SqlTokenShelf
    choices: SqlWeChatChoices


def wechat_stores(database: Database, seal: Seal, app_id: str) -> WeChatStores:
    return WeChatStores(
        SqlWeChatLedger(database, app_id),
        SqlWeChatReplies(database, app_id),
        SqlWeChatPlatform(database, app_id),
        SqlTokenShelf(database, app_id, seal),
        SqlWeChatChoices(database, app_id),
    )
