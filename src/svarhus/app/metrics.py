"""What Prometheus is told. Gauges are read from the live state when they are asked for."""

from collections import Counter as Count
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from svarhus.adapters.asterisk.security import SecurityEvent
from svarhus.exchange.running.exchange import Exchange
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.ids import OrganisationId

Exchanges = list[tuple[OrganisationId, Exchange]]

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 3.0)


class Commits:
    """Told by the exchanges after each commit."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._facts = Counter("svarhus_facts_committed", "Facts written to the journal.", registry=registry)
        self._seconds = Histogram(
            "svarhus_commit_seconds", "Time that a commit to the journal takes.", buckets=_SECONDS, registry=registry
        )

    def told(self, facts: int, seconds: float) -> None:
        self._facts.inc(facts)
        self._seconds.observe(seconds)


class SipEdge:
    """Told by the engine of what happens at the SIP edge."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._events = Counter(
            "svarhus_sip_security_events", "Refused, blocked and banned at the SIP edge.", ["kind"], registry=registry
        )

    def told(self, event: SecurityEvent) -> None:
        self._events.labels(event.kind).inc()


class LiveFigures(Collector):
    """What is going on in the organisations that run here. None of it holds a person's name or number."""

    def __init__(self, running: Mapping[OrganisationId, Exchange], connected: Callable[[], bool]) -> None:
        """`connected`: whether the telephony engine is."""
        self._running = running
        self._connected = connected

    def collect(self) -> Iterator[Metric]:
        connected = GaugeMetricFamily("svarhus_telephony_connected", "1: the telephony engine answers.")
        connected.add_metric([], float(self._connected()))
        yield connected
        exchanges = sorted(self._running.items())
        yield _by_organisation(
            "database_outage", "1: nothing can be decided.", exchanges, lambda exchange: float(exchange.out)
        )
        yield _by_organisation(
            "calls", "Calls in progress.", exchanges, lambda exchange: len(exchange.core.state.calls)
        )
        yield _by_organisation("watchers", "Consoles that watch.", exchanges, lambda exchange: exchange.live.watchers)
        yield from _queues(exchanges)
        yield _agents(exchanges)


def _by_organisation(name: str, words: str, exchanges: Exchanges, value: Callable[[Exchange], float]) -> Metric:
    gauge = GaugeMetricFamily(f"svarhus_{name}", words, labels=["organisation"])
    for organisation, exchange in exchanges:
        gauge.add_metric([organisation], value(exchange))
    return gauge


def _queues(exchanges: Exchanges) -> Iterator[Metric]:
    labels = ["organisation", "queue"]
    waiting = GaugeMetricFamily("svarhus_callers_waiting", "Callers in the queue.", labels=labels)
    staff = GaugeMetricFamily("svarhus_queue_logged_in", "Members logged in to the queue.", labels=labels)
    for organisation, exchange in exchanges:
        for queue in live.queues(exchange.core):
            waiting.add_metric([organisation, queue.key], len(queue.waiting))
            staff.add_metric([organisation, queue.key], queue.logged_in)
    yield waiting
    yield staff


def _agents(exchanges: Exchanges) -> Metric:
    gauge = GaugeMetricFamily("svarhus_agents", "People by what they are doing.", labels=["organisation", "state"])
    for organisation, exchange in exchanges:
        counted = Count(agent.state for agent in live.agents(exchange.core))
        for state in AgentState:
            gauge.add_metric([organisation, state.value], counted[state])
    return gauge
