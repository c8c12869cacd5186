"""Records in which every field is wrong, made from the descriptions: a field that is added is wrong here as well."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, Literal

from registry.records.fields import Field
from registry.records.kinds import kind_of
from registry.records.types import Date, MapOf, Money, Number, SetOf, Table, Tables, YesNo

Way = Literal["another shape", "nonsense", "beyond all bounds", "markup"]
WAYS: Final[tuple[Way, ...]] = ("another shape", "nonsense", "beyond all bounds", "markup")
MARKUP: Final = "[/foo] [@click=app.quit]x \x1b[31m\x07\u202e\x9b2J"
LONG: Final = "ord " * 2500
KEPT: Final = {"registry": {"format": 1}}
"""Without which a registry is none, or one that a newer program made."""
REFS: Final = ("registry", "policy", "departments/fel", "twin-towns/fel", "projects/2027/fel")


def wrong_record(ref: str, way: Way) -> dict[str, Any]:
    """A record of the kind of `ref`, every field wrong in the same way."""
    return {field.key: _wrong(field, way) for field in kind_of(ref).fields} | KEPT.get(ref, {})


def _wrong(field: Field, way: Way) -> Any:
    kind = field.type
    if way == "another shape":
        return "text" if isinstance(kind, (SetOf, Table, Tables, MapOf)) else [{"a": 1}]
    if isinstance(kind, Tables):
        entry = {inner.key: _wrong(inner, way) for inner in field.fields}
        return [entry, entry, {"okänt": MARKUP}]
    if isinstance(kind, Table):
        return {inner.key: _wrong(inner, way) for inner in field.fields}
    if isinstance(kind, SetOf):
        return [_scalar(field, way, 0), _scalar(field, way, 1), 5]
    if isinstance(kind, MapOf):
        return {"democracy": _scalar(field, way, 0), "[/foo]": {"a": 1}}
    return _scalar(field, way, len(field.key))


def _scalar(field: Field, way: Way, turn: int) -> Any:
    kind = field.type
    if way == "nonsense":
        return ("../x", "i morgon", 1.5, float("nan"), True, datetime(2027, 5, 4, 8, 30))[turn % 6]
    if way == "markup":
        return MARKUP
    if isinstance(kind, (Money, Number)):
        return (10**15, -1, 0, 9999)[turn % 4]
    if isinstance(kind, Date):
        return (date.min, date.max)[turn % 2]
    return False if isinstance(kind, YesNo) else (LONG, f"KF 9999-12-31 § {10**15}")[turn % 2]
