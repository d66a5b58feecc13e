"""Passwords that a change gives, and those that are made up for whoever needs one."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from svarhus.domains.numbers.model import Trunk
from svarhus.domains.organisation.difference import Differing, DocumentParts
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.plan import Plan
from svarhus.domains.organisation.repository import PhoneSecrets
from svarhus.domains.organisation.secrets import made_up
from svarhus.domains.organisation.validation import Checked
from svarhus.domains.people.model import Person, rights_of
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.people.ways_in import require_let_in
from svarhus.kit.document import DocumentPart


def needing(plan: Plan, checked: Checked) -> tuple[Sequence[Person], Sequence[Trunk]]:
    """Those who may need a password for a phone or trunk that they have not got, or were given one."""
    if plan.whole or plan.difference is None:
        return plan.wanted.people, plan.wanted.trunks
    people = _without(plan.difference.of("people"), lambda one: isinstance(one, Person) and bool(one.extension))
    trunks = _without(plan.difference.of("trunks"), lambda one: isinstance(one, Trunk) and one.accepts_registration)
    given = checked.secrets.phones.keys() - people.keys(), checked.secrets.trunks.keys() - trunks.keys()
    return (
        [
            *(each for each in people.values() if isinstance(each, Person)),
            *(each for each in (plan.wanted.people if given[0] else ()) if each.key in given[0]),
        ],
        [
            *(each for each in trunks.values() if isinstance(each, Trunk)),
            *(each for each in (plan.wanted.trunks if given[1] else ()) if each.key in given[1]),
        ],
    )


def _without(differing: Differing, has: Callable[[DocumentPart], bool]) -> DocumentParts:
    """Those that are new and `has` does not say of what they were before that they had one."""
    before = differing.before
    return {key: part for key, part in differing.new.items() if key not in before or not has(before[key])}


def phone_secrets(
    people: Iterable[Person], trunks: Iterable[Trunk], checked: Checked, kept: PhoneSecrets
) -> PhoneSecrets:
    """Given ones first, then those that are kept, then new ones for whoever needs one. Those of who has left wait."""
    of_people = {**kept.people}
    for person in people:
        secret = checked.secrets.phones.get(person.key) or kept.people.get(person.key)
        if secret or person.extension:
            of_people[person.key] = secret or made_up()
    of_trunks = {**kept.trunks}
    for trunk in trunks:
        secret = checked.secrets.trunks.get(trunk.key) or kept.trunks.get(trunk.key)
        if secret or trunk.accepts_registration:
            of_trunks[trunk.key] = secret or made_up()
    return PhoneSecrets(of_people, of_trunks)


def renewed(kept: PhoneSecrets, wanted: PhoneSecrets) -> PhoneSecrets:
    """Those that are not kept already."""
    return PhoneSecrets(
        {key: secret for key, secret in wanted.people.items() if kept.people.get(key) != secret},
        {key: secret for key, secret in wanted.trunks.items() if kept.trunks.get(key) != secret},
    )


def require_given(actor: Actor, before: Configuration, checked: Checked) -> None:
    """Refused when the document gives a secret that the actor may not give."""
    people, secrets = checked.configuration.people, checked.secrets
    if secrets.trunks:
        require(actor, Right.CHANGE_CONFIGURATION)
    if not (secrets.sign_in or secrets.phones):
        return
    held = {person.key: rights_of(person.role, before.roles) for person in before.people}
    for person in people:
        if person.key in secrets.sign_in or person.key in secrets.phones:
            holds = rights_of(person.role, checked.configuration.roles)
            require_let_in(actor, held.get(person.key, frozenset()), holds)


def told(what: str, before: Mapping[str, str], after: Mapping[str, str], given: Mapping[str, str]) -> list[str]:
    """A secret that was given counts as set, also when it is the present one: that is not told."""
    name = "phone password" if what == "person" else "password"
    return [
        f"{what} `{key}`: {name} {'set' if key in given else 'made up'}"
        for key in after
        if key in given or key not in before
    ]
