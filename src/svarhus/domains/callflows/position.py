"""Where in its flow a call is."""

from collections.abc import Mapping

import msgspec


class Position(msgspec.Struct, frozen=True):
    """Where in its flow a call is."""

    flow: str
    element: str
    memory: Mapping[str, str | int] = {}
