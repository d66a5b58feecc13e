"""A call in the customer's calendar: a file that goes with a mail (RFC 5545, RFC 5546)."""

from datetime import timedelta

from icalendar import Calendar, Event

from svarhus.domains.callbacks.repository import KeptBooking
from svarhus.domains.outbox.wording import phrase
from svarhus.kit.clock import Instant, after

LASTS = timedelta(minutes=15)
"""As long as it stands in the calendar; how long the call will be, nobody knows."""


def calendar_file(booking: KeptBooking, organisation: str, at: Instant, told_at: Instant, *, cancelled: bool) -> str:
    """With one entry, or without it any more: a later file of the same booking takes the place of the one before.

    `organisation`: its name. `told_at`: when it was seen that it is to be told, by which later is known from earlier.
    """
    event = Event()
    event.add("uid", f"{booking.id}@svarhus")
    event.add("sequence", max(0, int((told_at - booking.booked_at).total_seconds())))
    event.add("dtstamp", told_at)
    event.add("dtstart", at)
    event.add("dtend", after(at, LASTS))
    event.add("summary", phrase("customer-calendar", "summary", booking.language, organisation=organisation))
    event.add("description", phrase("customer-calendar", "description", booking.language, number=booking.number))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    calendar = Calendar()
    calendar.add("prodid", "-//Svarhus//Callbacks//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()
