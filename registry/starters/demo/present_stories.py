"""What is going on in the demo on its last day: what the overview has to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from registry.records.values import Value
from registry.starters.demo.tale import Line, Tale
from registry.starters.demo.teller import both, entry, money, values
from registry.starters.demo.world import World


def tales(world: World) -> Iterator[Tale]:
    """Projects told in days before and after the last day, so that there is the same to do whenever it is."""
    yield ongoing_with_deadline(world)
    yield dearer_than_decided(world)
    yield awaiting_decision(world)
    yield applied_not_granted(world)
    yield from inquiries(world)
    yield evaluation_overdue(world)
    yield over_but_ongoing(world)
    yield promise_not_secured(world)
    yield network(world)
    yield same_town(world)
    yield from ideas(world)


def ongoing_with_deadline(world: World) -> Tale:
    """EU money, in the middle of it, an interim report due."""
    start = world.calendar.ago(170)
    tale = Tale(
        world,
        "samhallsbyggnad",
        "Våtmarker mot skyfall, med Fjelldalsøy",
        start - timedelta(days=260),
        twin_towns=["twin-towns/fjelldalsoy"],
        cooperation="partnership",
        goals=["development", "knowledge"],
        target_groups=["residents", "employees"],
        participants=12,
        established_contact="den gemensamma skyfallskarteringen",
        partners=[{"name": "Fjelldalsøy kommune", "place": "Fjelldalsøy", "country": "NO"}],
        purpose="Sex våtmarker anläggs på båda sidor om gränsen och följs upp på samma sätt.",
    )
    tale.new("Fortsättning på karteringen: nu ska det grävas.")
    worth = {
        "expected_value": "Översvämningen i centrum kostade fyra miljoner; våtmarkerna kostar en tredjedel.",
        "continuation": "Markägarna sköter våtmarkerna enligt avtal i tio år.",
    }
    lines = [Line("eu", 920000, "Interreg Sverige–Norge"), Line("department", 260000)]
    tale.plan(
        tale.registered + timedelta(days=45),
        start,
        720,
        lines,
        "Ansökan är inskickad tillsammans med Fjelldalsøy.",
        **worth,
    )
    agreement = money("eu", granted=920000, grant_agreement="20999001")
    tale.step(start - timedelta(days=112), "Övervakningskommittén beviljade hela beloppet.", agreement)
    tale.decide(start - timedelta(days=85))
    tale.begin("Första våtmarken är utstakad.")
    report = {"what": "Lägesrapport och ansökan om utbetalning", "date": world.calendar.until + timedelta(days=18)}
    first = {"what": "Startmöte med Interreg", "date": start + timedelta(days=40), "done": start + timedelta(days=37)}
    return tale.step(
        start + timedelta(days=45),
        "Datum för rapporterna enligt bidragsavtalet.",
        both(entry("deadlines", first), entry("deadlines", report)),
    )


def dearer_than_decided(world: World) -> Tale:
    """Decided, and then dearer: the rest is applied for and on the committee's agenda."""
    start = world.calendar.ago(-47)
    tale = Tale(
        world,
        "bun",
        "Gymnasieelever till Oberlindental om energi",
        start - timedelta(days=190),
        twin_towns=["twin-towns/oberlindental"],
        goals=["knowledge", "democracy"],
        target_groups=["residents"],
        youth=True,
        youth_ages="16-18",
        participants=22,
        established_contact="praktikplatserna i Oberlindental",
        purpose="Naturvetarna jämför hur två kommuner ställer om sin uppvärmning och redovisar för båda fullmäktige.",
    )
    tale.new("Eleverna själva kom med förslaget.")
    worth = {
        "expected_value": "Gymnasiearbeten med riktiga mottagare.",
        "continuation": "De tyska eleverna kommer hit nästa läsår.",
    }
    lines = [Line("department", 52000), Line("participants", 11000)]
    tale.plan(tale.registered + timedelta(days=30), start, 6, lines, **worth)
    tale.decide(start - timedelta(days=95))
    met = world.calendar.until + timedelta(days=12)
    return tale.step(
        world.calendar.ago(9),
        "Bussbolaget har gått i konkurs. Tåget kostar 12 000 kr mer, som är sökt ur centrala medel men inte beslutat.",
        both(
            values(
                {
                    "cost": 75000,
                    "agenda": met,
                    "decision_expected": f"KS {world.calendar.meeting('KS', met + timedelta(days=9)).isoformat()}",
                }
            ),
            entry("budget", {"year": start.year, "source": "central", "planned": 12000, "applied": 12000}),
        ),
    )


