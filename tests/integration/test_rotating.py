"""A key is changed while everything runs: what either key made is taken, until the old one is gone."""

import itertools
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from actions.adapters.key_folder import ACTIONS_TOKEN, SIGNING, KeyFolderError, change, open_keys
from actions.application.turn_ticket import TurnTicket, TurnTicketError, seal, unseal
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import ConversationId, InboxId, PersonId
from actions.server import create_action_app
from bot.gateway.buttons import Buttons
from tests.integration.test_commands import run

TICKET = TurnTicket(
    inbox_id=InboxId(1), conversation_id=ConversationId(2), person_id=PersonId(3),
    lease_token=4, locale="en",
)  # fmt: skip


def takes(made: bytes, read: bytes) -> bool:
    """Whether what one process signed, another takes."""
    try:
        token = Buttons(made).sign(1, 0, 7)
        assert Buttons(read).read(token, 7) == (1, 0)
        assert Buttons(read).read_row(Buttons(made).sign_row(5, 1)) == (5, 1)
        assert unseal(seal(TICKET, made), read) == TICKET
    except (OutOfDate, TurnTicketError):
        return False
    return True


def test_at_each_step_old_and_new_processes_take_each_others_buttons(tmp_path: Path) -> None:
    """Processes are started anew one after the other, so two neighbouring steps live together."""
    steps = [open_keys(tmp_path).signing]
    for _ in range(3):
        change(tmp_path, SIGNING)
        steps.append(open_keys(tmp_path).signing)

    for earlier, later in itertools.pairwise(steps):
        assert takes(made=earlier, read=later)
        assert takes(made=later, read=earlier)
    before, _, in_use, after = steps
    assert takes(made=before, read=in_use)
    assert not takes(made=before, read=after)
    assert bytes(after) == bytes(in_use) != bytes(before)
    assert {each.name for each in tmp_path.iterdir()} == {
        "signing.key", "identity.key", "actions.token",
    }  # fmt: skip


@pytest.mark.parametrize("name", [SIGNING, ACTIONS_TOKEN])
def test_a_key_on_its_way_is_nobody_elses_to_read(tmp_path: Path, name: str) -> None:
    open_keys(tmp_path)
    change(tmp_path, name)

    assert (tmp_path / f"{name}.next").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_never_made_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(KeyFolderError, match="there is no"):
        change(tmp_path, SIGNING)


async def test_the_action_endpoint_takes_both_tokens_while_one_is_changed(tmp_path: Path) -> None:
    first = open_keys(tmp_path).actions_token
    change(tmp_path, ACTIONS_TOKEN)
    change(tmp_path, ACTIONS_TOKEN)
    keys = open_keys(tmp_path)
    both = (keys.actions_token, *keys.actions_tokens)

    assert await status(*both, asked=first) == 404
    assert await status(*both, asked=keys.actions_token) == 404
    assert await status(keys.actions_token, asked=first) == 401
    given = open_keys(tmp_path, "given", "given before")
    assert (given.actions_token, given.actions_tokens) == ("given", ("given before",))


async def status(*tokens: str, asked: str) -> int:
    """404: let in, and there is no such action."""
    async with TestClient(TestServer(create_action_app([], *tokens))) as client:
        body = {"next_action": "none", "tracker": {}}
        answer = await client.post("/webhook", params={"token": asked}, json=body)
        return answer.status


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    open_keys(tmp_path / "keys")
    said = [run(tmp_path, "rotate", "signing").stdout for _ in range(4)]

    assert [each[:6] for each in said] == ["1 of 3", "2 of 3", "3 of 3", "1 of 3"]
