"""The policy as data: what a finding quotes, how grave it is, which clauses are in force, the municipality's settings.

Everything here is read from `policy.toml`, so that another municipality's policy, or the next one, takes no release. A
clause that the file does not mention is in force without a quotation; only ``on = false`` with a decision switches one
off. A setting that is absent is not checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from registry.findings import SEVERITIES, Severity
from registry.policy.europe import Europe
from registry.policy.priority_ids import PRIORITY_IDS
from registry.records.decisions import Decision, decision_of
from registry.records.values import Data, number, tables, text

LONGEST_SETTING: Final = 3650
"""Days; more than ten years is a slip of the keyboard, and the schema says so."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal or a priority of the policy."""

    id: str
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Terms:
    """One policy."""

    quotes: Mapping[str, str]
    """Clause → its words; those of a priority are what the policy says of it, where its clause does not."""
    severities: Mapping[str, Severity]
    """Clause → the severity that the policy gives it."""
    off: Mapping[str, str]
    """Clause that is switched off → the decision that did so."""
    goals: tuple[Aim, ...]
    priorities: tuple[Aim, ...]
    """In order."""
    lead_time_days: int | None
    evaluation_days: int | None
    new_agreements: str
    """``allowed``, ``discouraged`` or ``forbidden``."""
    adopted: Decision | None
    europe: Europe

    @classmethod
    def of(cls, policy: Data) -> Terms:
        """The terms of a `policy.toml`; an empty one has the rules' own severities and no quotations."""
        clauses = [entry for entry in tables(policy, "clauses") if text(entry, "id")]
        priorities = _aims(policy, "priorities")
        quotes = {f"priority-{aim.id}": aim.quote for aim in priorities if aim.id in PRIORITY_IDS and aim.quote}
        return cls(
            quotes=quotes
            | {(own := text(entry, "id")): text(entry, "quote") or quotes.get(own, "") for entry in clauses},
            severities={
                text(entry, "id"): severity
                for entry in clauses
                for severity in SEVERITIES
                if entry.get("severity") == severity
            },
            off={text(entry, "id"): text(entry, "decision") for entry in clauses if switched_off(entry)},
            goals=_aims(policy, "goals"),
            priorities=priorities,
            lead_time_days=_days(policy, "lead_time_days"),
            evaluation_days=_days(policy, "evaluation_days"),
            new_agreements=text(policy, "new_agreements") or "discouraged",
            adopted=decision_of(text(policy, "adopted")),
            europe=Europe.of(policy),
        )

    def severity(self, clause: str, gravest: Severity, given: Severity) -> Severity:
        """How grave a finding is that its rule calls `given`, in a clause whose rule goes as far as `gravest`.

        What the policy says replaces the gravest; where it is milder than that, nothing in the clause is graver.
        """
        own = self.severities.get(clause)
        if own is None:
            return given
        if given == gravest:
            return own
        rank = SEVERITIES.index
        return own if rank(own) > rank(gravest) and rank(own) > rank(given) else given


def switched_off(clause: Data) -> bool:
    """Whether an entry of `clauses` switches its clause off: ``on = false``, and the decision that did so."""
    return clause.get("on") is False and decision_of(text(clause, "decision")) is not None


def _aims(policy: Data, key: str) -> tuple[Aim, ...]:
    found = {text(entry, "id"): entry for entry in reversed(tables(policy, key)) if text(entry, "id")}
    return tuple(
        Aim(own, text(entry, "label") or own, text(entry, "quote")) for own, entry in reversed(list(found.items()))
    )


def _days(policy: Data, key: str) -> int | None:
    found = number(policy, key)
    return found if found is not None and 0 <= found <= LONGEST_SETTING else None
