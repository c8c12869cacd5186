"""Decisions are read strictly and written in one form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadInput
from registry.records.decisions import ALWAYS, Decision, decision_problem, parse_decision
from registry.words import speaking
from tests.registry.records.attempts import attempt

BODIES = st.from_regex(r"[A-ZÅÄÖa-zåäö][A-Za-zÅÄÖåäö0-9&/.-]{0,9}", fullmatch=True).filter(
    lambda body: not body.lower().startswith("dnr")
)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
PARAGRAPHS = st.builds(
    lambda number, letter: f"{number} {letter}".strip(), st.integers(1, 99999), st.sampled_from(["", "a", "z"])
)
NUMBERS = st.from_regex(r"[A-Z]{2,4}/20[0-9]{2}:[0-9]{1,4}|[0-9]{1,5}( [a-z]{1,5})?", fullmatch=True)
DECISIONS = st.one_of(
    st.builds(lambda b, d, p, n: Decision(b, d, None, p, n), BODIES, DAYS, PARAGRAPHS, st.just("") | NUMBERS),
    st.builds(lambda b, d, n: Decision(body=b, date=d, dnr=n), BODIES, st.none() | DAYS, NUMBERS),
    st.builds(lambda n: Decision(dnr=n), NUMBERS),
    st.builds(lambda b, y: Decision(body=b, year=y), BODIES, st.integers(1000, 2999)),
)
"""Every decision that the grammar has."""


@given(DECISIONS)
def test_a_decision_reads_back_as_it_was_written(decision: Decision) -> None:
    assert parse_decision(str(decision)) == decision
    assert str(parse_decision(str(decision))) == str(decision)
    assert decision_problem(str(decision)) is None


@given(st.text() | st.text("KFS 2026-03§dnr,/:\u00a0\n"))
def test_junk_is_refused_and_never_crashes(text: str) -> None:
    found = attempt(parse_decision, text)
    if isinstance(found, BadInput):
        assert found.hint
        assert decision_problem(text)
    else:
        assert parse_decision(str(found)) == found
        assert decision_problem(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "KS 2026-03-10 § 31",
        "KS 2026-03-10 §\u00a031",
        "KS 2026-03-10 §31",
        "KS 2026-03-10 § 31, dnr KS/2026:17",
        "  KS 2026-03-10 § 31 a ",
        "KSAU 2026-03-10 § 31",
        "BUN, dnr BUN/2026:17",
        "BUN 2026-03-10, dnr BUN/2026:17",
        "dnr BUN/2026:17",
        "KF 1987",
    ],
)
def test_the_forms_that_decisions_have(text: str) -> None:
    assert decision_problem(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "KS",
        "KS § 31",
        "KS 2026-03-10",
        "KS 10 mars 2026 § 31",
        "KS 2026-03-10 31",
        "KS 2026-03-10 § 0",
        "KS 2026-03-10 § 031",
        "KS 2026-03-10 § 31 A",
        "KS 2026-03-10 § 31, 32",
        "KS 2026-02-30 § 31",
        "dnr",
        "dnr ",
        "KF 87",
        "KS 2026-03-10 § 31\nDecision: KF 1987",
        "dnr KS/1\x1b[31m",
        "dnr KS/1\u202e",
    ],
)
def test_what_is_no_decision(text: str) -> None:
    with pytest.raises(BadInput):
        parse_decision(text)
    assert decision_problem(text)


def test_a_no_break_space_is_a_space() -> None:
    assert str(parse_decision("KS 2026-03-10 §\u00a031\u00a0a, dnr\u00a0KS/1")) == "KS 2026-03-10 § 31 a, dnr KS/1"


def test_only_bodies_that_decide_here_are_taken_and_the_two_that_every_municipality_has() -> None:
    for body in (*ALWAYS, "BUN"):
        parse_decision(f"{body} 2026-03-10 § 31", {"BUN"})
    parse_decision("dnr 17", set())
    with pytest.raises(BadInput, match="KF, KS, BUN"):
        parse_decision("SOC 2026-03-10 § 31", {"BUN"})


def test_a_decision_in_words() -> None:
    decision = parse_decision("KS 2026-03-10 § 31, dnr KS/2026:17")
    with speaking("sv"):
        assert decision.in_words("Kommunstyrelsen") == "Kommunstyrelsen, 10 mars 2026, § 31, dnr KS/2026:17"
    assert decision.short == "KS § 31"
    assert parse_decision("KF 1987").short == "KF 1987"
