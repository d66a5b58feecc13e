"""What can stand in the way of a request to the running organisation.

SvarhusError
├── NotFound      CallNotFound
└── Unavailable   ExchangeUnavailable
"""

from svarhus.kit.errors import NotFound, Unavailable


class CallNotFound(NotFound):
    id = "call-not-found"
    title = "No such call"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "It may have ended. Look in the call log.")


class ExchangeUnavailable(Unavailable):
    id = "exchange-unavailable"
    title = "The organisation is not running just now"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Try again in a few seconds. If it lasts, run `svarhus doctor`.")
