"""Corrections to Rasa 3.6.21, each with its reason and a test that fails when Rasa changes.

1. Every answer of an action was checked by a JSON schema built anew: three quarters of a turn.
   The validator is built once.
2. Every action call carried all events of the tracker, each with all that was understood. An
   action needs the latest message only.
3. A text such as `/report` was taken for the intent itself. Nobody may name their own intent, so
   a leading slash means nothing here.
"""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import Any, Callable, Dict, List, Optional

import jsonschema
import rasa
from jsonschema.protocols import Validator
from rasa.core.actions.action import RemoteAction
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.constants import DOCS_BASE_URL
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.nlu.training_data.message import Message

WRITTEN_FOR = "3.6.21"


@lru_cache(maxsize=1)
def _validator() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


class LeanAction(RemoteAction):
    """Corrections 1 and 2."""

    def _validate_action_result(self, result: Dict[str, Any]) -> bool:
        error = jsonschema.exceptions.best_match(_validator().iter_errors(result))
        if error is None:
            return True
        error.message += f". The action server's answer has a wrong form, see {DOCS_BASE_URL}"
        raise error

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> Dict[str, Any]:
        call = {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": {**tracker.current_state(EventVerbosity.NONE), "events": []},
            "version": rasa.__version__,
        }
        wants_domain = domain.does_custom_action_explicitly_need_domain(self.name())
        if not self._is_selective_domain_enabled() or wants_domain:
            call["domain"] = domain.as_dict()
        return call


class DeafToSlashes(RegexMessageHandler):
    """Correction 3."""

    def process(self, messages: List[Message], domain: Optional[Domain] = None) -> List[Message]:
        return messages


def signature(function: Callable[..., Any]) -> List[str]:
    """The parameter names: what a replacement has to have in common with what it replaces."""
    return list(inspect.signature(function).parameters)


def apply() -> None:
    """Put every correction in place; doing it twice changes nothing."""
    if rasa.__version__ != WRITTEN_FOR:
        raise RuntimeError(f"rasa is {rasa.__version__}, the corrections are for {WRITTEN_FOR}")
    for corrected, rasas in ((LeanAction, RemoteAction), (DeafToSlashes, RegexMessageHandler)):
        for name, method in vars(corrected).items():
            if inspect.isfunction(method):
                setattr(rasas, name, method)
