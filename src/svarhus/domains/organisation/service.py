"""What administrators and operators do with an organisation's configuration."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from pydantic import JsonValue

from svarhus.domains.organisation.audit import AuditLog
from svarhus.domains.organisation.changes import changes, same
from svarhus.domains.organisation.claims import Claim, claims_of, doubles, unfit
from svarhus.domains.organisation.departures import forget_departed, settle_departures
from svarhus.domains.organisation.errors import FaultyFile, OtherOrganisation, Outdated
from svarhus.domains.organisation.exporting import export
from svarhus.domains.organisation.languages import as_written, carried_over, in_chosen, in_languages_of, still_chosen
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.permission import ANY_CHANGE, refuse_rising, require_for
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.repository import OrganisationRepository, PhoneSecrets, Revision
from svarhus.domains.organisation.secrets import made_up
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.organisation.staying_in import Warned, refuse_nobody_left, warnings
from svarhus.domains.organisation.validation import Checked, check_configuration, check_file
from svarhus.domains.people import repository as sign_in
from svarhus.domains.people import second_factor_repository
from svarhus.domains.people.errors import NoPerson, SecondFactorNeeded
from svarhus.domains.people.model import OwnCard, Person, rights_of
from svarhus.domains.people.passwords import Passwords
from svarhus.domains.people.rights import Actor, Right, operator, require
from svarhus.domains.people.ways_in import end_ways_in, may_let_in, person_of, require_let_in
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Page, Session
from svarhus.kit.errors import Fault
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.kit.workshop import Workshop

_ATTEMPTS = 5
"""How often a change that names no revision is tried when others change the organisation meanwhile."""


@dataclass(frozen=True)
class Applied:
    """What a change did, or with `dry_run` would do."""

    organisation: OrganisationId
    revision: int
    """The revision in force afterwards; the same as before when nothing of the document changed."""
    changes: tuple[str, ...]
    """In words, one difference each. Empty: nothing changed."""
    configuration: Configuration
    dry_run: bool = False
    warnings: tuple[Warned, ...] = ()
    """What it does to whoever makes the change, or leaves undone."""


@dataclass(frozen=True)
class _Passwords:
    """Sign-in passwords that are new, by person, hashed."""

    hashes: Mapping[str, str]


class OrganisationService:
    """Applies files, changes parts, exports. Every change is one transaction or none."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        organisations: OrganisationRepository,
        audit: AuditLog,
        workshop: Workshop,
    ) -> None:
        """`workshop`: where what was sent is read and checked."""
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._organisations = organisations
        self._audit = audit
        self._workshop = workshop

    async def apply_file(self, file: bytes, *, dry_run: bool = False) -> Applied:
        """For the operator: create or change the organisation that the file names. FaultyFile."""
        checked = await self._workshop.run(partial(check_file, file))
        actor = operator(OrganisationId(checked.configuration.organisation.key))
        return await self._keep(actor, checked, None, "applied from a file", create=True, dry_run=dry_run)

    async def replace_with(
        self, actor: Actor, file: bytes, *, expected: int | None = None, dry_run: bool = False
    ) -> Applied:
        """For somebody signed in: let their organisation be as the file says.

        FaultyFile; OtherOrganisation; Outdated when `expected` is no longer the revision in force.
        """
        require(actor, Right.CHANGE_CONFIGURATION)
        checked = await self._workshop.run(partial(check_file, file))
        key = checked.configuration.organisation.key
        if key != actor.organisation:
            raise OtherOrganisation(
                f"The file is of the organisation `{key}`, you are signed in to `{actor.organisation}`.",
                "Put your organisation's key into the file, if you mean it.",
            )
        return await self._keep(actor, checked, expected, "applied from a file", dry_run=dry_run)

    async def change(
        self,
        actor: Actor,
        edit: Callable[[Configuration], Configuration],
        comment: str,
        expected: int | None = None,
    ) -> Applied:
        """Change a part. `edit` gets the configuration in force and gives the wanted one.

        Refused; FaultyFile when the whole would not be right; Outdated as for a file.
        """
        require(actor, *ANY_CHANGE)

        def allowed(before: Configuration) -> Configuration:
            after = edit(before)
            require_for(actor, before, after)
            return after

        return await self._change(actor, allowed, comment, expected)

    async def change_own(self, actor: Actor, wanted: OwnCard) -> Applied:
        """Let somebody signed in change what everybody may of their own card. NoPerson; FaultyFile.

        A language that is chosen makes no revision; other numbers do.
        """
        _, configuration = await self._organisations.load(actor.organisation)
        present, numbers = _own_card(actor, configuration), wanted.model_dump(exclude={"language"})

        def edit(before: Configuration) -> Configuration:
            own = _own_card(actor, before)
            if wanted.presented is not None and wanted.presented not in presentable(before):
                fault = Fault(
                    "presented",
                    "the number is not the organisation's",
                    "Choose one of its numbers.",
                    reason="not-our-number",
                )
                raise FaultyFile("The number cannot be shown.", "Choose one of the organisation's numbers.", [fault])
            changed = own.model_copy(update=numbers)
            people = tuple(changed if person is own else person for person in before.people)
            return before.model_copy(update={"people": people})

        if any(getattr(present, name) != number for name, number in numbers.items()):
            await self._change(actor, edit, "changed the own card", None)
        return await self._choose_language(actor, wanted.language)

    async def _choose_language(self, actor: Actor, language: str) -> Applied:
        async with self._database.begin() as session:
            organisation = actor.organisation
            revision, before = await self._organisations.current(session, organisation, lock=True)
            own = _own_card(actor, before)
            if own.language != language:
                written = await self._organisations.written(session, organisation, revision)
                chosen = {**await self._organisations.languages(session, organisation), own.key: language}
                if _own_card(actor, written).language == language:
                    del chosen[own.key]
                await self._organisations.set_languages(session, organisation, chosen)
                await self._organisations.tell_changed(session, organisation)
            after = in_chosen(before, {own.key: language})
        return Applied(organisation, revision, (), after)

    async def _change(
        self, actor: Actor, edit: Callable[[Configuration], Configuration], comment: str, expected: int | None
    ) -> Applied:
        for attempt in range(_ATTEMPTS):
            revision, before = await self._organisations.load(actor.organisation)
            _expect(expected, revision)
            checked = await self._workshop.run(partial(check_configuration, edit(before)))
            try:
                return await self._keep(actor, checked, revision, comment, base=before)
            except Outdated:
                if expected is not None or attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def restore(self, actor: Actor, revision: int, expected: int | None = None) -> Applied:
        """Let an earlier revision be in force again, as a new one; everybody keeps the language that they have now."""
        earlier = await self._organisations.load_revision(actor.organisation, revision)
        return await self.change(
            actor, lambda now: in_languages_of(earlier, now), f"restored revision {revision}", expected
        )

    async def current(self, actor: Actor) -> tuple[int, Configuration]:
        """The revision in force and its configuration."""
        require(actor, Right.SEE_CONFIGURATION)
        return await self._organisations.load(actor.organisation)

    async def export(self, actor: Actor, revision: int | None = None) -> str:
        """The organisation as a file: the same configuration, without secrets and comments. Noted in the audit log."""
        require(actor, Right.CHANGE_CONFIGURATION)
        if revision is None:
            revision, configuration = await self._organisations.load(actor.organisation)
        else:
            configuration = await self._organisations.load_revision(actor.organisation, revision)
        async with self._database.begin() as session:
            await self._note(session, actor, "organisation-exported", f"{revision}", ())
        return export(configuration)

    async def revisions(self, actor: Actor, cursor: str | None = None, limit: int = 50) -> Page[Revision]:
        require(actor, Right.SEE_CONFIGURATION)
        return await self._organisations.revisions(actor.organisation, cursor, limit)

    async def looked_at(self, actor: Actor, person: Person) -> None:
        """Note a look at somebody else's whole card."""
        if person.key != actor.person:
            async with self._database.begin() as session:
                await self._note(session, actor, "person-seen", person.key, ())

    async def phone_password(self, actor: Actor) -> str | None:
        """The password with which the actor's own phone registers; None when it has no extension."""
        secrets = await self._organisations.phone_secrets(actor.organisation)
        return secrets.people.get(actor.person) if actor.person else None

    async def new_phone_password(self, actor: Actor, person: PersonKey) -> str:
        """Make up a new password for a person's phone; the old one is of no use any more. Refused; NoPerson."""
        secret = made_up()
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, actor.organisation, lock=True)
            may_let_in(actor, configuration, person)
            kept = await self._organisations.secrets(session, actor.organisation)
            wanted = replace(kept, people={**kept.people, person: secret})
            await self._organisations.set_secrets(session, actor.organisation, wanted)
            await self._note(session, actor, "phone-password-set", person, ())
            await self._organisations.tell_changed(session, actor.organisation)
        return secret

    async def forget_old(self) -> None:
        """Clear away what is kept of those who left long ago. For now and then."""
        async with self._database.begin() as session:
            await forget_departed(session, self._clock.now())

    # ---- keeping a configuration that is without faults

    async def _keep(
        self,
        actor: Actor,
        checked: Checked,
        expected: int | None,
        comment: str,
        *,
        create: bool = False,
        dry_run: bool = False,
        base: Configuration | None = None,
    ) -> Applied:
        """`base`: what was changed, where it was not a whole that was given."""
        passwords = await self._new_passwords(actor, checked, dry_run)
        applied: Applied | None = None
        try:
            async with self._database.begin() as session:
                applied = await self._keep_in(session, actor, checked, expected, comment, create, passwords, base)
                if dry_run:
                    raise _OnlyRehearsed
        except _OnlyRehearsed:
            pass
        assert applied is not None, "it is kept or an error is raised"
        return replace(applied, dry_run=dry_run)

    async def _keep_in(
        self,
        session: Session,
        actor: Actor,
        checked: Checked,
        expected: int | None,
        comment: str,
        create: bool,
        passwords: _Passwords,
        base: Configuration | None,
    ) -> Applied:
        organisation, wanted, now = actor.organisation, checked.configuration, self._clock.now()
        if create and await self._organisations.create(session, organisation, now):
            revision, before = 0, None
        else:
            revision, before = await self._organisations.current(session, organisation, lock=True)
        _expect(expected, revision)
        if before is not None and base is not None and before is not base:
            wanted = carried_over(wanted, base, before)
        await self._check_rise(session, actor, before, checked)
        found = [*changes(before, wanted)]
        had = await sign_in.people_with_password(session, organisation)
        if before is None or not same(before, wanted):
            revision += 1
            await self._claim(session, organisation, before, checked)
            kept = Revision(revision, actor.name, now, comment)
            document = await self._written(session, organisation, before, revision - 1, wanted)
            await self._organisations.add_revision(session, organisation, kept, document)
            if before is not None:
                await settle_departures(session, organisation, before, wanted, now)
        have = await sign_in.people_with_password(session, organisation) | passwords.hashes.keys()
        if before is not None:
            refuse_nobody_left(before, wanted, had, have)
        found += await self._keep_secrets(session, organisation, checked, passwords)
        if found:
            await self._note(session, actor, "configuration-changed", f"revision {revision}", found)
            await self._organisations.tell_changed(session, organisation)
        told = warnings(actor, before, wanted, have, passwords.hashes)
        return Applied(organisation, revision, tuple(found), wanted, warnings=told)

    async def _written(
        self,
        session: Session,
        organisation: OrganisationId,
        before: Configuration | None,
        revision: int,
        wanted: Configuration,
    ) -> Configuration:
        """What is kept of a wanted configuration: languages that people have chosen stay beside it."""
        chosen = await self._organisations.languages(session, organisation)
        if before is None or not chosen:
            return wanted
        await self._organisations.set_languages(session, organisation, still_chosen(wanted, chosen))
        return as_written(wanted, await self._organisations.written(session, organisation, revision), chosen)

    async def _check_rise(self, session: Session, actor: Actor, before: Configuration | None, checked: Checked) -> None:
        if before is None:
            return
        wanted = checked.configuration
        refuse_rising(actor, before, wanted)
        _require_credentials(actor, before, checked)
        if "required" == wanted.organisation.sign_in.second_factor != before.organisation.sign_in.second_factor:
            await self._demand_second_factor(session, actor)

    async def _demand_second_factor(self, session: Session, actor: Actor) -> None:
        """Whoever has none is signed out, to set one up. SecondFactorNeeded when that would be the actor."""
        having = await second_factor_repository.people_with(session, actor.organisation)
        if actor.person is not None and actor.person not in having:
            raise SecondFactorNeeded(
                "You would lock yourself out: you have no second factor.", "Set up your own first, in your profile."
            )
        await sign_in.end_sessions_but(session, actor.organisation, having)

    async def _claim(
        self, session: Session, organisation: OrganisationId, before: Configuration | None, checked: Checked
    ) -> None:
        """What was had before is kept, also where it was given twice before that was looked at: see the doctor."""
        wanted = claims_of(checked.configuration)
        kept = {(claim.kind, claim.value) for claim in claims_of(before).values()} if before else set()
        taken = set(await self._organisations.claim(session, organisation, tuple(wanted.values())))
        twice = set(doubles(wanted))
        faults = [
            checked.fault(finding)
            for path, claim in wanted.items()
            if (claim.kind, claim.value) not in kept
            and (finding := _refusal(path, claim, claim in taken, path in twice))
        ]
        if faults:
            raise FaultyFile("Something that must be unique is taken.", "Choose another.", faults)

    async def _keep_secrets(
        self, session: Session, organisation: OrganisationId, checked: Checked, passwords: _Passwords
    ) -> list[str]:
        found = []
        for person, hash in passwords.hashes.items():
            await sign_in.set_password_hash(session, organisation, person, hash, self._clock.now())
            await end_ways_in(session, organisation, person)
            found.append(f"person `{person}`: password set")
        kept = await self._organisations.secrets(session, organisation)
        wanted = _phone_secrets(checked, kept)
        if wanted != kept:
            await self._organisations.set_secrets(session, organisation, wanted)
        found += _set("person", kept.people, wanted.people, checked.secrets.phones)
        found += _set("trunk", kept.trunks, wanted.trunks, checked.secrets.trunks)
        return found

    async def _new_passwords(self, actor: Actor, checked: Checked, dry_run: bool) -> _Passwords:
        """Hashed before the transaction, since it takes its time.

        They are never compared with what is kept: that would tell whoever may not even set them whether a guess is
        right.
        """
        if dry_run:
            return _Passwords(dict.fromkeys(checked.secrets.sign_in, ""))
        if checked.secrets.sign_in:
            require(actor, Right.SET_PASSWORDS)
        return _Passwords(
            {person: await self._passwords.hash(password) for person, password in checked.secrets.sign_in.items()}
        )

    async def _note(self, session: Session, actor: Actor, action: str, subject: str, found: Iterable[str]) -> None:
        after: dict[str, JsonValue] | None = {"changes": [*found]} if found else None
        now = self._clock.now()
        await self._audit.write(session, actor.organisation, now, actor.name, action, subject, after=after)


