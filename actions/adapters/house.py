"""`House`: everything that is built once over one database and one community."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from actions.adapters.backup import last_backup
from actions.adapters.current import current
from actions.adapters.database.accounts import SqlAccounts
from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.alerts import Alerts
from actions.adapters.database.archive import SqlArchive
from actions.adapters.database.audit import SqlTrail
from actions.adapters.database.audit_check import SqlAuditCheck
from actions.adapters.database.board_doors import board_doors
from actions.adapters.database.condition import SqlCondition
from actions.adapters.database.console_accounts import SqlConsoleAccounts
from actions.adapters.database.console_people import SqlConsolePeople
from actions.adapters.database.dead_letters import SqlDeadLetters
from actions.adapters.database.delivery import Delivery
from actions.adapters.database.doctor import SqlDoctor
from actions.adapters.database.due import SqlDue
from actions.adapters.database.duties import Duties
from actions.adapters.database.engine import Database
from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.heard_before import SqlHeardBefore
from actions.adapters.database.holds import SqlHolds
from actions.adapters.database.intake import Intake
from actions.adapters.database.invitations import SqlInvitations
from actions.adapters.database.link_codes import SqlLinkCodes
from actions.adapters.database.news import News
from actions.adapters.database.owners import own_name
from actions.adapters.database.pictures import SqlPictures
from actions.adapters.database.presses import SqlPresses
from actions.adapters.database.received import SqlReceived
from actions.adapters.database.retention import SqlRetention
from actions.adapters.database.review import SqlReview
from actions.adapters.database.second_readings import SqlSecondReadings
from actions.adapters.database.settings_watch import SettingsWatch
from actions.adapters.database.ticket_grams import SqlTicketWords
from actions.adapters.database.todo import SqlMatters
from actions.adapters.database.transcripts import SqlTranscripts
from actions.adapters.database.turns import Turns
from actions.adapters.database.unit_of_work import SqlUnitOfWorkFactory
from actions.adapters.database.vitals import SqlVitals
from actions.adapters.example_files import ExampleFiles
from actions.adapters.key_folder import Keys
from actions.adapters.outbox_bell import OutboxBell
from actions.adapters.passwords import Argon2Passwords
from actions.adapters.redis_link import RedisLink
from actions.adapters.rulebook import Rulebook
from actions.adapters.sealing import Seal
from actions.adapters.wakeups import Wakeups
from actions.adapters.wechat_stores import WeChatStores, wechat_stores
from actions.application.environment import HouseSettings
from actions.application.housekeeping import Housekeeping
from actions.application.message_bus import MessageBus
from actions.application.ports import Clock
from actions.application.ports_board import BoardDoors
from actions.application.routes import build_routes
from actions.domain.community import Community
from actions.domain.knowledge import Knowledge
from actions.domain.quiet_hours import QuietHours

#: Folder of the photos, in the data directory.
MEDIA = "media"
#: Folder of the reviewed examples while a model learns from them, in the data directory.
CORRECTIONS = "corrections"
#: The understanding, where it is installed beside us.
NLU = Path(__file__).parents[2] / "nlu"


@dataclass(frozen=True, kw_only=True)
class House:
    """Everything built once over one database and one community."""

    settings: HouseSettings
    community: Community  #: whichever version is in force when it is asked
    settings_watch: SettingsWatch
    clock: Clock
    keys: Keys
    database: Database
    bell: OutboxBell
    redis: RedisLink | None
    wakeups: Wakeups
    duties: Duties
    news: News
    bus: MessageBus
    intake: Intake
    turns: Turns
    second_readings: SqlSecondReadings
    delivery: Delivery
    vitals: SqlVitals
    alerts: Alerts
    accounts: SqlAccounts
    addresses: SqlAddressBook
    linking: SqlLinkCodes
    received: SqlReceived
    heard_before: SqlHeardBefore
    transcripts: SqlTranscripts
    presses: SqlPresses
    pictures: SqlPictures
    matters: SqlMatters
    privacy: SqlPrivacy
    due: SqlDue
    invitations: SqlInvitations
    archive: SqlArchive
    doctor: SqlDoctor
    audit_check: SqlAuditCheck
    holds: SqlHolds
    housekeeping: Housekeeping
    review: SqlReview
    examples: ExampleFiles
    console_accounts: SqlConsoleAccounts
    passwords: Argon2Passwords
    trail: SqlTrail
    condition: SqlCondition
    board: BoardDoors
    ticket_words: SqlTicketWords
    console_people: SqlConsolePeople
    dead_letters: SqlDeadLetters

    @property
    def quiet_hours(self) -> QuietHours:
        """For whoever is built once: those in force when they are asked."""
        return current(lambda: self.community.quiet_hours)

    @property
    def backed_up_at(self) -> datetime | None:
        return last_backup(self.settings.data)

    @property
    def media(self) -> Path:
        return self.settings.data / MEDIA

    def wechat(self, app_id: str) -> WeChatStores:
        """What is kept for that Official Account."""
        return wechat_stores(self.database, Seal(self.keys.identity), app_id)

    async def let_go(self) -> None:
        """Close what was opened for it; the database is its owner's."""
        if self.redis is not None:
            await self.redis.close()


