"""A small registry in memory for the rules: records as plain dicts, through real TOML, no Git.

The day of judgement is `DAY`; the registry was opened on `OPENED`. `project(stage)` meets every gate up to its stage, so
that a test takes away or changes the one thing that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from registry.errors import BrokenFile
from registry.findings import Finding
from registry.policy import judge
from registry.records.kinds import kind_of
from registry.records.refs import path_of
from registry.snapshot import Row, Snapshot
from registry.toml_files import read, write

DAY: Final = date(2027, 4, 1)
OPENED: Final = date(2026, 1, 2)
TRIP: Final = "projects/2027/ungdomsutbyte-skjern"
DINNER: Final = "projects/2027/middag-korsamling"
BUN: Final = "departments/bun"
KULTUR: Final = "departments/kultur"
SKJERN: Final = "twin-towns/skjern"

Records = dict[str, dict[str, Any]]

_STARTERS: Final = Path(__file__).resolve().parents[3] / "registry" / "starters"


class MemorySource:
    """Files in a dict, as the Git package would give them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)

    @property
    def commit(self) -> str | None:
        return None

    def paths(self, folder: str = "") -> Sequence[str]:
        return sorted(path for path in self.files if not folder or path.startswith(f"{folder}/"))

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def rows(self) -> Mapping[str, Row] | None:
        return None

    def digests(self) -> None:
        return None

    def read_ahead(self, paths: Sequence[str]) -> None:
        """They are at hand."""

    def read_all(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes | BrokenFile]]:
        return ((path, self.files[path]) for path in paths)


def snapshot(records: Mapping[str, Mapping[str, Any]]) -> Snapshot:
    """A registry of these records, written as files and read back."""
    files = {path_of(ref): write(data, kind_of(ref).order).encode() for ref, data in records.items()}
    return Snapshot(MemorySource(files))


def torsby_policy(**changes: Any) -> dict[str, Any]:
    """The policy as the torsby starter has it."""
    return {**read((_STARTERS / "torsby" / "policy.toml").read_bytes()), **changes}


def clause(policy: dict[str, Any], own: str, **changes: Any) -> dict[str, Any]:
    """The policy with one of its clauses changed."""
    clauses = [{**entry, **changes} if entry["id"] == own else entry for entry in policy["clauses"]]
    return {**policy, "clauses": clauses}


def registry(**changes: Any) -> dict[str, Any]:
    """A municipality in good order on `DAY`."""
    return _with(
        {
            "format": 1,
            "municipality": "Torsby kommun",
            "language": "sv",
            "opened": OPENED,
            "coordinators": [
                {
                    "id": "c1",
                    "person": "p-7k2m9x",
                    "function": "Samordnare",
                    "from": OPENED,
                    "decision": "KS 2026-01-02 § 5",
                }
            ],
            "central_funds": [
                {"id": "f27", "year": 2027, "amount": 100_000, "state": "decided", "decision": "KF 2026-11-24 § 101"}
            ],
            "annual_reports": [{"year": 2026, "decision": "KS 2027-03-10 § 20"}],
        },
        changes,
    )


def department(short: str = "BUN", **changes: Any) -> dict[str, Any]:
    """A department in good order on `DAY`."""
    return _with(
        {
            "name": f"{short}-förvaltningen",
            "board": f"{short}-nämnden",
            "board_short": short,
            "ambition": True,
            "officers": [{"id": "o1", "person": "p-4tq8ab", "function": "Rektor", "from": OPENED}],
            "budget": [
                {
                    "id": "b27",
                    "year": 2027,
                    "amount": 200_000,
                    "state": "decided",
                    "decision": f"{short} 2026-12-01 § 77",
                }
            ],
            "opportunities": [{"title": "CERV", "status": "watching", "reviewed": date(2027, 2, 1)}],
        },
        changes,
    )


def town(**changes: Any) -> dict[str, Any]:
    """One of the policy's six."""
    return _with(
        {
            "name": "Skjern",
            "country": "DK",
            "agreement_year": 1977,
            "agreement_status": "unconfirmed",
            "financial_obligations": False,
        },
        changes,
    )


