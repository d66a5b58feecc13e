"""The calls on one browser's line: which of its SIP belongs to a conversation that is going on.

Who is signed out in a call has a customer on the line. The call may come to its end in peace, with hold, keys and
hang-up; nothing else is passed on: no registration, no call that begins, none that is answered.
"""

import re

_CALL_ID = re.compile(r"^(?:call-id|i)[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_SEQUENCE = re.compile(r"^cseq[ \t]*:[ \t]*[0-9]+[ \t]+([A-Z]+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"SIP/2\.0 ([1-6])[0-9]{2} ")

MOST = 50
"""Calls of one line that are remembered; the oldest are forgotten first."""


class CallsOnLine:
    """By their Call-ID (RFC 3261, 8.1.1.4). Told of every message, in both directions."""

    def __init__(self) -> None:
        self._talking: dict[str, bool] = {}
        """Whether each call was answered."""
        self._ending = False

    @property
    def over(self) -> bool:
        """Nobody talks."""
        return not any(self._talking.values())

    def let_end(self) -> None:
        """From here only what is being talked is passed on."""
        self._ending = True
        self._talking = {call: True for call, answered in self._talking.items() if answered}

    def passes(self, message: str) -> bool:
        """Take note of it, and say whether it may be passed on."""
        found, sequence = _CALL_ID.search(message), _SEQUENCE.search(message)
        if found is None or sequence is None:
            return not self._ending
        call, method, status = found[1], sequence[1], _STATUS.match(message)
        known = call in self._talking
        if not self._ending or known:
            self._note(call, method, status[1] if status else None)
        return known or not self._ending

    def _note(self, call: str, method: str, status: str | None) -> None:
        if method == "INVITE":
            self._invited(call, status)
        elif method == "BYE":
            self._talking.pop(call, None)

    def _invited(self, call: str, status: str | None) -> None:
        if status is None and call not in self._talking:
            self._talking[call] = False
            if len(self._talking) > MOST:
                oldest = next(iter(self._talking))
                del self._talking[next((each for each, answered in self._talking.items() if not answered), oldest)]
        elif status == "2" and call in self._talking:
            self._talking[call] = True
        elif status in ("3", "4", "5", "6") and not self._talking.get(call):
            self._talking.pop(call, None)