def _own_card(actor: Actor, configuration: Configuration) -> Person:
    """NoPerson."""
    if actor.person is None:
        raise NoPerson("A token has no card of its own.", "Sign in as a person.")
    return person_of(configuration, actor.person)


class _OnlyRehearsed(Exception):
    """Rolls a dry run back."""


def presentable(configuration: Configuration) -> tuple[str, ...]:
    """Numbers of the organisation that a person may show to those who are called."""
    ours = [number.number for number in configuration.numbers]
    shown = [configuration.organisation.outgoing.presented, *(queue.presented for queue in configuration.queues)]
    return tuple(dict.fromkeys([*ours, *(number for number in shown if number)]))


def _expect(expected: int | None, revision: int) -> None:
    if expected is not None and expected != revision:
        raise Outdated(
            f"Revision {revision} is in force, not {expected}.", "Look at what was changed, and try again on top of it."
        )


def _refusal(path: Path, claim: Claim, taken: bool, twice: bool) -> Finding | None:
    shown = claim.value.partition(" ")[0]
    if taken:
        words, reason = f"`{shown}` is taken in this installation, or lies within what is", "taken-here"
    elif twice:
        words, reason = f"`{shown}` is given twice", "named-twice"
    elif why := unfit(claim):
        words, reason = why, "not-to-have"
    else:
        return None
    return Finding(path, words, "Choose another.", reason, (shown,))


