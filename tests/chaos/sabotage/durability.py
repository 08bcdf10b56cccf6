"""Sabotage of what is promised of messages: kept before it is answered, once, all or nothing."""

from typing import Final

from tests.chaos.sabotage.base import Edit, Variant

_D: Final = "actions/adapters/database"
_KILLS: Final = "tests/chaos/test_kills.py"
_PROMISES: Final = "tests/integration/test_promises.py"

DURABILITY: Final = (
    Variant(
        "sync-normal",
        "SQLite syncs at checkpoints only, so that a power cut takes back what was acknowledged",
        (Edit(f"{_D}/engine.py", '"synchronous=FULL"', '"synchronous=NORMAL"'),),
        (
            f"{_KILLS}::test_what_was_acknowledged_outlives_the_power_and_without_the_sync_it_would_not",
        ),
    ),
    Variant(
        "ack-before-commit",
        "whoever sent a message hears that it is kept before it is",
        (
            Edit(
                f"{_D}/intake.py",
                "            written = await self._commit([waiting.arrival for waiting in batch])",
                "            self._batch = batch\n"
                "            written = await self._commit([waiting.arrival for waiting in batch])",
            ),
            Edit(
                f"{_D}/intake.py",
                '            failpoint("intake.inserted")\n',
                "            _tell(self._batch, written)\n            await asyncio.sleep(0.2)\n"
                '            failpoint("intake.inserted")\n',
            ),
        ),
        (f"{_PROMISES}::test_what_was_acknowledged_is_there_after_a_kill",),
    ),
    Variant(
        "early-released-lock",
        "what came before is kept from coming again by a lock that is let go before the commit",
        (
            Edit(
                f"{_D}/arriving.py",
                "    found = await _earlier(conn, [each for each in arrivals"
                " if each.conversation_id in talks])\n",
                "    found: dict[Key, Remembered] = {}\n",
            ),
            Edit(
                f"{_D}/migrations/versions/0001_first_schema.py",
                """        sa.UniqueConstraint(
            "channel", "account", "external_id", name=op.f("uq_inbox_channel_account_external_id")
        ),
""",
                "",
            ),
        ),
        ("tests/integration/test_taking_in.py",),
    ),
    Variant(
        "outbox-outside",
        "what somebody is told is committed before the reason for it",
        (
            Edit(
                f"{_D}/unit_of_work.py",
                "        await self.outbox.add(key, news, self.community.root)\n",
                "        await self.outbox.add(key, news, self.community.root)\n"
                "        await self._conn.commit()\n        await self._conn.begin()\n",
            ),
        ),
        (f"{_PROMISES}::test_nobody_is_told_of_what_did_not_happen",),
    ),
    Variant(
        "no-fencing",
        "whoever lost the lease of a conversation goes on writing in it",
        (
            Edit(
                f"{_D}/conversations.py",
                "scalar_one_or_none() != token:\n        raise StaleLease",
                "scalar_one_or_none() != token:\n        return",
            ),
        ),
        ("tests/integration/test_turns.py::test_who_lost_the_lease_changes_nothing",),
    ),
    Variant(
        "effects-twice",
        "a turn that is taken again takes effect again",
        (
            Edit(
                f"{_D}/effects.py",
                "        return claimed.first() is not None\n",
                "        return True\n",
            ),
        ),
        (f"{_PROMISES}::test_the_same_press_taken_twice_files_once",),
    ),
    Variant(
        "shown-twice",
        "what is shown is not settled in the same commit",
        (
            Edit(
                f"{_D}/showing.py",
                '            state="sent",\n            settled_at=bindparam("moment"),',
                '            settled_at=bindparam("moment"),',
            ),
        ),
        ("tests/integration/test_delivery_page.py",),
    ),
)