_STAGES: Final = ("idea", "planned", "decided", "ongoing", "completed", "evaluated")
_DATES: Final = {
    "idea": (date(2027, 9, 6), date(2027, 9, 12)),
    "planned": (date(2027, 9, 6), date(2027, 9, 12)),
    "decided": (date(2027, 9, 6), date(2027, 9, 12)),
    "ongoing": (date(2027, 3, 29), date(2027, 4, 4)),
    "completed": (date(2027, 3, 1), date(2027, 3, 7)),
    "evaluated": (date(2027, 3, 1), date(2027, 3, 7)),
}


def project(stage: str = "planned", **changes: Any) -> dict[str, Any]:
    """A project that has come to `stage` in good order; None as a change takes the key away."""
    start, end = _DATES.get(stage, _DATES["planned"])
    level = _STAGES.index(stage) if stage in _STAGES else 1
    made: dict[str, Any] = {
        "title": "Ungdomsutbyte med Skjern",
        "cooperation": "twin-town",
        "stage": stage,
        "registered": date(2026, 9, 1),
        "department": BUN,
        "twin_towns": [SKJERN],
        "countries": ["DK"],
        "goals": ["democracy", "knowledge"],
        "target_groups": ["residents"],
        "purpose": "Elever i åttan bor hos varandra en vecka.",
        "expected_value": "Språk och vänner för tjugofyra elever.",
        "continuation": "Skjern kommer hit nästa år.",
        "start": start,
        "end": end,
        "responsible": "p-4tq8ab",
        "responsible_function": "Rektor",
        "cost": 45_000,
        "budget": [
            {"id": "b1", "year": 2027, "source": "department", "department": BUN, "planned": 45_000, "granted": 45_000}
        ],
    }
    if level >= 2:
        made["decisions"] = [{"id": "d1", "decision": "BUN 2026-12-08 § 31, dnr BUN/2026:17", "kind": "start"}]
    if level >= 4:
        made["documents"] = [{"title": "Reserapport", "reference": "dnr BUN/2026:17"}]
    if level >= 5:
        made["evaluation"] = {
            "date": date(2027, 3, 20),
            "results": {"democracy": "met", "knowledge": "partly"},
            "value_achieved": "Tjugofyra elever talar hellre danska nu.",
        }
    if stage in {"declined", "cancelled"}:
        made["stage_reason"] = "Skolan i Skjern kunde inte ta emot."
    return _with(made, changes)


def outside(stage: str = "ongoing", **changes: Any) -> dict[str, Any]:
    """A project that an association arranges and a department carries, everything treated and secured in time."""
    start = _DATES.get(stage, _DATES["planned"])[0]
    return project(
        stage,
        **{
            "title": "Middag för körerna",
            "external_organiser": "Torsby IF",
            "commitments": [
                {
                    "id": "k1",
                    "kind": "finance",
                    "party": "Torsby IF",
                    "amount": 10_000,
                    "treated": "KS 2027-02-02 § 12",
                    "secured_on": min(start, date(2027, 2, 20)),
                }
            ],
            **changes,
        },
    )


def world(**records: Any) -> Records:
    """A registry in good order, with `projects`, `departments`, `towns`, `policy`, `registry` beside or instead."""
    made: Records = {
        "registry": registry(),
        "policy": torsby_policy(),
        BUN: department(),
        SKJERN: town(),
    }
    made.update({ref.replace("__", "/"): data for ref, data in records.items() if data is not None})
    return made


def found(
    records: Mapping[str, Mapping[str, Any]], clause_id: str = "", ref: str = "", day: date = DAY
) -> list[Finding]:
    """What is found, of one clause and in one record if those are named."""
    findings = judge(snapshot(records), day)
    return [one for one in findings if one.clause == (clause_id or one.clause) and one.ref == (ref or one.ref)]


def told(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """Severity, REF and field of each."""
    return [(finding.severity, finding.ref, finding.field) for finding in findings]


def _with(data: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    made = {**data, **changes}
    return {key: value for key, value in made.items() if value is not None}
