"""A member is asked to take a caller, and what comes of it."""

from collections.abc import Mapping

from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.party import name_of
from svarhus.domains.calls.purpose import Offered
from svarhus.domains.presence.state import After
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.offer import How, Offer, OfferOutcome
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.shown import shown_to_member
from svarhus.domains.queues.state import OfferEnded, OfferMade
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.decisions.calls import confirming, legs
from svarhus.exchange.core.decisions.calls.closing import leave_queue
from svarhus.exchange.core.decisions.calls.dialling import Way
from svarhus.exchange.core.decisions.calls.talking import join
from svarhus.exchange.core.decisions.people import after_call
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey
from svarhus.ports.telephony import EndCause


def offer(
    turn: Turn,
    place: Place,
    queue: Queue,
    person: PersonKey,
    way: Way,
    how: How,
    ring_times: int = 1,
    headers: Mapping[str, str] = legs.NO_HEADERS,
    by: PersonKey | None = None,
    during: CallId | None = None,
) -> None:
    """Ring the person for the caller, for so many times the queue's ring time. `by`: who has assigned it. `during`:
    the call in which the person talks."""
    call = turn.state.calls[place.call]
    # The party of the first leg: a colleague who calls from inside has an extension, and no number. Who has kept the
    # place has no leg yet.
    first = turn.state.legs.get(call.first_leg)
    caller = (first.party if first else call.caller) or None
    name, country = (name_of(call, first) if first else "") or queue.name, turn.rules.organisation.country
    presented = _presented_by(turn.rules, queue)
    shown = shown_to_member(queue.member_sees, queue.member_display, caller, presented, name, country)
    ring_seconds = queue.ring_time * ring_times
    leg = legs.dial(turn, call.id, Offered(), way.target, shown.number, shown.name, ring_seconds, person, headers)
    strategy = queue.distribution if how is How.DISTRIBUTED else None
    turn.record(
        OfferMade(
            call=call.id,
            leg=leg,
            queue=place.queue,
            person=person,
            how=how,
            strategy=strategy,
            by=by,
            during=during,
        )
    )


def _presented_by(rules: Rules, queue: Queue) -> str | None:
    return queue.presented or rules.organisation.outgoing.presented


def take_call(turn: Turn, offer: Offer) -> None:
    """The member has the caller."""
    assert offer.leg is not None
    call = turn.state.calls[turn.state.call_of(offer)]
    turn.record(OfferEnded(call=call.id, leg=offer.leg, person=offer.person, outcome=OfferOutcome.ANSWERED))
    if offer.during:
        # The conversation that went on when it came may have ended while the phone rang.
        after_call.over(turn, offer.person)
    leave_queue(turn, call.id, LeftBy.ANSWERED, offer.person)
    join(turn, call.id, call.first_leg, offer.leg, Outcome.ANSWERED)


def offer_failed(turn: Turn, offer: Offer, cause: EndCause) -> None:
    """The member's leg ended before the conversation; the caller goes on waiting at the same place."""
    assert offer.leg is not None
    call, outcome = turn.state.call_of(offer), _outcome_of(cause, offer)
    confirming.done(turn, offer.leg)
    turn.record(OfferEnded(call=call, leg=offer.leg, person=offer.person, outcome=outcome))
    if outcome is not OfferOutcome.WITHDRAWN and not _goes_on_with_another(turn, offer):
        pause = turn.rules_of(call).queues[offer.queue].after_call_work
        declined = outcome is OfferOutcome.DECLINED
        seconds = pause.declined if declined else pause.missed
        if outcome is not OfferOutcome.MISSED:  # At once, perhaps by a machine: that is not to be done without end.
            seconds = max(seconds, 1)
        after_what = After.DECLINED if declined else After.MISSED
        after_call.begin(turn, offer.person, seconds, call, offer.queue, after_what)


def _goes_on_with_another(turn: Turn, offer: Offer) -> bool:
    """Whether the member is with the call still during which it rang, or with what is to be done after it."""
    agent = turn.state.agents[offer.person]
    talks = any(turn.state.legs[leg].call == offer.during for leg in agent.legs)
    return offer.during is not None and (talks or agent.after_call_until is not None)


def _outcome_of(cause: EndCause, offer: Offer) -> OfferOutcome:
    match cause:
        case EndCause.DECLINED | EndCause.BUSY:
            return OfferOutcome.DECLINED
        case EndCause.NO_ANSWER:
            return OfferOutcome.MISSED
        case EndCause.ENGINE_FAILED:
            return OfferOutcome.WITHDRAWN
        case EndCause.WE_HUNG_UP | EndCause.HUNG_UP if offer.confirming:
            return OfferOutcome.MISSED
        case EndCause.HUNG_UP:
            return OfferOutcome.DECLINED
        case _:
            return OfferOutcome.FAILED
