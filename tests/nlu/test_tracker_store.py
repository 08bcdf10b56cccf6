"""The tracker store is bounded in every direction."""

import asyncio
import json
import time

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered
from rasa.utils.endpoints import EndpointConfig

from nlu.tracker_store import BoundedTrackerStore, last_turns


def a_store(**settings):
    return BoundedTrackerStore(Domain.empty(), **settings)


async def a_turn(store, sender, text):
    tracker = await store.get_or_create_tracker(sender)
    for event in (
        UserUttered(text, {"name": text, "confidence": 1.0}, metadata={"turn": text}),
        ActionExecuted("action_tell_matter"),
        BotUttered("ok"),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event)
    await store.save(tracker)


def said(tracker):
    """What each message was taken for: here its own text, so that turns can be told apart."""
    return [event.intent_name for event in tracker.events if isinstance(event, UserUttered)]


def test_only_the_last_turns_stay():
    async def talk():
        store = a_store(turns=3)
        for i in range(10):
            await a_turn(store, "a", str(i))
        return await store.retrieve("a")

    tracker = asyncio.run(talk())
    assert said(tracker) == ["7", "8", "9"]
    assert tracker.latest_action_name == "action_listen"


def test_no_word_of_anybody_is_kept():
    async def talk():
        store = a_store()
        tracker = await store.get_or_create_tracker("a")
        tracker.update(
            UserUttered(
                "canary-text",
                {"name": "report"},
                [{"entity": "location", "value": "canary-place"}],
                parse_data={"text": "canary-parse", "understood": {"text": "canary-again"}},
                metadata={"turn": "canary-ticket"},
            )
        )
        await store.save(tracker)
        kept = await store.retrieve("a")
        return json.dumps([event.as_dict() for event in kept.events])

    kept = asyncio.run(talk())
    assert "report" in kept
    assert "canary" not in kept


def test_the_conversation_not_heard_for_longest_goes_first():
    async def talk():
        store = a_store(conversations=2)
        for sender in ("a", "b", "a", "c"):
            await a_turn(store, sender, sender)
        return list(await store.keys())

    assert asyncio.run(talk()) == ["a", "c"]


def test_a_turn_that_fails_leaves_no_trace():
    async def talk():
        store = a_store()
        await a_turn(store, "a", "first")
        broken = await store.retrieve("a")
        broken.update(UserUttered("never saved"))
        return await store.retrieve("a")

    assert said(asyncio.run(talk())) == ["first"]


def test_message_3000_costs_what_message_10_did():
    async def talk():
        store = a_store()
        costs = []
        for i in range(3000):
            began = time.perf_counter()
            await a_turn(store, "a", str(i))
            costs.append(time.perf_counter() - began)
        return costs

    costs = asyncio.run(talk())
    # The best of fifty each: other work on the machine only ever makes a turn slower.
    assert min(costs[-50:]) <= 1.2 * min(costs[10:60])


def test_rasa_builds_it_from_the_endpoint_file():
    settings = EndpointConfig.from_dict(
        {"type": "nlu.tracker_store.BoundedTrackerStore", "turns": 2, "conversations": 7}
    )
    store = TrackerStore.create(settings, Domain.empty())
    assert isinstance(store, BoundedTrackerStore)
    assert (store._turns, store._conversations) == (2, 7)


def test_it_refuses_to_remember_nothing():
    with pytest.raises(ValueError, match="at least one turn"):
        a_store(turns=0)


def test_fewer_turns_than_allowed_are_all_kept():
    events = [ActionExecuted("action_listen"), UserUttered("one")]
    assert last_turns(events, 3) == tuple(events)
