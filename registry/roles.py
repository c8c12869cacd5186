"""What somebody is, and has been, by the records that name them: coordinator, officer, responsible, contact.

The records of one snapshot tell what holds now, and of what is over that which is entered with its days. What a record no
longer names somebody for is in the history alone (`formerly`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from registry.git.log import telling
from registry.git.objects import read_objects
from registry.handover import OFFICES
from registry.history import readable
from registry.messages import parse
from registry.policy.offices import seats_of
from registry.policy.subjects import IDEA, LEVELS, ONGOING
from registry.records.dates import show_date
from registry.records.kinds import kind_of
from registry.records.refs import folder_of, ref_of
from registry.records.values import Data, text, texts
from registry.words import Words, _

if TYPE_CHECKING:
    from registry.snapshot import Snapshot
    from registry.store import Store

WORDS: Final = {
    "coordinators": Words("samordnare", "coordinator"),
    "officers": Words("utbytesansvarig", "exchange officer"),
    "responsible": Words("ansvarig", "responsible"),
    "contacts": Words("kontaktperson", "contact"),
}
"""By the field that names somebody."""


@dataclass(frozen=True, slots=True)
class Role:
    """One thing that somebody is or was. `since` and `until` are days where they are known, both included.

    `removed`: the record does not say it any more, and `until` is the day on which it was last changed to say so.
    """

    ref: str
    title: str
    field: str
    function: str
    now: bool
    since: date | None = None
    until: date | None = None
    removed: bool = False

    @property
    def words(self) -> str:
        """What it is, in a word or with the office."""
        said = str(WORDS.get(self.field, self.field))
        return f"{said}, {self.function}" if self.function else said

    @property
    def days(self) -> str:
        """Since when and until when, as far as is known; "" where nothing is."""
        if self.removed and self.until:
            return _("until it was changed on %(day)s") % {"day": show_date(self.until)}
        if self.since and self.until:
            return f"{show_date(self.since)} – {show_date(self.until)}"
        if self.since:
            return _("since %(day)s") % {"day": show_date(self.since)}
        return _("until %(day)s") % {"day": show_date(self.until)} if self.until else ""

    def as_json(self) -> dict[str, str | bool]:
        """`ref`, `title`, `field`, `function`, `now`, `since`, `until`, `removed`; without what is not known or not so."""
        told: dict[str, str | bool] = {
            "ref": self.ref,
            "title": self.title,
            "field": self.field,
            "function": self.function,
            "now": self.now,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "removed": self.removed,
        }
        return {key: value for key, value in told.items() if value or key == "now"}


def roles(snapshot: Snapshot, person: str, day: date) -> list[Role]:
    """The roles that the records of `snapshot` name `person` for, those that hold on `day` first."""
    found = [
        role
        for ref in snapshot.referrers.get(person, ())
        if (record := snapshot.record(ref)) is not None
        for role in roles_in(ref, record.title, record.data, person, day)
    ]
    return sorted(found, key=lambda role: not role.now)


def vacated(held: Iterable[Role]) -> list[Role]:
    """The roles of somebody who was erased: records name the id still, and nobody holds anything."""
    return [replace(role, now=False) for role in held]


def roles_in(ref: str, title: str, data: Data, person: str, day: date) -> Iterator[Role]:
    """What one record names `person` for."""
    kind = folder_of(ref)
    if key := OFFICES.get(kind):
        for seat in seats_of(data, key):
            if seat.person == person:
                since = None if seat.since == date.min else seat.since
                until = None if seat.until == date.max else seat.until
                yield Role(ref, title, key, seat.function, seat.holds(day), since, until)
    if text(data, "responsible") == person:
        live = IDEA <= LEVELS.get(text(data, "stage") or "idea", IDEA) <= ONGOING
        yield Role(ref, title, "responsible", text(data, "responsible_function"), live)
    if person in texts(data, "contacts"):
        yield Role(ref, title, "contacts", "", now=True)


def as_json(held: Sequence[Role]) -> dict[str, list[dict[str, str | bool]]]:
    """``roles``, as in `vanort people`; no key where there are none."""
    return {"roles": [role.as_json() for role in held]} if held else {}


def formerly(store: Store, person: str, snapshot: Snapshot, *, patience: float | None = None) -> Iterator[Role | None]:
    """The roles that records named `person` for once and do not any more, the latest first; one for each record.

    Read from the history by the id. With `patience` (seconds) there are pauses, None, while nothing is found.
    """
    done = set(snapshot.referrers.get(person, ()))
    for raw in telling(store.repo, person, patience=patience):
        if raw is None:
            yield None
            continue
        renamed = {*parse(raw.message).all("Renamed-From")}
        changes = {ref: change for change in raw.changes or () if (ref := ref_of(change.path)) and change.old}
        fresh = [ref for ref in changes if ref not in done and ref not in renamed]
        olds = read_objects(store.repo, [changes[ref].old or "" for ref in fresh])
        for ref, found in zip(fresh, olds, strict=True):
            data = readable(found[1]) if found is not None and found[0] == "blob" else None
            day = raw.committed.astimezone().date()
            for role in list(roles_in(ref, text(data or {}, kind_of(ref).title_key) or ref, data or {}, person, day))[
                :1
            ]:
                done.add(ref)
                until = day if role.until is None else min(day, role.until)
                yield replace(role, now=False, until=until, removed=True)
