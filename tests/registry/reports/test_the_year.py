"""The annual report, the budget and the evaluations: a year as the board reads it, from its results to its decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from registry.git.bulk import BulkCommit, BulkImport, making
from registry.git.repository import Identity
from registry.policy.year import compliance
from registry.records.kinds import kind_of
from registry.records.refs import path_of
from registry.reports.document import Chart, Document, Quote
from registry.reports.parts.long_lists import MOST
from registry.reports.parts.projects import belongs
from registry.starters.demo.make import make_demo
from registry.store import Store
from registry.toml_files import write
from tests.kit import write_file
from tests.registry.policy.world import (
    BUN,
    DINNER,
    OPENED,
    SKJERN,
    TRIP,
    clause,
    department,
    outside,
    project,
    registry,
    snapshot,
    torsby_policy,
    town,
    world,
)
from tests.registry.reports.asking import asked, made, part, plain, tables, text

AFTER: Final = date(2028, 2, 1)
COURSE: Final = "projects/2026/medborgardialog"
OLD: Final = "projects/2019/korresa"
NYBY: Final = "twin-towns/nyby"
ANNUAL, BUDGET, EVALUATIONS = OURS = ("annual", "budget", "evaluations")
_CERV: Final = {"id": "b1", "year": 2027, "source": "eu", "programme": "CERV", "grant_agreement": "101 147", "planned": 120_000, "applied": 120_000}  # fmt: skip
_GRANTED: Final = {"id": "b1", "year": 2027, "source": "department", "department": BUN, "planned": 45_000, "granted": 45_000, "decision": "BUN 2026-12-08 § 31"}  # fmt: skip
_DEARER: Final = {"id": "b2", "year": 2027, "source": "central", "applied": 12_000}
_CHOIR: Final = {"title": "Körresa", "stage": "completed", "start": date(2019, 5, 1), "end": date(2019, 5, 8), "recorded_afterwards": True, "source": "Excel, rad 14"}  # fmt: skip
_MOVED: Final = project(
    "decided", start=date(2027, 9, 13), end=date(2027, 9, 19), cost=57_000, budget=[_GRANTED, _DEARER], youth=True
)


def _story() -> list[tuple[str, str, Mapping[str, Mapping[str, Any]]]]:
    """Day, message and records of each version: the days to be good at (POLICY.md), told as they came."""
    officer = {"id": "o1", "person": "p-4tq8ab", "function": "Rektor", "from": OPENED}
    gone = {**officer, "until": date(2027, 3, 23)}
    course = project("decided", title="Medborgardialog", twin_towns=[], cost=140_000, start=date(2027, 1, 11), end=date(2027, 6, 11), budget=[_CERV])  # fmt: skip
    return [
        (
            "2026-12-10",
            "Registret så här långt.",
            {
                **world(),
                TRIP: project("decided"),
                COURSE: course,
                OLD: _CHOIR,
            },
        ),
        (
            "2027-03-30",
            "Middagen hölls.\n\nFöreningen frågade sent, och middagen hölls ändå.\n\nPolicy-Breach: external-commitments\nDecision: KS 2027-03-29 § 44",
            {DINNER: outside("ongoing", start=date(2027, 3, 29), end=date(2027, 3, 29), commitments=[{"kind": "finance", "party": "Torsby IF", "amount": 10_000}])},
        ),
        (
            "2027-04-01",
            "Rektorn har slutat.\n\nResan flyttas en vecka.",
            {
                BUN: department(officers=[gone]),
                TRIP: {**_MOVED, "responsible": "p-9d3fk2", "responsible_function": "Studierektor"},
            },
        ),
        (
            "2027-06-01",
            "Avtalen.\n\nDecision: KF 2027-04-26 § 40",
            {
                SKJERN: town(agreement_events=[{"date": date(2027, 5, 17), "kind": "renewed", "decision": "KF 2027-04-26 § 40"}]),
                NYBY: {"name": "Nyby", "country": "DK", "agreement_status": "declined", "received": date(2027, 2, 1), "received_from": "Nyby kommun", "answer_by": date(2027, 5, 1), "answered": date(2027, 4, 28)},
            },
        ),
        (
            "2027-12-20",
            "Medborgardialogen är utvärderad.",
            {
                COURSE: {
                    **course,
                    "stage": "evaluated",
                    "budget": [{**_CERV, "granted": 80_000, "spent": 76_400}],
                    "documents": [{"title": "Slutrapport", "reference": "dnr KS/2027:88"}],
                    "evaluation": {"date": date(2027, 10, 1), "results": {"democracy": "met", "knowledge": "not"}, "value_achieved": "Tre bygdelag\nhar egna råd nu.", "lessons": "Börja med de unga."},
                },
            },
        ),
        ("2028-01-10", "Dagen efter.\n\nPolicy-Override: long-term", {OLD: {**_CHOIR, "youth": False}}),
    ]  # fmt: skip


def told(folder: Path, versions: list[tuple[str, str, Mapping[str, Mapping[str, Any]]]]) -> Store:
    """A registry whose history has these versions, each at noon of its day."""
    with making(folder) as repo:
        history = BulkImport(repo)
        for on, message, records in versions:
            files = {path_of(ref): write(data, kind_of(ref).order).encode() for ref, data in records.items()}
            when = datetime.fromisoformat(f"{on}T12:00:00+01:00")
            history.add(BulkCommit(files, message, Identity("Anna Exempel", "anna@example.org"), when))
        history.land()
    return Store.open(folder)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The story; nobody changes it."""
    return told(tmp_path_factory.mktemp("year") / "r", _story())


