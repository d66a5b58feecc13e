"""Why a model refuses a value, with an id for who tells it in another language."""


class Unfit(ValueError):
    """Raised by the validators of models in place of ValueError."""

    def __init__(self, message: str, reason: str, *values: object) -> None:
        """`reason`: a stable id. `values`: what the message names, in its order."""
        super().__init__(message)
        self.reason = reason
        self.values = tuple(map(str, values))
