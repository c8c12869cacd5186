"""The stages of a project, and the gate of each as a checklist: what the card shows before the next step.

idea → planned → decided → ongoing → completed → evaluated; declined and cancelled go no further. A step back is allowed
with a reason. What a gate asks for is what its rules find missing once it is passed (`rules/`), so the two never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

from registry.policy.case import Case
from registry.policy.judging import case_of
from registry.policy.lacks import Lack, label
from registry.policy.reading import said
from registry.policy.rules.evaluation import evaluated_lacks
from registry.policy.rules.external import commitment_lacks
from registry.policy.rules.money import budgeted_lacks
from registry.policy.rules.organisation import officer_lacks
from registry.policy.rules.planning import documented_lacks, planned_lacks
from registry.policy.rules.purpose import value_lacks
from registry.policy.rules.responsibility import decision_lacks
from registry.policy.subjects import LEVELS, STOPPED, Project
from registry.records.values import Data, Value, table, text, texts
from registry.snapshot import Record, Snapshot
from registry.words import _

ORDER: Final = ("idea", "planned", "decided", "ongoing", "completed", "evaluated")
"""The way of a project that comes to its end."""
STOPS: Final = ("declined", "cancelled")
"""Where a project may leave it: an invitation or an application declined, a project called off."""


class Point(NamedTuple):
    """One point of a gate's checklist."""

    clause: str
    field: str
    """The path that the form jumps to."""
    met: bool
    message: str
    """What is there (``syfte``), or what is not as the gate asks for it, going on from the project's name."""


_Lacks = Callable[[Case, Project], list[Lack]]
_Fields = Callable[[Data], Sequence[str]]


class _Ask(NamedTuple):
    """What one clause asks for at a gate: the fields that it looks at, and what it does not find."""

    clause: str
    fields: _Fields
    lacks: _Lacks


def _plan(data: Data) -> Sequence[str]:
    end = "review_due" if data.get("open_ended") is True and "end" not in data else "end"
    carrier = (
        "external_organiser" if not text(data, "department") and said(data.get("external_organiser")) else "department"
    )
    return ("purpose", "start", end, carrier, "responsible")


def _commitments(data: Data) -> Sequence[str]:
    if not said(data.get("external_organiser")) and not data.get("commitments"):
        return ()
    return ("no_commitments",) if data.get("no_commitments") is True else ("commitments",)


def _evaluation(data: Data) -> Sequence[str]:
    if said(table(data, "evaluation").get("waived")):
        return ("evaluation.decision",)
    return ("evaluation.date", *(["evaluation.results"] if texts(data, "goals") else []), "evaluation.value_achieved")


def _value(data: Data) -> Sequence[str]:
    return () if said(table(data, "evaluation").get("waived")) else ("evaluation.value_achieved",)


def _reason(_case: Case, it: Project) -> list[Lack]:
    if said(it.data.get("stage_reason")):
        return []
    return [Lack("stage_reason", _("has no reason for stopping or stepping back"))]


_GATES: Final[dict[str, tuple[_Ask, ...]]] = {
    "idea": (),
    "planned": (_Ask("planned", _plan, planned_lacks),),
    "decided": (
        _Ask("budgeted", lambda _data: ("budget",), budgeted_lacks),
        _Ask("political-responsibility", lambda _data: ("decisions",), decision_lacks),
        _Ask("exchange-officer", lambda data: ("department",) if text(data, "department") else (), officer_lacks),
    ),
    "ongoing": (_Ask("external-commitments", _commitments, commitment_lacks),),
    "completed": (_Ask("documented", lambda _data: ("documents",), documented_lacks),),
    "evaluated": (_Ask("evaluated", _evaluation, evaluated_lacks), _Ask("added-value", _value, value_lacks)),
}
_REASON: Final = _Ask("documented", lambda _data: ("stage_reason",), _reason)


def next_step(stage: str) -> str | None:
    """The stage after `stage`; None after the last, and where a project was stopped. "" is an idea."""
    known = stage or "idea"
    if known not in ORDER or known == ORDER[-1]:
        return None
    return ORDER[ORDER.index(known) + 1]


def steps_from(stage: str) -> tuple[str, ...]:
    """Every stage that a project may be taken to from `stage`: the next one first, then the stops, then the way back.

    A project that was stopped may be taken up again anywhere on its way.
    """
    known = stage or "idea"
    if known not in ORDER:
        return ORDER
    at = ORDER.index(known)
    return (*ORDER[at + 1 : at + 2], *(STOPS if at < ORDER.index("completed") else ()), *reversed(ORDER[:at]))


def is_step_back(old: str, new: str) -> bool:
    """Whether going from `old` to `new` is a step back, which takes a reason."""
    was, now = LEVELS.get(old or "idea", 0), LEVELS.get(new or "idea", 0)
    return STOPPED < now < was


def gate(snapshot: Snapshot, record: Record, stage: str, day: date) -> list[Point]:
    """What the step to `stage` asks of a project as of `day`: its own points, met or not, after what an earlier gate
    still lacks. Clauses that are switched off ask for nothing.

    An officer in place is asked for only before the step, as in the change that takes it. Of what was recorded
    afterwards only what is there is told: what its source lacks stands in no way (POLICY.md).
    """
    case = case_of(snapshot, day)
    it = Project(record.ref, record.data, case.opened)
    wanted = LEVELS.get(stage, 0)
    if wanted == STOPPED or is_step_back(it.stage, stage):
        return _points(case, it, _REASON)
    points: list[Point] = []
    for step in ORDER[: wanted + 1]:
        asked = [ask for ask in _GATES[step] if ask.clause not in case.terms.off]
        taken = LEVELS[step] <= it.level
        for ask in asked:
            if taken and ask.clause == "exchange-officer":
                continue
            found = _points(case, it, ask)
            points.extend(found if step == stage else [point for point in found if not point.met])
    return [point for point in points if point.met] if it.afterwards else points


def needs_reason(old: str, new: str) -> bool:
    """Whether the step takes a reason in the record: a stop, or a step back."""
    return new in STOPS or is_step_back(old, new)


def taken(data: Data, stage: str, reason: str = "") -> dict[str, Value]:
    """The project once it has taken the step to `stage`. An earlier reason goes with the status that it was for."""
    made = {key: value for key, value in data.items() if key != "stage_reason"} | {"stage": stage}
    return {**made, "stage_reason": reason} if reason else made


def is_open(points: Sequence[Point]) -> bool:
    """Whether nothing stands in the way of the step."""
    return all(point.met for point in points)


def _points(case: Case, it: Project, ask: _Ask) -> list[Point]:
    lacks = ask.lacks(case, it)
    missing = {lack.field for lack in lacks}
    met = [
        Point(ask.clause, field, True, label(it, field))
        for field in ask.fields(it.data)
        if field not in missing and not (lacks and _covers(field, missing))
    ]
    return [*met, *(Point(ask.clause, lack.field, False, lack.message) for lack in lacks)]


def _covers(field: str, missing: set[str]) -> bool:
    """Whether what is missing lies within the field, as one commitment does in the list of them, or beside it."""
    return field in {"commitments", "no_commitments"} or any(path.startswith(f"{field}[") for path in missing)
