"""A small registry in the autumn of 2026 in which several days to be good at have happened (POLICY.md)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from registry.records.kinds import kind_of
from registry.store import Store
from registry.toml_files import write
from tests.kit import BUN, SKJERN, TRIP, git, torsby, write_file

TODAY = date(2026, 9, 1)
MEETING = date(2026, 9, 24)
OFFICER, COORDINATOR, FORGOTTEN = "p-4tq8ab", "p-7k2m9x", "p-9d3fk2"
CULTURE = "departments/kultur"
DINNER = "projects/2026/vanortsmiddag"
COURSE = "projects/2025/medborgardialog"
PROPOSED = "twin-towns/nyby"
START = "BUN 2026-03-10 § 31, dnr BUN/2026:17"

_OFFICER = {"person": OFFICER, "function": "Rektor", "from": date(2026, 1, 1)}
_GRANTED: dict[str, Any] = {"id": "b1", "year": 2026, "source": "department", "department": BUN, "planned": 45_000, "granted": 45_000, "decision": START}  # fmt: skip
_TRIP: dict[str, Any] = {
    "title": "Ungdomsutbyte med Skjern",
    "stage": "decided",
    "registered": date(2026, 1, 20),
    "department": BUN,
    "twin_towns": [SKJERN],
    "purpose": "Elever lär känna varandra över gränsen.",
    "start": date(2026, 10, 5),
    "end": date(2026, 10, 11),
    "responsible": OFFICER,
    "responsible_function": "Rektor",
    "cost": 45_000,
    "budget": [_GRANTED],
    "decisions": [{"id": "d1", "decision": START, "kind": "start"}],
}
_DEARER = {"id": "b2", "year": 2026, "source": "central", "applied": 12_000}


def autumn(folder: Path) -> Store:
    """The registry: the beginning, the spring, and what came in the autumn; three changes after the first version."""
    store = torsby(folder)
    book = store.book.with_person(OFFICER, {"name": "Maja Påhittad"}).with_person(COORDINATOR, {"name": "Olle Sagolik"})
    store.people.save(store.book, book)
    registry = {
        **store.current().registry,
        "coordinators": [{"person": COORDINATOR, "function": "Internationell samordnare", "from": date(2026, 2, 1)}],
        "meetings": [{"date": date(2026, 6, 10), "minutes": "dnr KS/2026:80"}],
        "erasures": [
            {"person": FORGOTTEN, "date": date(2026, 8, 1), "decision": "KS 2026-07-01 § 9", "basis": "begäran"}
        ],
    }
    bun = {"name": "Barn- och utbildningsförvaltningen", "board": "Barn- och utbildningsnämnden", "board_short": "BUN", "ambition": True}  # fmt: skip
    culture = {"name": "Kulturförvaltningen", "board": "Kulturnämnden", "board_short": "KUN", "ambition": True}
    seat = {"person": COORDINATOR, "function": "Kulturchef", "from": date(2026, 1, 1)}
    told(
        store,
        "Vårens projekt.\n\nPolicy-Override: long-term\nDecision: BUN 2026-03-10 § 31",
        {
            "registry": registry,
            BUN: {**bun, "officers": [_OFFICER]},
            CULTURE: {**culture, "officers": [seat]},
            TRIP: {**_TRIP, "responsible": FORGOTTEN},
            COURSE: _course(),
        },
    )
    told(store, "Rektorn tar över.", {TRIP: _TRIP})
    told(
        store,
        "Resan flyttas en vecka och blir dyrare.",
        {
            TRIP: {**_TRIP, "start": date(2026, 10, 12), "end": date(2026, 10, 18), "cost": 57_000, "budget": [_GRANTED, _DEARER], "purpose": "Elever lärde känna varandra över gränsen."},
            BUN: {**bun, "officers": [{**_OFFICER, "until": date(2026, 9, 23)}], "opportunities": [{"title": "CERV Town Twinning", "programme": "CERV", "deadline": date(2026, 9, 17), "status": "watching"}]},
            DINNER: _dinner(),
            PROPOSED: {"name": "Nyby", "country": "DK", "agreement_status": "proposed", "received": date(2026, 8, 20), "received_from": "Nyby kommun", "answer_by": date(2026, 8, 31)},
            SKJERN: {**(store.current().data(SKJERN) or {}), "agreement_events": [{"date": date(2026, 5, 17), "kind": "renewed", "decision": "KF 2026-04-27 § 40"}], "cooperation": [{"date": date(2026, 3, 1), "working": True, "note": "Skolorna möts varje år."}]},
        },
    )  # fmt: skip
    return store


def _dinner() -> dict[str, Any]:
    """What an association wants: the town hosts, and nobody has decided that."""
    return {
        "title": "Vänortsmiddag",
        "stage": "planned",
        "department": CULTURE,
        "external_organiser": "Norra bygdegården",
        "twin_towns": [SKJERN],
        "start": date(2026, 10, 14),
        "end": date(2026, 10, 14),
        "commitments": [{"kind": "finance", "party": "Norra bygdegården", "amount": 10_000}],
    }


def _course() -> dict[str, Any]:
    """Three sums, and what an auditor misses."""
    return {
        "title": "Medborgardialog",
        "stage": "completed",
        "start": date(2025, 3, 1),
        "end": date(2025, 11, 30),
        "cost": 140_000,
        "department": BUN,
        "responsible": OFFICER,
        "budget": [{"year": 2025, "source": "eu", "programme": "CERV", "planned": 120_000, "applied": 120_000, "granted": 80_000, "spent": 76_400}],
        "decisions": [{"decision": "KS 2025-02-01 § 4, dnr KS/2025:9", "kind": "start"}],
        "documents": [{"title": "Slutrapport", "reference": "dnr KS/2025:88"}, {"title": "Reserapport"}],
        "deadlines": [{"what": "Redovisning till EACEA", "date": date(2026, 2, 1)}, {"what": "Lägesrapport", "date": date(2025, 9, 1), "done": date(2025, 8, 30)}],
    }  # fmt: skip


def told(store: Store, message: str, records: dict[str, dict[str, Any]]) -> None:
    """One change, as plain Git makes it: what is told has its dates, and nothing is judged on the way."""
    for ref, data in records.items():
        write_file(store, f"{ref}.toml", write(data, kind_of(ref).order))
    git(store, "add", ".")
    git(store, "commit", "-q", "-m", message, "--author", "Anna Exempel <anna@example.org>")
