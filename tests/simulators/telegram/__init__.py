"""The Bot API of Telegram on this machine, with the people who use the app.

    async with TelegramSimulator().running() as telegram:
        telegram.api_base, telegram.token     # TELEGRAM_API_BASE, TELEGRAM_TOKEN of the bot
        anna = telegram.user(1001, "Anna", language_code="en")
        anna.starts()                         # or anna.starts("payload") for a deep link
        anna.writes("The lamp is out")        # the id of the message
        card = await telegram.until(lambda: anna.seen())
        anna.presses("Submit")                # NotThere when no message shows that button
        telegram.accepted                     # every call that took effect, in order
        telegram.calls                        # every request, with the status its client got

The API is served as strictly as the open source server does it: GET or POST; JSON, urlencoded or
multipart; Telegram's own descriptions. What is not simulated is refused, never guessed.

Reading what happened
    `Accepted`: order, at, method, chat_id, message_ids, text, buttons, parameters, result.
    `telegram.sends(chat)` are those that put a message into a chat. `anna.seen()` is what the bot
    says in her chat as it stands now, after edits; `anna.history()` has both sides;
    `anna.last` the newest; each a `Seen` with text, buttons, labels, edited, photo, album,
    location. `anna.answer_to(press)` is what the bot answered to a press.

Waiting
    `await telegram.until(look)` calls `look` after every change until it returns something true.

Faults
    `telegram.faults.on("sendMessage", too_many(3), chat=anna.id, times=1)`; see `faults.py` for
    `too_many`, `blocked`, `bad_request`, `server_error`, `bad_gateway`, `hang`, `reset`, `cut`.
    Those with `accepted=True` let the call take effect and lose the answer.
    `telegram.limits.on = True` turns on the real sending limits.
    `telegram.repeats(update_id)` delivers twice, `telegram.injects({...}, queue=chat_id)` delivers
    raw JSON, `telegram.restarts_ids(5)` starts the ids over, `telegram.webhook.hold(queue)` and
    `.release(queue)` let other queues overtake; a chat's queue is its id, a person's presses have
    `updates.callback_queue(id)`.

People and groups
    A person `writes`, `starts`, `edits`, `presses`, `forges_press`, `sends_photo`, `sends_album`,
    `sends_document`, `sends_location`, `moves` (a live location), `sends_venue`, `sends_voice`,
    `sends_audio`, `sends_video`, `sends_video_note`, `sends_sticker`, `sends_contact`,
    `sends_dice`, `sends_poll`, `sends({...})` anything else, `blocks`, `unblocks`, `deactivates`,
    `deletes_chat`. `group = telegram.group(-500)`: `adds_bot(by=anna)`,
    `member(anna).writes("hello")`, `migrates(-100500, by=anna)`, `kicks_bot(by=anna)`, `seen()`.

In a process of its own: `python -m tests.simulators.telegram --port 8081 --token 7:x`.
"""

from tests.simulators.telegram.chats import Seen
from tests.simulators.telegram.people import NotThere, Person
from tests.simulators.telegram.record import Accepted, Button, Call
from tests.simulators.telegram.simulator import TOKEN, TelegramSimulator

__all__ = [
    "TOKEN",
    "Accepted",
    "Button",
    "Call",
    "NotThere",
    "Person",
    "Seen",
    "TelegramSimulator",
]
