"""The calendar: whole days with UIDs that stay, read by a strict reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from icalendar import Calendar

from tests.registry.exchange.kit import TODAY, out
from tests.registry.policy.world import snapshot

TRIP = "projects/2026/skjern"
REGISTRY: dict[str, dict[str, Any]] = {
    "registry": {"municipality": "Exempelby", "format": 1, "opened": date(2020, 1, 1), "meetings": [{"date": date(2026, 12, 1)}, {"date": date(2024, 12, 1)}]},
    "policy": {"title": "Policy", "evaluation_days": 90},
    "departments/bun": {"name": "Barn, unga & skola", "opportunities": [{"title": "CERV; rond 2", "deadline": date(2027, 1, 15)}]},
    TRIP: {
        "title": "Ungdomsutbyte\x1b med Skjern, " + "lång " * 20, "stage": "ongoing", "start": date(2026, 12, 4), "end": date(2026, 12, 10),
        "department": "departments/bun", "responsible": "p-4tq8ab", "responsible_function": "Rektor",
        "deadlines": [
            {"id": "f1", "what": "Slutrapport", "date": date(2027, 2, 1)}, {"what": "Ansökan", "date": date(2027, 1, 1)},
            {"what": "Ansökan", "date": date(2027, 1, 2)}, {"id": "f2", "what": "Klart", "date": date(2026, 12, 1), "done": date(2026, 11, 1)},
        ],
    },
    "projects/2026/ide": {"title": "Fråga", "received": date(2026, 11, 1), "answer_by": date(2026, 12, 1), "decision_expected": "KS 2026-12-15"},
    "projects/2026/ut": {"title": "Inställd", "stage": "cancelled", "start": date(2026, 12, 1), "end": date(2026, 12, 2)},
}  # fmt: skip


def events(registry: dict[str, dict[str, Any]]) -> dict[str, Any]:
    content = out(snapshot(registry), "x.ics", today=TODAY)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"p-4tq8ab" not in content
    return {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_all_that_is_to_come_is_there_with_uids_that_stay() -> None:
    found = events(REGISTRY)
    told = sorted((event["DTSTART"].dt, str(event["SUMMARY"])) for event in found.values())
    title = str(REGISTRY[TRIP]["title"]).replace("\x1b", "␛").strip()
    assert told == [
        (date(2026, 12, 1), "Samordningskommittén"),
        (date(2026, 12, 1), "Svara senast: Fråga"),
        (date(2026, 12, 4), title),
        (date(2026, 12, 15), "Väntat beslut, KS: Fråga"),
        (date(2027, 1, 1), f"Ansökan: {title}"),
        (date(2027, 1, 2), f"Ansökan: {title}"),
        (date(2027, 1, 15), "Sista ansökningsdag: CERV; rond 2 (Barn, unga & skola)"),
        (date(2027, 2, 1), f"Slutrapport: {title}"),
        (date(2027, 3, 10), f"Utvärdering: {title}"),
    ]
    trip = next(event for event in found.values() if event["DTSTART"].dt == date(2026, 12, 4))
    assert trip["DTEND"].dt == date(2026, 12, 11)  # the day after the last
    assert str(trip["DESCRIPTION"]) == f"Barn, unga & skola, Rektor\n{TRIP}"
    moved = {**REGISTRY[TRIP], "start": date(2026, 12, 5), "deadlines": REGISTRY[TRIP]["deadlines"][::-1]}
    later = events({**REGISTRY, TRIP: moved})
    assert later.keys() == found.keys()
    assert later[str(trip["UID"])]["DTSTART"].dt == date(2026, 12, 5)
