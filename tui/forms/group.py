"""What is being edited: the values of a record or of an entry, and what was typed that is no value (yet).

Knows nothing of screens. A form edits a tree of groups; from it come the record as it is to be, and the texts that a
draft keeps so that nothing typed wrong is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.records import entries
from registry.records.fields import Field
from registry.records.types import MapOf, Table, Tables
from registry.records.values import Data, Value, is_absent
from registry.words import _


@dataclass(frozen=True, slots=True)
class Unread:
    """What was typed and cannot be read, and why not."""

    text: str
    problem: str


class Group:
    """The values of one table: a record, a table in it, or an entry of a list. Changed in place as somebody types."""

    def __init__(self, fields: Sequence[Field], data: Data | None = None) -> None:
        self.fields = tuple(fields)
        self.values: dict[str, Value] = {}
        self.unread: dict[str, Unread] = {}
        """Key (or ``key.goal`` in a map) → what was typed there."""
        self.inner: dict[str, Group] = {}
        """The tables inside, by key."""
        self.lists: dict[str, list[Group]] = {}
        """The lists of tables inside, by key."""
        self.removed = False
        """Of an entry: whether it is to go when the form is saved."""
        self.added = False
        """Of an entry: whether it was added in this form; it is none until something stands in it."""
        data = data or {}
        self._keys = [*data, *(field.key for field in self.fields if field.key not in data)]
        described = {field.key: field for field in self.fields}
        for key in self._keys:
            field, value = described.get(key), data.get(key)
            if field and isinstance(field.type, Table) and (value is None or isinstance(value, Mapping)):
                self.inner[key] = Group(field.fields, value)
            elif field and isinstance(field.type, Tables) and (value is None or entries.is_tables(value)):
                self.lists[key] = [Group(field.fields, entry) for entry in value or ()]
            elif value is not None:
                self.values[key] = value

    def data(self) -> dict[str, Value]:
        """The values as they stand now; keys without a value are left out."""
        made = ((key, self._value(key)) for key in self._keys)
        return {key: value for key, value in made if value is not None}

    def _value(self, key: str) -> Value:
        if key in self.inner:
            return self.inner[key].data() or None
        if key in self.lists:
            return [entry.data() for entry in self.kept(key)] or None
        return self.values.get(key)

    def get(self, key: str) -> Value:
        """The value of `key` as it stands now, None for none."""
        return self._value(key)

    def put(self, key: str, value: Value) -> None:
        """Give `key` a value; one that says nothing removes it."""
        self.unread.pop(key, None)
        if is_absent(value):
            self.values.pop(key, None)
        else:
            self.values[key] = value

    def put_unread(self, key: str, text: str, problem: str) -> None:
        """Keep what was typed under `key` although it is no value. The last value stays behind it."""
        self.unread[key] = Unread(text, problem)

    def put_in_map(self, key: str, item: str, value: Value) -> None:
        """Give the item of a map a value, or none."""
        found = self.values.get(key)
        made = {**found} if isinstance(found, Mapping) else {}
        made.pop(item, None)
        self.put(key, made if value is None else {**made, item: value})

    def kept(self, key: str) -> list[Group]:
        """The entries of the list `key`, without those that are to be removed and those begun and left empty."""
        return [entry for entry in self.lists[key] if not entry.removed and not (entry.added and entry.empty)]

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it but the id that it is followed by."""
        return not any(self.holds(key) for key in self._keys if key != "id") and not self.unread

    def holds(self, key: str) -> bool:
        """Whether there is anything under `key`: a value, or something typed."""
        if key in self.inner:
            return any(self.inner[key].holds(inner) for inner in self.inner[key]._keys)
        if key in self.lists:
            return bool(self.kept(key))
        return key in self.unread or not is_absent(self.values.get(key))

    def add(self, key: str) -> Group:
        """A new entry at the end of the list `key`, with an id of its own where ids are not the user's words."""
        field = next(field for field in self.fields if field.key == key)
        own = any(inner.key == "id" and not inner.automatic for inner in field.fields)
        taken = {found for entry in self.lists[key] if (found := entries.entry_id(entry.data()))}
        entry = Group(field.fields, {} if own else {"id": entries.new_id(taken, key)})
        entry.added = True
        self.lists[key].append(entry)
        return entry

    def move(self, key: str, entry: Group, by: int) -> bool:
        """Move an entry of the list `key` up (-1) or down (1); whether there was room."""
        found = self.lists[key]
        at = found.index(entry)
        if not 0 <= at + by < len(found):
            return False
        found.insert(at + by, found.pop(at))
        return True

    def groups(self) -> Iterator[Group]:
        """This group and all inside it, but for entries that are to be removed."""
        yield self
        for group in self.inner.values():
            yield from group.groups()
        for key in self.lists:
            for entry in self.kept(key):
                yield from entry.groups()

    def places(self, before: str = "") -> Iterator[tuple[str, Group, str]]:
        """Every place that something can be said of: its path, the group it is in, and its key there."""
        for key in self._keys:
            path = f"{before}{key}"
            yield path, self, key
            if key in self.inner:
                yield from self.inner[key].places(f"{path}.")
            elif key in self.lists:
                kept = self.kept(key)
                named = [entry.data() for entry in kept]
                for index, entry in enumerate(kept):
                    where = f"{path}[{entries.name(named, index)}]"
                    yield where, entry, ""
                    yield from entry.places(f"{where}.")
            elif isinstance(found := self.values.get(key), Mapping):
                yield from ((f"{path}.{item}", self, f"{key}.{item}") for item in found)

    def texts(self) -> dict[str, str]:
        """Path → what was typed there and could not be read."""
        return {path: group.unread[key].text for path, group, key in self.places() if key in group.unread}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put back what `texts` gave."""
        for path, group, key in list(self.places()):
            if path in texts and key:
                group.put_unread(key, texts[path], _("This could not be read when it was written."))

    def unread_places(self) -> list[tuple[Group, str]]:
        """Where something stands that cannot be read."""
        return [(group, key) for group in self.groups() for key in group.unread]


def goals_wanted(root: Group, key: str, group: Group) -> list[str]:
    """The keys that the map `key` of `group` asks for: the record's goals, and those it has already."""
    found = group.values.get(key)
    wanted = root.values.get("goals")
    listed = [goal for goal in wanted if isinstance(goal, str)] if isinstance(wanted, list) else []
    return list(dict.fromkeys([*listed, *(found if isinstance(found, Mapping) else ())]))


def is_map(field: Field) -> bool:
    """Whether the field has one value for each of several keys."""
    return isinstance(field.type, MapOf)