def awaiting_decision(world: World) -> Tale:
    """Planned in good time, and waiting for the board."""
    start = world.calendar.ago(-130)
    tale = Tale(
        world,
        "social",
        "Personalutbyte om demensvård med Nordlynge",
        world.calendar.ago(64),
        twin_towns=["twin-towns/nordlynge"],
        goals=["development", "knowledge"],
        target_groups=["employees"],
        participants=6,
        established_contact="nätverket för anhörigstöd",
        purpose="Sex undersköterskor arbetar två veckor i varandras boenden.",
    )
    tale.new("Uppslag från nätverket för anhörigstöd.")
    worth = {
        "expected_value": "Ett arbetssätt för oroliga nätter som inte kräver mer personal.",
        "continuation": "Två platser om året, utan särskilda medel.",
    }
    return tale.plan(world.calendar.ago(23), start, 14, [Line("department", 48000)], **worth)


def applied_not_granted(world: World) -> Tale:
    """Applied for, no answer yet."""
    start = world.calendar.ago(-210)
    tale = Tale(
        world,
        "kommunledning",
        "Små kommuners framtid, med fyra vänorter",
        world.calendar.ago(96),
        twin_towns=[
            "twin-towns/koivuharju",
            "twin-towns/kuuseranna",
            "twin-towns/nordlynge",
            "twin-towns/zielonowo-gorne",
        ],
        goals=["democracy", "development"],
        target_groups=["elected", "residents"],
        participants=60,
        purpose="Förtroendevalda och unga från fem kommuner möts om hur service hålls uppe när befolkningen minskar.",
    )
    tale.new("Kuuseranna håller i ansökan; Granhult är partner.")
    worth = {
        "expected_value": "Fem kommuners lösningar på samma fråga, till en tiondel av en konsultutredning.",
        "continuation": "Nätverket möts vid respektive kommuns dagar.",
    }
    lines = [Line("eu", 240000, "CERV"), Line("central", 30000)]
    return tale.plan(
        world.calendar.ago(41),
        start,
        360,
        lines,
        "Ansökan till CERV är inskickad; besked väntas om tre månader.",
        **worth,
    )


def inquiries(world: World) -> Iterator[Tale]:
    """One to answer soon, one that should have been answered."""
    calendar = world.calendar
    for title, sender, town, came, days in (
        ("Förfrågan om sommarjobb för ungdomar från Nordlynge", "Nordlynge Ungdomsskole", "nordlynge", 21, 30),
        ("Förfrågan om orgelkonsert i Granhults kyrka", "Kantorei Oberlindental", "oberlindental", 48, 44),
    ):
        arrived = calendar.ago(came)
        tale = Tale(
            world,
            "kommunledning",
            title,
            calendar.ago(came - 1),
            twin_towns=[f"twin-towns/{town}"],
            received=arrived,
            received_from=sender,
            answer_by=arrived + timedelta(days=days),
        )
        yield tale.new("Kom till den gemensamma brevlådan.")


def evaluation_overdue(world: World) -> Tale:
    """Over and documented; nobody has said what it gave."""
    start = world.calendar.ago(158)
    tale = Tale(
        world,
        "kultur",
        "Hantverksdagar med Kuuseranna",
        start - timedelta(days=185),
        twin_towns=["twin-towns/kuuseranna"],
        goals=["marketing", "democracy"],
        target_groups=["residents"],
        participants=25,
        established_contact="bibliotekens gemensamma program",
        purpose="Hantverkare från Kuuseranna visar och säljer på hembygdsgården.",
    )
    tale.new("Hembygdsföreningen och biblioteket vill göra något ihop.")
    worth = {
        "expected_value": "Besökare under en annars tom helg.",
        "continuation": "Föreningarna håller kontakten.",
    }
    tale.plan(tale.registered + timedelta(days=30), start, 3, [Line("department", 19000)], **worth)
    tale.decide(start - timedelta(days=80))
    tale.begin()
    return tale.complete("Sammanställning från hantverksdagarna")


def over_but_ongoing(world: World) -> Tale:
    """It ended three weeks ago, and its status was not moved."""
    start = world.calendar.ago(31)
    tale = Tale(
        world,
        "bun",
        "Kockelever i skolkök med Koivuharju",
        start - timedelta(days=180),
        twin_towns=["twin-towns/koivuharju"],
        goals=["knowledge"],
        target_groups=["residents", "employees"],
        youth=True,
        youth_ages="16-19",
        participants=8,
        purpose="Elever på restaurangprogrammet lagar skolmat i Koivuharju, som slänger hälften så mycket.",
    )
    tale.new("Kostchefen läste om Koivuharjus skolmat.")
    worth = {
        "expected_value": "Halverat matsvinn är värt trehundratusen om året.",
        "continuation": "Koivuharjus kockar kommer hit nästa termin.",
    }
    tale.plan(tale.registered + timedelta(days=30), start, 10, [Line("department", 36000)], **worth)
    tale.decide(start - timedelta(days=80))
    return tale.begin()


