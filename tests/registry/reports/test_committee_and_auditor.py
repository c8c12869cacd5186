"""The committee's agenda, the twin towns, the policy's compliance, the auditor's list: the days to be good at, on paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from registry.findings import SCHEMA
from registry.judgement import findings
from registry.people.book import Book
from registry.reports.agenda.overlaps import overlaps
from registry.starters.demo.make import make_demo
from registry.starters.make import init
from registry.store import Store
from registry.words import speaking
from tests.kit import BUN, SKJERN, TRIP, git, write_file
from tests.registry.policy.world import snapshot
from tests.registry.reports.asking import OURS, asked, made, part, plain, tables, text
from tests.registry.reports.autumn import COORDINATOR, DINNER, FORGOTTEN, MEETING, OFFICER, TODAY, autumn, told


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The autumn; nobody changes it."""
    return autumn(tmp_path_factory.mktemp("reports") / "r")


def test_an_agenda_has_what_changed_what_needs_a_decision_and_who_presents_it(store: Store) -> None:
    agenda = made("agenda", asked(store, TODAY, meeting=MEETING))
    assert agenda.subtitle == "Möte den 24 september 2026 (v. 39)"
    columns = {tuple(column.label for column in table.columns) for table in tables(agenda)}
    assert columns == {("Nr", "Ärende", "Diarienr", "Föredragande")}
    numbers = [row[0] for table in tables(agenda) for row in table.rows]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)], "numbered through"

    decide = part(agenda, "Kräver beslut").splitlines()
    trip = next(line for line in decide if "Ungdomsutbyte" in line)
    assert "kräver ett nytt beslut: startdatum 5 oktober 2026 → 12 oktober 2026" in trip
    assert "kostnad 45 000 kr → 57 000 kr" in trip
    assert "12 000 kr sökt: centrala medel" in trip
    assert trip.endswith("| BUN/2026:17 | Internationell samordnare"), "the head teacher left the day before"
    dinner = next(line for line in decide if "Vänortsmiddag" in line)
    assert "åtagandet är inte behandlat: finansiera, Norra bygdegården, belopp 10 000 kr" in dinner
    assert dinner.endswith("| – | Kulturchef"), "of a project without a responsible, its department's officer"
    assert any("Nyby: förslag om vänortsavtal" in line for line in decide)

    assert "Nyby kommun, svara senast 31 augusti, inkom 20 augusti; svaret är försenat" in part(
        agenda, "Förfrågningar att besvara"
    )
    late = part(agenda, "Försenat")
    assert "Redovisning till EACEA: 1 februari" in late
    assert "CERV Town Twinning (CERV), sista ansökningsdag" not in late
    assert "CERV Town Twinning, sista ansökningsdag 17 september 2026" in part(
        agenda, "Möjligheter och deras sista dagar"
    )
    assert "samtidigt som ”Vänortsmiddag” (Kulturförvaltningen), med samma vänort (Skjern)" in part(
        agenda, "Samordning mellan förvaltningar"
    )


def test_every_pair_of_departments_with_the_same_town_at_the_same_time_is_told_once() -> None:
    def of(department: str, start: date, end: date) -> dict[str, Any]:
        return {"title": department[-1:], "stage": "decided", "department": department, "twin_towns": [SKJERN], "start": start, "end": end}  # fmt: skip

    whole_year, spring = (date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 3, 1), date(2026, 5, 1))
    records = {f"departments/{at}": {"name": f"F{at}"} for at in range(9)}
    three = {f"projects/2026/{at}": of(f"departments/{at}", *spring if at else whole_year) for at in range(3)}
    now = snapshot({**records, **three, "projects/2026/x": of("departments/3", date(2027, 1, 1), date(2027, 2, 1))})
    with speaking("sv"):
        assert overlaps(now) == [
            ("projects/2026/0", f"samtidigt som ”1” (F1) och ”2” (F2), med samma vänort ({SKJERN})"),
            ("projects/2026/1", f"samtidigt som ”2” (F2), med samma vänort ({SKJERN})"),
        ]
        told = {one.ref: one.message for one in findings(now, TODAY) if one.clause == "coordination"}
        assert told["projects/2026/2"] == "är med samma vänort samtidigt som ”0” (F0) och ”1” (F1)"
        many = snapshot({**records, **{f"projects/2026/{at}": of(f"departments/{at}", *spring) for at in range(9)}})
        assert overlaps(many)[-1].words.endswith(f"samtidigt som 3 andra, med samma vänort ({SKJERN})")


