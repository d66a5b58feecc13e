"""What a change does to an organisation, worked out before it is kept. It may take its time where there are many
people, so that it is done beside other work."""

from collections.abc import Mapping

import msgspec

from svarhus.domains.organisation.changes import changes, told
from svarhus.domains.organisation.choices import (
    Choice,
    as_written,
    carried_over,
    still_chosen,
    without_lost_numbers,
)
from svarhus.domains.organisation.claims import Claims, all_claims, claims_changed
from svarhus.domains.organisation.difference import Difference, difference
from svarhus.domains.organisation.layout import Contents, InForce, Layout, lay_out
from svarhus.domains.organisation.listed import all_listed
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.register import Register, registered
from svarhus.domains.organisation.staying_in import Staff, Warned, staff_of
from svarhus.domains.organisation.unstaffed import unstaffed
from svarhus.domains.organisation.validation import Checked
from svarhus.domains.people.rights import Actor


class Plan(msgspec.Struct, frozen=True):
    """A change of an organisation, from what holds now."""

    before: InForce | None
    """None: the organisation is new."""
    wanted: Configuration
    difference: Difference | None
    """None: everything is new."""
    changes: tuple[str, ...]
    claims: Claims
    layout: Layout
    contents: Contents
    """What of it was not kept before."""
    choices_left: Mapping[str, Choice]
    """By person, what is left of own choices of which something ends."""
    staff_before: Staff | None
    staff_after: Staff
    register: Register
    """Of what is wanted."""
    unstaffed: tuple[Warned, ...]
    """Teams to which nobody belongs."""
    whole: bool
    """It is not known that what held before was without faults: nothing of it is taken as given."""

    @property
    def makes_revision(self) -> bool:
        return self.difference is None or bool(self.difference)

    @property
    def changes_staff(self) -> bool:
        """Others are administrators than before."""
        before = self.staff_before.administrators if self.staff_before else ()
        return {each.key for each in before} != {each.key for each in self.staff_after.administrators}


def planned(
    actor: Actor,
    before: InForce | None,
    checked: Checked,
    base: Configuration | None,
    register: Register | None,
) -> Plan:
    """`base`: what was changed, where it was not a whole that was given. `register`: of what holds, when it is known
    that it has no faults."""
    wanted = all_listed(checked.configuration)
    if before is None:
        return _founded(actor, wanted)
    held, written, choices = before.configuration, before.layout.configuration, before.choices
    if base is not None:
        wanted = all_listed(wanted if base is held else carried_over(wanted, base, held))
        wanted = without_lost_numbers(wanted, held, written, choices)
    differing = difference(held, wanted)
    people = differing.of("people")
    left = still_chosen(wanted, held, people, choices)
    new = register.after(differing) if register else registered(wanted)
    layout, contents = lay_out(as_written(wanted, held, written, people, choices, left), before.layout)
    return Plan(
        before=before,
        wanted=wanted,
        difference=differing,
        changes=told(held, wanted, differing),
        claims=claims_changed(held, wanted, differing) if register else all_claims(held, wanted),
        layout=layout,
        contents=contents,
        choices_left=left,
        staff_before=staff_of(held, register or registered(held), actor),
        staff_after=staff_of(wanted, new, actor),
        register=new,
        unstaffed=unstaffed(wanted, differing),
        whole=register is None,
    )


def _founded(actor: Actor, wanted: Configuration) -> Plan:
    layout, contents = lay_out(wanted)
    register = registered(wanted)
    return Plan(
        before=None,
        wanted=wanted,
        difference=None,
        changes=changes(None, wanted),
        claims=all_claims(None, wanted),
        layout=layout,
        contents=contents,
        choices_left={},
        staff_before=None,
        staff_after=staff_of(wanted, register, actor),
        register=register,
        unstaffed=unstaffed(wanted, None),
        whole=True,
    )
