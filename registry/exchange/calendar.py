"""What is to come, as a calendar (iCalendar, RFC 5545): deadlines, project dates, evaluations, inquiries, meetings.

Each event has a UID made of its record and entry alone, so that a calendar that reads the file again moves what has
moved and doubles nothing. Whole days, no times. No names of people: offices in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from registry.plain_text import line, visible
from registry.policy.attention import expected
from registry.policy.reading import later, listed, place
from registry.policy.subjects import COMPLETED, STOPPED, Project
from registry.policy.terms import Terms
from registry.progress import Making, Progress, each
from registry.records.values import Data, day, table, text
from registry.snapshot import Record, Snapshot
from registry.words import Words

_FORMAT: Final = "iCalendar"
_PRODUCT: Final = "-//Vanort//Vanort 1//SV"
_KEPT: Final = 366
"""Days. What is longer past is left out: a calendar is of what is to come."""

_EVALUATION: Final = Words("Utvärdering", "Evaluation")
_REVIEW: Final = Words("Omprövning", "Review")
_DECISION: Final = Words("Väntat beslut", "Decision expected")
_ANSWER: Final = Words("Svara senast", "Answer by")
_MEETING: Final = Words("Samordningskommittén", "The coordination committee")
_APPLICATION: Final = Words("Sista ansökningsdag", "Deadline")


class Event(NamedTuple):
    """One or several whole days."""

    ref: str
    path: str
    """What of the record it is: with `ref` it makes the UID."""
    words: str
    first: date
    last: date
    about: str = ""


def events(snapshot: Snapshot, today: date) -> Generator[Progress, None, list[Event]]:
    """Everything dated that is not done, and the projects of the last year, by day: what the generator returns."""
    days = Terms.of(snapshot.policy).evaluation_days
    since = later(today, -_KEPT)
    found: list[Event] = []

    def take(record: Record) -> None:
        found.extend(event for event in _each_once(_of(record, snapshot, days)) if event.last >= since)

    yield from each(_FORMAT, snapshot.records(), take)
    return sorted(found, key=lambda one: (one.first, one.ref, one.path))


def _each_once(found: Iterator[Event]) -> Iterator[Event]:
    """The events of a record, those that are called alike numbered."""
    seen: Counter[str] = Counter()
    for event in found:
        seen[event.path] += 1
        yield event if seen[event.path] == 1 else event._replace(path=f"{event.path}{seen[event.path]}")


def ics_bytes(snapshot: Snapshot, today: date) -> Making:
    """The file. The same registry on the same day gives the same bytes."""
    from icalendar import Calendar
    from icalendar import Event as Entry

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", line(snapshot.title("registry")))
    stamp = datetime.combine(today, time(), UTC)
    head, end = calendar.to_ical().rsplit(b"END:", 1)
    made: list[bytes] = []

    def take(event: Event) -> None:
        entry = Entry()
        entry.add("uid", uid(event))
        entry.add("dtstamp", stamp)
        entry.add("dtstart", event.first)
        entry.add("dtend", later(event.last, 1))
        entry.add("summary", line(event.words))
        entry.add("description", visible("\n".join(filter(None, (event.about, event.ref)))))
        entry.add("transp", "TRANSPARENT")
        made.append(entry.to_ical())

    yield from each(_FORMAT, (yield from events(snapshot, today)), take)
    return bytes(head + b"".join(made) + b"END:" + end)


def uid(event: Event) -> str:
    """The name that a calendar knows the event by."""
    return f"{uuid5(NAMESPACE_URL, f'vanort:{event.ref}#{event.path}')}@vanort"


def _of(record: Record, snapshot: Snapshot, days: int | None) -> Iterator[Event]:
    data = record.data
    if record.kind.id == "projects":
        yield from _of_project(record, snapshot, days)
    elif record.kind.id == "departments":
        for at, entry in listed(data, "opportunities"):
            if (due := day(entry, "deadline")) is not None and text(entry, "status") in {"", "watching"}:
                words = f"{_APPLICATION}: {text(entry, 'title')} ({record.title})"
                yield Event(
                    record.ref, _path(data, "opportunities", at, entry), words, due, due, text(entry, "programme")
                )
    elif record.ref == "registry":
        for at, entry in listed(data, "meetings"):
            if (on := day(entry, "date")) is not None:
                yield Event(
                    record.ref, _path(data, "meetings", at, entry), str(_MEETING), on, on, text(entry, "minutes")
                )
    elif record.kind.id == "twin-towns" and text(data, "agreement_status") in {"", "proposed"}:
        yield from _answer(record)


def _of_project(record: Record, snapshot: Snapshot, days: int | None) -> Iterator[Event]:
    data, ref, title = record.data, record.ref, record.title
    it = Project(ref, data, day(snapshot.registry, "opened"))
    if it.level == STOPPED:
        return
    about = _about(data, snapshot)
    first, last = it.start or it.end, it.end or it.start
    if it.level > 0 and first is not None and last is not None:
        yield Event(ref, "dates", title, first, max(first, last), about)
    for at, entry in listed(data, "deadlines"):
        if (due := day(entry, "date")) is not None and "done" not in entry:
            words = f"{text(entry, 'what')}: {title}"
            yield Event(ref, _path(data, "deadlines", at, entry), words, due, due, about)
    if (due := _evaluation_due(it, days)) is not None:
        yield Event(ref, "evaluation.due", f"{_EVALUATION}: {title}", due, due, about)
    if it.level < COMPLETED and data.get("open_ended") is True and (due := day(data, "review_due")) is not None:
        yield Event(ref, "review_due", f"{_REVIEW}: {title}", due, due, about)
    body, when = expected(text(data, "decision_expected"))
    if when is not None:
        yield Event(ref, "decision_expected", f"{_DECISION}, {body}: {title}", when, when, about)
    if it.level == 0:
        yield from _answer(record)


def _evaluation_due(it: Project, days: int | None) -> date | None:
    """By when its evaluation is to be made, if it is not: the day that it says, else so long after its end as the policy."""
    evaluation = table(it.data, "evaluation")
    if it.level > COMPLETED or "date" in evaluation or "waived" in evaluation:
        return None
    asked = it.level > 0 and not it.afterwards and it.end is not None and days is not None
    return day(evaluation, "due") or (later(it.end, days) if asked and it.end and days is not None else None)


def _answer(record: Record) -> Iterator[Event]:
    if (by := day(record.data, "answer_by")) is not None and "answered" not in record.data:
        yield Event(record.ref, "answer_by", f"{_ANSWER}: {record.title}", by, by, text(record.data, "received_from"))


def _about(data: Data, snapshot: Snapshot) -> str:
    """Who carries it, and the office that answers for it."""
    department = text(data, "department")
    parts = (snapshot.title(department) if department else "", text(data, "responsible_function"))
    return ", ".join(part for part in parts if part)


def _path(data: Data, key: str, at: int, entry: Data) -> str:
    """The entry by its id; by what it says where it has none, since others may come before it."""
    said = text(entry, "what") or text(entry, "title") or str(entry.get("date", ""))
    return place(data, key, at) if text(entry, "id") else f"{key}[{said}]"