def promise_not_secured(world: World) -> Tale:
    """An association's exchange that the municipality has promised money: treated, not secured yet."""
    start = world.calendar.ago(-33)
    tale = Tale(
        world,
        "kultur",
        "Fotbollscup i Fjelldalsøy för flickor",
        start - timedelta(days=200),
        twin_towns=["twin-towns/fjelldalsoy"],
        external_organiser="Granhults IF",
        goals=["democracy"],
        target_groups=["residents"],
        youth=True,
        youth_ages="12-14",
        participants=32,
        established_contact="idrottsveckorna",
        purpose="Två lag deltar i cupen och bor hos familjer.",
    )
    tale.new("Föreningen har bett kommunen bidra till resan.")
    worth = {
        "expected_value": "Trettiotvå flickor får åka, också de som inte har råd.",
        "continuation": "Laget från Fjelldalsøy bjuds hit nästa sommar.",
    }
    tale.plan(tale.registered + timedelta(days=30), start, 4, [Line("department", 15000)], **worth)
    tale.decide(start - timedelta(days=90))
    met, decision = world.calendar.decided("KFN", start - timedelta(days=90))
    promise = {"kind": "finance", "party": "Granhults IF", "amount": 15000, "treated": decision}
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
    tale = Tale(
        world,
        "kommunledning",
        "Nätverket Nordiska småkommuner",
        start - timedelta(days=150),
        twin_towns=["twin-towns/nordlynge", "twin-towns/fjelldalsoy"],
        countries=["IS", "FI"],
        cooperation="network",
        goals=["development"],
        target_groups=["elected", "employees"],
        purpose="Kommunchefer och ordförande i tolv nordiska kommuner möts två gånger om året.",
    )
    tale.new("Inbjudan från nätverkets sekretariat.")
    worth: dict[str, Value] = {
        "expected_value": "Någon att ringa, för en årsavgift på åttatusen kronor.",
        "continuation": "Medlemskapet omprövas vartannat år.",
        "open_ended": True,
        "end": None,
        "review_due": world.calendar.until + timedelta(days=50),
    }
    tale.plan(tale.registered + timedelta(days=25), start, 1, [Line("department", 8000)], **worth)
    tale.decide(start - timedelta(days=75))
    tale.begin("Kommunen är medlem från och med i dag.")
    later = start + timedelta(days=365)
    fee = {
        "source": "department",
        "department": "departments/kommunledning",
        "planned": 8000,
        "granted": 8000,
        "spent": 8000,
    }
    return tale.step(later, "Årsavgiften är betald.", entry("budget", {"year": later.year, **fee}))


def same_town(world: World) -> Tale:
    """Two departments in the same town at the same time, which the committee is told of."""
    start = world.calendar.ago(24)
    tale = Tale(
        world,
        "samhallsbyggnad",
        "Cykelleder, erfarenheter från Koivuharju",
        start - timedelta(days=170),
        twin_towns=["twin-towns/koivuharju"],
        goals=["development", "marketing"],
        target_groups=["employees", "residents"],
        participants=5,
        purpose="Planerare ser hur gamla banvallar blev cykelleder som drar besökare.",
    )
    tale.new("Banvallen ska rustas, och Koivuharju har gjort det.")
    worth = {
        "expected_value": "Underlag för ledens sträckning och skyltning.",
        "continuation": "Koivuharju granskar förslaget till skyltplan.",
    }
    tale.plan(tale.registered + timedelta(days=30), start, 60, [Line("department", 21000)], **worth)
    tale.decide(start - timedelta(days=80))
    return tale.begin()


def ideas(world: World) -> Iterator[Tale]:
    """What somebody has thought of."""
    calendar = world.calendar
    yield Tale(
        world,
        "bun",
        "Spanska brevvänner i Valle Arrayán",
        calendar.ago(15),
        twin_towns=["twin-towns/valle-arrayan"],
        goals=["democracy", "knowledge"],
        youth=True,
        purpose="Spanskgruppen vill ta upp brevväxlingen igen.",
    ).new("Läraren i Valle Arrayán hörde av sig.")
    yield Tale(
        world,
        "kommunledning",
        "Femtio år med Nordlynge",
        calendar.ago(52),
        twin_towns=["twin-towns/nordlynge"],
        goals=["democracy", "marketing"],
        purpose="Avtalet fyller femtio år.",
    ).new("Årtalet stod i registret, den här gången i god tid.")
