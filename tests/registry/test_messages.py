"""Commit messages: readable by people, and by Git's own trailer reader whatever somebody writes as a reason."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.change import Change
from registry.messages import compose, parse
from registry.snapshot import Snapshot
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, trailers


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    from registry.starters.make import init

    folder = tmp_path_factory.mktemp("messages") / "r"
    return init(folder, "torsby", identity=("Anna Exempel", "anna@example.org")).committed()


def _told(snapshot: Snapshot, why: str, **values: object) -> str:
    return compose(Change({SKJERN: {**(snapshot.data(SKJERN) or {}), **values}}, why), snapshot, "sv")


@given(why=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_as_a_reason_git_reads_the_same_trailers(snapshot: Snapshot, why: str) -> None:
    message = _told(snapshot, why, potential="Skolor")

    with tempfile.TemporaryDirectory() as folder:
        read = subprocess.run(
            ["git", "interpret-trailers", "--parse"],
            input=message.encode(),
            capture_output=True,
            check=True,
            cwd=folder,
        ).stdout.decode()

    assert read.splitlines() == [f"Record: {SKJERN}", "Change: set"]
    assert parse(message).trailers == (("Record", SKJERN), ("Change", "set"))


@pytest.mark.parametrize(
    "why",
    [
        "---",
        "text\n---\nmer",
        "Decision: KS 2026-01-01 § 1",
        "ja\n\nChange: erase",
        "\x1b[31mrött\x1b[0m",
        "a\x00b",
        "#kommentar",
        "\u202ebaklänges",
    ],
)
def test_hostile_reasons_are_shown_and_mean_nothing(tmp_path: Path, why: str) -> None:
    store = torsby(tmp_path / "r")

    save(store, SKJERN, why + " för att", potential="Skolor")

    assert trailers(store) == [f"Record: {SKJERN}", "Change: set"]
    told = next(store.history())
    assert "\x1b" not in told.raw.message
    assert "\x00" not in told.raw.message
    assert told.why.endswith("för att")


def test_the_fields_are_told_one_line_each_in_the_language_of_the_registry(snapshot: Snapshot) -> None:
    message = _told(
        snapshot, "Ny uppgift.", agreement_status="active", local_name="Skjern\nby", financial_obligations=True
    )

    assert "Avtalets status: obekräftat → gäller" in message
    assert "Lokalt namn: – → Skjern by" in message
    assert "Ekonomiska förpliktelser: nej → ja" in message
    english = compose(
        Change({SKJERN: {**(snapshot.data(SKJERN) or {}), "agreement_status": "active"}}, "Letter."), snapshot, "en"
    )
    assert english.startswith("Skjern: status of the agreement unconfirmed → in force\n")


def test_a_message_taken_apart_gives_back_what_it_was_made_of(snapshot: Snapshot) -> None:
    message = _told(snapshot, "Skolan ringde.\nDecision: nej\n--- slut", potential="Skolor", local_name="Skjern by")

    told = parse(message)

    assert told.why == "Skolan ringde.\nDecision: nej\n--- slut"
    assert len(told.lines) == 2
    assert told.one("Change") == "set"


def test_a_message_made_without_vanort_is_read_as_prose() -> None:
    told = parse("Städning\n\nFlyttade om lite.\n\nOch mer.\n")

    assert (told.subject, told.why, told.trailers) == ("Städning", "Flyttade om lite.\n\nOch mer.", ())
    assert parse("").subject == ""


@pytest.mark.parametrize("title", ["--- Skjern", "---", "---\tSkjern"])
def test_titles_and_keys_that_git_takes_for_a_divider_hide_no_trailer(tmp_path: Path, title: str) -> None:
    store = torsby(tmp_path / "r")

    saved = save(store, SKJERN, "Nytt namn", name=title, **{"--- egen\n\nnyckel": "x"})
    assert trailers(store) == [f"Record: {SKJERN}", "Change: set"]

    save(store, SKJERN, "Ny bedömning", potential="Skolor")
    assert trailers(store) == [f"Record: {SKJERN}", "Change: set"]
    assert [entry.subject.startswith("---") for entry in store.history(limit=1)] == [True]
    message = parse(git(store, "log", "-1", "--format=%B", saved.commit or ""))
    assert "--- egen nyckel: – → x" in message.lines


def _subject(snapshot: Snapshot, ref: str, before: dict[str, Any], after: dict[str, Any]) -> str:
    return compose(Change({ref: after}, "Ny."), snapshot.edited({ref: before}), "sv").split("\n")[0]


def test_a_subject_says_the_office_of_a_person_and_never_an_id(snapshot: Snapshot) -> None:
    trip = {"title": "Resan", "responsible": "p-4tq8ab", "responsible_function": "Rektor"}
    bun = {"name": "Skolan", "officers": [{"id": "k1", "person": "p-4tq8ab"}]}
    twins = [{"id": f"k{number}", "person": f"p-4tq8a{number}", "function": "Rektor"} for number in (2, 3)]

    assert _subject(snapshot, TRIP, {"title": "Resan"}, {**trip}).endswith("Resan: ansvarig, ansvarigs funktion")
    without = {"title": "Resan", "responsible_function": "Rektor"}
    assert _subject(snapshot, TRIP, without, trip) == "Resan: ansvarig – → Rektor"
    assert _subject(snapshot, TRIP, trip, {**trip, "responsible": "p-7k2m9x"}) == "Resan: ansvarig"
    assert _subject(snapshot, SKJERN, {"name": "Skjern"}, {"name": "Skjern", "contacts": ["p-7k2m9x"]}) == (
        "Skjern: kontaktpersoner där"
    )
    assert _subject(snapshot, BUN, {"name": "Skolan"}, bun) == "Skolan: utbytesansvariga"
    assert _subject(snapshot, BUN, {**bun, "officers": twins[:1]}, {**bun, "officers": twins}).startswith(
        "Skolan: utbytesansvariga Rektor"
    )
    assert "p-4tq8ab" in compose(Change({TRIP: trip}, "Ny."), snapshot.edited({TRIP: without}), "sv")
