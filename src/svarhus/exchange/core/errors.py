"""What can stand in the way of a request to the running organisation.

SvarhusError
├── NotFound      CallNotFound (domains.calls.errors)
└── Unavailable   ExchangeUnavailable
"""

from svarhus.domains.calls.errors import CallNotFound
from svarhus.kit.errors import Unavailable

__all__ = ["CallNotFound", "ExchangeUnavailable"]


class ExchangeUnavailable(Unavailable):
    id = "exchange-unavailable"
    title = "The organisation is not running just now"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, "Try again in a few seconds. If it lasts, run `svarhus doctor`.")
