"""A file or document in, a configuration out, or all of its faults."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pydantic import JsonValue

from svarhus.domains.callflows.model import CallFlow
from svarhus.domains.organisation.coherence import incoherent
from svarhus.domains.organisation.difference import Difference, difference
from svarhus.domains.organisation.draft import MOST_FINDINGS, Draft, draft, drafted
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.flows import faulty_flows, normalised
from svarhus.domains.organisation.lists import LISTS, key_of
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.reading import Written, dotted, read
from svarhus.domains.organisation.references import missing, named, repeated
from svarhus.domains.organisation.scope import looked_at
from svarhus.domains.organisation.secrets import Secrets, taken_out
from svarhus.domains.organisation.shape import SECRETS, Finding, shaped
from svarhus.domains.organisation.tagging import faulty_tags
from svarhus.kit.errors import Fault
from svarhus.kit.text import tidy
from svarhus.kit.workshop import GoOn, to_the_end


@dataclass(frozen=True)
class Checked:
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


def check_change(before: Configuration, after: Configuration, go_on: GoOn = to_the_end) -> Checked:
    """The same for what was made of a configuration without faults. FaultyFile.

    What differs is looked at, and what could have a fault by it. When there is one, the whole is checked, to name all.
    """
    return _check_difference(before, after) or check_configuration(after, go_on)


def _check_difference(before: Configuration, after: Configuration) -> Checked | None:
    """None: there are faults, or only a look at the whole can tell."""
    differing = difference(before, after)
    if differing.organisation:
        return None
    made = _redrafted(after, differing)
    if made.findings:
        return None
    made.looked_at = looked_at(made, differing)
    if any(next(rule(made), None) for rule in RULES):
        return None
    new = {name: tuple(made.parts[name].values()) for name in differing.lists}
    if "callflows" in new:
        changed = differing.of("callflows").new
        new["callflows"] = tuple(
            normalised(flow) if isinstance(flow, CallFlow) and flow.key in changed else flow
            for flow in new["callflows"]
        )
    configuration, secrets = taken_out(after.model_copy(update=new))
    return Checked(configuration, secrets, Written())


def _redrafted(after: Configuration, differing: Difference) -> Draft:
    """With all that is new read again, as it would be in a file."""
    made = drafted(after)
    made.written = [
        ((name, index), _tidy(made.parts[name][index].model_dump(mode="json", by_alias=True)))
        for name, changed in differing.lists.items()
        for index, key in made.keys[name].items()
        if key in changed.new
    ]
    for path, value in made.written:
        name, index = str(path[0]), int(path[1])
        part, findings = shaped(LISTS[name], value, path)
        made.findings += findings
        if part is not None:
            made.parts[name][index] = part
            made.keys[name][index] = key_of(name, part)
    return made


def _check(written: Written, go_on: GoOn) -> Checked:
    made = draft(_tidy(written.value), go_on)
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


def _tidy(value: JsonValue) -> JsonValue:
    """What was written, without what cannot be seen; passwords stay to the letter."""
    if isinstance(value, dict):
        return {name: inner if name in SECRETS else _tidy(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_tidy(inner) for inner in value]
    return tidy(value) if isinstance(value, str) else value


def _faults(written: Written, findings: Iterable[Finding]) -> list[Fault]:
    return [_fault(written, finding) for finding in findings]


def _fault(written: Written, finding: Finding) -> Fault:
    line = written.line(finding.path)
    return Fault(dotted(finding.path), finding.message, finding.remedy, line, finding.reason, finding.values)


def _missing(made: Draft) -> Iterator[Finding]:
    return missing(made, named(made))


RULES = (repeated, _missing, incoherent, faulty_flows, faulty_tags)
"""What must hold beyond the shape."""


def _faulty(faults: list[Fault]) -> FaultyFile:
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
    count = "one fault" if len(ordered) == 1 else f"{len(ordered)} faults"
    if len(ordered) > MOST_TOLD:
        count = f"more than {MOST_TOLD} faults; the first are named"
    return FaultyFile(f"The organisation has {count}.", "Mend what is named; nothing was changed.", ordered[:MOST_TOLD])
