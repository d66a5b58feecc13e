"""What Prometheus is told."""

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from integration.running import KARIN, LARS, RunningHouse
from svarhus.app.metrics import Commits, LiveFigures
from svarhus.app.organisations import DEMO


def figures(registry: CollectorRegistry) -> dict[str, float]:
    """By name and labels, as they stand on the page."""
    page = generate_latest(registry).decode()
    return {
        " ".join((sample.name, *(value for _, value in sorted(sample.labels.items())))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


async def test_what_goes_on_is_counted_without_names(house: RunningHouse) -> None:
    await house.talking(KARIN)
    await house.waiting(LARS)
    registry = CollectorRegistry()
    registry.register(LiveFigures({DEMO: house.exchange}, lambda: house.engine.connected))
    shown = figures(registry)
    assert shown["svarhus_telephony_connected"] == 1
    assert shown["svarhus_calls demo"] == 2
    assert shown["svarhus_callers_waiting demo advice"] == 1
    assert shown["svarhus_callers_waiting demo reception"] == 0
    assert shown["svarhus_agents demo talking"] == 1
    assert shown["svarhus_agents demo available"] == 2
    assert shown["svarhus_database_outage demo"] == 0
    page = generate_latest(registry).decode()
    assert KARIN not in page
    assert "cecilia" not in page


def test_commits_are_counted_with_their_time() -> None:
    registry = CollectorRegistry()
    commits = Commits(registry)
    commits.told(3, 0.004)
    commits.told(2, 0.2)
    shown = figures(registry)
    assert shown["svarhus_facts_committed_total"] == 5
    assert shown["svarhus_commit_seconds_bucket 0.005"] == 1
    assert shown["svarhus_commit_seconds_count"] == 2
