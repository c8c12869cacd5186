"""Projects of the demo that something happened to: a trip that moved, a grant refused, a dinner nobody had decided on.

What they are about is in `content/stories.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from registry.starters.demo.tale import Line, Tale
from registry.starters.demo.teller import Step, both, entries, entry, money, values
from registry.starters.demo.world import World, content


def tales(world: World) -> Iterator[Tale]:
    """Every one of them."""
    yield trip_that_moved(world)
    yield refused_grant(world)
    yield second_attempt(world)
    yield smaller_grant(world)
    yield dinner(world)
    yield transport(world)
    yield jubilee(world)
    yield cancelled(world)
    yield declined(world)
    yield waived(world)


def trip_that_moved(world: World) -> Tale:
    """Moved a week and 12 000 kronor dearer: what was granted stays what it was, the rest takes a decision of its own.

    Its name was misspelled at first.
    """
    start, said = world.calendar.season(1, 5, 4), content("stories")["trip_that_moved"]
    misspelled = said["title"].replace("Nordlynge", "Nordlynje")
    tale = Tale(world, {**said, "title": misspelled}, start - timedelta(days=200), start).new()
    tale.plan(tale.registered + timedelta(days=30))
    wrong, right = tale.ref, tale.ref.replace("nordlynje", "nordlynge")
    day = world.calendar.workday(tale.registered + timedelta(days=38))
    why = "Felstavat id. Hänvisningarna följer med."
    tale.steps.append(Step(day, world.coordinator(day), why, {}, act="rename", renames=(wrong, right)))
    tale.ref = right
    title = tale.facts["title"].replace("Nordlynje", "Nordlynge")
    tale.step(day, "Ortens namn var felstavat.", values({"title": title}), correction=True)
    tale.decide(start - timedelta(days=78))
    moved = start + timedelta(days=7)
    tale.step(
        start - timedelta(days=41),
        "Färjan är inställd den veckan, så resan flyttas en vecka. Den nya bokningen kostar 12 000 kr mer; det är sökt ur centrala medel.",
        both(
            values({"start": moved, "end": moved + timedelta(days=6), "cost": 70000, "decision_expected": "KS"}),
            entry("budget", {"year": start.year, "source": "central", "planned": 12000, "applied": 12000}),
        ),
    )
    met, decision = world.calendar.decided("KS", start - timedelta(days=20))
    tale.step(
        met + timedelta(days=2),
        "Kommunstyrelsen tog den högre kostnaden ur centrala medel och godkände det nya datumet.",
        both(
            money("central", granted=12000, decision=decision),
            entry("decisions", {"decision": decision, "kind": "change", "about": "Ny resvecka och 12 000 kr till"}),
            values({"decision_expected": None}),
        ),
        by="signe",
        decision=decision,
    )
    tale.start, tale.end, tale.lines = moved, moved + timedelta(days=6), (*tale.lines, Line("central", 12000))
    tale.begin("Resan har börjat, en vecka senare än först tänkt.")
    tale.complete("Reserapport", spent={"department": 44100, "central": 11650, "participants": 13000})
    return tale.evaluate(
        "Eleverna frågade ut två borgmästare och skrev om det i skoltidningen.",
        "Avbeställningsskydd hade kostat åttahundra kronor.",
        {"democracy": "met", "knowledge": "partly"},
    )


def refused_grant(world: World) -> Tale:
    """Applied for and refused; without the grant it came to nothing."""
    start = world.calendar.season(3, 9, 8)
    first = {"title": "Digitala klassrum med Koivuharju", "towns": ["koivuharju"]}
    tale = _planned(world, {**content("stories")["digital_school"], **first}, start, 210, 35)
    tale.step(
        start - timedelta(days=100),
        "UHR avslog ansökan: för få partner. Beskedet är diariefört.",
        money("eu", granted=0, note="Avslag från UHR: för få partner."),
        by="signe",
    )
    return tale.step(
        start - timedelta(days=88),
        "Utan bidraget räcker pengarna inte. Vi söker om nästa år, med en partner till.",
        values({"stage": "cancelled", "stage_reason": "Avslag på ansökan till Erasmus+.", "decision_expected": None}),
    )


def second_attempt(world: World) -> Tale:
    """The year after, with another partner: granted."""
    start = world.calendar.season(2, 9, 7)
    tale = _planned(world, content("stories")["digital_school"], start, 210, 35)
    agreement = f"{start.year}-1-SE01-KA210-000000"
    granted = money("eu", granted=310000, grant_agreement=agreement)
    tale.step(start - timedelta(days=102), "UHR beviljade hela beloppet.", granted)
    tale.decide(start - timedelta(days=80)).begin()
    tale.complete("Slutrapport till UHR", spent={"eu": 301400, "department": 40000})
    return tale.evaluate(
        "Lärare i tre länder planerar lektioner tillsammans varje månad.",
        "Sök med tre partner från början.",
        {"knowledge": "met", "development": "met"},
    )


def smaller_grant(world: World) -> Tale:
    """Applied 120 000, granted 80 000, spent 76 400."""
    start = world.calendar.season(2, 6, 2)
    tale = _planned(world, content("stories")["smaller_grant"], start, 205, 40)
    tale.step(
        start - timedelta(days=105),
        "CERV beviljade 80 000 av de 120 000 kr vi sökte. Ett av de tre mötena blir digitalt.",
        both(money("eu", granted=80000), values({"cost": 95000})),
    )
    tale.decide(start - timedelta(days=78), granted={"eu": 80000}).begin()
    why = "Slutredovisningen är godkänd: 76 400 kr av bidraget gick åt."
    tale.complete("Slutrapport till CERV", why, {"eu": 76400, "central": 14250})
    return tale.evaluate(
        "Hundrafyrtio personer kom till mötena, och två byskolor fick en annan lösning än den föreslagna.",
        "Det digitala mötet gick lika bra som de andra.",
        {"democracy": "met", "development": "partly"},
    )


def dinner(world: World) -> Tale:
    """An association wanted a dinner; nobody decided in time, and it happened."""
    start, said = world.calendar.season(2, 8, 22), content("stories")["dinner"]
    inquiry = {"received": start - timedelta(days=82), "answer_by": start - timedelta(days=50)}
    tale = Tale(world, said, start - timedelta(days=80), start, **inquiry).new()
    tale.plan(start - timedelta(days=52), answered=start - timedelta(days=52))
    commitment = {"kind": "finance", "party": said["external_organiser"], "amount": 12000}
    late, decision = world.calendar.decided("KS", start + timedelta(days=24))
    tale.step(
        start + timedelta(days=5),
        "Middagen hölls utan att någon hade hunnit behandla åtagandet. Det redovisas för kommunstyrelsen i efterhand.",
        both(values({"stage": "ongoing"}), entry("commitments", commitment)),
        breaches=("external-commitments", "political-responsibility"),
        by=world.coordinator(start),
    )
    tale.step(
        late + timedelta(days=1),
        "Kommunstyrelsen godkände bidraget i efterhand, eftersom middagen redan hållits, och påminde om att åtaganden ska behandlas före start.",
        both(
            money("central", granted=12000, decision=decision),
            entry("decisions", {"decision": decision, "kind": "start", "about": "Bidraget godkänt i efterhand"}),
            entries("commitments", lambda _found: True, {"treated": decision, "secured_on": late}),
            values({"decision_expected": None}),
        ),
        by="signe",
        decision=decision,
        overrides=("long-term",),
    )
    tale.end = late + timedelta(days=2)
    tale.complete("Föreningens redovisning", spent={"central": 12000})
    return tale.evaluate(
        "Sjuttio personer kom, och tre familjer har bjudit tillbaka.",
        "Svara föreningen med ett datum för beslut, inte med att ärendet tas upp.",
        {"democracy": "met"},
    )


def transport(world: World) -> Tale:
    """Decided after it had started, knowingly: a storm does not wait for a board."""
    start = world.calendar.season(4, 11, 25)
    day, decision = world.calendar.decided("SBN", start + timedelta(days=16))
    tale = Tale(world, content("stories")["transport"], start - timedelta(days=3), start).new()
    tale.over_frame = True
    tale.plan(tale.registered, decision_expected=f"SBN {day.isoformat()}")
    tale.begin(
        "Bilarna har gått; förvaltningschefen har beslutat på delegation och nämnden får ärendet till nästa möte."
    )
    tale.step(
        day + timedelta(days=1),
        "Nämnden godkände insatsen i efterhand. Stormen gick inte att planera i god tid.",
        both(
            money("department", granted=64000, decision=decision),
            entry("decisions", {"decision": decision, "kind": "start"}),
            values({"decision_expected": None}),
        ),
        by="signe",
        decision=decision,
        overrides=("long-term",),
    )
    tale.end = max(tale.end, day + timedelta(days=1))
    tale.complete("Rapport från insatsen", spent={"department": 63250})
    return tale.evaluate(
        "Elen var tillbaka i hela kommunen två dagar tidigare än väntat.",
        "Skriv försäkringen i förväg; den tog längre tid än bilarna.",
        {"democracy": "met"},
    )


def jubilee(world: World) -> Tale:
    """More central money than was set aside that year, by decision and with an override."""
    start = world.calendar.season(5, 8, 29)
    tale = _planned(world, content("stories")["jubilee"], start, 190, 30)
    tale.over_frame = True
    tale.decide(
        start - timedelta(days=80),
        "Kommunstyrelsen beviljade mer än årets centrala medel; resten tas ur egna medel för oförutsett.",
        overrides=("central-funds",),
    )
    tale.begin()
    tale.complete("Redovisning av jubileet", spent={"central": 82700})
    return tale.evaluate(
        "Niohundra besökte utställningen.",
        "Lägg in jubileer i budgeten året före; årtalen står ju i registret.",
        {"democracy": "met", "marketing": "met"},
    )


def cancelled(world: World) -> Tale:
    """Too few wanted to go."""
    start = world.calendar.season(2, 10, 2)
    tale = _planned(world, content("stories")["cancelled"], start, 200, 35).decide(start - timedelta(days=78))
    reason = "Bara en konstnär sökte, och det är en för få för ett utbyte."
    return tale.step(start - timedelta(days=30), reason, values({"stage": "cancelled", "stage_reason": reason}))


def declined(world: World) -> Tale:
    """An invitation answered with no."""
    came = world.calendar.season(3, 2, 20)
    inquiry = {"received": came - timedelta(days=4), "answer_by": came + timedelta(days=30)}
    tale = Tale(world, content("stories")["declined"], came, **inquiry).new()
    day = world.calendar.workday(came + timedelta(days=16))
    reason = "Tjänar inget av policyns mål och skulle ha betalats med centrala medel."
    return tale.step(day, reason, values({"stage": "declined", "stage_reason": reason, "answered": day}))


def waived(world: World) -> Tale:
    """Too small to evaluate, as the board decided."""
    start = world.calendar.season(4, 3, 14)
    tale = _planned(world, content("stories")["waived"], start, 170, 25).decide(start - timedelta(days=78)).begin()
    tale.complete("Anteckningar från föreläsningen")
    day, decision = world.calendar.decided("SBN", start + timedelta(days=70))
    return tale.step(
        day + timedelta(days=2),
        "Nämnden avstod från utvärdering: en dag, två deltagare.",
        values(
            {"stage": "evaluated", "evaluation.waived": "En dag och två deltagare.", "evaluation.decision": decision}
        ),
        by="signe",
        decision=decision,
    )


def _planned(world: World, said: dict[str, object], start: date, before: int, later: int) -> Tale:
    """Registered `before` days ahead of the start, and planned `later` days after that."""
    tale = Tale(world, said, start - timedelta(days=before), start).new()
    return tale.plan(tale.registered + timedelta(days=later))
