"""What holds of every merge, tried over records of the real kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.merge import Conflict, Merged, merge_record, settled
from registry.records.entries import content, fingerprint, same
from registry.records.fields import Field, Kind
from registry.records.kinds import KINDS
from registry.records.types import Date, FieldType, MapOf, Money, Number, OneOf, SetOf, Table, Tables, Text, YesNo

Record = dict[str, Any]

FEW = ["a", "b", "c"]
IDS = ["a1", "b2", "c3", "d4"]


def values(kind: FieldType) -> st.SearchStrategy[Any]:
    """Values of a type, few enough that two people often mean the same."""
    match kind:
        case Text(long=True):
            return st.lists(st.sampled_from(FEW), min_size=1, max_size=4).map("\n".join)
        case Number() | Money():
            return st.integers(2025, 2027)
        case YesNo():
            return st.booleans()
        case Date():
            return st.dates(date(2026, 1, 1), date(2026, 1, 3))
        case OneOf(options):
            return st.sampled_from([option.value for option in options])
        case SetOf():
            return st.lists(st.sampled_from(FEW), min_size=1, max_size=3, unique=True)
        case MapOf():
            return st.dictionaries(st.sampled_from(FEW), st.sampled_from(FEW), min_size=1, max_size=2)
        case Table():
            return records(kind.fields, least=1)
        case Tables():
            return st.lists(entry(kind), min_size=1, max_size=4)
    return st.sampled_from(FEW)


def entry(kind: Tables) -> st.SearchStrategy[Record]:
    return st.builds(
        lambda said, own: {**said, "id": own} if own else said,
        records([field for field in kind.fields if field.key != "id"], least=1),
        st.sampled_from([None, *IDS]),
    )


def records(fields: Iterable[Field], least: int = 0) -> st.SearchStrategy[Record]:
    by_key = {field.key: field for field in fields}
    return st.lists(st.sampled_from(list(by_key)), min_size=least, max_size=5, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries({key: values(by_key[key].type) for key in keys})
    )


def edited(kind: Kind, record: Record) -> st.SearchStrategy[Record]:
    """The record after someone changed, cleared or added a few values."""
    some = st.lists(st.sampled_from([*kind.by_key]), max_size=4, unique=True)

    def change(draw: Any) -> Record:
        made = dict(record)
        for key in {*draw(some), *draw(st.sets(st.sampled_from([*record] or [kind.title_key]), max_size=2))}:
            field = kind.by_key[key]
            if isinstance(field.type, Tables) and made.get(key):
                made[key] = draw(edited_list(field.type, made[key]))
            else:
                made[key] = draw(values(field.type))
            if draw(st.integers(0, 5)) == 0 or not made[key]:
                del made[key]
        return made

    return st.composite(change)()


def edited_list(kind: Tables, entries: list[Record]) -> st.SearchStrategy[list[Record]]:
    def change(draw: Any) -> list[Record]:
        made = []
        for one in entries:
            fate = draw(st.sampled_from(["stays", "stays", "edited", "gone"]))
            if fate == "edited":
                made.append({**one, **draw(records([field for field in kind.fields if field.key != "id"], least=1))})
            elif fate == "stays":
                made.append(one)
        made += draw(st.lists(entry(kind), max_size=2))
        return list(draw(st.permutations(made))) if draw(st.integers(0, 4)) == 0 else made

    return st.composite(change)()


@st.composite
def three(draw: Any) -> tuple[str, Record | None, Record | None, Record | None]:
    name = draw(st.sampled_from([*KINDS]))
    kind = KINDS[name]
    base = draw(records(kind.fields))
    sides = [draw(edited(kind, base)), draw(edited(kind, base))]
    absent = draw(st.sampled_from([None] * 12 + ["base", 0, 1]))
    if absent in {0, 1}:
        sides[absent] = None
    return name, None if absent == "base" else base, *sides


@given(three())
def test_a_side_that_changed_nothing_takes_what_the_other_did(versions: Any) -> None:
    name, base, ours, theirs = versions
    kind = KINDS[name]
    for side in (ours, theirs):
        for result in (merge_record(kind, base, side, base), merge_record(kind, base, base, side)):
            assert (result.data, result.conflicts) == (side, ())


@given(three())
def test_equal_changes_agree(versions: Any) -> None:
    name, base, ours, _ = versions
    kind = KINDS[name]
    result = merge_record(kind, base, ours, ours)
    assert (result.data, result.conflicts) == (ours, ())


@settings(max_examples=100)
@given(three())
def test_it_does_not_matter_who_merges_but_for_who_is_called_ours(versions: Any) -> None:
    name, base, ours, theirs = versions
    kind = KINDS[name]
    one, other = merge_record(kind, base, ours, theirs), merge_record(kind, base, theirs, ours)
    assert other.conflicts == tuple(Conflict(c.field, c.base, c.theirs, c.ours) for c in one.conflicts)
    for side, mirrored in (("ours", "theirs"), ("theirs", "ours"), ("base", "base")):
        assert same(settle_all(one, side).data, settle_all(other, mirrored).data)


@settings(max_examples=100)
@given(three())
def test_whatever_a_person_chooses_settles_it(versions: Any) -> None:
    name, base, ours, theirs = versions
    kind = KINDS[name]
    result = merge_record(kind, base, ours, theirs)
    assert len({conflict.field for conflict in result.conflicts}) == len(result.conflicts)
    assert same(settle_all(result, "ours").data, result.data)
    for side in ("base", "ours", "theirs"):
        assert settle_all(result, side).conflicts == ()


@settings(max_examples=100)
@given(three())
def test_no_value_is_made_up(versions: Any) -> None:
    name, base, ours, theirs = versions
    kind = KINDS[name]
    known = {leaf for version in (base, ours, theirs) for leaf in leaves(kind.by_key, version or {})}
    for side in ("ours", "theirs"):
        merged = settle_all(merge_record(kind, base, ours, theirs), side).data
        assert set(leaves(kind.by_key, merged or {})) <= known


@settings(max_examples=100)
@given(st.data())
def test_edits_of_different_fields_both_stand(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([*KINDS.values()]))
    base = data.draw(records(kind.fields))
    ours, theirs = data.draw(edited(kind, base)), data.draw(edited(kind, base))
    mine = data.draw(st.sets(st.sampled_from([*kind.by_key])))
    left, right = take(base, ours, mine), take(base, theirs, set(kind.by_key) - mine)
    result = merge_record(kind, base, left, right)
    assert result.conflicts == ()
    assert result.data == take(right, left, mine)


@settings(max_examples=100)
@given(st.data())
def test_edits_of_different_entries_and_cells_both_stand(data: st.DataObject) -> None:
    kind = KINDS["projects"]
    lines: dict[str, Record] = {
        own: {"id": own, **data.draw(records(kind.by_key["budget"].fields[:5]))}
        for own in IDS[: data.draw(st.integers(1, 4))]
    }
    owner = {(own, key): data.draw(st.booleans()) for own in lines for key in ("planned", "granted", "spent")}
    sides = []
    for side in (True, False):
        mine = {own: dict(line) for own, line in lines.items()}
        for (own, key), whose in owner.items():
            if whose is side:
                mine[own][key] = data.draw(st.integers(0, 9))
        sides.append(mine)
    result = merge_record(kind, *({"budget": list(version.values())} for version in (lines, *sides)))
    expected = [
        {**lines[own], **{key: sides[0 if owner[own, key] else 1][own][key] for key in ("planned", "granted", "spent")}}
        for own in lines
    ]
    assert result.conflicts == ()
    assert same(result.data, {"budget": expected})


@settings(max_examples=100)
@given(three())
def test_what_one_side_added_to_a_list_is_never_lost(versions: Any) -> None:
    name, base, ours, theirs = versions
    kind = KINDS[name]
    if ours is None or theirs is None:
        return
    result = merge_record(kind, base, ours, theirs)
    for key, field in kind.by_key.items():
        if isinstance(field.type, SetOf) and not any(conflict.field == key for conflict in result.conflicts):
            before, mine, other = (set((version or {}).get(key, [])) for version in (base, ours, theirs))
            assert set((result.data or {}).get(key, [])) == (before & mine & other) | (mine - before) | (other - before)
        if isinstance(field.type, Tables) and not any(conflict.field.startswith(key) for conflict in result.conflicts):
            before, mine, other, merged = (
                {fingerprint(content(one)) for one in (version or {}).get(key, [])}
                for version in (base, ours, theirs, result.data)
            )
            untouched_by_them = other == before
            assert mine <= merged or not untouched_by_them


@settings(max_examples=100)
@given(three(), st.data())
def test_a_second_base_that_says_the_same_changes_nothing_and_their_order_is_nothing(versions: Any, data: Any) -> None:
    name, base, ours, theirs = versions
    kind = KINDS[name]
    once, twice = merge_record(kind, base, ours, theirs), merge_record(kind, base, ours, theirs, more_bases=[base])
    assert (once.data, once.conflicts) == (twice.data, twice.conflicts)
    second = data.draw(edited(kind, base or {}))
    crossed = merge_record(kind, base, ours, theirs, more_bases=[second])
    mirrored = merge_record(kind, base, theirs, ours, more_bases=[second])
    assert [conflict.field for conflict in crossed.conflicts] == [conflict.field for conflict in mirrored.conflicts]
    assert same(settle_all(crossed, "ours").data, settle_all(mirrored, "theirs").data)


def settle_all(result: Merged, side: str) -> Merged:
    return settled(result, {conflict.field: getattr(conflict, side) for conflict in result.conflicts})


def take(record: Record, other: Record, keys: set[str]) -> Record:
    """The record with those keys as the other has them."""
    rest = {key: value for key, value in record.items() if key not in keys}
    return rest | {key: value for key, value in other.items() if key in keys}


def leaves(fields: Mapping[str, Field], data: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, str]]:
    """Each value with the place where it may stand: lines of long texts, members of sets, cells of entries."""
    for key, value in data.items():
        field = fields.get(key)
        path = f"{prefix}{key}"
        if field is not None and isinstance(field.type, (Table, Tables)):
            inner = {one.key: one for one in field.fields}
            for one in value if isinstance(value, list) else [value]:
                yield from leaves(inner, one, f"{path}.")
        elif isinstance(value, dict):
            yield from leaves({}, value, f"{path}.")
        else:
            parts = value if isinstance(value, list) else value.split("\n") if isinstance(value, str) else [value]
            yield from ((path, fingerprint(part)) for part in parts)
