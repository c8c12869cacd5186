"""What changed since the committee last met: each record once, as it stood then and as it stands."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from registry.differences import FieldChange, differences
from registry.errors import NotFound
from registry.git.ancestry import first_commit
from registry.git.log import Matching, changed_refs, search
from registry.history import Entry
from registry.names import RecordNames
from registry.progress import PORTION, Progress
from registry.records.values import Data, day, tables, text
from registry.reports.agenda.matters import Matter
from registry.reports.asked import Asked
from registry.reports.parts.fields import shown_field
from registry.snapshot import Snapshot
from registry.store import Store
from registry.words import _, lowered, ngettext

WITHOUT_A_MEETING: Final = timedelta(days=91)
"""How far back is told where no earlier meeting is on record: a quarter of a year."""
_MOST: Final = 3
"""Changes of a record that are told each; of the others how many they are."""
_WIDTH: Final = 120
_RENAMED: Final = Matching(greps=("^Renamed-From: ",))
_KINDS: Final = ("projects", "twin-towns", "departments")
Why = Literal["asked", "meeting", "quarter"]


@dataclass(frozen=True, slots=True)
class Since:
    """The day after which changes are told, and why that day."""

    day: date
    why: Why
    from_the_beginning: bool = False
    """Whether the registry is younger than that day."""


def since(asked: Asked, meeting: date) -> Since:
    """The day that was asked for; else the committee's last meeting on record before this one; else a quarter before."""
    if asked.since is not None:
        return Since(asked.since, "asked")
    held = [on for entry in tables(asked.snapshot.registry, "meetings") if (on := day(entry, "date"))]
    last = max((on for on in held if on < meeting and on <= asked.day), default=None)
    return Since(last, "meeting") if last else Since(_quarter_before(meeting), "quarter")


def _quarter_before(meeting: date) -> date:
    return meeting - min(WITHOUT_A_MEETING, meeting - date.min)


def changed(asked: Asked, after: date, meeting: date) -> Generator[Progress, None, tuple[Sequence[Matter], bool]]:
    """What differs from the end of that day, record by record; and whether the registry is younger than that.

    Of a meeting that has been, up to the end of its day. What was done and taken back in between is not told. New
    records and those removed are.
    """
    store = asked.store
    snapshot = _until(asked, meeting)
    if snapshot is None or snapshot.commit is None or after >= min(asked.day, meeting):
        return (), False
    before, beginning = _before(store, after)
    refs = changed_refs(store.repo, before.commit or "", snapshot.commit)
    former = _former_names(store, before.commit or "", snapshot.commit)
    names = RecordNames(snapshot, before, person=asked.names.person)
    told: list[Matter] = []
    for at in range(0, len(refs), PORTION):
        yield Progress(_("Changes since the last meeting"), at)
        portion = refs[at : at + PORTION]
        for one in (before, snapshot):
            one.read_ahead([*portion, *(former[ref] for ref in portion if ref in former)])
        told += _told(before, snapshot, portion, former, names)
    return sorted(told, key=_order), beginning


def _until(asked: Asked, meeting: date) -> Snapshot | None:
    """The registry as it is asked about, or as it was at the end of a meeting that has been; None before it began."""
    if meeting >= asked.day:
        return asked.snapshot
    try:
        return asked.store.at(meeting.isoformat())
    except NotFound:
        return None


def _order(matter: Matter) -> int:
    """Projects and towns before the departments and the registry itself."""
    kind = matter.ref.partition("/")[0]
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _before(store: Store, after: date) -> tuple[Snapshot, bool]:
    """The registry as it was then; as it began, where it is younger."""
    try:
        return store.at(after.isoformat()), False
    except NotFound:
        return store.committed(first_commit(store.repo)), True


def _former_names(store: Store, before: str, now: str) -> dict[str, str]:
    """New name → old of the records that were given another one on the way from one commit to the other."""
    become: dict[str, str] = {}
    for raw in search(store.repo, f"{before}..{now}", (), _RENAMED):
        if raw is not None:
            for new, old in Entry(store.repo, raw).renamed.items():
                become[old] = become.get(new, new)
    return {new: old for old, new in become.items()}


def _told(
    before: Snapshot, now: Snapshot, refs: Sequence[str], former: dict[str, str], names: RecordNames
) -> Iterator[Matter]:
    called_otherwise = set(former.values())
    for ref in refs:
        if ref in called_otherwise:
            continue
        old, new = before.data(former.get(ref, ref)), now.data(ref)
        if new is None:
            if old is not None:
                yield Matter(ref, _("cannot be read") if now.fault(ref) else _("has been removed from the registry"))
        elif old is None and before.fault(former.get(ref, ref)) is None:
            yield Matter(ref, _new(ref, new))
        elif words := _words(differences(ref, old or {}, new, names), names):
            yield Matter(ref, words)


def _new(ref: str, data: Data) -> str:
    """What a new record is, and of a project and a town how it stands."""
    key = {"projects": "stage", "twin-towns": "agreement_status"}.get(ref.partition("/")[0])
    if key is None or (key == "agreement_status" and not text(data, key)):
        return _("new in the registry")
    state = shown_field(ref.partition("/")[0], data, key)[1]
    return _("new in the registry: %(state)s") % {"state": state}


def _words(changes: Sequence[FieldChange], names: RecordNames) -> str:
    """The weighty changes each, status before money and dates as the form has them; how many others there are."""
    weighty = [change for change in changes if change.weighty]
    told = [lowered(change.line(names, _WIDTH)) for change in weighty[:_MOST]]
    if more := len(changes) - len(told):
        words = ngettext("%(count)s other detail", "%(count)s other details", more)
        if not told:
            words = ngettext("%(count)s detail changed", "%(count)s details changed", more)
        told.append(words % {"count": more})
    return "; ".join(told)
