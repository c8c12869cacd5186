"""The text of a *tjänsteskrivelse* (the memorandum by which an official puts a matter before the board) for a project.

What the registry knows, under the usual headings, to be pasted into the municipality's own template; nothing is made up,
and what is not known says so. In the registry's language; no names, the office in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from registry.errors import BadInput
from registry.names import RecordNames
from registry.plain_text import line, visible
from registry.policy.reading import listed, said
from registry.policy.terms import Terms
from registry.records.dates import show_date, show_period
from registry.records.kinds import kind_of
from registry.records.money import show_money
from registry.records.values import Data, day, number, tables, text, texts
from registry.snapshot import Snapshot
from registry.words import _, speaking


def memo(snapshot: Snapshot, ref: str, today: date) -> str:
    """The text. Raises `BadInput` for what is no project."""
    data = snapshot.data(ref) if ref.startswith("projects/") else None
    if data is None:
        raise BadInput(
            _("“%(ref)s” is no project.") % {"ref": line(ref)},
            _("Write it like %(example)s.") % {"example": "projects/2026/ungdomsutbyte-skjern"},
        )
    with speaking(snapshot.language):
        return "\n".join(_lines(data, snapshot, ref, today)).rstrip() + "\n"


def _lines(data: Data, snapshot: Snapshot, ref: str, today: date) -> Iterator[str]:
    department = snapshot.data(text(data, "department")) or {}
    yield _("MEMORANDUM")
    yield show_date(today)
    numbers = dict.fromkeys(line(number) for number in _registry_numbers(data))
    if numbers:
        yield ", ".join(numbers)
    yield line(text(department, "name") or text(snapshot.registry, "municipality"))
    yield line(text(department, "board") or _("Municipal Executive Committee"))
    yield ""
    yield line(snapshot.title(ref))
    yield from _section(_("Proposal for decision"), [_("(to be written)")])
    yield from _section(_("The matter"), _matter(data, snapshot))
    yield from _section(_("What it gives"), _gives(data, snapshot))
    yield from _section(_("Money"), _money(data, snapshot, ref))
    yield from _section(_("Commitments for others"), _entries(data, "commitments", snapshot, ref))
    yield from _section(_("Earlier decisions"), _entries(data, "decisions", snapshot, ref))
    yield from _section(_("Continuation and evaluation"), _afterwards(data))
    yield ""
    yield line(text(data, "responsible_function") or _("(responsible: not stated)"))
    yield _("From the registry of international contacts: %(ref)s, version %(commit)s") % {
        "ref": ref,
        "commit": (snapshot.commit or "–")[:10],
    }


def _section(heading: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield heading
        yield from found


def _registry_numbers(data: Data) -> Iterator[str]:
    from registry.records.decisions import decision_of

    for _at, entry in listed(data, "decisions"):
        decision = decision_of(text(entry, "decision"))
        if decision is not None and decision.dnr:
            yield f"Dnr {decision.dnr}"


def _matter(data: Data, snapshot: Snapshot) -> Iterator[str]:
    yield visible(text(data, "purpose")) if said(data.get("purpose")) else _("(the purpose is not stated)")
    start, end = day(data, "start"), day(data, "end")
    if start is not None:
        yield _("Time: %(when)s.") % {"when": show_period(start, end) if end else show_date(start)}
    with_whom = [snapshot.title(ref) for ref in texts(data, "twin_towns")]
    with_whom += [text(partner, "name") for partner in tables(data, "partners")]
    if with_whom:
        yield _("With: %(partners)s.") % {"partners": line(", ".join(with_whom))}
    if (count := number(data, "participants")) is not None:
        yield _("Participants: %(count)s.") % {"count": count}
    if said(data.get("established_contact")):
        yield visible(text(data, "established_contact"))


def _gives(data: Data, snapshot: Snapshot) -> Iterator[str]:
    labels = {aim.id: aim.label for aim in Terms.of(snapshot.policy).goals}
    if goals := [labels.get(goal) or goal for goal in texts(data, "goals")]:
        yield _("The policy's goals: %(goals)s.") % {"goals": line(", ".join(goals))}
    if said(data.get("expected_value")):
        yield visible(text(data, "expected_value"))


def _money(data: Data, snapshot: Snapshot, ref: str) -> Iterator[str]:
    cost = number(data, "cost")
    yield _("Cost: %(amount)s.") % {"amount": _("not known") if cost is None else show_money(cost)}
    yield from _entries(data, "budget", snapshot, ref)


def _entries(data: Data, key: str, snapshot: Snapshot, ref: str) -> Iterator[str]:
    field = kind_of(ref).by_key[key]
    names = RecordNames(snapshot)
    for entry in tables(data, key):
        yield f"– {line(field.type.show(dict(entry), names))}"


def _afterwards(data: Data) -> Iterator[str]:
    if said(data.get("continuation")):
        yield visible(text(data, "continuation"))
    evaluation = data.get("evaluation")
    due = day(evaluation, "due") if isinstance(evaluation, dict) else None
    if due is not None:
        yield _("Evaluated by %(day)s.") % {"day": show_date(due)}
