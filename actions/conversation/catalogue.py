"""Builds every action with its bus: the list the action server registers."""

from collections.abc import Mapping

from rasa_sdk import Action

from actions.application.commands import telling
from actions.application.commands.telling import Heard
from actions.application.message_bus import MessageBus
from actions.conversation.hearing import HearingAction

#: Rasa's action names (config/domain) and the command each one makes.
ACTIONS: Mapping[str, type[Heard]] = {
    "action_tell_matter": telling.TellMatter,
    "action_add_detail": telling.AddDetail,
    "action_affirm": telling.Affirm,
    "action_deny": telling.Deny,
    "action_ask_status": telling.AskStatus,
    "action_urge": telling.Urge,
    "action_withdraw": telling.Withdraw,
    "action_rate": telling.Rate,
    "action_reopen": telling.Reopen,
    "action_call_person": telling.CallPerson,
    "action_answer_question": telling.AskQuestion,
    "action_small_talk": telling.Chat,
}


def build_actions(bus: MessageBus, key: bytes) -> list[Action]:
    return [HearingAction(name, kind, bus, key) for name, kind in ACTIONS.items()]
