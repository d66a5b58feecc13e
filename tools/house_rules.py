"""The project's own rules, which no ready-made checker knows. Run by `./svarhus check`.

scoped-query      Every statement to the database is limited to one organisation. One that is not can
                  show one customer's callers to another. Exceptions stand below, each with its reason.
one-clock         Only `kit/clock.py` reads the clock: a decision that reads it cannot be replayed, and a
                  test of it has to wait.
known-feature     A feature that a test claims to prove stands in the catalogue.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_BY_SECRET = "found by the hash of a secret that only its owner knows, before it is known whose it is"
_CLEANING = "forgets what is out of date, whosever it is"
_ATTEMPTS = "failures to sign in are counted before it is known to which organisation"

ACROSS_ORGANISATIONS: Mapping[str, str] = {
    "domains.organisation.repository.OrganisationRepository.organisations": "lists them for the start",
    "domains.organisation.repository.OrganisationRepository.holder": "a name that is unique in the installation",
    "exchange.running.journal.Journal.make_partitions": "a day's part of the journal holds all organisations' facts",
    "exchange.running.journal._missing": "looks for tables, not for what is in them",
    "domains.people.repository.find_session": _BY_SECRET,
    "domains.people.repository.session_seen": _BY_SECRET,
    "domains.people.repository.end_session": _BY_SECRET,
    "domains.people.repository.find_token": _BY_SECRET,
    "domains.people.tickets.find_ticket": _BY_SECRET,
    "domains.people.tickets.take_ticket": _BY_SECRET,
    "domains.people.tickets.forget_expired_tickets": _CLEANING,
    "domains.people.repository.forget_expired": _CLEANING,
    "domains.boards.repository.find_link": _BY_SECRET,
    "domains.people.repository.begin_attempt": _ATTEMPTS,
    "domains.people.repository.attempt_succeeded": _ATTEMPTS,
    "domains.people.repository.forget_attempts": _CLEANING,
    "app.recordings_left.recordings_left": "compares a folder of all organisations with the ids of their messages",
    "domains.organisation.departures.forget_departed": _CLEANING,
    "domains.people.known_devices.forget_old_devices": _CLEANING,
    "domains.people.known_devices._is_ours": _BY_SECRET,
    "domains.outbox.providers.Providers.organisations_with": "whose lines to providers are to be kept bound",
    "domains.outbox.repository.forget_old_messages": _CLEANING,
    "domains.telling.received.forget_old_texts": _CLEANING,
    "domains.push.repository.people": "whose devices are to be told, looked up once for the whole installation",
    "domains.push.repository.forget_endpoint": "a browser that somebody else signs in on tells of nobody before",
}
"""Functions whose statements see all organisations, and why that is right."""

CATALOGUE = Path("../shared/spec/features.md")
"""The feature catalogue is kept beside the checkout; without it only the form of ids is looked at."""

_BUILDERS = frozenset({"select", "insert", "update", "delete", "text"})
_STATEMENT = re.compile(
    r"^\s*(insert\s+into|update|delete\s+from|(select|with)\s.*\sfrom)\s", re.IGNORECASE | re.DOTALL
)
_CLOCK = frozenset({"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"})
_CLOCK_READERS = frozenset({"kit/clock.py"})
_FEATURE = re.compile(r"[A-Z]{1,6}-\d{2}[a-z]?")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Breach:
    """One place where a rule is broken."""

    path: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


def unscoped_queries(path: Path, module: str, tree: ast.Module) -> Iterator[Breach]:
    """Statements in functions that do not compare, or do not write down, whose the rows are."""
    if not _imports(tree, {"sqlalchemy", "asyncpg"}):
        return
    for name, function in _functions(tree, module):
        statements = [node for node in _own_nodes(function) if _is_statement(node)]
        if not statements or name in ACROSS_ORGANISATIONS:
            continue
        only_adds = all(isinstance(node, ast.Call) and ast.unparse(node.func) == "insert" for node in statements)
        if not (_writes_organisation(function) if only_adds else _compares_organisation(function)):
            message = f"{function.name} does not limit it to one organisation"
            yield Breach(path, statements[0].lineno, "scoped-query", message)


def clock_readings(path: Path, module: str, tree: ast.Module) -> Iterator[Breach]:
    """Places that read the clock on the wall."""
    if path.as_posix().endswith(tuple(_CLOCK_READERS)):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (called := ast.unparse(node.func)) in _CLOCK:
            yield Breach(path, node.lineno, "one-clock", f"{called}() reads the clock; have a Clock handed in")


def unknown_features(path: Path, tree: ast.Module, catalogue: frozenset[str]) -> Iterator[Breach]:
    """Features that tests claim to prove and that are not in the catalogue (empty: only their form counts)."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.feature")):
            continue
        for argument in node.args:
            feature = argument.value if isinstance(argument, ast.Constant) else None
            if (
                not isinstance(feature, str)
                or not _FEATURE.fullmatch(feature)
                or (catalogue and feature not in catalogue)
            ):
                yield Breach(path, node.lineno, "known-feature", f"{ast.unparse(argument)} is not in the catalogue")


def breaches(checkout: Path) -> list[Breach]:
    """All breaches in a checkout."""
    found: list[Breach] = []
    package = checkout / "src" / "svarhus"
    for path in _sources(package):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = path.relative_to(package).with_suffix("").as_posix().replace("/", ".")
        if not module.startswith(("kit.", "migrations.", "app.database")) and path.name != "tables.py":
            found += unscoped_queries(path, module, tree)
        if not module.startswith("phones."):
            found += clock_readings(path, module, tree)
    catalogue = read_catalogue(checkout / CATALOGUE)
    for path in _sources(checkout / "tests"):
        found += unknown_features(path, ast.parse(path.read_text(encoding="utf-8")), catalogue)
    return found


def read_catalogue(path: Path) -> frozenset[str]:
    """The ids of all features, each in bold at the start of a line of the list."""
    if not path.is_file():
        return frozenset()
    return frozenset(re.findall(rf"^- \*\*({_FEATURE.pattern})\*\*", path.read_text(encoding="utf-8"), re.MULTILINE))


def _sources(folder: Path) -> Iterable[Path]:
    return sorted(folder.rglob("*.py"))


def _imports(tree: ast.Module, packages: set[str]) -> bool:
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        if any(name.split(".")[0] in packages for name in names):
            return True
    return False


def _functions(tree: ast.Module, module: str) -> Iterator[tuple[str, Function]]:
    for node in tree.body:
        if isinstance(node, Function):
            yield f"{module}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, Function):
                    yield f"{module}.{node.name}.{member.name}", member


def _own_nodes(function: Function) -> Iterator[ast.expr]:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    for statement in body:
        yield from (node for node in ast.walk(statement) if isinstance(node, ast.expr))


def _is_statement(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _BUILDERS
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_STATEMENT.match(node.value))


def _compares_organisation(function: Function) -> bool:
    return any(
        (isinstance(node, ast.Compare) and "organisation" in ast.unparse(node))
        or (_is_statement(node) and isinstance(node, ast.Constant) and "organisation_id" in str(node.value))
        for node in _own_nodes(function)
    )


def _writes_organisation(function: Function) -> bool:
    return any(re.search(r"\borganisation", ast.unparse(node)) for node in _own_nodes(function))


def main() -> int:
    found = breaches(Path(__file__).resolve().parents[1])
    for breach in found:
        print(breach)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
