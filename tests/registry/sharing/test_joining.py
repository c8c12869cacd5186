"""What two people save apart comes together: field by field, under new names, checked, with the comments of both."""

from __future__ import annotations

from typing import Any

import pytest

from registry.change import Change
from registry.errors import Refused
from registry.git.writer import BranchMoved
from registry.sharing.choices import Choice
from registry.sharing.joining import Joined
from registry.sharing.landing import forward, land
from registry.sharing.sides import relation
from registry.store import Store
from registry.trust.verifying import verify
from tests.kit import BUN, PLANNED, SKJERN, TRIP, files, git, trailers, write_file
from tests.registry.sharing.pair import Pair, by_git, called, data, head, removed, saved, status

CHOIR = "projects/2026/korresa"
RENAMED = "projects/2026/skjernresan"


def in_conflict(joined: Joined) -> list[tuple[str, str]]:
    return [(meeting.ref, meeting.field) for meeting in joined.conflicts]


def test_both_edit_one_project_and_one_settles(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(theirs, TRIP, "De räknade om.", participants=20, youth=True)
    saved(theirs, SKJERN, potential="Skolor")
    saved(mine, TRIP, "Vi räknade om.", participants=30, youth_ages="15-19")

    joined = pair.join()

    assert relation(mine.repo, head(mine), head(theirs)) == "diverged"
    (meeting,) = joined.conflicts
    assert meeting.as_json() == {"ref": TRIP, "field": "participants", "base": None, "ours": 30, "theirs": 20}
    assert (meeting.title, meeting.label) == ("Ungdomsutbyte med Skjern", "Antal deltagare")
    assert meeting.our_origin is not None and meeting.their_origin is not None
    assert (meeting.our_origin.author, meeting.our_origin.why) == ("Anna Exempel", "Vi räknade om.")
    assert (meeting.their_origin.author, meeting.their_origin.why) == ("Bo Exempel", "De räknade om.")
    before = (head(mine), files(mine), status(mine))
    with pytest.raises(Refused, match="1 sak som båda har ändrat"):
        land(mine, joined)
    assert (head(mine), files(mine), status(mine)) == before

    commit = pair.land(pair.join({meeting.key: Choice("edited", 25)}))

    expected = {"participants": 25, "youth": True, "youth_ages": "15-19"}
    for store in pair[:2]:
        assert (head(store), status(store)) == (commit, [])
        assert {key: data(store, TRIP)[key] for key in expected} == expected
        assert data(store, SKJERN)["potential"] == "Skolor"
    assert trailers(mine) == [f"Settled: {TRIP} participants edited", f"Record: {TRIP}", "Change: merge"]
    assert git(mine, "log", "-1", "--format=%s%n%b").splitlines()[:5] == [
        "Sammanfört: Ungdomsutbyte med Skjern (och 1 post till)",
        "För samman 1 ändring som gjorts här och 2 som hade delats.",
        "",
        "Ungdomsutbyte med Skjern · Antal deltagare: 30 här, 20 där → 25",
        "",
    ]
    assert git(mine, "log", "-1", "--format=%P").split()[1] == git(mine, "rev-parse", "HEAD^2").strip()
    assert "commit (merge)" in git(mine, "reflog", "-1") and "fast-forward" in git(theirs, "reflog", "-1")


def test_a_record_is_followed_under_its_new_name(pair: Pair) -> None:
    mine, theirs, _server = pair
    called(theirs, TRIP, RENAMED)
    called(theirs, BUN, "departments/bof")
    saved(mine, TRIP, participants=30)
    saved(mine, CHOIR, **{**PLANNED, "title": "Körresa", "department": BUN})

    joined = pair.join()

    assert not joined.conflicts
    pair.land(joined)
    assert data(mine, RENAMED)["participants"] == 30
    assert TRIP not in mine.saved()
    assert data(mine, CHOIR)["department"] == data(mine, RENAMED)["department"] == "departments/bof"
    assert verify(mine).verdicts and status(mine) == []


def test_a_name_that_we_gave_is_told_by_the_merge(pair: Pair) -> None:
    mine, theirs, _server = pair
    called(mine, TRIP, RENAMED)
    saved(theirs, TRIP, participants=20)
    saved(theirs, CHOIR, **{**PLANNED, "title": "Körresa", "purpose": "Sång"})
    saved(mine, SKJERN, potential="Skolor")

    pair.land(pair.settled())

    assert data(mine, RENAMED)["participants"] == 20
    assert f"Renamed-From: {TRIP}" in trailers(mine)


def test_two_new_names_are_a_persons_to_decide(pair: Pair) -> None:
    mine, theirs, _server = pair
    called(mine, TRIP, RENAMED)
    called(theirs, TRIP, "projects/2026/resan")
    saved(theirs, "projects/2026/resan", participants=20)

    joined = pair.join()

    assert in_conflict(joined) == [(TRIP, "ref")]
    assert joined.conflicts[0].ours == RENAMED
    assert joined.conflicts[0].theirs == "projects/2026/resan"
    joined = pair.settled(ref="projects/2026/tredje")
    pair.land(joined)
    assert [ref for ref in mine.saved().refs("projects")] == ["projects/2026/tredje"]
    assert data(mine, "projects/2026/tredje")["participants"] == 20
