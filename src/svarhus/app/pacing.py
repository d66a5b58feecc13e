"""How soon a child that died is started again."""

SETTLED = 5.0
"""Seconds after which a start counts as having worked."""
LONGEST = 5.0


class Pacing:
    """At once, unless it keeps dying at once: then with pauses that grow to five seconds."""

    def __init__(self) -> None:
        self.failures = 0
        """How often in a row it died soon after its start."""

    def pause(self, lived: float) -> float:
        """Seconds to wait before the next start, after it lived for so many seconds."""
        if lived >= SETTLED:
            self.failures = 0
            return 0.0
        self.failures += 1
        return 0.0 if self.failures == 1 else min(0.05 * 2.0 ** (self.failures - 2), LONGEST)
