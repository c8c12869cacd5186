"""What happened once to the demo's towns and to the registry itself: a spreadsheet, two agreements, a few mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from registry.records.refs import slug
from registry.records.values import Value
from registry.starters.demo.days import safe
from registry.starters.demo.teller import Step, both, entry, record, removed, values
from registry.starters.demo.world import World


def steps(world: World) -> Iterator[Step]:
    """All of it."""
    yield from spreadsheet(world)
    yield from new_agreement(world)
    yield from declined_agreement(world)
    yield from renewed_agreement(world)
    yield from shared_costs(world)
    yield from duplicate(world)
    yield from taken_back(world)
    yield from corrected(world)
    yield from by_hand(world)
    yield from stricter_policy(world)


def spreadsheet(world: World) -> Iterator[Step]:
    """Five rows from the old spreadsheet in one commit; what it does not say is not there."""
    rows: tuple[tuple[str, int, str, str, dict[str, Value]], ...] = (
        ("Klassresa till Nordlynge", 9, "bun", "nordlynge", {"stage": "evaluated", "cost": 61000, "participants": 22}),
        ("Kulturdagar i Kuuseranna", 10, "kultur", "kuuseranna", {"stage": "completed"}),
        ("Brandmän till Fjelldalsøy", 11, "samhallsbyggnad", "fjelldalsoy", {"stage": "completed", "cost": 18500}),
        ("Tyska gäster på marknaden", 9, "kommunledning", "oberlindental", {"stage": "completed"}),
        ("Lärare från Koivuharju", 12, "bun", "koivuharju", {"stage": "cancelled", "stage_reason": "Ställdes in enligt kalkylbladet; skäl saknas."}),
    )  # fmt: skip
    edits = {}
    day = world.calendar.workday(world.opened + timedelta(days=34))
    for number, (title, back, department, town, facts) in enumerate(rows):
        start = world.calendar.season(back, 3 + 2 * number, 11 + number)
        made: dict[str, Value] = {
            "title": title,
            "cooperation": "twin-town",
            "department": f"departments/{department}",
            "twin_towns": [f"twin-towns/{town}"],
            "start": start,
            "end": start + timedelta(days=3 + number),
            "registered": day,
            "recorded_afterwards": True,
            "source": f"Excel, rad {5 + 3 * number}",
            **facts,
        }
        edits[f"projects/{start.year}/{slug(title)}"] = record(made)
    yield Step(
        day, "majken", "Rader ur det gamla kalkylbladet. Det som inte stod där är tomt här också.", edits, act="import"
    )


def new_agreement(world: World) -> Iterator[Step]:
    """A seventh town, though the policy would rather not: decided by the council, with an override."""
    calendar, ref = world.calendar, "twin-towns/zielonowo-gorne"
    came = calendar.workday(calendar.season(6, 2, 8))
    town = {
        "name": "Zielonowo Górne",
        "country": "PL",
        "agreement_status": "proposed",
        "financial_obligations": False,
        "received": came - timedelta(days=6),
        "received_from": "Gmina Zielonowo Górne",
        "answer_by": came + timedelta(days=90),
        "potential": "Läger för unga ledare; fritidsgårdarna träffas redan.",
        "contacts": [world.person("bajka")],
    }
    yield Step(
        came,
        "majken",
        "Kommunen frågar om ett vänortsavtal. Fritidsgårdarna har redan kontakt.",
        {ref: record(town)},
        act="new",
    )
    met, decision = calendar.decided("KF", calendar.season(6, 2, 8) + timedelta(days=88))
    signed = met + timedelta(days=20)
    event = {"date": signed, "kind": "signed", "decision": decision}
    yield Step(
        calendar.workday(signed + timedelta(days=1)),
        "majken",
        "Fullmäktige ingår avtalet trots policyns hållning: ungdomsarbetet är redan i gång och avtalet kostar inget.",
        {
            ref: both(
                values({"agreement_status": "active", "agreement_year": signed.year, "answered": met}),
                entry("agreement_events", event),
            )
        },
        decision,
        overrides=("no-new-agreements",),
    )


def declined_agreement(world: World) -> Iterator[Step]:
    """Another town asks, and is answered with no and an offer."""
    calendar, ref = world.calendar, "twin-towns/saint-aubrac"
    came = calendar.workday(calendar.season(1, 3, 11))
    town = {
        "name": "Saint-Aubrac-sur-Lise",
        "country": "FR",
        "agreement_status": "proposed",
        "received": came - timedelta(days=5),
        "received_from": "Comité de jumelage de Saint-Aubrac-sur-Lise",
        "answer_by": came + timedelta(days=85),
    }
    yield Step(
        came,
        "ture",
        "Förfrågan om vänortsavtal, ställd till kommunstyrelsens ordförande.",
        {ref: record(town)},
        act="new",
    )
    met, decision = calendar.decided("KS", came + timedelta(days=60))
    answered = calendar.workday(met + timedelta(days=3))
    yield Step(
        answered,
        "ture",
        "Kommunstyrelsen tackar nej till avtal enligt policyn och erbjuder i stället kontakt mellan skolorna.",
        {ref: values({"agreement_status": "declined", "answered": answered})},
        decision,
    )


def renewed_agreement(world: World) -> Iterator[Step]:
    """Koivuharju's agreement was old and on paper; it was signed anew."""
    calendar, ref = world.calendar, "twin-towns/koivuharju"
    signed = calendar.workday(calendar.season(2, 5, 17))
    _met, decision = calendar.decided("KF", signed - timedelta(days=20))
    event = {"date": signed, "kind": "renewed", "decision": decision}
    yield Step(
        calendar.workday(signed + timedelta(days=2)),
        "ture",
        "Avtalet förnyades när kommunalrådet från Koivuharju var här. Innehållet är detsamma.",
        {ref: both(entry("agreement_events", event), values({"last_contact": signed}))},
        decision,
    )


