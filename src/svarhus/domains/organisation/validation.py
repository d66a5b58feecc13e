"""A file or document in, a configuration out, or all of its faults."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pydantic import JsonValue

from svarhus.domains.organisation.coherence import incoherent
from svarhus.domains.organisation.draft import MOST_FINDINGS, Draft, draft
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.flows import faulty_flows, normalised
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.reading import Written, dotted, read
from svarhus.domains.organisation.references import missing, named, repeated
from svarhus.domains.organisation.secrets import Secrets, taken_out
from svarhus.domains.organisation.shape import SECRETS, Finding
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


def _check(written: Written, go_on: GoOn) -> Checked:
    made = draft(_tidy(written.value), go_on)
    if len(made.findings) > MOST_FINDINGS:
        # What refers to what was not read would be named as well.
        raise _faulty([*written.faults, *_faults(written, made.findings)])
    for rule in (repeated, _missing, incoherent, faulty_flows, faulty_tags):
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


def _faulty(faults: list[Fault]) -> FaultyFile:
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
    count = "one fault" if len(ordered) == 1 else f"{len(ordered)} faults"
    if len(ordered) > MOST_TOLD:
        count = f"more than {MOST_TOLD} faults; the first are named"
    return FaultyFile(f"The organisation has {count}.", "Mend what is named; nothing was changed.", ordered[:MOST_TOLD])
