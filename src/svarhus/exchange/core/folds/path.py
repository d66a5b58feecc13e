"""The path of a call: what it has been through, in order."""

from collections.abc import Collection

import msgspec

from svarhus.domains.calls.model import Call
from svarhus.domains.calls.talk import Step, StepKind
from svarhus.kit.clock import Instant
from svarhus.kit.ids import LegId

replace = msgspec.structs.replace

BEFORE_TALK = (StepKind.NUMBER, StepKind.FLOW, StepKind.QUEUE)


def with_step(call: Call, step: Step) -> Call:
    """The call one step further."""
    return replace(call, path=(*call.path, step))


def close_steps(call: Call, at: Instant, kinds: Collection[StepKind]) -> Call:
    """Nothing of these kinds lasts any more."""
    return _closed(call, at, [step.kind in kinds for step in call.path])


def close_steps_of(call: Call, at: Instant, leg: LegId) -> Call:
    """The party has left."""
    return _closed(call, at, [step.leg == leg for step in call.path])


def _closed(call: Call, at: Instant, over: list[bool]) -> Call:
    if not any(ends and step.until is None for step, ends in zip(call.path, over, strict=True)):
        return call
    path = (
        replace(step, until=at) if ends and step.until is None else step
        for step, ends in zip(call.path, over, strict=True)
    )
    return replace(call, path=tuple(path))
