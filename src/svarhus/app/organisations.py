"""Puts together what has to do with organisations and people, and loads the demonstration."""

import json
from dataclasses import dataclass
from importlib import resources

from argon2 import PasswordHasher

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.audit.looks import Looks
from svarhus.domains.contacts.book import ContactBook
from svarhus.domains.naming.service import Naming
from svarhus.domains.numberlists.service import ListBook
from svarhus.domains.organisation.history import History
from svarhus.domains.organisation.own_cards import OwnCards
from svarhus.domains.organisation.reading import read
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.organisation.secrets import made_up
from svarhus.domains.organisation.service import OrganisationService
from svarhus.domains.outbox.hosts import ANY, Hosts
from svarhus.domains.outbox.invitations import MailedInvitations
from svarhus.domains.outbox.providers import Providers
from svarhus.domains.outbox.service import Messages
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.passwords import Passwords
from svarhus.domains.people.preferences import PreferencesService
from svarhus.domains.people.rights import operator
from svarhus.domains.people.sealing import Seal
from svarhus.domains.photos.service import Photos
from svarhus.domains.signin.invitations import Invitations
from svarhus.domains.signin.pins import Pins
from svarhus.domains.signin.second_factor import SecondFactors
from svarhus.domains.signin.service import SignIn
from svarhus.domains.signin.tokens import Tokens
from svarhus.domains.telling.incoming import IncomingTexts
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from svarhus.kit.workshop import Workshop

DEMO = OrganisationId("demo")


@dataclass(frozen=True)
class Organisations:
    """The services of organisations and people, and what they share."""

    repository: OrganisationRepository
    service: OrganisationService
    lists: ListBook
    own_cards: OwnCards
    history: History
    sign_in: SignIn
    second_factors: SecondFactors
    pins: Pins
    invitations: Invitations
    photos: Photos
    preferences: PreferencesService
    tokens: Tokens
    audit: AuditLog
    looks: Looks
    naming: Naming
    outbox: Outbox
    messages: Messages
    incoming_texts: IncomingTexts


def organisations(
    database: Database,
    clock: Clock,
    hasher: PasswordHasher | None = None,
    seal: Seal | None = None,
    message_hosts: Hosts = ANY,
) -> Organisations:
    """Put them together.

    `hasher`: a weaker one than the standard makes tests fast. `seal`: the installation's; without it, second factors
    can be used for as long as this process lives. `message_hosts`: where messages may be sent.
    """
    repository, audit, passwords = OrganisationRepository(database), AuditLog(database), Passwords(hasher)
    seal = seal or Seal.for_this_process()
    second_factors = SecondFactors(database, clock, repository, audit, seal)
    sign_in = SignIn(database, clock, passwords, repository, audit, second_factors)
    invitations = Invitations(database, clock, repository, audit, sign_in)
    providers, looks = Providers(seal, message_hosts), Looks(database, clock, audit)
    outbox = Outbox(clock, seal, providers)
    mailed = MailedInvitations(invitations, outbox)
    service = OrganisationService(database, clock, passwords, repository, audit, Workshop("organisation"))
    return Organisations(
        repository=repository,
        service=service,
        lists=ListBook(database, clock, repository, service, audit, Workshop("lists")),
        own_cards=OwnCards(database, clock, repository, audit),
        history=History(database, repository),
        sign_in=sign_in,
        second_factors=second_factors,
        pins=Pins(database, clock, passwords, repository, audit),
        invitations=invitations,
        photos=Photos(database, clock, repository, audit),
        preferences=PreferencesService(database),
        tokens=Tokens(database, clock, repository, audit),
        audit=audit,
        looks=looks,
        naming=Naming(database, repository),
        outbox=outbox,
        messages=Messages(database, clock, repository, audit, looks, seal, providers, outbox, mailed),
        incoming_texts=IncomingTexts(database, clock, repository, providers),
    )


@dataclass(frozen=True)
class DemoSignIn:
    """With what a person of the demonstration signs in and registers a phone."""

    name: str
    role: str
    email: str
    password: str
    extension: str
    phone_password: str


def demo_file() -> bytes:
    """The demonstration organisation as it is shipped."""
    return resources.files("svarhus.demo").joinpath("care-centre.yaml").read_bytes()


def demo_contacts() -> bytes:
    """External contacts of the demonstration."""
    return resources.files("svarhus.demo").joinpath("contacts.csv").read_bytes()


async def load_demo(database: Database, clock: Clock) -> list[DemoSignIn]:
    """Make the demonstration organisation, with passwords made up here and now. Empty when it is there."""
    wired = organisations(database, clock)
    if DEMO in await wired.repository.organisations():
        return []
    document = read(demo_file()).value
    assert isinstance(document, dict) and isinstance(document["people"], list), "the shipped file is right"
    made = []
    for person in document["people"]:
        assert isinstance(person, dict), "the shipped file is right"
        person["password"], person["phone_password"] = made_up(14), made_up(14)
        made.append(
            DemoSignIn(
                name=str(person["name"]),
                role=str(person.get("role", "user")),
                email=str(person["email"]),
                password=str(person["password"]),
                extension=str(person["extension"]),
                phone_password=str(person["phone_password"]),
            )
        )
    await wired.service.apply_file(json.dumps(document).encode())
    workshop = Workshop("contacts")
    book = ContactBook(database, clock, wired.repository, wired.audit, lambda organisation, contact: None, workshop)
    await book.bring_in(operator(DEMO), demo_contacts(), dry_run=False, skip_faulty=False)
    return made
