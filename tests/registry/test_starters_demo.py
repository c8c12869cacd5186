"""The demo: believable, whole, marked as fictional, the same each time, and without a name on the branch."""

from __future__ import annotations

import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from registry.change import Change
from registry.checks import check
from registry.departures import Departures
from registry.exchange.schema import schema_of
from registry.findings import SEVERITIES
from registry.json_values import as_read
from registry.judgement import findings
from registry.messages import Message, compose, parse
from registry.people.slips import slips
from registry.policy.clauses import CLAUSES
from registry.policy.outlook import outlook
from registry.pushed import brought_in
from registry.records.decisions import parse_decision
from registry.records.kinds import KINDS, kind_of
from registry.records.project_kind import STAGES
from registry.records.values import day, number, table, tables, text, texts
from registry.references import references
from registry.snapshot import Snapshot
from registry.starters.demo.make import make_demo
from registry.store import Store
from registry.toml_files import edit
from tests.tui.cli.running import vanort

UNTIL = date(2026, 11, 22)


def git(store: Store, *args: str, given: str = "") -> str:
    ran = subprocess.run(["git", *args], cwd=store.folder, input=given.encode(), capture_output=True, check=True)
    return ran.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_demo(tmp_path_factory.mktemp("demo") / "granhult", until=UNTIL)


@pytest.fixture(scope="module")
def now(demo: Store) -> Snapshot:
    return demo.current()


@pytest.fixture(scope="module")
def messages(demo: Store) -> list[Message]:
    """Oldest first."""
    said = git(demo, "log", "--reverse", "--format=%B%x00").split("\0")
    return [parse(message) for message in said if message.strip()]


# --- what it is -----------------------------------------------------------------------------------------------------


def test_every_record_is_as_its_schema_says(now: Snapshot) -> None:
    schemas = {kind_id: Draft7Validator(schema_of(kind)) for kind_id, kind in KINDS.items()}
    wrong = {
        record.ref: [error.message for error in schemas[record.kind.id].iter_errors(as_read(dict(record.data)))]
        for record in now.records()
    }
    assert not {ref: found for ref, found in wrong.items() if found}


def test_the_demo_has_what_it_is_said_to_have(demo: Store, now: Snapshot, messages: list[Message]) -> None:
    assert (len(now.refs("departments")), len(now.refs("twin-towns"))) == (6, 8)
    assert 55 <= len(now.refs("projects")) <= 65
    assert 380 <= len(messages) <= 460
    assert set(git(demo, "log", "--format=%an").split("\n")) - {""} == {
        "Majken Fabelgren", "Ture Diktander", "Alva Sagolin", "Birger Låtsasmark", "Signe Hittepålund",
    }  # fmt: skip
    stages = {text(record.data, "stage") for record in now.records("projects")}
    assert stages == {choice.value for choice in STAGES}
    assert git(demo, "log", "--reverse", "--format=%as").startswith("2018-11-")


def test_it_is_marked_as_fictional_where_one_looks_first(demo: Store, now: Snapshot) -> None:
    assert now.registry["fictional"] == "demo"
    assert (demo.folder / "README.md").read_text(encoding="utf-8").startswith("> **Påhittat exempel.**")
    assert "Torsby" not in git(demo, "grep", "-h", "", "HEAD")


def test_everybody_has_an_address_that_belongs_to_nobody(demo: Store) -> None:
    addresses = [text(entry, "email") for entry in demo.book.people.values()]
    assert len(addresses) > 10
    assert all(address.endswith("@example.org") for address in addresses)
    assert set(re.findall(r"@[\w.]+", git(demo, "grep", "-h", "@", "HEAD"))) == {"@example.org"}


def test_it_is_made_in_seconds(tmp_path: Path) -> None:
    began = time.process_time()
    make_demo(tmp_path / "demo", until=UNTIL)
    assert time.process_time() - began < 5


def test_the_same_day_and_seed_give_the_same_history_and_the_same_people(tmp_path: Path, demo: Store) -> None:
    again = make_demo(tmp_path / "again", until=UNTIL)
    assert again.repo.head() == demo.repo.head()
    assert again.book.people == demo.book.people
    assert make_demo(tmp_path / "other", until=UNTIL, seed=1).repo.head() != demo.repo.head()