def _phone_secrets(checked: Checked, kept: PhoneSecrets) -> PhoneSecrets:
    """Given ones first, then those that are kept, then new ones for whoever needs one. Those of who has left wait."""
    people = {**kept.people}
    for person in checked.configuration.people:
        secret = checked.secrets.phones.get(person.key) or kept.people.get(person.key)
        if secret or person.extension:
            people[person.key] = secret or made_up()
    trunks = {**kept.trunks}
    for trunk in checked.configuration.trunks:
        secret = checked.secrets.trunks.get(trunk.key) or kept.trunks.get(trunk.key)
        if secret or trunk.accepts_registration:
            trunks[trunk.key] = secret or made_up()
    return PhoneSecrets(people, trunks)


def _require_credentials(actor: Actor, before: Configuration, checked: Checked) -> None:
    """Refused when the document gives a secret that the actor may not give."""
    people, secrets = checked.configuration.people, checked.secrets
    held = {person.key: rights_of(person.role, before.roles) for person in before.people}
    for person in people:
        if person.key in secrets.sign_in or person.key in secrets.phones:
            holds = rights_of(person.role, checked.configuration.roles)
            require_let_in(actor, held.get(person.key, frozenset()), holds)
    if secrets.trunks:
        require(actor, Right.CHANGE_CONFIGURATION)


def _set(what: str, before: Mapping[str, str], after: Mapping[str, str], given: Mapping[str, str]) -> list[str]:
    """A secret that was given counts as set, also when it is the present one: that is not told."""
    name = "phone password" if what == "person" else "password"
    return [
        f"{what} `{key}`: {name} {'set' if key in given else 'made up'}"
        for key in after
        if key in given or key not in before
    ]
