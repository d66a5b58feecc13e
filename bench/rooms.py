"""What the rooms of the house cost when they are full.

Each row's own file is in bench/house/.
"""

from bench.house.changing import changing
from bench.house.deciding import deciding
from bench.house.jobs import jobs

from svarhus.app.figures import Figure


def run(quick: bool) -> list[Figure]:
    """The figures. With `quick` within 60 s, with fewer inputs."""
    return [*deciding(quick), *changing(quick), *jobs(quick)]
