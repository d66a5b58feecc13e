"""What the API serves from."""

from dataclasses import dataclass

from svarhus.app.organisations import Organisations
from svarhus.kit.clock import Clock


@dataclass(frozen=True)
class ApiServices:
    """Everything that endpoints call. Put together in bootstrap."""

    organisations: Organisations
    clock: Clock
