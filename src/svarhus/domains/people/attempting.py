"""Lets attempts to sign in through, or says how long to wait."""

from svarhus.domains.people import repository
from svarhus.domains.people.attempts import FREE, FREE_OF_ADDRESS
from svarhus.domains.people.errors import TooManyAttempts
from svarhus.domains.people.repository import Subject
from svarhus.kit.clock import Clock, seconds_between
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId


def by_email(email: str) -> Subject:
    """What is written into the field reaches no other counter, whatever it is."""
    return Subject("account", f"email {email.strip().lower()}", FREE)


def by_person(organisation: OrganisationId, person: str, what: str = "") -> Subject:
    """`what` keeps attempts of different kinds apart: a right password does not forgive wrong codes."""
    return Subject("account", f"person {organisation}/{person}/{what}", FREE)


def by_address(address: str) -> Subject:
    return Subject("address", address, FREE_OF_ADDRESS)


class Attempts:
    """Counts failures by account and by address; each further one costs a longer wait."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, *subjects: Subject) -> None:
        """Count an attempt as failed before it is made. TooManyAttempts when it may not be made yet."""
        now = self._clock.now()
        async with self._database.begin() as session:
            for subject in subjects:
                possible_from = await repository.begin_attempt(session, subject, now)
                if possible_from is not None:
                    raise TooManyAttempts(max(1, round(seconds_between(now, possible_from) + 0.5)))

    async def succeeded(self, session: Session, *subjects: Subject) -> None:
        for subject in subjects:
            await repository.attempt_succeeded(session, subject)