def test_unless_told_otherwise_it_ends_yesterday(tmp_path: Path) -> None:
    store = make_demo(tmp_path / "demo")
    last = date.fromisoformat(git(store, "log", "-1", "--format=%as").strip())
    assert date.today() - timedelta(days=12) < last < date.today()


# --- that it is whole -----------------------------------------------------------------------------------------------


def test_git_finds_nothing_wrong_and_nothing_is_unsaved(demo: Store) -> None:
    assert git(demo, "fsck", "--strict") == ""
    assert git(demo, "status", "--porcelain") == ""
    assert git(demo, "commit-graph", "verify") == ""
    assert demo.hand_edits() == []
    assert demo.repo.branch() == "main"


def test_every_twentieth_registry_on_the_way_is_valid(demo: Store) -> None:
    commits = git(demo, "rev-list", "--reverse", "HEAD").split()
    for commit in [*commits[::20], commits[-1]]:
        assert [found for found in check(demo.committed(commit)) if found.severity == "violation"] == [], commit


@pytest.mark.parametrize(
    "until",
    [date(2026, 1, 1), date(2026, 3, 15), date(2026, 7, 31), date(2027, 12, 31), date(2028, 2, 29), date(2031, 9, 6)],
)
def test_whenever_it_is_made_it_opens_with_its_registry_is_valid_and_has_projects_at_every_stage(
    tmp_path: Path, until: date
) -> None:
    store = make_demo(tmp_path / "demo", until=until)
    now = store.current()
    assert check(now) == []
    assert parse(git(store, "log", "--reverse", "--format=%B%x00").split("\0")[0]).one("Change") == "init"
    assert {text(record.data, "stage") for record in now.records("projects")} == {choice.value for choice in STAGES}
    dates = [date.fromisoformat(found) for found in git(store, "log", "--reverse", "--format=%as").split()]
    assert dates == sorted(dates)
    assert dates[-1] <= until
    assert all(found.weekday() < 5 for found in dates)


def test_every_message_names_the_records_that_its_commit_changed(demo: Store, messages: list[Message]) -> None:
    changed = git(demo, "log", "--reverse", "--format=%x00", "--name-only", "--no-renames").split("\0")[1:]
    for message, names in zip(messages, changed, strict=True):
        files = {name.removesuffix(".toml") for name in names.split() if name.endswith(".toml")}
        told = {*message.all("Record"), *message.all("Renamed-From")}
        assert told == files, message.subject
        assert message.why
        assert len(message.all("Change")) == 1


def test_the_messages_are_in_swedish_and_git_reads_their_trailers(demo: Store, messages: list[Message]) -> None:
    assert not [
        message.subject
        for message in messages
        if re.search(r"\b(added|opened|removed|undone|imported)\b", message.subject)
    ]
    for message in messages[::25]:
        found = git(demo, "interpret-trailers", "--parse", given=_whole(message))
        assert [line.split(": ", 1)[0] for line in found.splitlines()] == [key for key, _value in message.trailers]