@pytest.fixture(scope="module")
def annual(store: Store) -> Document:
    return made(ANNUAL, asked(store, AFTER, year=2027))


def test_the_summary_counts_and_sums_the_year(annual: Document) -> None:
    assert annual.title == "Årsrapport 2027"
    summary = part(annual, "Sammanfattning")
    assert "3 projekt hör till 2027. 3 av dem började under året och 3 slutade." in summary
    assert "Planerat 210 000 kr, sökt 132 000 kr, beviljat 170 000 kr, utfall 76 400 kr." in summary
    assert "1 projekt utvärderades." in summary
    assert "1 händelse i vänortsavtalen är antecknad. 1 förfrågan kom in och 1 besvarades." in summary
    assert "Med antecknat skäl: avsteg från policyn 0, brott mot den 1." in summary
    assert "Ett projekt hör till ett år om" in summary


def test_applied_granted_and_spent_stand_each_by_itself_beside_the_frames(store: Store, annual: Document) -> None:
    money = part(annual, "Pengar")
    assert "EU-medel | 120 000 kr | 120 000 kr | 80 000 kr | 76 400 kr" in money
    assert "Centrala medel | 0 kr | 12 000 kr | 0 kr | 0 kr" in money
    assert "Av det sökta är 12 000 kr varken beviljat eller avslaget." in money
    assert "BUN-förvaltningen | – | 200 000 kr | 90 000 kr | 110 000 kr" in money
    assert part(annual, "EU-medel").endswith(
        "Medborgardialog | CERV | 101 147 | 120 000 kr | 120 000 kr | 80 000 kr | 76 400 kr"
    )
    budget = made(BUDGET, asked(store, AFTER, year=2027))
    trip = next(row for table in tables(budget) for row in table.rows if row[0] == "Ungdomsutbyte med Skjern")
    assert [plain(cell) for cell in trip[1:]] == ["45 000 kr", "12 000 kr", "45 000 kr", "0 kr", "57 000 kr", "45 000 kr", "12 000 kr"]  # fmt: skip
    for document, charts in ((annual, 4), (budget, 4)):
        drawn = [block for block in document.blocks if isinstance(block, Chart)]
        assert len(drawn) == charts
        assert {chart.caption for chart in drawn} <= {table.caption for table in tables(document)}, (
            "figures beside each"
        )
        assert all(len(bar.amounts) == len(chart.series) for chart in drawn for bar in chart.bars)
    frame = next(block for block in drawn if block.frame_label)
    assert [(bar.label, tuple(bar.amounts), bar.frame) for bar in frame.bars] == [
        ("Centrala medel", (0,), 100_000),
        ("BUN-förvaltningen", (90_000,), 200_000),
    ]


