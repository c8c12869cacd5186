"""What is said of the values in a form: what the description of the record says at once, and what the policy says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from registry.findings import SCHEMA, Finding, Severity
from registry.records.fields import Kind
from registry.records.validate import validate
from registry.words import _, ngettext
from tui.forms.field_input import Tone
from tui.forms.group import Group

TONES: Final[Mapping[Severity, Tone]] = {
    "violation": "bad",
    "exception": "warning",
    "warning": "warning",
    "note": "muted",
}

Place = tuple[int, str]
"""A group (by its identity) and a key in it."""


@dataclass(frozen=True)
class Remarks:
    """What is to be said where, and what of the record as a whole."""

    at: Mapping[Place, tuple[str, Tone]] = field(default_factory=dict)
    whole: tuple[tuple[str, Tone], ...] = ()

    def about(self, group: Group, key: str) -> tuple[str, Tone] | None:
        """What is said of the value `key` of `group`."""
        return self.at.get((id(group), key))

    @property
    def in_short(self) -> str:
        """What is said of the whole, in a line: the first, and how many more there are; "" where nothing is."""
        if not self.whole:
            return ""
        first, left = self.whole[0][0], len(self.whole) - 1
        more = ngettext("(and %(count)s more)", "(and %(count)s more)", left) % {"count": left} if left else ""
        return f"{first} {more}".rstrip()

    def wrong_in(self, entry: Group) -> int:
        """How many things are wrong inside an entry."""
        inside = {id(group) for group in entry.groups()}
        unread = sum(len(group.unread) for group in entry.groups())
        return unread + sum(place[0] in inside and tone == "bad" for place, (_words, tone) in self.at.items())


def remarks(kind: Kind, root: Group, found: Iterable[Finding], *, strict: bool) -> Remarks:
    """What there is to say. A value that is missing is only named where it has been asked for (`strict`)."""
    places = {path: (group, key) for path, group, key in root.places()}
    at: dict[Place, tuple[str, Tone]] = {}
    whole: list[tuple[str, Tone]] = []

    def say(path: str, words: str, tone: Tone) -> None:
        place = places.get(path)
        if place is None:
            whole.append((words, tone))
        else:
            at.setdefault((id(place[0]), place[1]), (words, tone))

    for problem in validate(kind, root.data()):
        if problem.unknown:
            continue
        place = places.get(problem.path)
        missing = place is not None and place[1] and place[0].get(place[1]) is None
        if missing and not strict:
            continue
        wanted = "" if missing else problem.example
        example = " " + _("Write it like %(example)s.") % {"example": wanted} if wanted else ""
        say(problem.path, f"{problem.message[:1].upper()}{problem.message[1:]}.{example}", TONES[problem.severity])
    for finding in found:
        if finding.clause != SCHEMA:
            say(finding.field, f"{finding.how_grave}: {finding.message}", TONES[finding.severity])
    return Remarks(at, tuple(whole))
