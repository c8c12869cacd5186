"""A record to be: the REF that it gets, what it is given without being asked, and what it takes over from another.

Pure. What is asked for stands in the data that is passed in, and always wins.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Final

from registry.errors import BadInput, NotFound, Refused
from registry.policy.subjects import began_before
from registry.records.fields import Kind
from registry.records.kinds import LISTED, kind_of
from registry.records.refs import slug
from registry.records.values import Data, Value, day, is_absent, text
from registry.snapshot import Snapshot
from registry.words import _

TAKEN_OVER: Final[dict[str, tuple[str, ...]]] = {
    "departments": ("board", "board_short", "ambition"),
    "twin-towns": ("country",),
    "projects": (
        "cooperation",
        "purpose",
        "department",
        "with_departments",
        "external_organiser",
        "responsible",
        "responsible_function",
        "twin_towns",
        "countries",
        "partners",
        "established_contact",
        "goals",
        "target_groups",
        "youth",
        "youth_ages",
        "expected_value",
        "continuation",
    ),
}
"""Kind → what a record made like another takes over: all that is not about that one occasion, such as its dates, its
money, its decisions, and what came of it."""


def new_record(
    kind: Kind,
    data: Data,
    snapshot: Snapshot,
    today: date,
    *,
    ref: str = "",
    like: str | None = None,
    taken: Container[str] = (),
) -> tuple[str, dict[str, Value]]:
    """The REF and the whole content of a record to be added.

    `ref` is the REF that was asked for; "" makes one of the title, and for a project of the year: the one it is
    registered in, or starts in where it is recorded afterwards. `like` is the REF of a record to take over from, `taken`
    the REFs of others that are to be added in the same change.
    Raises `BadInput` without a title, `Refused` where the REF is taken, `NotFound` for a `like` that is not there.
    """
    if kind.id not in LISTED:
        raise Refused(
            _("There is one record %(ref)s, and there can be no other.") % {"ref": kind.id},
            _("Change it with vanort set %(ref)s.") % {"ref": kind.id},
        )
    made = {**taken_over(kind, snapshot, like), **data}
    if kind.id == "projects":
        made = {**_defaults(made, snapshot, today), **made}
    if not text(made, kind.title_key).strip():
        field = kind.by_key[kind.title_key]
        raise BadInput(
            _("%(kind)s needs a value for %(key)s.") % {"kind": kind.one, "key": kind.title_key},
            _("Add %(example)s.") % {"example": f'{kind.title_key}="{field.type.example}"'},
        )
    if not ref:
        ref = _named(kind, made, snapshot, today, taken)
    elif ref in snapshot or ref in taken:
        raise Refused(
            _("There already is a record %(ref)s.") % {"ref": ref}, _("Choose another name, or change that one.")
        )
    return ref, made


def taken_over(kind: Kind, snapshot: Snapshot, like: str | None) -> dict[str, Value]:
    """What a record of `kind` made like the record `like` begins with. Raises `NotFound`, `BadInput`."""
    if like is None:
        return {}
    if kind_of(like) is not kind:
        raise BadInput(
            _("%(ref)s is another kind of record.") % {"ref": like},
            _("Give one of %(kind)s/…") % {"kind": kind.id},
        )
    model = snapshot.data(like)
    if model is None:
        raise NotFound(_("There is no record %(ref)s.") % {"ref": like})
    return {key: _afresh(model[key]) for key in TAKEN_OVER[kind.id] if not is_absent(model.get(key))}


def _afresh(value: Value) -> Value:
    """The value without the ids that entries of the other record are followed by."""
    if isinstance(value, list):
        return [_afresh(item) for item in value]
    return {key: item for key, item in value.items() if key != "id"} if isinstance(value, dict) else value


def _defaults(data: Data, snapshot: Snapshot, today: date) -> dict[str, Value]:
    """When it is added; and, where it began before the registry was opened, that it is recorded afterwards."""
    opened = day(snapshot.registry, "opened")
    made: dict[str, Value] = {"registered": today}
    if opened is not None and began_before(day(data, "start"), day(data, "end"), opened):
        made["recorded_afterwards"] = True
    return made


def _named(kind: Kind, data: Data, snapshot: Snapshot, today: date, taken: Container[str]) -> str:
    folder = kind.id
    if kind.id == "projects":
        since = (
            (day(data, "start") or day(data, "end"))
            if data.get("recorded_afterwards") is True
            else day(data, "registered")
        )
        folder = f"{folder}/{(since or today).year}"
    return f"{folder}/{slug(text(data, kind.title_key), _Taken(snapshot, folder, taken))}"


class _Taken(Container[str]):
    """The names that a folder of records has, looked up one by one."""

    def __init__(self, snapshot: Snapshot, folder: str, taken: Container[str]) -> None:
        self._snapshot, self._folder, self._taken = snapshot, folder, taken

    def __contains__(self, name: object) -> bool:
        ref = f"{self._folder}/{name}"
        return ref in self._taken or ref in self._snapshot
