"""Every `web.AppKey` and `web.RequestKey` of the application."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from actions.application.ports import Clock
from actions.application.ports_board import BoardDoors
from actions.application.ports_channels import LinkCodes
from actions.application.ports_console import ConsoleAccounts, Passwords, Staff, Trail
from actions.application.ports_gateway import IntakeDoor
from actions.application.ports_staff import ConsolePeople, DeadLetters, Inviting
from actions.application.ports_web import Accounts, Matters, Pictures, Privacy, Transcripts
from actions.application.web_records import Account
from actions.domain.community import Community
from actions.domain.identifiers import ConversationId
from bot.ports import Bus, Conditions, Texts, Throttle, Wakeups

#: Holds the session of the web chat.
CHAT_COOKIE = "linli"


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """What the web edge has to be told."""

    media_dir: Path
    is_production: bool = False
    public_url: str = ""  #: https://host[:port]; the only origin allowed in production
    vapid_public_key: str | None = None
    trusted_proxies: frozenset[str] = frozenset()  #: addresses whose X-Forwarded-For counts
    photos_a_day: int = 60
    reader_patience: float = 10.0  #: seconds a stream waits for a reader that takes nothing

    def cookie(self, name: str) -> str:
        """The name a cookie goes by: in production one that no other host can set."""
        return f"__Host-{name}" if self.is_production else name


WEB = web.AppKey("web", WebSettings)
COMMUNITY = web.AppKey("community", Community)
SIGNING_KEY = web.AppKey("signing_key", bytes)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
TEXTS: web.AppKey[Texts] = web.AppKey("texts")
THROTTLE: web.AppKey[Throttle] = web.AppKey("throttle")
HUB: web.AppKey[Wakeups] = web.AppKey("hub")
BUS: web.AppKey[Bus] = web.AppKey("bus")
INTAKE: web.AppKey[IntakeDoor] = web.AppKey("intake")
#: Tells the turn runner that a conversation has something new.
WAKE: web.AppKey[Callable[[ConversationId], None]] = web.AppKey("wake")
ACCOUNTS: web.AppKey[Accounts] = web.AppKey("accounts")
TRANSCRIPTS: web.AppKey[Transcripts] = web.AppKey("transcripts")
PICTURES: web.AppKey[Pictures] = web.AppKey("pictures")
MATTERS: web.AppKey[Matters] = web.AppKey("matters")
PRIVACY: web.AppKey[Privacy] = web.AppKey("privacy")
LINKING: web.AppKey[LinkCodes] = web.AppKey("linking")
CONSOLE_ACCOUNTS: web.AppKey[ConsoleAccounts] = web.AppKey("console_accounts")
PASSWORDS: web.AppKey[Passwords] = web.AppKey("passwords")
BOARD: web.AppKey[BoardDoors] = web.AppKey("board")
CONSOLE_PEOPLE: web.AppKey[ConsolePeople] = web.AppKey("console_people")
INVITATIONS: web.AppKey[Inviting] = web.AppKey("invitations")
DEAD_LETTERS: web.AppKey[DeadLetters] = web.AppKey("dead_letters")
CONDITIONS: web.AppKey[Conditions] = web.AppKey("conditions")
TRAIL: web.AppKey[Trail] = web.AppKey("trail")

ACCOUNT = web.RequestKey("account", Account)
STAFF = web.RequestKey("staff", Staff)
REQUEST_ID = web.RequestKey("request_id", str)
CLIENT_IP = web.RequestKey("client_ip", str)