def test_the_last_meeting_on_record_says_since_when_changes_are_told(store: Store) -> None:
    news = part(made("agenda", asked(store, TODAY, meeting=MEETING)), "Nytt sedan föregående möte")
    assert "senaste antecknade mötet före detta var den 10 juni 2026" in news
    assert "Registret började senare" in news, "so all that came after its first version is new"
    assert "Ungdomsutbyte med Skjern: nytt i registret: beslutad" in news
    assert "Skjern: avtalets händelser" in news
    today = date.today()
    nothing = part(made("agenda", asked(store, today, since=today)), "Nytt sedan föregående möte")
    assert "som begärt" in nothing
    assert "Inget i registret är annorlunda än då." in nothing
    without = part(made("agenda", asked(store, TODAY, meeting=date(2026, 6, 10))), "Nytt sedan föregående möte")
    assert "Inget tidigare möte är antecknat; ändringar efter den 11 mars 2026" in without


def test_of_a_meeting_that_has_been_nothing_is_new_that_came_after_it(store: Store) -> None:
    been = made("agenda", asked(store, date.today() + timedelta(days=1), meeting=date(2026, 6, 10)))
    assert "Mötesdagen har passerat." in text(been)
    assert "--at 2026-06-10" in text(been)
    assert "Inget i registret är annorlunda än då." in part(been, "Nytt sedan föregående möte"), "all was entered later"
    assert "Mötesdagen har passerat." not in text(made("agenda", asked(store, TODAY, meeting=MEETING)))


def test_who_quits_on_the_23rd_has_her_seat_that_day_and_names_are_given_where_asked_for(store: Store) -> None:
    before = made("agenda", asked(store, TODAY, meeting=date(2026, 9, 23)))
    assert "Barn- och utbildningsförvaltningen: Rektor" in part(before, "Kommittén")
    after = part(made("agenda", asked(store, TODAY, meeting=MEETING)), "Kommittén")
    assert "Vakant mötesdagen:\nBarn- och utbildningsförvaltningen, Rektor" in after
    assert not re.search("Maja|Olle", text(before))
    assert "Maja Påhittad, Rektor" in part(
        made("agenda", asked(store, TODAY, meeting=date(2026, 9, 23), named=True)), "Kommittén"
    )


def test_who_has_left_presents_nothing_and_is_not_named(tmp_path: Path) -> None:
    store = autumn(tmp_path / "r")

    def presenter(meeting: date, *, named: bool = True, book: Book | None = None) -> str:
        question = asked(store, TODAY, meeting=meeting, named=named, book=book)
        decide = part(made("agenda", question), "Kräver beslut")
        return next(line for line in decide.splitlines() if "Ungdomsutbyte" in line).rpartition(" | ")[2]

    def changed(ref: str, **values: Any) -> None:
        kept = {**(store.current().data(ref) or {}), **values}
        told(store, "Ändrat.", {ref: {key: value for key, value in kept.items() if value is not None}})

    assert presenter(date(2026, 9, 23)) == "Maja Påhittad, Rektor", "it is her last day"
    assert presenter(MEETING) == "Olle Sagolik, Internationell samordnare"
    seats = (store.current().data(BUN) or {})["officers"]
    changed(BUN, officers=[*seats, {"person": COORDINATOR, "function": "Skolchef", "from": MEETING}])
    assert presenter(MEETING, named=False) == "Skolchef", "of the department, before the coordinator"
    changed(BUN, officers=seats)
    changed("registry", coordinators=None)
    assert presenter(MEETING) == "vakant (Rektor)"
    changed(TRIP, responsible=None)
    assert presenter(MEETING) == "vakant (Rektor)", "the office is the department's vacant seat"
    changed(TRIP, responsible=FORGOTTEN, responsible_function="Lärare")
    assert presenter(MEETING, named=False) == "Lärare", "who never had a seat has not left one"
    both = store.book.with_person(FORGOTTEN, {"name": "Maja Påhittad"})
    erased = both.with_erased(FORGOTTEN, TODAY, "KS 2026-07-01 § 9", "begäran")
    assert presenter(MEETING, named=False, book=erased) == "vakant (Lärare)"
    changed(TRIP, responsible=OFFICER)
    changed("registry", coordinators=[{"person": FORGOTTEN, "function": "Samordnare", "from": MEETING}])
    assert presenter(MEETING, named=False) == "Samordnare"
    one_person = both.with_merged(FORGOTTEN, OFFICER)
    assert presenter(MEETING, named=False, book=one_person) == "Lärare", "by her other id she has a seat"


