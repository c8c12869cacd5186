"""A question as a row of the list, and in full below it: what stood before, mine and theirs, and who wrote each and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from textual.content import Content

from registry.differences import is_long
from registry.merge.outcome import WHOLE_RECORD
from registry.records.refs import is_person
from registry.records.types import Names
from registry.records.values import Value
from registry.sharing.meetings import Brought, Meeting
from registry.sharing.settlement import Question
from registry.words import N_, _
from tui.text import hanging, line
from tui.three_sides import Version, side_lines, whole_before, whole_changes, whole_words
from tui.when import when

_ROW: Final = 200
"""Characters of a value in a row, where it is cut to what fits."""
_CHOSEN: Final = {"ours": N_("mine"), "theirs": N_("theirs"), "both": N_("both"), "edited": N_("other")}


def row(question: Question, names: Names) -> tuple[str, ...]:
    """Record, field, before, mine, theirs, and what was chosen."""
    meeting = question.meeting
    sides = (in_words(meeting, value, names, _ROW) for value in (meeting.ours, meeting.theirs))
    return (meeting.title, meeting.label_by(names), _before(meeting, names, _ROW), *sides, chosen(question))


def chosen(question: Question) -> str:
    """What was chosen, in a word; "" while it is open."""
    return _(_CHOSEN[question.choice.chosen]) if question.choice else ""


def _before(meeting: Meeting, names: Names, width: int = 0) -> str:
    if not meeting.base_known:
        return _("not known")
    whole = meeting.field == WHOLE_RECORD and not isinstance(meeting.base, str)
    return whole_before(meeting.base) if whole else meeting.show(meeting.base, names, width)


def in_words(meeting: Meeting, value: Value, names: Names, width: int = 0) -> str:
    """One of its values; of a whole record what became of it."""
    if meeting.field == WHOLE_RECORD and not isinstance(value, str):
        return whole_words(meeting.base if meeting.base_known else value, value)
    return meeting.show(value, names, width)


def detail(question: Question, names: Names, today: date, width: int) -> Iterator[Content]:
    """All there is to know before one decides."""
    meeting = question.meeting
    yield line(f"{meeting.title} · {meeting.label_by(names)}", style="bold")
    if meeting.message:
        yield from line(meeting.message, style="$warning").wrap(width)
    if is_person(meeting.ref):
        said = _("In the people book: what you choose holds at once, and no history keeps what it was.")
        yield from line(said, style="$text-muted").wrap(width)
    yield Content("")
    sides = (
        _side(_("mine"), meeting, meeting.ours, _by(meeting.our_origin, today), names),
        _side(_("theirs"), meeting, meeting.theirs, _by(meeting.their_origin, today), names),
    )
    base = meeting.base if isinstance(meeting.base, str) else None
    yield from side_lines(Version(_("before"), _before(meeting, names), long=base), *sides, names, width)
    if question.choice is not None:
        yield Content("")
        label = Content.styled(_("holds") + "  ", "$good bold")
        value = in_words(meeting, question.value, names)
        if question.choice.chosen == "both":
            value = _("both, under two names")
        yield from hanging(label, line(value, style="bold"), width)


def _side(name: str, meeting: Meeting, value: Value, by: str, names: Names) -> Version:
    words = in_words(meeting, value, names)
    if meeting.field != WHOLE_RECORD:
        long = meeting.described is not None and is_long(meeting.described.type)
        return Version(name, words, by, value if long and isinstance(value, str) else None)
    if isinstance(value, str):  # a record that cannot be read, or a file that is none
        return Version(name, words, by, value)
    return Version(
        name, words, by, changes=whole_changes(meeting.ref, meeting.base, value, names) if meeting.base_known else ()
    )


def _by(brought: Brought | None, today: date) -> str:
    """``Erik Exempel, yesterday at 14:02: "the ferry", KS 2026-03-14 § 42``."""
    if brought is None:
        return ""
    why = f"“{brought.why}”" if brought.why else ""
    return " · ".join(filter(None, (brought.author, moment(brought.date, today), why, brought.decision)))


def moment(at: datetime, today: date) -> str:
    """``today at 13:40``, ``12 May 2026 at 09:05``."""
    return _("%(day)s at %(time)s") % {"day": when(at, today), "time": f"{at.astimezone():%H:%M}"}
