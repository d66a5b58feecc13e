"""Those who look after a queue, as its settings name them: by address and by phone."""

from collections.abc import Sequence

from svarhus.domains.organisation.model import Configuration
from svarhus.domains.outbox.model import Channel
from svarhus.domains.people.model import Person


def receivers(mail: Sequence[str], text: Sequence[str]) -> list[tuple[Channel, str]]:
    """Each once, by which way it is told and where."""
    return list(dict.fromkeys([(Channel.MAIL, each) for each in mail] + [(Channel.TEXT, each) for each in text]))


def person_at(configuration: Configuration, receiver: str) -> Person | None:
    """Whose address or phone it is."""
    theirs = receiver.casefold()
    return next(
        (each for each in configuration.people if theirs in (each.email.casefold(), each.mobile, each.number)), None
    )
