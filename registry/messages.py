"""Commit messages that anyone can read in plain `git log`, with trailers that programs read (DESIGN.md section 3).

    Ungdomsutbyte med Skjern: planerad → beslutad

    Nämnden beviljade medel för resan.

    Status: planerad → beslutad

    Decision: BUN 2026-03-10 § 31
    Record: projects/2026/ungdomsutbyte-skjern
    Change: set

The reason is one paragraph, the fields another, the trailers the last. Trailers are documented in
git-interpret-trailers(1); what `verify` compares with the tree are they, never the prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from registry.change import Change
from registry.differences import FieldChange, clipped, differences
from registry.names import RecordNames
from registry.plain_text import visible
from registry.records.kinds import kind_of
from registry.records.types import Person, SetOf, Tables
from registry.records.values import Data, Value, tables, text
from registry.snapshot import Snapshot
from registry.words import _, lowered, ngettext, speaking

SUBJECT_WIDTH: Final = 100
VALUE_WIDTH: Final = 72
MOST_LINES: Final = 60
"""Field lines of a message; what `git show` says beyond that is in the files."""
_TRAILER: Final = re.compile(r"([A-Za-z][A-Za-z-]*): (.*)")
_ENTRY: Final = re.compile(r"\[([^\]]+)\]")
_DIVIDER: Final = re.compile(r"(?m)^(?=---)")
_ESCAPED: Final = re.compile(r"(?m)^(?=(?:---|[A-Za-z][A-Za-z-]*\s*:|#|\(cherry picked|\s))")


@dataclass(frozen=True, slots=True)
class Message:
    """A commit message taken apart. Messages of commits made without Vänort have a subject and a `why`, no trailers."""

    subject: str
    why: str
    lines: tuple[str, ...]
    trailers: tuple[tuple[str, str], ...]

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of a trailer, in order."""
        return tuple(value for name, value in self.trailers if name == key)

    def one(self, key: str) -> str:
        """The first value of a trailer, or ""."""
        return next(iter(self.all(key)), "")


def compose(change: Change, before: Snapshot, language: str) -> str:
    """The message of `change`, wholly in `language`. Person ids stay ids: no name enters the branch."""
    with speaking(language):
        after = before.edited(change.edits)
        names = RecordNames(after, before, by_ref={*change.renamed_from, *change.renamed_from.values()})
        told = {
            ref: differences(ref, before.data(_origin(change, ref)), new, names) for ref, new in change.edits.items()
        }
        blocks = [
            undivided(_subject(change, before, after)),
            reason(change.why),
            undivided("\n".join(_lines(change, before, after, told, names))),
        ]
    return "\n\n".join([*(block for block in blocks if block), "\n".join(trailers(change))]) + "\n"


def undivided(block: str) -> str:
    """The block with lines that begin with ``---`` indented, as titles may: Git reads no trailers below such a line."""
    return _DIVIDER.sub("  ", block)


def _origin(change: Change, ref: str) -> str:
    """The REF under which a record was known before the change."""
    return change.renamed_from.get(ref, ref)


def _subject(change: Change, before: Snapshot, after: Snapshot) -> str:
    """One line: which record, and the one thing about it that matters most."""
    shown = [ref for ref in change.edits if ref not in change.renamed_from.values()] or list(change.edits)
    main = shown[0]
    title = clipped((after if main in after else before).title(main), 60)
    if change.act == "erase":
        return clipped(_erased(before, after), SUBJECT_WIDTH)
    subject = _act(change, main, title) or _edit(title, main, before.data(main), change.edits[main], (after, before))
    if (
        change.act == "restore"
        and len(labels := _labels(differences(main, before.data(main), change.edits[main]))) == 1
    ):
        subject += f" ({labels[0]})"
    others = len(shown) - 1
    if others and change.act not in {"init", "rename", "delete"}:
        subject += " " + ngettext("(and %(count)s other record)", "(and %(count)s other records)", others) % {
            "count": others
        }
    return clipped(subject, SUBJECT_WIDTH)


