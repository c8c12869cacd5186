"""The types of fields, all in one place to import from.

What a type is: `field_type`. Plain values: `plain_types`. What points at something else: `reference_types`. What is
made of others: `compound_types`.
"""

from __future__ import annotations

from registry.records.compound_types import MapOf, SetOf, Table, Tables, show_entry
from registry.records.field_type import BARE, BareNames, FieldType, Names
from registry.records.plain_types import (
    COMMIT,
    ENTRY_ID,
    LONGEST_TEXT,
    MAILBOX,
    YEAR,
    Choice,
    Date,
    Money,
    Number,
    OneOf,
    Pattern,
    Text,
    YesNo,
    choices,
)
from registry.records.reference_types import Country, DecisionText, Goal, Person, Ref

__all__ = [
    "BARE",
    "COMMIT",
    "ENTRY_ID",
    "LONGEST_TEXT",
    "MAILBOX",
    "YEAR",
    "BareNames",
    "Choice",
    "Country",
    "Date",
    "DecisionText",
    "FieldType",
    "Goal",
    "MapOf",
    "Money",
    "Names",
    "Number",
    "OneOf",
    "Pattern",
    "Person",
    "Ref",
    "SetOf",
    "Table",
    "Tables",
    "Text",
    "YesNo",
    "choices",
    "show_entry",
]
