"""Where the operator lets organisations have messages sent: whoever names a server makes us call it."""

from collections.abc import Sequence
from fnmatch import fnmatchcase


class Hosts:
    """Hosts, each with a port or without; `*` stands for any words."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(pattern.lower() for pattern in patterns)

    def allow(self, host: str, port: int) -> bool:
        names = (host.lower(), f"{host.lower()}:{port}")
        return any(fnmatchcase(name, pattern) for pattern in self._patterns for name in names)


ANY = Hosts(("*",))