def _whole(message: Message) -> str:
    blocks = [
        message.subject,
        message.why,
        "\n".join(message.lines),
        "\n".join(f"{k}: {v}" for k, v in message.trailers),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def test_the_messages_are_word_for_word_what_a_save_would_have_written(demo: Store) -> None:
    commits = git(demo, "rev-list", "--reverse", "HEAD").split()
    for parent, commit in list(pairwise(commits))[::15]:
        written = git(demo, "log", "-1", "--format=%B", commit).removesuffix("\n")
        message, before, after = parse(written), demo.committed(parent), demo.committed(commit)
        change = Change(
            edits={ref: after.data(ref) for ref in message.all("Record")},
            why=message.why,
            decision=message.one("Decision"),
            act=message.one("Change"),  # type: ignore[arg-type]
            overrides=message.all("Policy-Override"),
            breaches=message.all("Policy-Breach"),
            correction=bool(message.one("Correction")),
            reverts=message.one("Reverts"),
        )
        if not message.one("Renamed-From"):
            assert compose(change, before, "sv") == written


def test_every_file_is_as_a_save_would_have_left_it(now: Snapshot) -> None:
    for record in now.records():
        assert edit(now.text(record.ref) or "", record.data) == now.text(record.ref)
        for field in kind_of(record.ref).fields:
            for entry in tables(record.data, field.key):
                assert "id" in entry, (record.ref, field.key)


def test_what_was_decided_was_decided_before_it_was_entered(demo: Store, messages: list[Message]) -> None:
    dates = [date.fromisoformat(found) for found in git(demo, "log", "--reverse", "--format=%as").split()]
    under = [
        (parse_decision(message.one("Decision")), entered)
        for message, entered in zip(messages, dates, strict=True)
        if message.one("Decision")
    ]
    assert len(under) > 60
    assert all(decision.date and decision.date <= entered for decision, entered in under)


def test_no_two_meetings_share_a_paragraph(now: Snapshot) -> None:
    cited = {
        parse_decision(found.target)
        for record in now.records()
        for found in references(record.kind, record.data)
        if found.sort == "decision"
    }
    numbered = {(d.body, d.date, d.paragraph) for d in cited if d.date}
    assert len(numbered) > 80
    years = Counter((body, when.year, paragraph) for body, when, paragraph in numbered)
    assert [key for key, count in years.items() if count > 1] == []


# --- people ---------------------------------------------------------------------------------------------------------


def _everything_but_author_lines(store: Store) -> Iterator[str]:
    for line in git(store, "cat-file", "--batch-all-objects", "--batch-check").splitlines():
        oid, kind, _size = line.split()
        if kind == "blob":
            yield git(store, "cat-file", "blob", oid)
    yield from git(store, "log", "--all", "--format=%B%x00").split("\0")


def test_no_name_address_or_number_of_a_person_is_anywhere_on_the_branch(demo: Store) -> None:
    everything = list(_everything_but_author_lines(demo))
    assert len(everything) > 800
    whole = "\n".join(everything).casefold()
    for entry in demo.book.people.values():
        for secret in (*text(entry, "name").split(), text(entry, "email"), text(entry, "telephone")):
            assert not secret or not re.search(rf"\b{re.escape(secret.casefold())}\b", whole), secret
    offices = set(re.findall(r"[\w.]+@example\.org", whole))
    assert [slip for said in everything for slip in slips(said, demo.book, offices, UNTIL)] == []


def test_every_person_that_a_record_names_is_in_the_people_book(demo: Store, now: Snapshot) -> None:
    named = {
        found.target
        for record in now.records()
        for found in references(record.kind, record.data)
        if found.sort == "person"
    }
    assert len(named) > 10
    assert named <= set(demo.book.people)


# --- the stories ----------------------------------------------------------------------------------------------------


def _project(now: Snapshot, words: str) -> dict[str, object]:
    found = [record.data for record in now.records("projects") if words in text(record.data, "title")]
    assert len(found) == 1, words
    return dict(found[0])


def _line(project: dict[str, object], source: str) -> dict[str, object]:
    (line,) = (dict(line) for line in tables(project, "budget") if line["source"] == source)
    return line


def test_a_grant_was_smaller_than_applied_for_and_not_all_of_it_was_spent(now: Snapshot) -> None:
    line = _line(_project(now, "Medborgardialog"), "eu")
    assert (line["applied"], line["granted"], line["spent"]) == (120_000, 80_000, 76_400)


def test_a_grant_was_refused_and_the_next_one_was_not(now: Snapshot) -> None:
    projects = [
        dict(record.data) for record in now.records("projects") if "Digitala klassrum" in text(record.data, "title")
    ]
    assert [(project["stage"], _line(project, "eu")["granted"]) for project in projects] == [
        ("cancelled", 0),
        ("evaluated", 310_000),
    ]


def test_a_trip_moved_and_cost_more_and_what_was_granted_stayed_what_it_was(demo: Store, now: Snapshot) -> None:
    project = _project(now, "Ungdomsutbyte med Nordlynge 2025")
    assert (_line(project, "department")["granted"], _line(project, "central")["granted"]) == (45_000, 12_000)
    assert [text(decision, "kind") for decision in tables(project, "decisions")] == ["start", "change"]
    (ref,) = (record.ref for record in now.records("projects") if record.data.get("title") == project["title"])
    said = git(demo, "log", "--format=%B", "--follow", "--", f"{ref}.toml")
    assert "flyttas en vecka" in said
    assert "Renamed-From:" in said


def test_there_is_a_commit_of_every_kind_that_a_reader_may_meet(messages: list[Message]) -> None:
    acts = Counter(message.one("Change") for message in messages)
    assert acts >= Counter(
        {"init": 1, "new": 60, "set": 250, "delete": 1, "rename": 1, "undo": 1, "import": 1, "hand-edit": 1}
    )
    assert {clause for message in messages for clause in message.all("Policy-Override")} == {
        "long-term", "central-funds", "no-new-agreements", "no-obligations",
    }  # fmt: skip
    assert {clause for message in messages for clause in message.all("Policy-Breach")} == {
        "external-commitments", "political-responsibility",
    }  # fmt: skip
    assert sum(message.one("Correction") == "yes" for message in messages) >= 5
    (imported,) = (message for message in messages if message.one("Change") == "import")
    assert len(imported.all("Record")) == 5


def test_an_undo_names_the_commit_that_it_took_back_and_brings_the_record_back_as_it_was(demo: Store) -> None:
    undo = git(demo, "log", "--grep=^Reverts:", "--format=%H").strip()
    (reverted,) = parse(git(demo, "log", "-1", "--format=%B", undo)).all("Reverts")
    ref = "twin-towns/kuuseranna"
    assert (
        demo.committed(undo).data(ref) == demo.committed(f"{reverted}^").data(ref) != demo.committed(reverted).data(ref)
    )


def test_each_annual_report_names_the_version_that_it_was_made_from(demo: Store, now: Snapshot) -> None:
    reports = tables(now.registry, "annual_reports")
    assert [report["year"] for report in reports] == list(range(2018, 2026))
    for report in reports:
        assert git(demo, "cat-file", "-t", text(report, "commit")) == "commit\n"


def test_what_was_recorded_afterwards_began_before_the_registry_and_invents_nothing(now: Snapshot) -> None:
    opened = day(now.registry, "opened")
    old = [record for record in now.records("projects") if record.data.get("recorded_afterwards")]
    assert len(old) == 5
    for record in old:
        start = day(record.data, "start")
        assert start is not None
        assert opened is not None
        assert start < opened
        assert text(record.data, "source").startswith("Excel, rad ")
        assert not record.data.keys() & {"documents", "evaluation", "budget", "decisions"}


def test_there_are_things_to_do_today(now: Snapshot) -> None:
    projects = [record.data for record in now.records("projects")]
    soon = UNTIL + timedelta(days=30)
    deadlines = [d for project in projects for d in tables(project, "deadlines") if "done" not in d]
    assert [UNTIL < (day(d, "date") or UNTIL) < soon for d in deadlines] == [True]
    overdue = [
        p for p in projects if p.get("stage") == "completed" and (day(table(p, "evaluation"), "due") or UNTIL) < UNTIL
    ]
    assert len(overdue) == 1
    (officer,) = tables(now.data("departments/kultur") or {}, "officers")
    assert (day(officer, "until") or UNTIL) < UNTIL
    answers = sorted(
        (day(p, "answer_by") or UNTIL) - UNTIL for p in projects if "answer_by" in p and "answered" not in p
    )
    assert len(answers) == 2
    assert answers[0] < timedelta(0) < answers[1]
    waiting = [text(p, "decision_expected") for p in projects if "decision_expected" in p]
    assert len(waiting) >= 3
    assert [p for p in projects if "agenda" in p and (day(p, "agenda") or UNTIL) > UNTIL]
    assert any(UNTIL.year - (number(town.data, "agreement_year") or 0) == 50 for town in now.records("twin-towns"))


def test_live_projects_are_spread_over_the_departments_that_want_them(now: Snapshot) -> None:
    carried = Counter(text(record.data, "department") for record in now.records("projects"))
    assert set(carried) == {
        f"departments/{name}" for name in ("bun", "kultur", "social", "samhallsbyggnad", "kommunledning")
    }
    visited = Counter(town for record in now.records("projects") for town in texts(record.data, "twin_towns"))
    assert len(visited) == 7  # the eighth asked for an agreement and was declined


def test_a_past_day_looks_different_from_today(demo: Store) -> None:
    assert len(demo.at("2020-06-01").refs("projects")) < len(demo.at("2023-06-01").refs("projects")) < 60
    assert demo.at("2020-06-01").policy["evaluation_days"] == 180
    assert demo.at("2026-06-01").policy["evaluation_days"] == 120


def test_the_demo_can_be_saved_to_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").write_text("", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "empty"))  # Git knows nobody here
    store = make_demo(tmp_path / "demo", until=UNTIL)
    town = dict(store.current().data("twin-towns/nordlynge") or {})
    saved = store.save(Change({"twin-towns/nordlynge": {**town, "last_contact": UNTIL}}, "Ny uppgift."))
    assert git(store, "log", "-1", "--format=%H %ae") == f"{saved.commit} ture.diktander@example.org\n"


# --- the policy at work -----------------------------------------------------------------------------------------------

NEVER_IN_A_HISTORY = "personal-data"
"""The one clause that the demo must not go against: its history could not be rid of it."""
SCREENFUL = 14
"""Lines that the list of an overview has at 80×24."""
DINNER = "projects/2024/bygdegardsforeningens-vanortsmiddag-2024"


def test_every_clause_that_can_find_anything_and_every_severity_is_met_with(demo: Store, now: Snapshot) -> None:
    found = findings(now, UNTIL + timedelta(days=1), None, demo.book)
    rules = {own for own, clause in CLAUSES.items() if clause.rules}
    assert {finding.clause for finding in found} == rules - {NEVER_IN_A_HISTORY}
    assert {finding.severity for finding in found} == set(SEVERITIES)


def test_what_needs_attention_is_no_more_than_a_screenful(demo: Store, now: Snapshot) -> None:
    on = UNTIL + timedelta(days=1)
    walk = Departures(demo, now)
    while walk.go_on():
        pass
    ahead = outlook(now, on, findings(now, on, None, demo.book), walk.found)
    assert len(ahead.section("now")) <= SCREENFUL
    assert {"now", "answer", "decision", "applied", "deadlines", "jubilees", "behind"} == {s.id for s in ahead.sections}


def test_no_departure_from_the_policy_is_left_unexplained(demo: Store) -> None:
    assert brought_in(demo, "0" * 40, demo.repo.head() or "").refused == ()


@pytest.mark.parametrize(
    ("on", "clause", "where", "there"),
    [
        # The officer of the schools left on 24 August 2020, and the next one came on 1 November.
        ("2020-08-20", "exchange-officer", "departments/bun", False),
        ("2020-10-01", "exchange-officer", "departments/bun", True),
        ("2020-11-20", "exchange-officer", "departments/bun", False),
        # The agreement with the seventh town is of 24 May 2020.
        ("2020-05-01", "no-new-agreements", "twin-towns/zielonowo-gorne", False),
        ("2020-10-01", "no-new-agreements", "twin-towns/zielonowo-gorne", True),
        # The dinner was held on 22 August 2024; its commitment was neither treated nor secured until September.
        ("2024-08-21", "external-commitments", DINNER, False),
        ("2024-09-02", "external-commitments", DINNER, True),
    ],
)
def test_a_past_day_is_judged_as_the_registry_stood_then(
    demo: Store, on: str, clause: str, where: str, *, there: bool
) -> None:
    answer = vanort("check", "--at", on, "--json", cwd=demo.folder)
    found = {(finding["clause"], finding["ref"]) for finding in answer.json}
    assert ((clause, where) in found) is there