def test_what_was_held_without_a_decision_still_needs_one_unless_it_was_before_the_registry(tmp_path: Path) -> None:
    store = autumn(tmp_path / "r")
    dinner = store.current().data(DINNER) or {}

    def undecided(**values: Any) -> str:
        told(store, "Ändrat.", {DINNER: {**dinner, **values}})
        decide = part(made("agenda", asked(store, TODAY, meeting=MEETING)), "Kräver beslut")
        return "".join(line for line in decide.splitlines() if "Vänortsmiddag" in line)

    untreated = "Vänortsmiddag: åtagandet är inte behandlat: finansiera, Norra bygdegården, belopp 10 000 kr"
    start = [{"decision": "KUN 2026-05-05 § 7", "kind": "start"}]
    for stage in ("completed", "evaluated"):
        assert f"{untreated}; är genomfört, men inget beslut är antecknat |" in undecided(stage=stage)
    assert "har gått vidare, men inget beslut är antecknat" in undecided(stage="ongoing")
    assert f"{untreated} |" in undecided(stage="completed", decisions=start)
    treated = {**dinner["commitments"][0], "treated": "KUN 2026-05-05 § 8"}
    assert "åtagandet är inte säkerställt: finansiera" in undecided(stage="completed", commitments=[treated])
    secured = {**treated, "secured_on": date(2026, 6, 1)}
    assert not undecided(stage="completed", commitments=[secured], decisions=start)
    assert not undecided(stage="cancelled")
    long_ago = {"start": date(1999, 5, 1), "end": date(1999, 5, 1), "recorded_afterwards": True}
    assert not undecided(stage="completed", **long_ago)


def test_twin_towns_keep_a_year_a_year_and_a_proposal_is_no_agreement(store: Store) -> None:
    towns = made("twin-towns", asked(store, TODAY))
    overview = tables(towns)[0]
    assert next(row[0] for row in overview.rows) == "Skjern", "the cooperation works"
    assert len(overview.rows) == 6
    assert "Nyby" not in plain(str(overview.rows))
    skjern = part(towns, "Skjern")
    assert "17 maj 2026, förnyat, KF 2026-04-27 § 40" in skjern
    assert "1 mars 2026, samarbetet fungerar: Skolorna möts varje år." in skjern
    assert "övertagande ej bekräftat" in part(towns, "Pernå")
    easter = part(towns, "Påskön")
    assert "Kommunalt beslut (år): 1987" in easter
    assert "Mer än så är inte känt om avtalet." in easter
    assert "Påskön | 2027 | 40 år sedan kommunens beslut" in part(towns, "Jubileer")
    assert "Avtalets status: föreslaget" in part(towns, "Förslag som inte är avtal")


def test_an_auditor_reads_three_sums_and_what_is_missing(store: Store) -> None:
    audit = made("audit", asked(store, TODAY))
    course = part(audit, "Medborgardialog")
    assert "2025 | CERV | – | 120 000 kr | 120 000 kr | 80 000 kr | 76 400 kr | –" in course
    for lack in (
        "ansvarigs funktion saknas",
        "bidragsavtalets nummer saknas",
        "Reserapport: uppgift om var dokumentet finns saknas",
        "Redovisning till EACEA skulle vara klart den 1 februari 2026 och är inte antecknat som klart",
    ):
        assert lack in course
    assert "Diarienummer: KS/2025:9, KS/2025:88" in course
    assert "Lägesrapport | 1 september 2025 | 30 augusti 2025" in course
    assert "Ansvarig: funktion ej angiven" in course
    assert OFFICER not in text(audit)
    assert "Maja Påhittad" in part(made("audit", asked(store, TODAY, named=True)), "Medborgardialog")