def build_house(
    settings: HouseSettings,
    *,
    clock: Clock,
    keys: Keys,
    database: Database,
    rulebook: Rulebook,
    watch: SettingsWatch,
    knowledge: Knowledge,
) -> House:
    bell = OutboxBell()
    redis = _redis(settings, keys)
    owner = own_name()
    community = current(lambda: rulebook.at(clock.now()).community)
    audit_check = SqlAuditCheck(database)

    def kept_for() -> timedelta:
        return community.policy.transcript_kept_for

    open_uow = SqlUnitOfWorkFactory(database, clock, rulebook, Seal(keys.identity), knowledge)
    return House(
        settings=settings,
        community=community,
        settings_watch=watch,
        clock=clock,
        keys=keys,
        database=database,
        bell=bell,
        redis=redis,
        wakeups=Wakeups(redis),
        duties=Duties(database, owner),
        news=News(database),
        bus=MessageBus(open_uow, build_routes(), bell),
        intake=Intake(database),
        turns=Turns(database, owner),
        second_readings=SqlSecondReadings(database),
        delivery=Delivery(database, owner),
        vitals=SqlVitals(database),
        alerts=Alerts(database),
        accounts=SqlAccounts(database, clock, community),
        addresses=SqlAddressBook(database, clock, community),
        linking=SqlLinkCodes(database, clock, community),
        received=SqlReceived(database, owner),
        heard_before=SqlHeardBefore(database),
        transcripts=SqlTranscripts(database),
        presses=SqlPresses(database),
        pictures=SqlPictures(database, clock),
        matters=SqlMatters(database, clock, community),
        privacy=SqlPrivacy(database, clock, community),
        due=SqlDue(
            database,
            current(lambda: community.policy),
            lambda: rulebook.by_version(lambda each: each.policy),
        ),
        invitations=SqlInvitations(database, clock, community),
        archive=SqlArchive(database, clock, community),
        doctor=SqlDoctor(database, kept_for=kept_for, now=clock.now),
        audit_check=audit_check,
        holds=SqlHolds(database, clock, community),
        housekeeping=Housekeeping(SqlRetention(database), audit_check, kept_for),
        review=SqlReview(database, clock, community),
        examples=ExampleFiles(NLU, settings.data / CORRECTIONS),
        console_accounts=SqlConsoleAccounts(database, clock, community),
        passwords=Argon2Passwords(),
        trail=SqlTrail(database, clock, community),
        condition=SqlCondition(database),
        board=board_doors(database, clock, community),
        ticket_words=SqlTicketWords(database),
        console_people=SqlConsolePeople(database, clock),
        dead_letters=SqlDeadLetters(database, clock, community),
    )


def _redis(settings: HouseSettings, keys: Keys) -> RedisLink | None:
    url = settings.redis_url
    return RedisLink(url.reveal(), keys.identity) if url else None
