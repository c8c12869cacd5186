"""Bringing a record, or one value of it, back as it was: a change like any other, on top of what came since.

A whole record is brought back to the byte, comments included; what others save meanwhile is merged in, as for every
change. A value is put where its entry stands today; where the entry is gone, it comes back with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from registry.change import Change
from registry.errors import NotThen, Refused
from registry.records.entries import find, is_tables, name, pair
from registry.records.kinds import kind_of
from registry.records.paths import FieldPath, Step, as_path, field_at, get, label_at, put
from registry.records.values import Data, Value, is_absent
from registry.renamed import called_now, called_then
from registry.words import _

if TYPE_CHECKING:
    from registry.store import Store


def bringing_back(store: Store, ref: str, when: str, why: str, field: str = "") -> Change:
    """The change that makes the record `ref`, or its `field`, what it was at a revision or on a day.

    The record may have been removed since, or have had another name then. Raises `NotFound` where there was none, or
    no such entry; `BadInput` for a field that no such record has; `BrokenFile` where it could not be read then.
    """
    now, then = store.saved(), store.at(when)
    if ref not in now and (other := called_now(store, ref)) is not None:
        raise Refused(
            _("%(ref)s is called %(now)s now.") % {"ref": ref, "now": other},
            _("Bring that one back: vanort restore %(now)s --to %(when)s") % {"now": other, "when": when},
        )
    name_then = called_then(store, ref, then) if ref in now else ref
    if (fault := then.fault(name_then)) is not None:
        raise fault
    before = then.data(name_then)
    if before is None:
        raise NotThen(
            _("There was no record %(ref)s then.") % {"ref": ref},
            _("vanort log %(ref)s shows when there was.") % {"ref": ref},
        )
    if not field:
        text = then.text(name_then)
        texts = {} if text is None or before == now.data(ref) else {ref: text}
        return Change({ref: before}, why, act="restore", base=now.commit, texts=texts)
    if (fault := now.fault(ref)) is not None:
        raise fault
    data = now.data(ref)
    if data is None:
        raise Refused(
            _("There is no record %(ref)s now that %(field)s could be brought back to.") % {"ref": ref, "field": field},
            _("Bring back the whole record: vanort restore %(ref)s --to %(when)s") % {"ref": ref, "when": when},
        )
    field_at(kind_of(ref), field)
    try:
        value = with_value_of(data, before, field)
    except NotThen as error:
        entry = FieldPath(as_path(field).steps[:1])
        raise NotThen(
            _("There was no “%(entry)s” then.") % {"entry": label_at(kind_of(ref), entry, data, store.names(now))},
            error.hint,
        ) from error
    return Change({ref: value}, why, act="restore", base=now.commit)


def with_value_of(now: Data, then: Data, field: str) -> dict[str, Value]:
    """`now` with the value that `field` had in `then`; a value that was absent there is taken away.

    The entry that `field` names is one of `then`. Raises `NotThen` where there is none.
    """
    path = as_path(field)
    (key, entry), *rest = path.steps
    if entry is None:
        return put(now, path, get(then, path))
    olds, news = then.get(key), now.get(key)
    index = find(olds, entry) if is_tables(olds) else None
    if index is None or not is_tables(olds):
        raise NotThen(
            _("There was no “%(entry)s” then.") % {"entry": entry}, _("vanort show --at tells what there was.")
        )
    if not is_tables(news) and not is_absent(news):
        raise Refused(_("%(key)s is no list of entries now.") % {"key": key}, _("Mend the record first."))
    present: list[Mapping[str, Value]] = list(news) if is_tables(news) else []
    partner = next((here for here, there in pair(present, olds) if there == index), None)
    if partner is None:
        return {**now, key: [*present, olds[index]]}
    return put(now, FieldPath((Step(key, name(present, partner)), *rest)), get(then, path))
