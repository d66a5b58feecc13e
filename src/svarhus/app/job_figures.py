"""How it stands with the jobs, for Prometheus and for `/readyz`."""

import asyncio
from collections.abc import Iterator

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError
from svarhus.kit.jobs.looking import Standing, standing, workers

LOOK_EVERY = 10.0
"""Seconds."""


class JobFigures(Collector):
    """Looked up now and then, since whoever collects cannot wait for the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: Standing | None = None

    async def run(self) -> None:
        """Look for as long as the application runs."""
        while True:
            try:
                async with self._database.read() as session:
                    self._seen = await standing(session)
            except SvarhusError:
                self._seen = None
            await asyncio.sleep(LOOK_EVERY)

    async def worker_lives(self) -> bool:
        """Whether somebody does the jobs."""
        try:
            async with self._database.read() as session:
                return await workers(session) > 0
        except SvarhusError:
            return False

    def collect(self) -> Iterator[Metric]:
        seen = self._seen
        if seen is None:
            return
        yield GaugeMetricFamily("svarhus_workers", "Processes that do jobs.", value=seen.workers)
        jobs = GaugeMetricFamily("svarhus_jobs", "Jobs by how they stand.", labels=["state"])
        for state, count in (("waiting", seen.waiting), ("running", seen.running), ("failed", seen.failed)):
            jobs.add_metric([state], count)
        yield jobs
        late = "For how long the first job whose time has come has waited since."
        yield GaugeMetricFamily("svarhus_jobs_late_seconds", late, value=seen.late.total_seconds())
