"""Corrections to Rasa 3.6.21, each with its reason and a test that fails when Rasa changes.

1. Every answer of an action was checked by a JSON schema built anew: three quarters of a turn.
   The validator is built once.
2. Every action call carried all events of the tracker, each with all that was understood. An
   action needs the latest message only.
3. A text such as `/report` was taken for the intent itself. Nobody may name their own intent, so
   a leading slash means nothing here.
4. Every run of the graph was planned anew by dask, though its nodes stand in a row: a tenth of a
   turn. The order is found once.
5. Every action call opened a connection of its own. One is kept.
6. After every action the rules were asked what comes next. Nothing does: each turn is one action.
7. Whether the domain is empty was found by building an empty one for every message.
"""

from __future__ import annotations

import asyncio
import inspect
from functools import lru_cache
from typing import Any, Callable, Dict, List, Optional, Tuple

import aiohttp
import jsonschema
import rasa
from jsonschema.protocols import Validator
from rasa.core.actions.action import RemoteAction
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.constants import DOCS_BASE_URL
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, FollowupAction
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.nlu.training_data.message import Message
from rasa.utils.endpoints import EndpointConfig

WRITTEN_FOR = "3.6.21"


@lru_cache(maxsize=1)
def _validator() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


_RUN = RemoteAction.run


class LeanAction(RemoteAction):
    """Corrections 1, 2 and 6."""

    async def run(
        self, output_channel: Any, nlg: Any, tracker: DialogueStateTracker, domain: Domain
    ) -> List[Event]:
        events = await _RUN(self, output_channel, nlg, tracker, domain)
        return [*events, FollowupAction(ACTION_LISTEN_NAME)]

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


class PlannedRunner(DaskGraphRunner):
    """Correction 4."""

    def run(
        self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None
    ) -> Dict[str, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        found = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for name in self._in_order(wanted):
                if name not in found:
                    needed = self._graph_schema.nodes[name].needs.values()
                    found[name] = self._instantiated_nodes[name](*(found.get(n, n) for n in needed))
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(found[name] for name in wanted)

    def _in_order(self, targets: Tuple[str, ...]) -> List[str]:
        """Each node after all it needs."""
        plans: Dict[Tuple[str, ...], List[str]] = self.__dict__.setdefault("_plans", {})
        if targets not in plans:
            # Rasa lists whoever needs something before it, as often as it is needed.
            schema = self._graph_schema
            needed = schema._all_dependencies_schema(list(targets))  # noqa: SLF001
            nodes = schema.nodes
            plans[targets] = [name for name in dict.fromkeys(reversed(needed)) if name in nodes]
        return plans[targets]


class KeptLine(EndpointConfig):
    """Correction 5."""

    def session(self) -> aiohttp.ClientSession:
        auth = aiohttp.BasicAuth(**self.basic_auth) if self.basic_auth else None
        return aiohttp.ClientSession(
            connector=self._connector(),
            connector_owner=False,
            headers=self.headers,
            auth=auth,
            timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
        )

    def _connector(self) -> aiohttp.TCPConnector:
        """It outlives its sessions, and belongs to the loop it was made in."""
        loop = asyncio.get_running_loop()
        made_in, connector = self.__dict__.get("_line", (None, None))
        if made_in is not loop or connector is None or connector.closed:
            connector = aiohttp.TCPConnector()
            self._line = (loop, connector)
        return connector


@lru_cache(maxsize=1)
def _nothing() -> Dict[str, Any]:
    empty: Dict[str, Any] = Domain.empty().as_dict()
    return empty


class KnownEmptiness(Domain):
    """Correction 7."""

    def is_empty(self) -> bool:
        return bool(self.as_dict() == _nothing())


#: What is corrected, and by what.
CORRECTIONS = (
    (LeanAction, RemoteAction),
    (DeafToSlashes, RegexMessageHandler),
    (PlannedRunner, DaskGraphRunner),
    (KeptLine, EndpointConfig),
    (KnownEmptiness, Domain),
)


def signature(function: Callable[..., Any]) -> List[str]:
    """The parameter names: what a replacement has to have in common with what it replaces."""
    return list(inspect.signature(function).parameters)


def apply() -> None:
    """Put every correction in place; doing it twice changes nothing."""
    if rasa.__version__ != WRITTEN_FOR:
        raise RuntimeError(f"rasa is {rasa.__version__}, the corrections are for {WRITTEN_FOR}")
    for corrected, rasas in CORRECTIONS:
        for name, method in vars(corrected).items():
            if inspect.isfunction(method):
                setattr(rasas, name, method)
