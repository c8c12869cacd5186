"""A record as its own dates say that it was on a day, whenever it was entered: what the year's compliance judges.

What is dated later had not happened; the status is as far as the dates had come. What carries no date is taken to have
been so all along, documents too, since nothing says by when they are to be written; and what remembers only its last time
is given the benefit of the doubt.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from registry.policy.agreements import agreement_of
from registry.policy.reading import decided_on
from registry.policy.subjects import COMPLETED, DECIDED, EVALUATED, LEVELS, ONGOING
from registry.records.decisions import decision_of
from registry.records.values import Data, Value, day, table, tables, text


def as_of(kind: str, data: Data, on: date) -> Data | None:
    """The record on that day; itself where nothing in it is later, None where it was not there yet."""
    return _VIEWS[kind](data, on) if kind in _VIEWS else data


def _project(data: Data, on: date) -> Data | None:
    if (begun := began(data)) is not None and begun > on:
        return None
    made = dict(data)
    _keep(made, "decisions", lambda entry: None if _later(decided_on(entry), on) else entry)
    _keep(made, "budget", lambda entry: _without(entry, "decision", "granted", when=_later(decided_on(entry), on)))
    _keep(made, "commitments", lambda entry: _commitment(entry, on))
    if evaluation := table(data, "evaluation"):
        made["evaluation"] = _evaluation(evaluation, on)
    made["stage"] = _stage(data, made, on)
    return made if made != {"stage": "idea", **data} else data


def began(project: Data) -> date | None:
    """The first day on which anything is known of a project; None where no date tells."""
    known = [day(project, key) for key in ("registered", "received", "start")]
    known += [decided_on(entry) for entry in tables(project, "decisions")]
    return min((one for one in known if one is not None), default=None)


def _stage(now: Data, then: Data, on: date) -> str:
    """How far it had come: no further than now, and than its dates."""
    stage = text(now, "stage") or "idea"
    start, end = day(now, "start"), day(now, "end")
    to_come = start is None or start > on
    if LEVELS.get(stage, 0) >= EVALUATED and then.get("evaluation") != now.get("evaluation"):
        stage = "completed"
    if LEVELS.get(stage, 0) >= COMPLETED and end is not None and end >= on:
        stage = "ongoing"
    if LEVELS.get(stage, 0) >= ONGOING and start is not None and to_come:
        stage = "decided"
    if LEVELS.get(stage, 0) == DECIDED and to_come and "decisions" in now and not then.get("decisions"):
        stage = "planned"
    return stage


def _commitment(entry: Data, on: date) -> Data:
    entry = _without(entry, "treated", when=_later(decided_on(entry, "treated"), on))
    return _without(entry, "secured_on", when=_later(day(entry, "secured_on"), on))


def _evaluation(evaluation: Data, on: date) -> Data:
    later = _later(day(evaluation, "date"), on) or _later(decided_on(evaluation), on)
    return {"due": evaluation["due"]} if later and "due" in evaluation else {} if later else evaluation


def _registry(data: Data, on: date) -> Data:
    made = dict(data)
    _keep(made, "annual_reports", lambda entry: None if _later(decided_on(entry), on) else entry)
    _keep(made, "central_funds", lambda entry: _frame(entry, on))
    view = _without(made, "opened", when=_later(day(data, "opened"), on))
    return view if view != data else data


def _department(data: Data, on: date) -> Data:
    made = dict(data)
    _keep(made, "budget", lambda entry: _frame(entry, on))
    _keep(made, "opportunities", lambda e: {**e, "reviewed": on} if _later(day(e, "reviewed"), on) else e)
    return made if made != data else data


def _frame(entry: Data, on: date) -> Data:
    """A frame that was decided later was a proposal."""
    later = _later(decided_on(entry), on)
    return {**_without(entry, "decision", when=True), "state": "proposed"} if later else entry


def _town(data: Data, on: date) -> Data:
    made = dict(data)
    _keep(made, "agreement_events", lambda entry: None if _later(day(entry, "date"), on) else entry)
    agreed = agreement_of(data)
    before = agreed.made and not agreed.status_on(on)  # of the agreement there was nothing then
    return _without(made, "agreement_year", "agreement_status", "financial_obligations", when=before)


_VIEWS: Final[dict[str, Callable[[Data, date], Data | None]]] = {
    "registry": _registry,
    "departments": _department,
    "twin-towns": _town,
    "projects": _project,
}


def _keep(made: dict[str, Value], key: str, of: Callable[[Data], Data | None]) -> None:
    """Put the entries of a list as `of` gives them; those for which it gives None are left out."""
    if key in made:
        made[key] = [found for entry in tables(made, key) if (found := of(entry)) is not None]


def _without(entry: Data, *keys: str, when: bool) -> Data:
    return {key: value for key, value in entry.items() if key not in keys} if when else entry


def _later(found: date | None, on: date) -> bool:
    return found is not None and found > on


def dates_in(value: Value) -> list[date]:
    """Every date in a record, those of its decisions too."""
    found: list[date] = []
    _collect(value, found)
    return found


def _collect(value: Value, found: list[date]) -> None:
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        kind = type(inner)
        if kind is date:
            found.append(inner)
        elif kind is dict or kind is list:
            _collect(inner, found)
        elif kind is str and ("§" in inner or "dnr" in inner):  # no decision names a day without one of them
            decision = decision_of(inner)
            if decision is not None and decision.date is not None:
                found.append(decision.date)
