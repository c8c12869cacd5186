"""The head of a project's card: where it is on its way, when, with whom, why it counts, and what it waits for."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from registry.policy.attention import expected
from registry.policy.outlook_words import moved_words
from registry.policy.priorities import Priorities
from registry.policy.subjects import LEVELS, STOPPED
from registry.records.dates import show_date, show_period
from registry.records.values import Data, day, text, texts
from registry.words import _
from tui.cards.gate import checklist, way
from tui.cards.sheet import Sheet, heading, indented, inquiry, joined
from tui.text import line, plain

TOLD = frozenset({"title", "stage", "stage_reason", "purpose", "start", "end", "open_ended", "department", "responsible", "responsible_function", "received", "received_from", "answer_by", "answered", "decision_expected"})  # fmt: skip
"""The fields that the head tells."""


def head(sheet: Sheet) -> Iterator[Content]:
    """From the stages to the checklist of the next gate."""
    data = sheet.data
    stage = text(data, "stage") or "idea"
    yield way(stage, sheet.width)
    if reason := text(data, "stage_reason"):
        yield plain(reason)
    department = text(data, "department")
    carrier = sheet.link(department) if department else line(text(data, "external_organiser"))
    yield joined([line(_when(data)), carrier])
    yield joined([line(_responsible(sheet)), *(sheet.link(ref) for ref in texts(data, "twin_towns"))])
    yield from _priorities(sheet)
    if (asked := inquiry(data, sheet.today)).plain:
        yield asked
    yield from checklist(sheet)
    yield from _waits(sheet)
    if purpose := text(data, "purpose"):
        yield Content("")
        yield plain(purpose)


def _when(data: Data) -> str:
    start, end = day(data, "start"), day(data, "end")
    if start and end:
        return show_period(start, end)
    if start and data.get("open_ended") is True:
        return _("open-ended since %(day)s") % {"day": show_date(start)}
    if start:
        return _("from %(day)s") % {"day": show_date(start)}
    return _("no dates yet")


def _responsible(sheet: Sheet) -> str:
    person, function = text(sheet.data, "responsible"), text(sheet.data, "responsible_function")
    if person:
        named = _("responsible %(name)s") % {"name": sheet.view.names.person(person)}
        return ", ".join(part for part in (named, function) if part)
    return _("responsible: %(function)s") % {"function": function} if function else ""


def _priorities(sheet: Sheet) -> Iterator[Content]:
    """``prioriterad: ungdomsutbyte, Europa``, with the list of Europe that says so."""
    priorities = Priorities(sheet.view.snapshot)
    why = priorities.explained(sheet.data)
    if not why:
        return
    yield line(why, style="$accent")
    if any(aim.id == "europe" for aim in priorities.of(sheet.data)):
        words = _("Europe: %(list)s") % {"list": priorities.terms.europe.in_words}
        yield from indented("", line(words, style="$text-muted"), sheet.width)


def _waits(sheet: Sheet) -> Iterator[Content]:
    """The decision that is expected, and what the latest one does not cover."""
    words = text(sheet.data, "decision_expected")
    moved = sheet.closer.moved if sheet.closer else ()
    if LEVELS.get(text(sheet.data, "stage"), 0) == STOPPED or not (words or moved):
        return
    yield from heading(_("Awaits a decision"))
    if words:
        body, on = expected(words)
        when = ", ".join(filter(None, (body, show_date(on) if on else "")))
        late = on is not None and on < sheet.today
        told = _("was expected: %(when)s") if late else _("expected: %(when)s")
        yield from indented("", line(told % {"when": when}, style="$warning" if late else ""), sheet.width)
    if moved:
        told = _("wants a new decision (change), not decided: %(changes)s") % {
            "changes": moved_words(moved, sheet.data)
        }
        yield from indented(Content.styled("!", "$warning"), sheet.jump("decisions", told, "$warning"), sheet.width)