def test_projects_are_counted_by_goal_status_department_and_priority(annual: Document) -> None:
    goals = part(annual, "Resultat efter mål")
    assert "Demokrati och förståelse | 1 | 0 | 0" in goals
    assert "| 0 | 0 | 1" in goals
    projects = part(annual, "Projekt")
    assert "Beslutad | 1\nPågående | 1\nUtvärderad | 1\nTotalt | 3" in projects
    assert "BUN-förvaltningen | 3 | 3 | 3" in projects
    assert "Ungdomsutbyte med Skjern | BUN-förvaltningen | 13–19 september 2027 | Beslutad" in projects
    assert "Middag för körerna | BUN-förvaltningen, Torsby IF | 29 mars 2027 | Pågående" in projects
    assert "Projekt | Förvaltning, arrangör | När | Status" in projects
    assert "Körresa" not in text(annual)


def test_agreements_inquiries_and_evaluations_of_the_year(store: Store, annual: Document) -> None:
    towns = part(annual, "Vänorter")
    assert "17 maj 2027 | Skjern | förnyat | KF 2027-04-26 § 40" in towns
    assert "Nyby | Nyby kommun | 1 februari 2027 | 1 maj 2027 | 28 april 2027 | avböjt" in towns
    assert "Skjern: avtal i 50 år" in towns
    table = next(table for table in tables(annual) if table.caption == "Vänorter, 2027")
    assert [row[0] for row in table.rows] == ["Skjern"], "a proposal that was declined is no twin town"
    evaluations = made(EVALUATIONS, asked(store, AFTER, year=2027))
    for document in (annual, evaluations):
        course = part(document, "Medborgardialog")
        assert "Väntat mervärde: Språk och vänner för tjugofyra elever.\nUppnått mervärde: Tre bygdelag\nhar egna råd nu." in course  # fmt: skip
        assert "Lärdomar: Börja med de unga." in course
        assert "Ingen utvärdering avstods 2027." in text(document)
        assert "Skulle vara gjorda senast 2027, och är försenade per den" not in text(document)
        assert "Av de utvärderingar som skulle vara gjorda senast 2027 är ingen försenad per den 1 februari 2028." in text(document)  # fmt: skip
    for name in (ANNUAL, EVALUATIONS):
        to_come = text(made(name, asked(store, AFTER, year=2030)))
        assert "Året har inte börjat" in to_come
        assert "försenad" not in to_come


def test_breaches_with_their_reason_and_what_the_dates_show_of_it(store: Store, annual: Document) -> None:
    recorded = part(annual, "Med antecknat skäl")
    assert (
        "30 mars 2027 | Middag för körerna | brott: external-commitments | "
        "Föreningen frågade sent, och middagen hölls ändå. | KS 2027-03-29 § 44" in recorded
    )
    assert "long-term" not in recorded, "entered in the next year"
    by_dates = part(annual, "Enligt posternas datum")
    assert "Middag för körerna | bryter mot policyn: " in by_dates
    found = compliance(store.current(), 2027, AFTER, least="exception")
    every = compliance(store.current(), 2027, AFTER)
    grave = {
        own: [lapse for lapse in lapses if lapse.finding.severity in {"violation", "exception"}]
        for own, lapses in every.items()
    }
    assert found == {own: lapses for own, lapses in grave.items() if lapses}, "asked for less, the same is found of it"


def test_people_come_and_go_by_function_and_by_name_only_where_names_are_asked_for(store: Store) -> None:
    annual = made(ANNUAL, asked(store, AFTER, year=2027))
    people = part(annual, "Byten av ansvariga")
    assert "23 mars 2027 | Utbytesansvarig | BUN-förvaltningen | Rektor | sista dag" in people
    assert "24 mars–31 december 2027 | Utbytesansvarig | BUN-förvaltningen | – | vakant" in people
    assert "Ungdomsutbyte med Skjern | Rektor | Studierektor" in people
    assert "p-4tq8ab" not in text(annual)
    store.people.save(store.book, store.book.with_person("p-9d3fk2", {"name": "Majken Fabelgren"}))
    named = made(ANNUAL, asked(store, AFTER, year=2027, named=True))
    assert "Ungdomsutbyte med Skjern | Rektor | Studierektor (Majken Fabelgren)" in text(named)


def test_a_vacancy_may_be_older_than_the_registry_where_it_is_known_who_left(tmp_path: Path) -> None:
    left = {
        "id": "o1",
        "person": "p-4tq8ab",
        "function": "Rektor",
        "from": date(2026, 1, 1),
        "until": date(2026, 11, 24),
    }
    records = {**world(), "registry": registry(opened=date(2026, 11, 27)), BUN: department(officers=[left])}
    store = told(tmp_path / "r", [("2026-12-10", "Så här långt.", records)])
    people = part(made(ANNUAL, asked(store, date(2026, 12, 31))), "Byten av ansvariga")
    assert "25 november–31 december 2026 | Utbytesansvarig | BUN-förvaltningen | – | vakant" in people


