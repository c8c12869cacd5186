"""Projects that are going on on the demo's last day: what the overview has to tell.

What they are about is in `content/stories.toml`. They are told in days before and after the last day, so that there
is the same to do whenever the demo is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from registry.starters.demo.tale import Tale
from registry.starters.demo.teller import both, entry, money, values
from registry.starters.demo.world import World, content


def tales(world: World) -> Iterator[Tale]:
    """Every one of them."""
    yield ongoing_with_deadline(world)
    yield dearer_than_decided(world)
    yield planned(world, "awaiting_decision", start=-130, registered=64, day=23)
    yield planned(world, "applied_not_granted", start=-210, registered=96, day=41)
    yield inquiry(world, "inquiry_to_answer", came=21, days=30)
    yield inquiry(world, "inquiry_overdue", came=48, days=44)
    yield decided(world, "evaluation_overdue", start=158).begin().complete("Sammanställning från hantverksdagarna")
    yield decided(world, "over_but_ongoing", start=31).begin()
    yield promise_not_secured(world)
    yield network(world)
    yield decided(world, "same_town", start=24).begin()
    yield Tale(world, content("stories")["idea_of_letters"], world.calendar.ago(15)).new()
    yield Tale(world, content("stories")["idea_of_jubilee"], world.calendar.ago(52)).new()


def planned(world: World, key: str, *, start: int, registered: int, day: int) -> Tale:
    """Planned and no further; days before the last day."""
    calendar = world.calendar
    return (
        Tale(world, content("stories")[key], calendar.ago(registered), calendar.ago(start))
        .new()
        .plan(calendar.ago(day))
    )


def decided(world: World, key: str, *, start: int, before: int = 180, decision: int = 80) -> Tale:
    """Registered, planned and decided in good time before its start, `start` days before the last day."""
    begins = world.calendar.ago(start)
    tale = Tale(world, content("stories")[key], begins - timedelta(days=before), begins).new()
    return tale.plan(tale.registered + timedelta(days=30)).decide(begins - timedelta(days=decision))


def ongoing_with_deadline(world: World) -> Tale:
    """EU money, in the middle of it, a report due."""
    start = world.calendar.ago(170)
    tale = Tale(world, content("stories")["ongoing_with_deadline"], start - timedelta(days=260), start).new()
    tale.plan(tale.registered + timedelta(days=45))
    granted = money("eu", granted=920000, grant_agreement="20999001")
    tale.step(start - timedelta(days=112), "Övervakningskommittén beviljade hela beloppet.", granted)
    tale.decide(start - timedelta(days=85)).begin("Första våtmarken är utstakad.")
    first = {"what": "Startmöte med Interreg", "date": start + timedelta(days=40), "done": start + timedelta(days=37)}
    report = {"what": "Lägesrapport och ansökan om utbetalning", "date": world.calendar.until + timedelta(days=18)}
    change = both(entry("deadlines", first), entry("deadlines", report))
    return tale.step(start + timedelta(days=45), "Datum för rapporterna enligt bidragsavtalet.", change)


def dearer_than_decided(world: World) -> Tale:
    """Decided, and then dearer: the rest is applied for and on the committee's agenda."""
    tale = decided(world, "dearer_than_decided", start=-47, before=190, decision=95)
    meeting = world.calendar.until + timedelta(days=12)
    expected = world.calendar.meeting("KS", meeting + timedelta(days=9))
    return tale.step(
        world.calendar.ago(9),
        "Bussbolaget har gått i konkurs. Tåget kostar 12 000 kr mer, som är sökt ur centrala medel men inte beslutat.",
        both(
            values({"cost": 75000, "agenda": meeting, "decision_expected": f"KS {expected.isoformat()}"}),
            entry("budget", {"year": tale.start.year, "source": "central", "planned": 12000, "applied": 12000}),
        ),
    )


def inquiry(world: World, key: str, *, came: int, days: int) -> Tale:
    """Arrived `came` days before the last day, to be answered within `days`."""
    arrived = world.calendar.ago(came)
    said = content("stories")[key]
    dates = {"received": arrived, "answer_by": arrived + timedelta(days=days)}
    return Tale(world, said, arrived + timedelta(days=1), **dates).new()


def promise_not_secured(world: World) -> Tale:
    """An association's exchange that the municipality has promised money: treated, not secured yet."""
    tale = decided(world, "promise_not_secured", start=-33, before=200, decision=90)
    met, decision = world.calendar.decided("KFN", tale.start - timedelta(days=90))
    promise = {"kind": "finance", "party": tale.facts["external_organiser"], "amount": 15000, "treated": decision}
    return tale.step(
        met + timedelta(days=8),
        "Nämnden behandlade bidraget till föreningen. Utbetalningen är inte säkerställd än.",
        entry("commitments", promise),
        by="signe",
        decision=decision,
    )


def network(world: World) -> Tale:
    """Without an end, and soon to be reconsidered."""
    start = world.calendar.ago(700)
    tale = Tale(world, content("stories")["network"], start - timedelta(days=150), start).new()
    review = world.calendar.until + timedelta(days=50)
    tale.plan(tale.registered + timedelta(days=25), open_ended=True, end=None, review_due=review)
    tale.decide(start - timedelta(days=75)).begin("Kommunen är medlem från och med i dag.")
    later = start + timedelta(days=365)
    fee = {
        "source": "department",
        "department": "departments/kommunledning",
        "planned": 8000,
        "granted": 8000,
        "spent": 8000,
    }
    met, decision = world.calendar.decided("KS", later - timedelta(days=20))
    again = {"decision": decision, "kind": "extend", "about": "Medlemskapet för ett år till"}
    edits = both(entry("budget", {"year": later.year, **fee}), entry("decisions", again))
    why = "Årsavgiften är betald; kommunstyrelsen har förlängt medlemskapet."
    return tale.step(max(later, met), why, edits, by="signe", decision=decision)
