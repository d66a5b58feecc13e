"""Reads a file (YAML 1.2's core, of which JSON is a part) and remembers on which line everything stands.

Anchors and tags are refused: they serve no purpose here, and an anchor can blow up to any size. Words
such as `no`, `12:30` and `0100` are text, unlike in YAML 1.1, since languages, times and extensions are
written so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from pydantic import JsonValue

from svarhus.kit.errors import Fault
from svarhus.kit.workshop import GoOn, to_the_end

Path = tuple[str | int, ...]

LARGEST = 4_000_000
"""Bytes of a file. A thousand people with their queues and flows need about a tenth of it."""

DEEPEST = 30

MOST_VALUES = 250_000
"""Names and values of a file: ten thousand people with their queues and flows."""
LARGEST_PART = 20_000
"""Names and values of one entry of a list: a queue with four thousand members."""

LOOK_EVERY = 500
"""Values between two looks whether anybody still waits."""

_WHOLE_NUMBER = re.compile(r"^(0|-?[1-9][0-9]{0,17})$")
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Written:
    """What a file says, and where."""

    value: JsonValue = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """The line of a place, or of the nearest one around it. None when it came from no file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def dotted(path: Path) -> str:
    """`("queues", 2, "members")` as `queues[2].members`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def read(file: bytes, go_on: GoOn = to_the_end) -> Written:
    """Read a file. With faults, the value may still be there, as far as it could be read."""
    written = Written()
    text = _text(file, written)
    if text is None:
        return written
    try:
        _Builder(written, go_on).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        written.value = None
        written.faults.append(_syntax_fault(error, text))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        written.faults.append(
            Fault(
                "",
                f"the file holds a character that may not be in it: {error.reason}",
                "",
                line,
                reason="file-character",
                values=(error.reason,),
            )
        )
    except _GivenUp as reason:
        written.value = None
        written.faults.append(reason.fault)
    return written


def _text(file: bytes, written: Written) -> str | None:
    if len(file) > LARGEST:
        written.faults.append(
            Fault(
                "",
                f"the file is too large: {len(file):,} bytes, {LARGEST:,} are allowed",
                "Split the organisation.",
                reason="file-too-large",
                values=(f"{len(file):,}", f"{LARGEST:,}"),
            )
        )
        return None
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.count(b"\n", 0, error.start) + 1
        written.faults.append(
            Fault("", "the file is not in UTF-8", "Save it in the encoding UTF-8.", line, reason="file-not-utf8")
        )
        return None


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    begun = error.context_mark if "flow" in (error.context or "") or "quoted" in (error.context or "") else None
    mark = begun or error.problem_mark or error.context_mark
    line = min(mark.line + 1, max(1, text.count("\n") + 1)) if mark else None
    problem = f"{error.context or ''} {error.problem or ''}".strip()
    remedy = "Look at the indentation and the quotes on this line and the one before."
    if "alias" in problem:
        remedy = 'To write the star key, put it in quotes: "*".'
    elif "tab" in problem or "cannot start any token" in problem:
        remedy = "Indent with spaces, not tabs, and put text that begins with a special character in quotes."
    return Fault("", f"this is not YAML: {problem}", remedy, line, reason="not-yaml", values=(str(problem),))


class _GivenUp(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass
class _Open:
    """A list or mapping that is being read."""

    path: Path
    value: dict[str, JsonValue] | list[JsonValue]
    key: str | None = None


class _Builder:
    """Puts the parser's events together. Not recursive, so that no file can exhaust the stack."""

    def __init__(self, written: Written, go_on: GoOn) -> None:
        self._written = written
        self._go_on = go_on
        self._open: list[_Open] = []
        self._values = self._in_part = 0

    def build(self, events: Iterator[yaml.Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _GivenUp(
                        Fault(
                            "",
                            "the file has more than one document",
                            "Take out the line `---`.",
                            _line(event),
                            reason="several-documents",
                        )
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                self._open.pop()
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)

    def _node(self, event: yaml.NodeEvent) -> None:
        self._count(event)
        self._refuse_tricks(event)
        if self._expects_key():
            self._key(event)
            return
        path = self._path()
        self._written.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            self._place(_scalar(event))
            return
        value: dict[str, JsonValue] | list[JsonValue] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._place(value)
        self._open.append(_Open(path, value))
        if len(self._open) > DEEPEST:
            raise _GivenUp(
                Fault(dotted(path), "this is nested too deeply", "", _line(event), reason="nested-too-deeply")
            )

    def _count(self, event: yaml.NodeEvent) -> None:
        self._values += 1
        self._in_part = self._in_part + 1 if len(self._open) > 2 else 0
        if self._values % LOOK_EVERY == 0:
            self._go_on()
        if self._values > MOST_VALUES:
            raise _GivenUp(
                Fault(
                    "",
                    f"the file has more than {MOST_VALUES:,} values",
                    "Split it.",
                    _line(event),
                    reason="file-too-many-values",
                    values=(f"{MOST_VALUES:,}",),
                )
            )
        if self._in_part > LARGEST_PART:
            where = dotted(self._open[2].path)
            raise _GivenUp(
                Fault(
                    where,
                    f"this has more than {LARGEST_PART:,} values",
                    "Divide it into several.",
                    _line(event),
                    reason="part-too-large",
                    values=(f"{LARGEST_PART:,}",),
                )
            )

    def _refuse_tricks(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _GivenUp(
                Fault(
                    dotted(self._path()),
                    "anchors (&) and aliases (*) are not allowed",
                    'Write it out. To write the star key, put it in quotes: "*".',
                    _line(event),
                    reason="no-anchors",
                )
            )
        tag = getattr(event, "tag", None)
        if tag not in {None, "!"}:
            raise _GivenUp(
                Fault(
                    dotted(self._path()),
                    f"tags such as `{tag}` are not allowed",
                    "Take it out.",
                    _line(event),
                    reason="no-yaml-tags",
                    values=(tag,),
                )
            )

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _path(self) -> Path:
        if not self._open:
            return ()
        around = self._open[-1]
        if isinstance(around.value, list):
            return (*around.path, len(around.value))
        return around.path if around.key is None else (*around.path, around.key)

    def _key(self, event: yaml.NodeEvent) -> None:
        around = self._open[-1]
        if not isinstance(event, yaml.ScalarEvent):
            raise _GivenUp(
                Fault(
                    dotted(around.path), "the name of a setting must be a word", "", _line(event), reason="name-no-word"
                )
            )
        around.key = str(event.value)
        path = (*around.path, around.key)
        if isinstance(around.value, dict) and around.key in around.value:
            first = self._written.lines[path]
            self._written.faults.append(
                Fault(
                    dotted(path),
                    f"`{around.key}` is given twice, first on line {first}",
                    "Keep one.",
                    _line(event),
                    reason="given-twice",
                    values=(around.key, str(first)),
                )
            )
        self._written.lines.setdefault(path, _line(event))

    def _place(self, value: JsonValue) -> None:
        if not self._open:
            self._written.value = value
            return
        around = self._open[-1]
        if isinstance(around.value, list):
            around.value.append(value)
        elif around.key is not None:
            around.value.setdefault(around.key, value)
            around.key = None


def _scalar(event: yaml.ScalarEvent) -> JsonValue:
    text = str(event.value)
    if event.style:
        return text
    if text in _PLAIN:
        return _PLAIN[text]
    return int(text) if _WHOLE_NUMBER.match(text) else text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
