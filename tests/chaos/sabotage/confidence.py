"""Sabotage of what people trust us with: whose it is, who looked, and that it is gone."""

from typing import Final

from tests.chaos.sabotage.base import Edit, Variant

_D: Final = "actions/adapters/database"
_I: Final = "tests/integration"
_TRAIL: Final = f"{_I}/test_audit_trail.py"

CONFIDENCE: Final = (
    Variant(
        "owner-unchecked",
        "a ticket is shown to whoever knows its number",
        (
            Edit(
                "actions/domain/permissions.py",
                "    return _waits(actor, ticket, known) or handles(actor, ticket)\n",
                "    return True\n",
            ),
        ),
        (f"{_I}/test_webchat_tickets.py::test_somebody_elses_matter_looks_like_none",),
    ),
    Variant(
        "slash-unguarded",
        "a resident's slash reaches Rasa as an intent",
        (
            Edit(
                "bot/conversation/rasa_client.py",
                "    if letter in _SLASHES or letter.isspace():",
                "    if letter.isspace():",
            ),
        ),
        ("tests/unit/bot/test_rasa_guard.py",),
    ),
    Variant(
        "exif-kept",
        "a photo keeps where and with what it was taken",
        (
            Edit(
                "bot/media.py",
                "    bare.paste(picture)\n",
                "    bare.paste(picture)\n    bare.info = dict(opened.info)\n",
            ),
            Edit(
                "bot/media.py",
                "quality=85, optimize=True, progressive=True)",
                'quality=85, exif=picture.info.get("exif", b""))',
            ),
        ),
        (f"{_I}/test_webchat_attachments.py::test_a_photo_tells_neither_place_nor_device",),
    ),
    Variant(
        "audit-after",
        "a transcript is read before the trail says who looked",
        (
            Edit(
                f"{_D}/board_transcript.py",
                """        await self._trail.note(action, about(ticket), by=actor.person_id)
        async with self._database.read() as conn:
            return await _talk(conn, ticket, told, is_unmasked=is_unmasked)
""",
                """        async with self._database.read() as conn:
            talk = await _talk(conn, ticket, told, is_unmasked=is_unmasked)
        try:
            await self._trail.note(action, about(ticket), by=actor.person_id)
        finally:
            return talk
""",
            ),
        ),
        (f"{_I}/test_console_transcript.py::test_nothing_is_shown_when_the_trail_cannot_be_written",),
    ),
    Variant(
        "audit-unchained",
        "rows of the trail do not follow each other",
        (
            Edit(
                f"{_D}/audit.py",
                "    return head.length, head.hash\n",
                "    return head.length, BEGINNING\n",
            ),
        ),
        (f"{_TRAIL}::test_a_trail_that_only_grew_is_sound",),
    ),
    Variant(
        "audit-rewritable",
        "rows of the trail can be changed and removed",
        (
            Edit(
                f"{_D}/migrations/versions/0005_kept_and_forgotten.py",
                "    _let_it_only_grow()\n",
                "",
            ),
        ),
        (f"{_TRAIL}::test_the_database_refuses_to_change_or_remove_a_row",),
    ),
    Variant(
        "secret-uncompared",
        "anybody may bring what Telegram is said to have sent",
        (
            Edit(
                "bot/channels/telegram/webhook.py",
                "        return any(matches)\n",
                "        return bool(matches)\n",
            ),
        ),
        (f"{_I}/test_telegram_doors.py::test_who_does_not_know_the_secret_leaves_nothing",),
    ),
    Variant(
        "button-unsigned",
        "whoever makes up a button has pressed it",
        (
            Edit(
                "bot/gateway/buttons.py",
                "        if not is_any(mac.encode(), good):\n            raise OutOfDate\n",
                "        is_any(mac.encode(), good)\n",
            ),
        ),
        ("tests/unit/bot/test_buttons.py",),
    ),
    Variant(
        "unmask-unnoted",
        "a mask is taken off and nobody will know",
        (
            Edit(
                f"{_D}/board_transcript.py",
                "        await self._trail.note("
                "UNMASKED, about(ticket), by=actor.person_id, reason=reason)\n",
                "",
            ),
        ),
        (f"{_I}/test_console_transcript.py::test_words_are_unmasked_for_a_reason_and_a_short_while",),
    ),
    Variant(
        "erasure-forgets-a-text",
        "an erased person's lines keep their words",
        (
            Edit(
                f"{_D}/erasure.py",
                '.values(text="", content=None, template="", kind="notice")',
                '.values(content=None, template="", kind="notice")',
            ),
        ),
        (f"{_I}/test_webchat_erasure.py::test_an_erased_person_is_nowhere_any_more",),
    ),
    Variant(
        "hold-ignored",
        "a purge takes what a legal hold keeps",
        (
            Edit(
                f"{_D}/retention.py",
                "            ~is_held(conversations.c.person_id),\n",
                "",
            ),
        ),
        (f"{_I}/test_retention.py::test_a_legal_hold_keeps_everything_of_its_person",),
    ),
    Variant(
        "csrf-unchecked",
        "a form of the console is taken from any page",
        (
            Edit(
                "bot/admin/csrf.py",
                'if not is_any(given.encode("utf-8", "replace"), good):',
                "if not good:",
            ),
        ),
        (f"{_I}/test_console_sign_in.py::test_no_form_is_taken_without_its_secret",),
    ),
)  # fmt: skip