def shared_costs(world: World) -> Iterator[Step]:
    """An old agreement turned out to cost something, which the policy says that none does."""
    day = world.calendar.workday(world.calendar.season(1, 4, 8))
    yield Step(
        day,
        "ture",
        "Avtalet hittades i arkivet: orterna delar på kostnaden för varje besök. Fullmäktige tar upp det vid nästa översyn.",
        {"twin-towns/kuuseranna": values({"financial_obligations": True})},
        overrides=("no-obligations",),
    )


def duplicate(world: World) -> Iterator[Step]:
    """Entered twice by two people, and one of them removed."""
    day = world.calendar.workday(world.calendar.season(4, 1, 22))
    ref = f"projects/{day.year}/korutbyte-fjelldalsoy"
    twin = {
        "title": "Körutbyte Fjelldalsøy",
        "stage": "idea",
        "registered": day,
        "department": "departments/kultur",
        "twin_towns": ["twin-towns/fjelldalsoy"],
    }
    yield Step(day, "birger", "Kören frågade om ett nytt utbyte.", {ref: record(twin)}, act="new")
    later = world.calendar.workday(day + timedelta(days=12))
    yield Step(later, world.coordinator(later), "Samma sak är redan inlagd som körvecka.", {ref: removed}, act="delete")


def taken_back(world: World) -> Iterator[Step]:
    """The wrong town's agreement was called dormant, for a day."""
    day = world.calendar.workday(world.calendar.season(3, 5, 12))
    dormant = both(values({"agreement_status": "dormant"}), entry("agreement_events", {"date": day, "kind": "dormant"}))
    yield Step(day, "ture", "Ingen har svarat på länge.", {"twin-towns/kuuseranna": dormant}, name="wrong town")
    next_day = world.calendar.workday(day + timedelta(days=1))
    yield Step(
        next_day, "ture", "Fel vänort, och fel slutsats: de hade bytt adress.", {}, act="undo", undoes="wrong town"
    )


def corrected(world: World) -> Iterator[Step]:
    """A mistake that was put right as a correction."""
    ref, day = "twin-towns/nordlynge", world.calendar.workday(world.calendar.season(7, 9, 30))
    yield Step(day, "majken", "Rättat efter underlaget.", {ref: values({"country": "NO"})}, correction=True)
    later = world.calendar.workday(day + timedelta(days=2))
    why = "Nordlynge ligger i Danmark, som det stod från början; det var underlaget som hade fel."
    yield Step(later, "majken", why, {ref: values({"country": "DK"})}, correction=True)


def by_hand(world: World) -> Iterator[Step]:
    """Somebody at home in text files wrote in one, and saved it with a reason."""
    day = world.calendar.workday(world.calendar.season(2, 11, 6))
    written = (
        'country = "CL"\n',
        'local_name = "Valle del Arrayán"  # så skriver de själva i breven\ncountry = "CL"\n',
    )
    why = "Ortens eget namn, skrivet direkt i filen."
    yield Step(day, "alva", why, {}, act="hand-edit", by_hand={"twin-towns/valle-arrayan": written})


def stricter_policy(world: World) -> Iterator[Step]:
    """The council shortened the time for evaluations."""
    met, decision = world.calendar.decided("KF", safe(world.calendar.until.year - 4, 2, 26))
    day = world.calendar.workday(met + timedelta(days=4))
    why = "Fullmäktige kortade tiden för utvärdering från 180 till 120 dagar."
    yield Step(day, world.coordinator(day), why, {"policy": values({"evaluation_days": 120})}, decision)
