"""Lets attempts to sign in through, or says how long to wait."""

from datetime import timedelta

import msgspec

from svarhus.domains.people import repository
from svarhus.domains.people.attempts import (
    FREE,
    FREE_OF_ACCOUNT,
    FREE_OF_ADDRESS,
    FREE_OF_CODES,
    LONGEST_OF_ACCOUNT,
    LONGEST_WAIT,
)
from svarhus.domains.people.errors import TooManyAttempts
from svarhus.domains.people.repository import Subject
from svarhus.kit.clock import Clock, seconds_between
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId


class Account(msgspec.Struct, frozen=True):
    """Somebody's way in, of which wrong attempts are counted. No two kinds share their counters."""

    name: str
    free: int
    longest: timedelta


def password_of(email: str) -> Account:
    return Account(f"password {email.strip().lower()}", FREE_OF_ACCOUNT, LONGEST_OF_ACCOUNT)


def code_of(organisation: OrganisationId, person: str) -> Account:
    return Account(f"code {organisation}/{person}", FREE_OF_CODES, LONGEST_WAIT)


def from_outside(account: Account, address: str, device: str | None) -> tuple[Subject, ...]:
    """What an attempt counts against when somebody is not signed in.

    `device`: the secret of a device from which this person has signed in before; None for any other. Such a device has
    a counter of its own, so that nobody elsewhere can keep its owner out.
    """
    if device is not None:
        return (Subject("device", f"{device} {account.name}", FREE),)
    return (
        Subject("account_at", f"{address} {account.name}", FREE),
        Subject("account", account.name, account.free, account.longest, forgiven=False),
        by_address(address),
    )


def by_person(organisation: OrganisationId, person: str) -> Subject:
    """Somebody who is signed in and says the password again."""
    return Subject("person", f"{organisation}/{person}", FREE)


def by_address(address: str) -> Subject:
    return Subject("address", address, FREE_OF_ADDRESS, forgiven=False)


class Attempts:
    """Counts failures; each further one costs a longer wait."""

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
