"""`Metrics`: what is counted, in a registry of its own; nothing is registered at import."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
#: Seconds; the interesting ones lie between an acknowledgement and WeChat's five seconds.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 4.5, 10, 30)


class Metrics:
    """Built once. Labels never hold what a person wrote or is called."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = self._counter("linli_turns", "Turns taken, by outcome", "outcome")
        self._sends = self._counter(
            "linli_sends", "Tries to deliver, by channel and outcome", "channel", "outcome"
        )
        self._turn_seconds = Histogram(
            "linli_turn_seconds", "A turn", buckets=_BUCKETS, registry=self.registry
        )
        self._request_seconds = Histogram(
            "linli_request_seconds",
            "A request, by method, route and status",
            ("method", "route", "status"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._outbox = self._gauge("linli_outbox_backlog", "Messages still owed")
        self._inbox = self._gauge("linli_inbox_waiting", "Messages not yet answered")
        self._models = self._counter(
            "linli_model_changes", "Other models put to service, by outcome", "outcome"
        )
        self._refused = self._gauge(
            "linli_model_refused", "1 while a model that was to serve did not come up"
        )
        self._updates = self._counter(
            "linli_updates", "Tries to read what a platform delivered, by outcome", "outcome"
        )
        self._telegram_away = self._gauge(
            "linli_telegram_away", "1 while Telegram's updates do not reach us"
        )
        self._redis_away = self._gauge(
            "linli_redis_away", "1 while Redis does not answer as it should"
        )
        self._away = self._gauge("linli_understanding_away", "1 while Rasa does not answer")

    def turn(self, outcome: str, seconds: float) -> None:
        """One turn: done, refused or failed."""
        self._turns.labels(outcome).inc()
        self._turn_seconds.observe(seconds)

    def sent(self, channel: str, outcome: str) -> None:
        """One try: sent, later, elsewhere, in_doubt, faulty, gone, given_up, waits or needless."""
        self._sends.labels(channel, outcome).inc()

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """`route` is the pattern, never the path somebody asked for."""
        self._request_seconds.labels(method, route, str(status)).observe(seconds)

    def waiting(self, *, outbox: int, inbox: int) -> None:
        self._outbox.set(outbox)
        self._inbox.set(inbox)

    def understanding(self, *, away: bool) -> None:
        self._away.set(int(away))

    def update(self, outcome: str) -> None:
        """One try to read an update: done, refused, later, failed or faulty."""
        self._updates.labels(outcome).inc()

    def telegram(self, *, away: bool) -> None:
        self._telegram_away.set(int(away))

    def redis(self, *, away: bool) -> None:
        self._redis_away.set(int(away))

    def model_changed(self, outcome: str) -> None:
        """Another model was to serve: taken_over or refused."""
        self._models.labels(outcome).inc()
        self._refused.set(int(outcome == "refused"))

    def page(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(name, what, labels, registry=self.registry)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(name, what, registry=self.registry)