def test_every_decision_of_the_year_is_listed_with_what_it_was_about(store: Store, annual: Document) -> None:
    assert part(annual, "Årets beslut").splitlines()[2:-1] == [
        "Dag | Organ | § | Diarienummer | Vad det gäller",
        "10 mars 2027 | Kommunstyrelsen | 20 | – | Torsby kommun: årsrapporter 2026",
        "29 mars 2027 | Kommunstyrelsen | 44 | – | Middagen hölls.",
        "26 april 2027 | Kommunfullmäktige | 40 | – | Skjern: avtalets händelser 17 maj 2027, förnyat",
    ]
    assert "ett annat har ersatt" in part(annual, "Årets beslut")
    before = part(made(ANNUAL, asked(store, AFTER, year=2026)), "Årets beslut")
    assert "8 december 2026 | BUN-nämnden | 31 | BUN/2026:17 | " in before
    assert "Ungdomsutbyte med Skjern: start, budget" in before


def test_as_of_a_day_in_the_past_nothing_is_told_that_came_later(store: Store) -> None:
    spring = made(ANNUAL, asked(store, date(2027, 3, 31), at="2027-03-31", year=2027))
    told = text(spring)
    assert dict(spring.origin)["Per den"] == "31 mars 2027"
    assert dict(spring.origin)["Gjord ur version"] == store.at("2027-03-31").commit
    assert "Året är inte slut: så här ser det ut den 31 mars 2027." in told
    assert "external-commitments" in told
    assert not [later for later in ("Nyby", "förnyat", "Studierektor", "76 400", "12 000 kr") if later in plain(told)]


def test_a_year_of_which_nothing_is_known_is_a_short_honest_page(store: Store) -> None:
    for year in (1, 1950, 2018, 2031, 9999):
        for name in OURS:
            document = made(name, asked(store, AFTER, year=year))
            assert not tables(document)
            assert len(document.blocks) < 30
        page = text(made(ANNUAL, asked(store, AFTER, year=year)))
        assert f"Registret har inget om {year}." in page
        assert "Det har uppgifter om: 2019, 2027" in page
        assert ("Registret öppnades den 2 januari 2026" in page) == (year < 2026)
        assert ("Året har inte börjat" in page) == (year > 2028)
    afterwards = part(made(ANNUAL, asked(store, AFTER, year=2019)), "Projekt")
    assert "Körresa | – | 1–8 maj 2019 | Avslutad" in afterwards


def test_the_policy_is_quoted_as_this_registry_has_it(tmp_path: Path) -> None:
    policy = clause(torsby_policy(), "central-funds", quote="Vi avsätter pengar i Exempelby.")
    story = [("2026-12-10", "Början.", {**world(policy=policy, registry=registry(municipality="Exempelby kommun")), TRIP: project("decided")})]  # fmt: skip
    document = made(ANNUAL, asked(told(tmp_path / "r", story), AFTER, year=2027))
    quotes = {block.source: block.text for block in document.blocks if isinstance(block, Quote)}
    assert quotes["§ central-funds"] == "Vi avsätter pengar i Exempelby."
    assert "Torsby" not in " ".join(block.text for block in document.blocks if not isinstance(block, Quote) and hasattr(block, "text"))  # fmt: skip


HOSTILE: Final = "[@click=quit]x[/]\x1b[31m | <b>\u202e\n# rubrik"


