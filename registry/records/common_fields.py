"""Fields that several kinds of record share."""

from __future__ import annotations

from typing import Final

from registry.records.fields import Field
from registry.records.types import YEAR, Date, DecisionText, Money, OneOf, Person, Text, choices
from registry.words import Words

FROM: Final = Field("from", Date(), Words("Från", "From"), Words("Första dagen det gäller.", "The first day it holds."), Words("sedan länge", "for long"))
UNTIL: Final = Field("until", Date(), Words("Till och med", "Until"), Words("Sista dagen det gällde.", "The last day it held."), Words("tills vidare", "until further notice"), not_before="from")
PERSON: Final = Field("person", Person(), Words("Person", "Person"), Words("Ur personboken; namnet stannar där.", "From the people book; the name stays there."))
FUNCTION: Final = Field("function", Text(sample="Internationell samordnare"), Words("Funktion", "Function"), Words("Befattningen i ord; den läses även utan personboken.", "The office in words; it is read without the people book too."))
DECISION: Final = Field("decision", DecisionText(), Words("Beslut", "Decision"), Words("Som i protokollet: organ, datum och paragraf.", "As in the minutes: body, date and paragraph."))
ORIGINAL: Final = Field("original", Text(sample="8 540 EUR"), Words("Ursprungligt belopp", "Original amount"), Words("Beloppet i den valuta det angavs.", "The amount in the currency it was stated in."))
FRAME_STATES: Final = choices(proposed=("föreslagen", "proposed"), decided=("beslutad", "decided"))
FRAME_STATE: Final = Field(
    "state",
    OneOf(FRAME_STATES),
    Words("Läge", "State"),
    Words("En ram gäller när den är beslutad.", "A frame holds once it is decided."),
)


def year(label: Words, *, required: bool = True) -> Field:
    """The year that an entry is about."""
    return Field("year", YEAR, label, Words("Kalenderåret det gäller.", "The calendar year it is about."), required=required)


def amount(label: Words, text: Words, clause: str = "") -> Field:
    """An amount in whole kronor."""
    return Field("amount", Money(), label, text, clause=clause, weighty=True)
