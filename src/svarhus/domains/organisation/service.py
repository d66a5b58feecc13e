"""What administrators and operators do with an organisation's configuration."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import msgspec
from msgspec.structs import replace
from pydantic import JsonValue

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation import credentials
from svarhus.domains.organisation.choices import chosen_since, laid_over
from svarhus.domains.organisation.claiming import claim
from svarhus.domains.organisation.claims import refusal
from svarhus.domains.organisation.departures import forget_departed, settle_departures
from svarhus.domains.organisation.errors import FaultyFile, NoOrganisation, OtherOrganisation, Outdated
from svarhus.domains.organisation.exporting import export
from svarhus.domains.organisation.layout import InForce
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.permission import ANY_CHANGE, refuse_rising, require_for
from svarhus.domains.organisation.plan import Plan, planned
from svarhus.domains.organisation.register import Register
from svarhus.domains.organisation.repository import OrganisationRepository, PhoneSecrets, Revision
from svarhus.domains.organisation.secrets import made_up
from svarhus.domains.organisation.staying_in import Warned, refuse_nobody_left, warnings
from svarhus.domains.organisation.validation import Checked, check_change, check_configuration, check_file
from svarhus.domains.people import repository as sign_in
from svarhus.domains.people import second_factor_repository
from svarhus.domains.people.errors import SecondFactorNeeded
from svarhus.domains.people.model import Person
from svarhus.domains.people.passwords import Passwords
from svarhus.domains.people.rights import Actor, Right, operator, require
from svarhus.domains.people.ways_in import end_ways_in, may_let_in
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Page, Session
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.kit.workshop import GoOn, Workshop

Possible = Callable[[Configuration], None]
"""Raises why a change that is right must wait; it gets the configuration as it is to be."""


def _always(_: Configuration) -> None:
    """Nothing goes on that a change could disturb."""


_ATTEMPTS = 5
"""How often a change that names no revision is tried when others change the organisation meanwhile."""


class Applied(msgspec.Struct, frozen=True):
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


class _Passwords(msgspec.Struct, frozen=True):
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
        self._faultless: dict[OrganisationId, tuple[int, Register]] = {}
        """The revisions in force of which this process knows that they have no faults, and their registers."""

    async def apply_file(self, file: bytes, *, dry_run: bool = False) -> Applied:
        """For the operator: create or change the organisation that the file names. FaultyFile."""
        checked = await self._workshop.run(partial(check_file, file))
        actor = operator(OrganisationId(checked.configuration.organisation.key))
        return await self._keep(actor, checked, None, "applied from a file", create=True, dry_run=dry_run)

    async def replace_with(
        self,
        actor: Actor,
        file: bytes,
        *,
        expected: int | None = None,
        dry_run: bool = False,
        possible: Possible = _always,
    ) -> Applied:
        """For somebody signed in: let their organisation be as the file says.

        FaultyFile; OtherOrganisation; Outdated when `expected` is no longer the revision in force; what `possible`
        raises.
        """
        require(actor, Right.CHANGE_CONFIGURATION)
        checked = await self._workshop.run(partial(check_file, file))
        key = checked.configuration.organisation.key
        if key != actor.organisation:
            raise OtherOrganisation(
                f"The file is of the organisation `{key}`, you are signed in to `{actor.organisation}`.",
                "Put your organisation's key into the file, if you mean it.",
            )
        possible(checked.configuration)
        return await self._keep(actor, checked, expected, "applied from a file", dry_run=dry_run)

    async def change(
        self,
        actor: Actor,
        edit: Callable[[Configuration], Configuration],
        comment: str,
        expected: int | None = None,
        possible: Possible = _always,
    ) -> Applied:
        """Change a part. `edit` gets the configuration in force and gives the wanted one.

        Refused; FaultyFile when the whole would not be right; Outdated as for a file; what `possible` raises of a
        change that is right, but must wait.
        """
        return await self._change_as_allowed(
            actor, lambda before: edit(before.configuration), comment, expected, possible=possible
        )

    async def _change_as_allowed(
        self,
        actor: Actor,
        edit: Callable[[InForce], Configuration],
        comment: str,
        expected: int | None,
        *,
        warn: bool = False,
        possible: Possible = _always,
    ) -> Applied:
        require(actor, *ANY_CHANGE)

        def allowed(before: InForce) -> Configuration:
            after = edit(before)
            require_for(actor, before.configuration, after)
            return after

        return await self._change(actor, allowed, comment, expected, warn=warn, possible=possible)

    async def _change(
        self,
        actor: Actor,
        edit: Callable[[InForce], Configuration],
        comment: str,
        expected: int | None,
        *,
        warn: bool = False,
        possible: Possible = _always,
    ) -> Applied:
        """`warn`: whoever makes the change is told what it does to them."""
        known = self._organisations.last_in_force(actor.organisation)
        for attempt in range(_ATTEMPTS):
            before = known or await self._read(actor.organisation)
            try:
                _expect(expected, before.revision)
                checked = await self._workshop.run(partial(_edited, before, edit, self._register(before)))
                possible(checked.configuration)
                return await self._keep(actor, checked, before.revision, comment, base=before, warn=warn)
            except SvarhusError as error:
                # What was known may have been changed by another process.
                may_be_old, known = known is not None and await self._read(actor.organisation) is not before, None
                outdated = isinstance(error, Outdated) and expected is None and attempt < _ATTEMPTS - 1
                if not (may_be_old or outdated):
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def restore(
        self, actor: Actor, revision: int, expected: int | None = None, possible: Possible = _always
    ) -> Applied:
        """Let an earlier revision be in force again, as a new one; what people have chosen for themselves stays."""
        earlier = await self._organisations.written(actor.organisation, revision)

        def edit(now: InForce) -> Configuration:
            return laid_over(earlier, now.choices)

        return await self._change_as_allowed(
            actor, edit, f"restored revision {revision}", expected, warn=True, possible=possible
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

    async def new_phone_password(self, actor: Actor, person: PersonKey) -> str:
        """Make up a new password for a person's phone; the old one is of no use any more. Refused; NoPerson."""
        secret = made_up()
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, actor.organisation, lock=True)
            may_let_in(actor, configuration, person)
            await self._organisations.set_secrets(session, actor.organisation, PhoneSecrets({person: secret}, {}))
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
        base: InForce | None = None,
        warn: bool = True,
    ) -> Applied:
        """`base`: what was changed, where it was not a whole that was given."""
        passwords = await self._new_passwords(actor, checked, dry_run)
        work_out = partial(self._worked_out, actor, checked, base)
        known = base or await self._before(actor.organisation, expected, create)
        plan = await self._workshop.run(partial(work_out, known))
        applied: Applied | None = None
        # What was known is in force nearly always, which is found out when it is kept; else it is locked first.
        locks = plan.before is None or not plan.makes_revision
        while applied is None:
            try:
                async with self._database.begin() as session:
                    if locks:
                        before = await self._locked(session, actor.organisation, create)
                        _expect(expected, before.revision if before else 0)
                        if before is not plan.before:
                            plan = await self._workshop.run(partial(work_out, before))
                    applied = await self._keep_in(session, actor, checked, plan, comment, passwords, warn)
                    if dry_run:
                        raise _OnlyRehearsed
            except _OnlyRehearsed:
                break
            except _InForceNoMore:
                assert not locks, "what is locked stays"
                locks = True
        assert applied is not None, "it is kept or an error is raised"
        if not dry_run:
            self._faultless[actor.organisation] = applied.revision, plan.register
            self._organisations.remember(actor.organisation, _kept(applied.revision, plan))
        return replace(applied, dry_run=dry_run)

    def _register(self, before: InForce) -> Register | None:
        """None when it is not known whether it has faults."""
        known = self._faultless.get(OrganisationId(before.configuration.organisation.key))
        return known[1] if known and known[0] == before.revision else None

    async def _read(self, organisation: OrganisationId) -> InForce:
        """What is in force. NoOrganisation."""
        async with self._database.read() as session:
            return await self._organisations.in_force(session, organisation)

    async def _before(self, organisation: OrganisationId, expected: int | None, create: bool) -> InForce | None:
        """What is in force, as far as it is known before it is locked; None: there is no such organisation yet."""
        try:
            before = await self._read(organisation)
        except NoOrganisation:
            if create:
                return None
            raise
        _expect(expected, before.revision)
        return before

    async def _locked(self, session: Session, organisation: OrganisationId, create: bool) -> InForce | None:
        """The same, for nobody else to change it until this unit of work ends."""
        if create and await self._organisations.create(session, organisation, self._clock.now()):
            return None
        return await self._organisations.in_force(session, organisation, lock=True)

    def _worked_out(
        self, actor: Actor, checked: Checked, base: InForce | None, before: InForce | None, go_on: GoOn
    ) -> Plan:
        """What the change does. Refused when the actor may not do it."""
        register = self._register(before) if before else None
        plan = planned(actor, before, checked, base.configuration if base else None, register)
        if before is not None and plan.difference is not None:
            refuse_rising(actor, before.configuration, plan.wanted, plan.difference)
            credentials.require_given(actor, before.configuration, checked)
        return plan

    async def _keep_in(
        self,
        session: Session,
        actor: Actor,
        checked: Checked,
        plan: Plan,
        comment: str,
        passwords: _Passwords,
        warn: bool,
    ) -> Applied:
        organisation, now = actor.organisation, self._clock.now()
        revision, found = plan.before.revision if plan.before else 0, [*plan.changes]
        if plan.makes_revision:
            revision += 1
            kept, chosen = (
                Revision(revision, actor.name, now, comment),
                plan.before.choices_version if plan.before else 0,
            )
            if not await self._organisations.add_revision(
                session, organisation, kept, plan.layout, plan.contents, chosen
            ):
                raise _InForceNoMore
        await self._check_second_factors(session, actor, plan)
        looked_at = warn or bool(passwords.hashes) or plan.changes_staff
        had = await self._able(session, organisation, plan) if looked_at else frozenset()
        if plan.makes_revision:
            await self._claim(session, organisation, plan, checked)
            if plan.choices_left:
                await self._organisations.choose(session, organisation, plan.choices_left)
            if plan.difference is not None:
                await settle_departures(session, organisation, plan.difference, now)
        told = await self._told(session, actor, plan, passwords, had) if looked_at else ()
        found += await self._keep_secrets(session, organisation, checked, plan, passwords)
        if found:
            await self._note(session, actor, "configuration-changed", f"revision {revision}", found)
            if not plan.makes_revision:
                await self._organisations.tell_changed(session, organisation)
        return Applied(organisation, revision, tuple(found), plan.wanted, warnings=(*told, *plan.unstaffed))

    async def _told(
        self, session: Session, actor: Actor, plan: Plan, passwords: _Passwords, had: frozenset[str]
    ) -> tuple[Warned, ...]:
        """What it does to whoever makes the change. NobodyLeft. `had`: who had a password."""
        organisation, before, after = actor.organisation, plan.staff_before, plan.staff_after
        # Whoever comes has a password when they were here before, and are the same.
        comes = plan.difference is None or plan.difference.of("people").added
        have = (await self._able(session, organisation, plan) if comes else had) | passwords.hashes.keys()
        if before is not None:
            refuse_nobody_left(before, after, had, have)
        return warnings(actor, before, after, have, passwords.hashes)

    async def _able(self, session: Session, organisation: OrganisationId, plan: Plan) -> frozenset[str]:
        """Those with a password among who is administrator, before the change or after it."""
        staff = (*(plan.staff_before.administrators if plan.staff_before else ()), *plan.staff_after.administrators)
        return await sign_in.people_with_password(session, organisation, {person.key for person in staff})

    async def _check_second_factors(self, session: Session, actor: Actor, plan: Plan) -> None:
        before = plan.before.configuration if plan.before else None
        if before is None:
            return
        if "required" == plan.wanted.organisation.sign_in.second_factor != before.organisation.sign_in.second_factor:
            await self._demand_second_factor(session, actor)

    async def _demand_second_factor(self, session: Session, actor: Actor) -> None:
        """Whoever has none is signed out, to set one up. SecondFactorNeeded when that would be the actor."""
        having = await second_factor_repository.people_with(session, actor.organisation)
        if actor.person is not None and actor.person not in having:
            raise SecondFactorNeeded(
                "You would lock yourself out: you have no second factor.", "Set up your own first, in your profile."
            )
        await sign_in.end_sessions_but(session, actor.organisation, having)

    async def _claim(self, session: Session, organisation: OrganisationId, plan: Plan, checked: Checked) -> None:
        """What was had before is kept, also where it was given twice before that was looked at: see the doctor."""
        taken = frozenset(await claim(session, organisation, plan.claims))
        faults = [
            checked.fault(refusal(path, name, name in taken, path in plan.claims.twice))
            for path, name in plan.claims.refused(taken)
        ]
        if faults:
            raise FaultyFile("Something that must be unique is taken.", "Choose another.", faults)

    async def _keep_secrets(
        self, session: Session, organisation: OrganisationId, checked: Checked, plan: Plan, passwords: _Passwords
    ) -> list[str]:
        found = []
        for person, hash in passwords.hashes.items():
            await sign_in.set_password_hash(session, organisation, person, hash, self._clock.now())
            await end_ways_in(session, organisation, person)
            found.append(f"person `{person}`: password set")
        people, trunks = credentials.needing(plan, checked)
        if people or trunks:
            keys = None if plan.whole else [each.key for each in (*people, *trunks)]
            kept = await self._organisations.secrets(session, organisation, keys)
            wanted = credentials.phone_secrets(people, trunks, checked, kept)
            await self._organisations.set_secrets(session, organisation, credentials.renewed(kept, wanted))
            found += credentials.told("person", kept.people, wanted.people, checked.secrets.phones)
            found += credentials.told("trunk", kept.trunks, wanted.trunks, checked.secrets.trunks)
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


def _kept(revision: int, plan: Plan) -> InForce:
    """What holds when the plan has been carried out."""
    if plan.before is None:
        return InForce(revision, plan.layout, plan.wanted)
    choices = chosen_since(plan.before.choices, plan.choices_left)
    version = plan.before.choices_version + bool(plan.choices_left)
    return InForce(revision, plan.layout, plan.wanted, choices, version)


class _OnlyRehearsed(Exception):
    """Rolls a dry run back."""


class _InForceNoMore(Exception):
    """Rolls back what was worked out from what is in force no more."""


def _expect(expected: int | None, revision: int) -> None:
    if expected is not None and expected != revision:
        raise Outdated(
            f"Revision {revision} is in force, not {expected}.", "Look at what was changed, and try again on top of it."
        )


def _edited(
    before: InForce, edit: Callable[[InForce], Configuration], register: Register | None, go_on: GoOn
) -> Checked:
    """`register`: of what was before, when it is known that it has no faults."""
    after = edit(before)
    if register is None:
        return check_configuration(after, go_on)
    return check_change(before.configuration, after, register, go_on)