def test_hostile_words_stay_words_and_break_no_row(tmp_path: Path) -> None:
    hostile = {
        **world(policy={**torsby_policy(), "goals": [{"id": "democracy", "label": HOSTILE}]}),
        BUN: department(name=HOSTILE, officers=[{"person": "p-4tq8ab", "function": HOSTILE, "until": date(2027, 3, 1)}]),
        SKJERN: town(name=HOSTILE, agreement_events=[{"date": date(2027, 5, 17), "kind": HOSTILE, "decision": HOSTILE}], received=date(2027, 1, 1), received_from=HOSTILE),
        TRIP: project("evaluated", title=HOSTILE, goals=["democracy", HOSTILE], external_organiser=HOSTILE, budget=[{"year": 2027, "source": HOSTILE, "programme": HOSTILE, "spent": 1}, {"year": 2027, "source": "eu", "programme": HOSTILE, "grant_agreement": HOSTILE}], evaluation={"date": date(2027, 3, 20), "results": {HOSTILE: "met", "democracy": 7}, "lessons": HOSTILE}, decisions=[{"decision": "KS 2027-01-02 § 3", "about": HOSTILE, "kind": HOSTILE}]),
        COURSE: project("completed", title="", evaluation={"waived": HOSTILE, "decision": "KS 2027"}, start="nyss", end=7, budget=[3, {"year": "2027"}], decisions=["KS 2027", {"decision": 4}]),
        DINNER: {"title": 5, "stage": ["x"], "budget": "x", "evaluation": [], "decisions": {}, "goals": "democracy", "twin_towns": [4], "registered": date(2027, 1, 1)},
    }  # fmt: skip
    store = told(
        tmp_path / "r", [("2027-06-01", f"{HOSTILE}\n\nDecision: KS 2027-02-02 § 9\nPolicy-Override: [/x]", hostile)]
    )
    write_file(store, "projects/2027/trasig.toml", "title = ")
    for name in OURS:
        for language in ("sv", "en"):
            document = made(name, asked(store, AFTER, year=2027), language)
            cells = [cell for table in tables(document) for row in table.rows for cell in row]
            assert not [cell for cell in cells if not cell or "\n" in cell or "\x1b" in cell or "\u202e" in cell]
            assert "[@click=quit]x[/]␛[31m" in text(document)


def test_the_demo_in_all_its_years_and_both_languages_and_as_of_a_summer_past(tmp_path: Path) -> None:
    demo = make_demo(tmp_path / "demo", until=date(2026, 11, 22))
    question = asked(demo, date(2026, 11, 23), year=2025)
    pages = {
        (language, year): text(made(ANNUAL, replace(question, year=year), language))
        for year in range(2018, 2028)
        for language in ("sv", "en")
    }
    assert "5 av dem började under året och 6 slutade" in pages["sv", 2025]
    assert "5 of them began in the year and 6 came to their end" in pages["en", 2025]
    assert all("påhittat exempel" in page for (language, _year), page in pages.items() if language == "sv")
    assert "Utfall" in text(made(BUDGET, question))
    assert "Lessons: " in text(made(EVALUATIONS, question, "en"))
    summer = text(made(ANNUAL, asked(demo, date(2024, 8, 15), at="2024-08-15", year=2024)))
    assert summer != pages["sv", 2024]
    assert "Året är inte slut: så här ser det ut den 15 augusti 2024." in summer


def test_which_year_a_project_belongs_to() -> None:
    whole = project("decided")
    assert [year for year in range(2024, 2031) if belongs(whole, year)] == [2026, 2027], "decided the year before"
    open_ended = {"start": date(2025, 3, 1), "open_ended": True}
    live = {**open_ended, "stage": "ongoing"}
    assert [year for year in range(2024, 2031) if belongs(live, year)] == list(range(2025, 2031))
    ended = {**open_ended, "stage": "completed", "decisions": [{"decision": "KS 2026-11-03 § 8", "kind": "end"}]}
    assert [year for year in range(2024, 2031) if belongs(ended, year)] == [2025, 2026]
    idea = {"registered": date(2025, 11, 1)}
    assert [year for year in range(2024, 2031) if belongs(idea, year)] == [2025]
    assert not belongs({"registered": date(2025, 11, 1), "start": date(2026, 5, 1)}, 2025)
    assert belongs({"budget": [{"year": 2030}], "start": date(2026, 5, 1)}, 2030)
    assert belongs({"received": date(2025, 11, 1), "start": date(2026, 5, 1)}, 2025)


def test_what_nobody_would_read_to_its_end_is_counted(tmp_path: Path) -> None:
    many = {
        f"projects/2027/projekt-{number:04}": project("decided", title=f"Projekt {number}")
        for number in range(MOST + 5)
    }
    found = snapshot({**world(), **many})
    assert len(found.refs("projects")) == MOST + 5
    document = made(
        BUDGET, asked(told(tmp_path / "r", [("2026-12-10", "Många.", {**world(), **many})]), AFTER, year=2027)
    )
    assert max(len(table.rows) for table in tables(document)) == MOST
    assert "De första 500 av 505 visas; en export av registret har alla." in text(document)