def _act(change: Change, ref: str, title: str) -> str:
    """What other acts than an edit say of themselves."""
    said = {
        "init": _("Registry opened: %(title)s"),
        "delete": _("%(title)s: removed"),
        "rename": _("%(title)s: new name in the registry"),
        "undo": _("%(title)s: done again") if change.again else _("%(title)s: undone"),
        "restore": _("%(title)s: brought back"),
        "hand-edit": _("%(title)s: new name in the registry")
        if ref in change.renamed_from
        else _("%(title)s: edited by hand"),
        "import": _("%(title)s: imported"),
        "new": "%(kind)s: %(title)s",
    }
    return said[change.act] % {"title": title, "kind": kind_of(ref).new} if change.act in said else ""


def _erased(before: Snapshot, after: Snapshot) -> str:
    """Whose data was removed, by the ids that came on record."""
    known = {text(entry, "person") for entry in tables(before.registry, "erasures")}
    new = [text(entry, "person") for entry in tables(after.registry, "erasures") if text(entry, "person") not in known]
    return _("Personal data erased: %(ids)s") % {"ids": ", ".join(new)}


def _edit(title: str, ref: str, old: Data | None, new: Data | None, snapshots: Sequence[Snapshot]) -> str:
    """The subject of an ordinary edit: a status tells its step, one field its values, several their labels.

    A person's id is no word to read: the office stands for it, and where none is known nothing does.
    """
    offices = {**_offices(old), **_offices(new)}
    names = RecordNames(*snapshots, person=lambda person: offices.get(person, ""))
    changes = differences(ref, old, new, RecordNames(*snapshots, person=lambda _person: ""))
    step = next((change for change in changes if change.path in {"stage", "agreement_status"}), None)
    one = step or (changes[0] if len(changes) == 1 else None)
    if step is not None and step.path == "stage":
        return f"{title}: {step.show(step.old)} → {step.show(step.new)}"
    if one is not None and one.field is not None and not isinstance(one.field.type, Tables):
        label, *values = lowered(_without_ids(one)), one.show(one.old, names, 30), one.show(one.new, names, 30)
        return f"{title}: {label}" if _tell_nothing(one, names, values) else f"{title}: {label} {' → '.join(values)}"
    labels = _labels(changes)
    if not labels:
        return _("%(title)s: unchanged") % {"title": title}
    listed = ", ".join(labels[:3])
    if len(labels) > 3:
        return _("%(title)s: %(fields)s and %(count)s more") % {
            "title": title,
            "fields": listed,
            "count": len(labels) - 3,
        }
    return f"{title}: {listed}"


def _labels(changes: Sequence[FieldChange]) -> list[str]:
    """What was changed, in words for the middle of a sentence, each once."""
    return list(dict.fromkeys(lowered(label) for label in _subjects(changes)))


def _subjects(changes: Sequence[FieldChange]) -> Iterator[str]:
    """What was changed, in words; of an entry that changed in several fields, the entry once."""
    inside = Counter(change.path.rpartition(".")[0] for change in changes)
    for change in changes:
        entry = change.path.rpartition(".")[0]
        whole = entry.endswith("]") and inside[entry] > 1
        label = _without_ids(change)
        yield label.rpartition(", ")[0] if whole else label


def _without_ids(change: FieldChange) -> str:
    """The field in words, without the ids of entries that nothing else tells."""
    label = change.label
    for entry in _ENTRY.findall(change.path):
        label = re.sub(rf" {re.escape(entry)}(?=,|$)", "", label)
    return label


def _tell_nothing(change: FieldChange, names: RecordNames, values: Sequence[str]) -> bool:
    """Whether the values of a field that names people are no words: somebody has no office, or the office is the same."""
    kind = change.field.type if change.field else None
    if not isinstance(kind.item if isinstance(kind, SetOf) else kind, Person):
        return False
    people = [
        person for value in (change.old, change.new) for person in (value if isinstance(value, list) else [value])
    ]
    return values[0] == values[1] or any(isinstance(person, str) and not names.person(person) for person in people)


def _offices(data: Value) -> dict[str, str]:
    """The office that a record, or an entry in it, says beside each person."""
    found: dict[str, str] = {}
    if isinstance(data, Mapping):
        for person, function in (("person", "function"), ("responsible", "responsible_function")):
            if text(data, person) and text(data, function):
                found[text(data, person)] = text(data, function)
    inside = data.values() if isinstance(data, Mapping) else data if isinstance(data, (list, tuple)) else ()
    for value in inside:
        found.update(_offices(value))
    return found


