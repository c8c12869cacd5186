"""`vanort conflicts` and `vanort settle`: what two people changed differently is decided in a terminal, a thing at a time."""

from __future__ import annotations

import json

from registry.sharing.choices import load
from registry.sharing.choosing import in_question
from registry.sharing.landing import land
from tests.kit import SKJERN, TRIP, trailers
from tests.registry.sharing.pair import Pair, data, head, removed, saved
from tests.tui.cli.running import done, vanort


def test_what_is_in_conflict_is_told_and_settled_one_by_one(pair: Pair) -> None:
    mine, theirs, _server = pair
    folder = mine.folder
    assert (vanort("conflicts", cwd=folder).code, vanort("conflicts", "--json", cwd=folder).json) == (0, [])
    nothing = vanort("settle", TRIP, "participants", "ours", "--json", cwd=folder)
    assert (nothing.code, nothing.error["error"]) == (2, "Det finns ingenting att avgöra.")
    saved(theirs, TRIP, "Fler \x1b[31mfick plats.", participants=20, purpose="Deras")
    removed(theirs, "twin-towns/paskon")
    saved(mine, TRIP, participants=30, purpose="Vårt")
    saved(mine, "twin-towns/paskon", potential="Skolor")
    before = pair.sides().ours

    listed = vanort("conflicts", cwd=folder)

    assert listed.code == 1
    for words in (
        "Ungdomsutbyte med Skjern · Antal deltagare\n",
        "  tidigare: –\n",
        "  här: 30  (Anna Exempel, ",
        "  där: 20  (Bo Exempel, ",
        "Fler ␛[31mfick plats.)",
        f"vanort settle {TRIP} participants ours|theirs|VÄRDE",
        "Påskön · hela posten",
        "vanort settle twin-towns/paskon - ours|theirs|VÄRDE",
        "3 saker att avgöra",
    ):
        assert words in listed.out, listed.out
    known = vanort("conflicts", "--json", cwd=folder).json
    assert [(each["ref"], each["field"]) for each in known] == [
        (TRIP, "participants"), (TRIP, "purpose"), ("twin-towns/paskon", ""),
    ]  # fmt: skip
    assert known[0] == {"ref": TRIP, "field": "participants", "base": None, "ours": 30, "theirs": 20}

    for typed, said in (
        ((TRIP, "stage", "ours"), "Det finns ingen konflikt om stage i"),
        ((SKJERN, "-", "ours"), "vanort conflicts räknar upp"),
        ((TRIP, "participants", "många"), "participants: "),
        ((TRIP, "purpose", "both"), "en och samma post"),
        ((TRIP, "purpose", '"both"'), ""),
    ):
        answer = vanort("settle", *typed, cwd=folder)
        assert answer.code == (2 if said else 0)
        assert said in answer.err
    assert "1 sak återstår" in done("settle", TRIP, "participants", "24", cwd=folder).out
    left = json.loads(done("settle", "twin-towns/paskon", "-", "theirs", "--json", cwd=folder).out)
    assert left == {"ref": "twin-towns/paskon", "field": "", "conflicts": []}
    assert "Det finns ingenting att avgöra." in done("conflicts", cwd=folder).out
    assert head(mine) == before, "nothing has moved"

    joined = in_question(mine)
    assert joined is not None
    land(mine, joined)
    assert (data(mine, TRIP)["participants"], data(mine, TRIP)["purpose"]) == (24, "both")
    assert trailers(mine)[:3] == [
        f"Settled: {TRIP} participants edited",
        f"Settled: {TRIP} purpose edited",
        "Settled: twin-towns/paskon - theirs",
    ]


def test_choices_that_still_fit_stay_when_the_shared_moves(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(theirs, TRIP, participants=20, purpose="Deras")
    saved(mine, TRIP, participants=30, purpose="Vårt")
    pair.sides()
    done("settle", TRIP, "participants", "theirs", cwd=mine.folder)
    done("settle", TRIP, "purpose", "theirs", cwd=mine.folder)
    saved(theirs, TRIP, purpose="Deras, bättre")
    pair.sides()

    joined = in_question(mine)

    assert joined is not None
    assert [meeting.field for meeting in joined.conflicts] == ["purpose"]
    assert [settled.meeting.field for settled in joined.settled] == ["participants"]
    assert joined.outdated == ((TRIP, "purpose"),)
    done("settle", TRIP, "purpose", "", cwd=mine.folder)
    assert {key: choice.chosen for key, choice in load(mine.repo).items()} == {
        (TRIP, "participants"): "theirs",
        (TRIP, "purpose"): "edited",
    }
