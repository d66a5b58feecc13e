"""A file or document in, a configuration out, or all of its faults."""

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec
from pydantic import JsonValue

from svarhus.domains.callflows.model import CallFlow
from svarhus.domains.organisation.coherence import incoherent, unadministrated
from svarhus.domains.organisation.difference import difference
from svarhus.domains.organisation.draft import MOST_FINDINGS, Draft, draft
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.fitting import unfitting
from svarhus.domains.organisation.flows import faulty_flows, normalised
from svarhus.domains.organisation.lists import LISTS
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.reading import Written, dotted, read
from svarhus.domains.organisation.redraft import Redraft
from svarhus.domains.organisation.references import missing, named, repeated, repeated_inside
from svarhus.domains.organisation.register import Register, registered
from svarhus.domains.organisation.secrets import Secrets, secrets_in, taken_out, without_secrets
from svarhus.domains.organisation.shape import Finding, tidied
from svarhus.domains.organisation.tagging import faulty_tags
from svarhus.kit.document import DocumentPart
from svarhus.kit.errors import Fault
from svarhus.kit.workshop import GoOn, to_the_end


class Checked(msgspec.Struct, frozen=True):
    """A document without faults."""

    configuration: Configuration
    """Complete, and without secrets."""
    secrets: Secrets
    """Those that the document gave."""
    written: Written
    """What was read, to name lines in what is found later."""

    def fault(self, finding: Finding) -> Fault:
        """A fault that only the installation as a whole can know of."""
        return _fault(self.written, finding)


MOST_TOLD = 100
"""Faults that are named at a time: nobody reads more before mending the first."""


def check_file(file: bytes, go_on: GoOn = to_the_end) -> Checked:
    """The configuration in a file. FaultyFile names every fault, up to `MOST_TOLD`, with path and line."""
    written = read(file, go_on)
    if written.value is None and written.faults:
        raise _faulty(written.faults)
    return _check(written, go_on)


def check_document(document: JsonValue, go_on: GoOn = to_the_end) -> Checked:
    """The same for a document that was not read from a file."""
    return _check(Written(document), go_on)


def check_configuration(configuration: Configuration, go_on: GoOn = to_the_end) -> Checked:
    """The same for a configuration that was put together by program."""
    return check_document(configuration.model_dump(mode="json", by_alias=True), go_on)


def check_change(
    before: Configuration, after: Configuration, register: Register | None = None, go_on: GoOn = to_the_end
) -> Checked:
    """The same for what was made of a configuration without faults. FaultyFile. `register`: what is known of it.

    What differs is looked at, and what could have a fault by it. When there is one, the whole is checked, to name all.
    """
    checked = _check_difference(before, after, register or registered(before))
    return checked or check_configuration(after, go_on)


def _check_difference(before: Configuration, after: Configuration, register: Register) -> Checked | None:
    """None: there are faults, or only a look at the whole can tell."""
    differing = difference(before, after)
    if differing.organisation:
        return None
    made = Redraft(before, after, differing)
    if not made.certain or any(next(rule(made), None) for rule in RULES_OF_PARTS):
        return None
    new = [part for name in LISTS for part in made.new(name).values()]
    configuration = made.with_lists(
        {name: {place: _as_kept(part) for place, part in made.new(name).items()} for name in LISTS}
    )
    if not register.allows(difference(before, configuration)):
        return None
    return Checked(configuration, secrets_in(new), Written())


def _as_kept(part: DocumentPart) -> DocumentPart:
    return normalised(part) if isinstance(part, CallFlow) else without_secrets(part)


def _check(written: Written, go_on: GoOn) -> Checked:
    made = draft(tidied(written.value), go_on)
    if len(made.findings) > MOST_FINDINGS:
        # What refers to what was not read would be named as well.
        raise _faulty([*written.faults, *_faults(written, made.findings)])
    for rule in RULES:
        # One more than is told says that there are more; to look for what was meant costs most.
        made.findings += islice(rule(made), MOST_TOLD + 1)
        go_on()
    if made.findings or written.faults:
        raise _faulty([*written.faults, *_faults(written, made.findings)])
    whole = made.configuration()
    whole = whole.model_copy(update={"callflows": tuple(normalised(flow) for flow in whole.callflows)})
    configuration, secrets = taken_out(whole)
    return Checked(configuration, secrets, written)


def _faults(written: Written, findings: Iterable[Finding]) -> list[Fault]:
    return [_fault(written, finding) for finding in findings]


def _fault(written: Written, finding: Finding) -> Fault:
    line = written.line(finding.path)
    return Fault(dotted(finding.path), finding.message, finding.remedy, line, finding.reason, finding.values)


def _missing(made: Draft) -> Iterator[Finding]:
    return missing(made, named(made))


RULES_OF_PARTS = (repeated_inside, _missing, incoherent, unfitting, faulty_flows, faulty_tags)
"""What must hold of each part beyond its shape, by itself and with those that it names."""

RULES = (repeated, unadministrated, *RULES_OF_PARTS)
"""And what must hold of all together: see also `register`."""


def _faulty(faults: list[Fault]) -> FaultyFile:
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
    count = "one fault" if len(ordered) == 1 else f"{len(ordered)} faults"
    if len(ordered) > MOST_TOLD:
        count = f"more than {MOST_TOLD} faults; the first are named"
    return FaultyFile(f"The organisation has {count}.", "Mend what is named; nothing was changed.", ordered[:MOST_TOLD])
