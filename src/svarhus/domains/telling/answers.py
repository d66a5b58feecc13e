"""Answers what customers write by SMS: each text once, and no number so often that two machines talk all night."""

import msgspec
import structlog

from svarhus.domains.callbacks.repository import KeptBooking, find_booking
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.outbox.model import Channel, NewMessage, Purpose
from svarhus.domains.outbox.wording import phrase
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.rights import OPERATOR
from svarhus.domains.queues.telling import PLACEHOLDERS, Telling, filled
from svarhus.domains.queues.texting import TextOutcome
from svarhus.domains.telling import received
from svarhus.domains.telling.words import About, Template, fillings, template_of, words
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import BookingId, OrganisationId
from svarhus.kit.jobs.model import Attempt, JobKind, Jobs, Schedule, Work
from svarhus.kit.jobs.telling import once

log = structlog.get_logger()

MOST_ANSWERS = 5
"""To a number in an hour."""


class AnswerText(msgspec.Struct, frozen=True):
    """Answer a text."""

    organisation: OrganisationId
    text: str
    """Its id."""
    sender: str
    outcome: TextOutcome
    language: str
    booking: BookingId | None
    at: Instant | None
    """The time that is told."""
    told_at: Instant


ANSWER_TEXT = JobKind(
    "telling.answer-text", AnswerText, lock=lambda answer: f"texts:{answer.organisation}:{answer.sender}"
)


class ForgetTexts(msgspec.Struct, frozen=True):
    """Forget texts that are three months old."""


FORGET_TEXTS = JobKind("telling.forget-texts", ForgetTexts)


def answer_jobs(database: Database, clock: Clock, organisations: OrganisationRepository, outbox: Outbox) -> Jobs:
    async def answer_text(answer: AnswerText, attempt: Attempt) -> None:
        async with database.begin() as session:
            if not await once(session, attempt):
                return
            lately = await received.answered_lately(session, answer.organisation, answer.told_at, answer.sender)
            if lately > MOST_ANSWERS:
                log.warning("text_not_answered", organisation=answer.organisation, answered=MOST_ANSWERS)
                return
            booking = await find_booking(session, answer.organisation, answer.booking) if answer.booking else None
            _, configuration = await organisations.current(session, answer.organisation)
            message = answer_of(configuration, answer, booking)
            await outbox.put(session, answer.organisation, message, OPERATOR)

    async def forget_texts(_: ForgetTexts, __: Attempt) -> None:
        async with database.begin() as session:
            await received.forget_old_texts(session, clock.now())

    return Jobs(
        (Work(ANSWER_TEXT, answer_text), Work(FORGET_TEXTS, forget_texts)),
        (Schedule.of("47 3 * * *", FORGET_TEXTS, ForgetTexts()),),
    )


def answer_of(configuration: Configuration, answer: AnswerText, booking: KeptBooking | None) -> NewMessage:
    """To the one who has written."""
    about = About(booking.queue if booking else None, answer.at)
    purpose = Purpose.ANSWER
    match answer.outcome:
        case TextOutcome.BOOKED:
            purpose = Purpose.CONFIRMATION
            template = template_of(Telling.CONFIRMATION, answer.at)
            _, text = words(configuration, template, answer.language, about)
        case TextOutcome.CANCELLED:
            _, text = words(configuration, Template.CANCELLED, answer.language, about)
        case TextOutcome.ALREADY if answer.at is None:
            _, text = words(configuration, Template.UNTIMED, answer.language, about)
        case _:
            said = phrase_of(answer.outcome, answer.language)
            text = filled(said, fillings(configuration, answer.language, about))
    return NewMessage(Channel.TEXT, purpose, answer.sender, text, booking=answer.booking)


def phrase_of(outcome: TextOutcome, language: str) -> str:
    """As it is shipped, with its placeholders."""
    return phrase("customer-answers", outcome.value, language, **{name: f"{{{name}}}" for name in PLACEHOLDERS})
