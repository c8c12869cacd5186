"""What the coordinator sees first: each section with its records, worst first, one line a record."""

from __future__ import annotations

from datetime import date
from typing import Any

from registry.judgement import findings
from registry.policy.outlook import Outlook, SectionId, outlook
from registry.policy.since import Moved
from registry.policy.timeline import bars
from tests.registry.policy.world import BUN, DAY, DINNER, SKJERN, TRIP, department, outside, project, snapshot, world

NEXT = "projects/2027/koren"


def seen(records: dict[str, Any], day: date = DAY) -> Outlook:
    registry = snapshot(records)
    return outlook(registry, day, findings(registry, day))


def told(found: Outlook, section: SectionId) -> list[str]:
    return [line.ref for line in found.section(section)]


def test_what_is_to_be_done_is_told_worst_first_one_line_a_record() -> None:
    records = {
        **world(),
        BUN: department(officers=None),
        DINNER: outside(commitments=None),
        TRIP: project("planned", cost=None, expected_value=None),
    }
    now = seen(records).section("now")
    assert [line.ref for line in now] == [DINNER, TRIP, BUN, "registry"]
    assert [line.severity for line in now] == ["violation", "warning", "warning", "warning"]
    assert now[1].title == "Ungdomsutbyte med Skjern"
    assert now[1].more == 1


def test_what_has_happened_is_no_task_of_today() -> None:
    late = outside("evaluated", commitments=[{"id": "k1", "kind": "finance", "party": "Torsby IF", "amount": 1}])
    found = seen({**world(), DINNER: late})
    assert told(found, "behind") == [DINNER]
    assert DINNER not in told(found, "now")
    wrong = seen({**world(), DINNER: {**late, "department": "departments/borta"}})
    assert told(wrong, "now") == [DINNER], "a reference that leads nowhere can be put right"


def test_each_section_has_its_record() -> None:
    idea = project("idea", title="Kören", received=date(2027, 3, 1), received_from="Kör", answer_by=date(2027, 3, 31))
    waiting = project(
        "planned",
        decision_expected="BUN 2027-04-20",
        budget=[{"id": "b1", "year": 2027, "source": "eu", "programme": "Erasmus+", "applied": 120_000}],
        deadlines=[
            {"id": "d1", "what": "Rapport", "date": date(2027, 4, 11)},
            {"id": "d2", "what": "Slut", "date": date(2027, 5, 11)},
        ],
    )
    found = seen({**world(), NEXT: idea, TRIP: waiting})
    assert told(found, "answer") == [NEXT]
    assert found.section("answer")[0].severity == "warning", "it is late"
    assert told(found, "decision") == [TRIP]
    assert "BUN" in found.section("decision")[0].words
    assert told(found, "applied") == [TRIP]
    assert "Erasmus+" in found.section("applied")[0].words
    assert [(line.ref, line.days, line.more) for line in found.section("deadlines")] == [(TRIP, 10, 1)]
    assert told(found, "jubilees") == [SKJERN]
    assert found.money.total.undecided == 120_000


def test_the_year_shows_what_goes_on_before_what_is_over_and_nothing_that_was_stopped() -> None:
    many = {
        f"projects/2027/p{number:02}": project("evaluated", title=f"Gammalt {number}", start=date(2027, 1, 5))
        for number in range(12)
    }
    records = {**world(), **many, TRIP: project("ongoing"), NEXT: project("cancelled")}
    shown = [bar.ref for bar in bars(snapshot(records), DAY)]
    assert len(shown) == 10
    assert TRIP in shown
    assert NEXT not in shown
    assert bars(snapshot({**world(), TRIP: project("ongoing", start=None)}), DAY) == ()


def test_a_project_over_new_year_is_drawn_in_both_years() -> None:
    over = project("ongoing", start=date(2026, 12, 30), end=date(2027, 1, 3))
    assert [bar.ref for bar in bars(snapshot({**world(), TRIP: over}), DAY)] == [TRIP]
    assert bars(snapshot({**world(), TRIP: {**over, "end": date(2026, 12, 31)}}), DAY) == ()


def test_what_wants_a_new_decision_waits_with_what_is_expected_one_line_a_record() -> None:
    registry = snapshot(
        {**world(), TRIP: project("decided"), NEXT: project("decided", decision_expected="KS 2027-04-20")}
    )
    dearer = [Moved("money", "cost", 45_000, 57_000)]
    found = outlook(registry, DAY, findings(registry, DAY), {TRIP: dearer, NEXT: dearer, "projects/2027/borta": dearer})
    waiting = {line.ref: line for line in found.section("decision")}
    assert list(waiting) == [NEXT, TRIP]
    assert "45 000 kr → 57 000 kr" in waiting[NEXT].words.replace("\u00a0", " ")
    assert waiting[NEXT].words.startswith("KS ")
    assert (waiting[TRIP].field, waiting[TRIP].severity) == ("decisions", "warning")
    assert waiting[TRIP].words.startswith("kräver ett nytt beslut: kostnad")
