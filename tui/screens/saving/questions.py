"""What is asked of a change before it is saved: why, under which decision, and whether an exception is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from registry.change import REASONS
from registry.differences import clipped
from registry.findings import Finding
from registry.records.fields import Field
from registry.records.types import Choice, DecisionText, OneOf, SetOf, Text
from registry.words import Words

_EXCEPTION_WIDTH: Final = 48
_REASON: Final = Field(
    "reason",
    OneOf(tuple(Choice(key, Words(words.sv.rstrip("."), words.en.rstrip("."))) for key, words in REASONS.items())),
    Words("Varför", "Why"),
    absent_words=Words("välj, eller skriv med egna ord", "choose, or write it in words"),
)
_WORDS: Final = Field(
    "words",
    Text(sample="Nämnden beviljade medel för resan."),
    Words("Med ord", "In words"),
    absent_words=Words("som nämnden eller du själv skulle säga det", "as the board or you yourself would say it"),
)
_DECISION: Final = Field("decision", DecisionText(), Words("Beslut", "Decision"))


def questions(exceptions: Sequence[Finding]) -> tuple[Field, ...]:
    """The fields, one of them for the exceptions where there are any."""
    said = {finding.clause: clipped(finding.message, _EXCEPTION_WIDTH) for finding in reversed(exceptions)}
    choices = tuple(Choice(clause, Words(words, words)) for clause, words in reversed(said.items()))
    override = Field("override", SetOf(OneOf(choices)), Words("Spara ändå", "Save anyway"), absent_words=Words("", ""))
    return (*((override,) if choices else ()), _REASON, _WORDS, _DECISION)