def _lines(
    change: Change, before: Snapshot, after: Snapshot, told: dict[str, list[FieldChange]], names: RecordNames
) -> Iterator[str]:
    """A line for each field; of a record that is new among several, one line for the whole of it."""
    shown = {ref: fields for ref, fields in told.items() if ref not in change.renamed_from.values()}
    every = [
        _("Name in the registry: %(old)s → %(new)s") % {"old": old, "new": new}
        for new, old in change.renamed_from.items()
    ]
    for ref, fields in shown.items():
        heading = clipped((after if ref in after else before).title(ref), 60)
        fresh = before.data(_origin(change, ref)) is None
        if fresh and len(shown) > 1:
            every.append(f"{kind_of(ref).one}: {heading}")
        elif fresh:
            every.extend(f"{clipped(field.label)}: {field.show(field.new, names, VALUE_WIDTH)}" for field in fields)
        else:
            prefix = f"{heading} · " if len(shown) > 1 else ""
            every.extend(prefix + field.line(names, VALUE_WIDTH) for field in fields)
    yield from clipped_lines(every)


def clipped_lines(lines: Iterable[str]) -> Iterator[str]:
    """No more of the lines than a message has; how many others there are."""
    every = list(lines)
    yield from every[:MOST_LINES]
    if len(every) > MOST_LINES:
        left = len(every) - MOST_LINES
        yield ngettext("… and %(count)s more line", "… and %(count)s more lines", left) % {"count": left}


def trailers(change: Change) -> Iterator[str]:
    if change.decision:
        yield f"Decision: {clipped(change.decision, 200)}"
    yield from (f"Policy-Override: {clause}" for clause in change.overrides)
    yield from (f"Policy-Breach: {clause}" for clause in change.breaches)
    if change.correction:
        yield "Correction: yes"
    if change.reverts:
        yield f"Reverts: {change.reverts}"
    yield from (f"Renamed-From: {old}" for old in change.renamed_from.values())
    yield from (f"Settled: {settled}" for settled in change.settled)
    yield from (f"Record: {ref}" for ref in recorded(change))
    yield f"Change: {change.act}"


def recorded(change: Change) -> Iterator[str]:
    """The records that a change tells of: one with a new name by that alone."""
    left = set(change.renamed_from.values()) - set(change.renamed_from)  # a name may have gone on to another record
    return (ref for ref in change.edits if ref not in left)


def reason(why: str) -> str:
    """The reason as one paragraph, with nothing in it that Git takes for a divider or a trailer.

    A ``---`` at the start of a line would empty `git interpret-trailers`; such lines, and those that look like
    trailers, are indented. Control characters are shown.
    """
    lines = [line.rstrip() for line in visible(why).strip().splitlines() if line.strip()]
    return _ESCAPED.sub("  ", "\n".join(lines))


def parse(message: str) -> Message:
    """A message taken apart, whoever wrote it. Never fails."""
    blocks = [block for block in re.split(r"\n[ \t]*\n", message.replace("\r\n", "\n").strip("\n")) if block.strip()]
    subject = " ".join(blocks[0].split("\n")).strip() if blocks else ""
    rest = blocks[1:]
    trailers = _read_trailers(rest[-1]) if rest else ()
    if trailers:
        rest = rest[:-1]
    if not any(key == "Change" for key, _value in trailers):
        return Message(subject, "\n\n".join(rest), (), trailers)
    why = "\n".join(line.removeprefix("  ") for line in rest[0].split("\n")) if rest else ""
    lines = tuple(line.removeprefix("  ") for block in rest[1:] for line in block.split("\n"))
    return Message(subject, why, lines, trailers)


def _read_trailers(block: str) -> tuple[tuple[str, str], ...]:
    matches = [_TRAILER.fullmatch(line) for line in block.split("\n")]
    return tuple((match[1], match[2]) for match in matches if match) if all(matches) else ()


def mentions(message: Message) -> str:
    """All the prose of a message, for searching."""
    return "\n".join((message.subject, message.why, *message.lines))