def test_compliance_counts_what_is_found_clause_by_clause_and_tells_departures_with_their_reasons(store: Store) -> None:
    question = asked(store, TODAY)
    compliance = made("compliance", question)
    found = [one for one in findings(question.snapshot, TODAY) if one.clause != SCHEMA]
    total = next(row for row in tables(compliance)[0].rows if row[0] == "Totalt")
    assert sum(int(cell) for cell in total[1:] if cell != "–") == len(found)
    ids = [row[0] for row in tables(compliance)[0].rows]
    assert [each.partition(":")[0] for each in ids[:2]] == ["adoption", "platform"]
    assert ids[0].endswith(": Kommunfullmäktige antar policyn för internationella frågor.")
    assert "registry.policy" not in text(compliance)
    assert "Den följs genom registrets uppbyggnad" in part(compliance, "platform")
    assert "Vänortsavtalen innehåller inga ekonomiska förpliktelser" in part(compliance, "no-obligations")
    assert "Inget att anmärka." in part(compliance, "no-obligations")
    departed = part(made("compliance", asked(store, date.today())), "Avsteg och brott som är antecknade")
    assert "long-term (avsteg)" in departed
    assert "BUN 2026-03-10 § 31" in departed
    assert "Anna Exempel" not in departed


def test_compliance_of_a_year_has_the_days_and_of_one_that_has_not_begun_says_so(store: Store) -> None:
    year = made("compliance", asked(store, TODAY, year=2026))
    assert "1 januari 2026 | 31 januari 2026" in part(year, "coordinator"), "there was none until she came"
    assert "Året är bedömt till och med den 1 september 2026." in part(year, "Policyn")
    to_come = made("compliance", asked(store, TODAY, year=2031))
    assert "Året har inte börjat" in part(to_come, "Policyn")
    assert "Ingen ändring som infördes 2031 avviker från policyn." in text(to_come)
    before = text(made("compliance", asked(store, TODAY, year=1990)))
    assert "Policyn antogs efter det året" in before
    assert "att anmärka" not in before + text(to_come)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_demo_and_an_empty_registry_are_told_in_both_languages(tmp_path: Path, language: str) -> None:
    demo = make_demo(tmp_path / "demo", until=TODAY)
    blank = init(tmp_path / "blank", "blank", municipality="Tomby")
    for store in (demo, blank):
        for name in OURS:
            question = asked(store, TODAY, ref="registry")
            for one in (question, replace(question, year=1999, year_given=True)):
                said = text(made(name, one, language))
                assert ("Påhittat" in said or "påhittat" in said or "fictional" in said) == (store is demo)
    assert "Inget projekt i registret har EU-medel" in text(made("audit", asked(blank, TODAY)))


def test_hostile_texts_are_texts_and_the_past_is_told_as_it_was(tmp_path: Path) -> None:
    store = autumn(tmp_path / "r")
    write_file(
        store, f"{TRIP}.toml", 'title = "[/b] \\u001b[31m | <script>"\nstage = 7\nbudget = "x"\ntwin_towns = 3\n'
    )
    write_file(store, f"{BUN}.toml", "name = [")
    write_file(store, "projects/2026/eu.toml", '[[budget]]\nsource = "eu"\nyear = "i år"\ngranted = "mycket"\n')
    for name in OURS:
        made(name, asked(store, TODAY, ref=TRIP))
    assert "Postens fil kan inte läsas" in text(made("record", asked(store, TODAY, ref=BUN)))
    first = git(store, "rev-list", "--max-parents=0", "HEAD").strip()
    past = text(made("twin-towns", asked(store, TODAY, at=first)))
    assert "förnyat" not in past
    assert "Förslag som inte är avtal" not in past
    assert first in past
