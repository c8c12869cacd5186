"""What happened once in the demo: a trip that moved, a grant refused, a dinner nobody had decided on, and so on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from registry.records.refs import slug
from registry.records.values import Value
from registry.starters.demo.days import safe
from registry.starters.demo.tale import Line, Tale
from registry.starters.demo.teller import Step, both, entries, entry, money, record, removed, values
from registry.starters.demo.world import World


def tales(world: World) -> Iterator[Tale]:
    """The projects that these stories are about."""
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


def other_steps(world: World) -> Iterator[Step]:
    """The stories that are about towns and the registry itself."""
    yield from spreadsheet(world)
    yield from new_agreement(world)
    yield from declined_agreement(world)
    yield from renewed_agreement(world)
    yield from duplicate(world)
    yield from small_mistakes(world)


# --- projects -------------------------------------------------------------------------------------------------------


def trip_that_moved(world: World) -> Tale:
    """Moved a week and 12 000 kronor dearer: what was granted stays what it was, the rest takes a decision of its own."""
    start = world.calendar.season(1, 5, 4)
    tale = Tale(
        world,
        "bun",
        f"Ungdomsutbyte med Nordlynje {start.year}",
        start - timedelta(days=200),
        twin_towns=["twin-towns/nordlynge"],
        goals=["democracy", "knowledge"],
        target_groups=["residents"],
        youth=True,
        youth_ages="14-16",
        participants=26,
        established_contact="skolornas utbyte sedan nittiotalet",
        purpose="Årskurs 9 bor en vecka hos familjer i Nordlynge och undersöker hur en kommun styrs.",
    )
    tale.new("Skolan vill göra om utbytet, nu med demokrati som tema.")
    lines = [Line("department", 45000), Line("participants", 13000)]
    worth = {
        "expected_value": "Elever som har talat med politiker i två länder inför valet.",
        "continuation": "Danskarna kommer hit i september.",
    }
    tale.plan(tale.registered + timedelta(days=30), start, 7, lines, **worth)
    wrong, right = tale.ref, tale.ref.replace("nordlynje", "nordlynge")
    day = world.calendar.workday(tale.planned_on + timedelta(days=8))
    tale.steps.append(
        Step(day, "ture", "Felstavat id. Hänvisningarna följer med.", {}, act="rename", renames=(wrong, right))
    )
    tale.ref = right
    tale.step(
        day,
        "Ortens namn var felstavat.",
        values({"title": f"Ungdomsutbyte med Nordlynge {start.year}"}),
        correction=True,
    )
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
    tale.start, tale.end, tale.lines = moved, moved + timedelta(days=6), (*lines, Line("central", 12000))
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
    tale = _digital_school(world, "Digitala klassrum med Koivuharju", start, "koivuharju")
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
    tale = _digital_school(world, "Digitala klassrum med Koivuharju och Kuuseranna", start, "koivuharju", "kuuseranna")
    agreement = f"{start.year}-1-SE01-KA210-000000"
    tale.step(
        start - timedelta(days=102),
        "UHR beviljade hela beloppet.",
        money("eu", granted=310000, grant_agreement=agreement),
    )
    tale.decide(start - timedelta(days=80))
    tale.begin()
    tale.complete("Slutrapport till UHR", spent={"eu": 301400, "department": 40000})
    return tale.evaluate(
        "Lärare i tre länder planerar lektioner tillsammans varje månad.",
        "Sök med tre partner från början.",
        {"knowledge": "met", "development": "met"},
    )


def _digital_school(world: World, title: str, start: date, *towns: str) -> Tale:
    tale = Tale(
        world,
        "bun",
        title,
        start - timedelta(days=210),
        twin_towns=[f"twin-towns/{town}" for town in towns],
        cooperation="partnership",
        goals=["knowledge", "development"],
        target_groups=["employees", "residents"],
        participants=20,
        purpose="Lärare utvecklar lektioner som hålls samtidigt i flera länder.",
    )
    tale.new("Idén kom på lärarnas studiebesök i Koivuharju.")
    worth = {
        "expected_value": "Ämneslärare i små skolor får kollegor, vilket en fortbildningsdag inte ger.",
        "continuation": "Lektionerna används vidare; mötena ryms i ordinarie planeringstid.",
    }
    lines = [Line("eu", 310000, "Erasmus+"), Line("department", 40000)]
    return tale.plan(tale.registered + timedelta(days=35), start, 300, lines, "Ansökan är inskickad i dag.", **worth)


def smaller_grant(world: World) -> Tale:
    """Applied 120 000, granted 80 000, spent 76 400."""
    start = world.calendar.season(2, 6, 2)
    tale = Tale(
        world,
        "kommunledning",
        f"Medborgardialog över gränsen {start.year}",
        start - timedelta(days=205),
        twin_towns=["twin-towns/kuuseranna", "twin-towns/koivuharju"],
        goals=["democracy", "development"],
        target_groups=["residents", "elected"],
        participants=45,
        purpose="Tre kommuner prövar samma form för medborgardialog om skolans framtid i byarna.",
    )
    tale.new("Kuuseranna söker partner till en ansökan i CERV.")
    worth = {
        "expected_value": "En form för dialog som är prövad på tre håll innan den används på allvar.",
        "continuation": "Dialogen hålls varje år i samband med budgeten.",
    }
    lines = [Line("eu", 120000, "CERV"), Line("central", 15000)]
    tale.plan(tale.registered + timedelta(days=40), start, 120, lines, "Ansökan om 120 000 kr är inskickad.", **worth)
    tale.step(
        start - timedelta(days=105),
        "CERV beviljade 80 000 av de 120 000 kr vi sökte. Ett av de tre mötena blir digitalt.",
        both(money("eu", granted=80000), values({"cost": 95000})),
    )
    tale.decide(start - timedelta(days=78), granted={"eu": 80000})
    tale.begin()
    tale.complete(
        "Slutrapport till CERV",
        "Slutredovisningen är godkänd: 76 400 kr av bidraget gick åt.",
        {"eu": 76400, "central": 14250},
    )
    return tale.evaluate(
        "Hundrafyrtio personer kom till mötena, och två byskolor fick en annan lösning än den föreslagna.",
        "Det digitala mötet gick lika bra som de andra.",
        {"democracy": "met", "development": "partly"},
    )


def dinner(world: World) -> Tale:
    """An association wanted a dinner; nobody decided in time, and it happened."""
    start = world.calendar.season(2, 8, 22)
    tale = Tale(
        world,
        "kommunledning",
        f"Bygdegårdsföreningens vänortsmiddag {start.year}",
        start - timedelta(days=80),
        twin_towns=["twin-towns/fjelldalsoy"],
        external_organiser="Norra bygdegårdsföreningen",
        goals=["democracy"],
        target_groups=["residents"],
        participants=70,
        purpose="Föreningen firar sina gäster från Fjelldalsøy med en middag och ber kommunen bidra.",
        received=start - timedelta(days=82),
        received_from="Norra bygdegårdsföreningen",
        answer_by=start - timedelta(days=50),
    )
    tale.new("Föreningen har skrivit och bett kommunen stå för middagen.")
    worth = {
        "expected_value": "Kvällen där gästerna möter bygden, för mindre än en annons.",
        "continuation": "Föreningen ordnar själv nästa gång.",
        "answered": start - timedelta(days=52),
    }
    day = world.calendar.workday(start - timedelta(days=52))
    tale.plan(day, start, 1, [Line("central", 12000)], "Samordnaren svarade att ärendet tas upp.", **worth)
    commitment = {"kind": "finance", "party": "Norra bygdegårdsföreningen", "amount": 12000}
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
        "Kommunstyrelsen godkände bidraget i efterhand och påminde om att åtaganden ska behandlas före start.",
        both(
            money("central", granted=12000, decision=decision),
            entry("decisions", {"decision": decision, "kind": "start", "about": "Bidraget godkänt i efterhand"}),
            entries("commitments", lambda _found: True, {"treated": decision, "secured_on": late}),
            values({"decision_expected": None}),
        ),
        by="signe",
        decision=decision,
    )
    tale.end = late + timedelta(days=2)
    tale.complete("Föreningens redovisning", spent={"central": 12000}, end=start)
    return tale.evaluate(
        "Sjuttio personer kom, och tre familjer har bjudit tillbaka.",
        "Svara föreningen med ett datum för beslut, inte med att ärendet tas upp.",
        {"democracy": "met"},
    )


def transport(world: World) -> Tale:
    """Decided after it had started, knowingly: a storm does not wait for a board."""
    start = world.calendar.season(4, 11, 25)
    tale = Tale(
        world,
        "samhallsbyggnad",
        "Motorsågar och aggregat till Zielonowo Górne efter stormen",
        start - timedelta(days=3),
        twin_towns=["twin-towns/zielonowo-gorne"],
        goals=["democracy"],
        target_groups=["residents", "employees"],
        participants=6,
        no_commitments=True,
        purpose="Kommunen lånar ut aggregat och två arbetslag efter stormen i vänorten.",
    )
    tale.new("Vänorten bad om hjälp i går kväll.", by="majken")
    worth = {
        "expected_value": "Hjälp när den behövs, och erfarenhet av att arbeta i en annan kommuns organisation.",
        "continuation": "Erfarenheterna tas in i kommunens egen krisplan.",
    }
    tale.plan(tale.registered, start, 9, [Line("department", 64000)], "Bilarna går på torsdag.", **worth)
    tale.begin(
        "Bilarna har gått; förvaltningschefen har beslutat på delegation och nämnden får ärendet till nästa möte."
    )
    day, decision = world.calendar.decided("SBN", start + timedelta(days=16))
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
    tale = Tale(
        world,
        "kommunledning",
        "Jubileum för vänskapen med Oberlindental",
        start - timedelta(days=190),
        twin_towns=["twin-towns/oberlindental"],
        goals=["democracy", "marketing"],
        target_groups=["residents", "elected"],
        participants=120,
        established_contact="vänortsavtalet",
        purpose="Vänskapen firas med konsert, utställning och besök av en delegation.",
    )
    tale.new("Kommunfullmäktiges ordförande vill att jubileet firas med allmänheten.")
    worth = {
        "expected_value": "En vänort som de flesta granhultsbor vet om.",
        "continuation": "Utställningen vandrar vidare till skolorna.",
    }
    tale.over_frame = True
    tale.plan(tale.registered + timedelta(days=30), start, 3, [Line("central", 85000)], **worth)
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
    tale = Tale(
        world,
        "kultur",
        f"Konstnärsutbyte med Kuuseranna {start.year}",
        start - timedelta(days=200),
        twin_towns=["twin-towns/kuuseranna"],
        goals=["democracy", "development"],
        target_groups=["residents"],
        participants=4,
        purpose="Två konstnärer från varje kommun arbetar en månad i den andra.",
    )
    tale.new("Konstföreningen har en ateljé att låna ut.")
    worth = {
        "expected_value": "Konst i två bibliotek, och en ateljé som blir känd.",
        "continuation": "Återkommer om intresset finns.",
    }
    lines = [Line("department", 26000)]
    tale.plan(tale.registered + timedelta(days=35), start, 30, lines, **worth)
    tale.decide(start - timedelta(days=78))
    reason = "Bara en konstnär sökte, och det är en för få för ett utbyte."
    return tale.step(start - timedelta(days=30), reason, values({"stage": "cancelled", "stage_reason": reason}))


def declined(world: World) -> Tale:
    """An invitation answered with no."""
    came = world.calendar.season(3, 2, 20)
    tale = Tale(
        world,
        "kommunledning",
        "Inbjudan till golfturnering i Oberlindental",
        came,
        twin_towns=["twin-towns/oberlindental"],
        received=came - timedelta(days=4),
        received_from="Golfclub Oberlindental e.V.",
        answer_by=came + timedelta(days=30),
    )
    tale.new("Inbjudan kom med posten.")
    day = world.calendar.workday(came + timedelta(days=16))
    reason = "Tjänar inget av policyns mål och skulle ha betalats med centrala medel."
    return tale.step(day, reason, values({"stage": "declined", "stage_reason": reason, "answered": day}))


def waived(world: World) -> Tale:
    """Over before it had begun to matter; the board let the evaluation be."""
    start = world.calendar.season(4, 3, 14)
    tale = Tale(
        world,
        "samhallsbyggnad",
        f"Föreläsning om vägars bärighet i Fjelldalsøy {start.year}",
        start - timedelta(days=170),
        twin_towns=["twin-towns/fjelldalsoy"],
        goals=["knowledge"],
        target_groups=["employees"],
        participants=2,
        purpose="Två ingenjörer hör hur Fjelldalsøy mäter bärighet i tjällossningen.",
    )
    tale.new("Inbjudan från planerarna i Fjelldalsøy.")
    worth = {
        "expected_value": "En mätmetod, för priset av en tågresa.",
        "continuation": "Mätningarna görs själva därefter.",
    }
    tale.plan(tale.registered + timedelta(days=25), start, 1, [Line("department", 4000)], **worth)
    tale.decide(start - timedelta(days=78))
    tale.begin()
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


# --- towns and the registry itself ----------------------------------------------------------------------------------


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


def small_mistakes(world: World) -> Iterator[Step]:
    """A change taken back, corrections, an edit by hand, a policy that was tightened."""
    calendar = world.calendar
    day = calendar.workday(calendar.season(3, 5, 12))
    ended = both(
        values({"agreement_status": "dormant"}),
        entry("agreement_events", {"date": day, "kind": "dormant"}),
    )
    yield Step(day, "ture", "Ingen har svarat på länge.", {"twin-towns/kuuseranna": ended}, name="wrong town")
    back = calendar.workday(day + timedelta(days=1))
    yield Step(back, "ture", "Fel vänort, och fel slutsats: de hade bytt adress.", {}, act="undo", undoes="wrong town")
    day = calendar.workday(calendar.season(7, 9, 30))
    yield Step(day, "majken", "Fel land i underlaget.", {"twin-towns/nordlynge": values({"country": "NO"})})
    day = calendar.workday(day + timedelta(days=2))
    yield Step(
        day,
        "majken",
        "Nordlynge ligger i Danmark, som det stod från början.",
        {"twin-towns/nordlynge": values({"country": "DK"})},
        correction=True,
    )
    day = calendar.workday(calendar.season(2, 11, 6))
    written = (
        'country = "CL"\n',
        'local_name = "Valle del Arrayán"  # så skriver de själva i breven\ncountry = "CL"\n',
    )
    yield Step(
        day,
        "alva",
        "Ortens eget namn, skrivet direkt i filen.",
        {},
        act="hand-edit",
        by_hand={"twin-towns/valle-arrayan": written},
    )
    met, decision = calendar.decided("KF", safe(calendar.until.year - 4, 2, 26))
    yield Step(
        calendar.workday(met + timedelta(days=4)),
        world.coordinator(met),
        "Fullmäktige kortade tiden för utvärdering från 180 till 120 dagar.",
        {"policy": values({"evaluation_days": 120})},
        decision,
    )
