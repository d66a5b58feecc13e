"""A file or document in, a configuration out, or all of its faults."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import JsonValue

from svarhus.domains.organisation.coherence import incoherent
from svarhus.domains.organisation.draft import draft
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.flows import faulty_flows, normalised
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.reading import Path, Written, dotted, read
from svarhus.domains.organisation.references import missing, named, repeated
from svarhus.domains.organisation.secrets import Secrets, taken_out
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.organisation.tagging import faulty_tags
from svarhus.kit.errors import Fault


@dataclass(frozen=True)
class Checked:
    """A document without faults."""

    configuration: Configuration
    """Complete, and without secrets."""
    secrets: Secrets
    """Those that the document gave."""
    written: Written
    """What was read, to name lines in what is found later."""

    def fault(self, path: Path, message: str, remedy: str) -> Fault:
        """A fault that only the installation as a whole can know of."""
        return Fault(dotted(path), message, remedy, self.written.line(path))


def check_file(file: bytes) -> Checked:
    """The configuration in a file. FaultyFile names every fault with path and line."""
    written = read(file)
    if written.value is None and written.faults:
        raise _faulty(written.faults)
    return _check(written)


def check_document(document: JsonValue) -> Checked:
    """The same for a document that was not read from a file."""
    return _check(Written(document))


def check_configuration(configuration: Configuration) -> Checked:
    """The same for a configuration that was put together by program."""
    return check_document(configuration.model_dump(mode="json", by_alias=True))


def _check(written: Written) -> Checked:
    made = draft(written.value)
    made.findings += [
        *repeated(made),
        *missing(made, named(made)),
        *incoherent(made),
        *faulty_flows(made),
        *faulty_tags(made),
    ]
    if made.findings or written.faults:
        raise _faulty([*written.faults, *_faults(written, made.findings)])
    whole = made.configuration()
    whole = whole.model_copy(update={"callflows": tuple(normalised(flow) for flow in whole.callflows)})
    configuration, secrets = taken_out(whole)
    return Checked(configuration, secrets, written)


def _faults(written: Written, findings: Iterable[Finding]) -> list[Fault]:
    return [
        Fault(dotted(finding.path), finding.message, finding.remedy, written.line(finding.path)) for finding in findings
    ]


def _faulty(faults: list[Fault]) -> FaultyFile:
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
    count = "one fault" if len(ordered) == 1 else f"{len(ordered)} faults"
    return FaultyFile(f"The organisation has {count}.", "Mend what is named; nothing was changed.", ordered)
