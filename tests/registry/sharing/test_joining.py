"""What two people save apart comes together: field by field, under new names, checked, with the comments of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from registry.change import Change
from registry.errors import Refused
from registry.git.writer import BranchMoved, FileMoved
from registry.pushed import brought_in
from registry.sharing.choices import Choice, Chosen, load
from registry.sharing.choosing import choose
from registry.sharing.joining import Joined, join
from registry.sharing.landing import forward, land
from registry.sharing.sides import Sides, relation
from registry.store import Store
from registry.timeline import history_of
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
    assert meeting.our_origin is not None
    assert meeting.their_origin is not None
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
        "Sammanfört: Ungdomsutbyte med Skjern",
        "För samman 1 ändring som gjorts här och 2 som hade delats.",
        "",
        "Ungdomsutbyte med Skjern · Antal deltagare: 30 här, 20 där → 25",
        "",
    ]
    assert git(mine, "log", "-1", "--format=%P").split()[1] == git(mine, "rev-parse", "HEAD^2").strip()
    assert "commit (merge)" in git(mine, "reflog", "-1")
    assert "fast-forward" in git(theirs, "reflog", "-1")


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
    assert status(mine) == []


def test_a_name_that_we_gave_is_told_by_the_merge(pair: Pair) -> None:
    mine, theirs, _server = pair
    called(mine, TRIP, RENAMED)
    saved(theirs, TRIP, participants=20)
    saved(theirs, CHOIR, **{**PLANNED, "title": "Körresa", "purpose": "Sång"})
    saved(mine, SKJERN, potential="Skolor")

    pair.land(pair.settled())

    assert data(mine, RENAMED)["participants"] == 20
    assert f"Renamed-From: {TRIP}" in trailers(mine)


def test_what_was_owned_up_to_under_the_old_name_is_so_at_the_server(pair: Pair) -> None:
    mine, theirs, _server = pair
    called(theirs, SKJERN, "twin-towns/skjern-dk")
    owing = Change({SKJERN: {**data(mine, SKJERN), "financial_obligations": True}}, "En klausul.")
    mine.save(replace(owing, overrides=("no-obligations",)))
    shared = pair.sides().theirs

    pair.land(pair.settled())

    assert data(mine, "twin-towns/skjern-dk")["financial_obligations"] is True
    assert brought_in(mine, shared, head(mine)).refused == ()


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
    assert mine.saved().refs("projects") == ["projects/2026/tredje"]
    assert data(mine, "projects/2026/tredje")["participants"] == 20


@pytest.mark.parametrize(("town", "side"), [("perna", "ours"), ("skjern", "theirs"), ("perna", "theirs")])
def test_a_name_that_two_records_were_given_goes_to_one_and_the_other_keeps_its_own(
    pair: Pair, town: str, side: Chosen
) -> None:
    mine, theirs, _server = pair
    perna, skjern, both = "twin-towns/perna", "twin-towns/skjern", "twin-towns/ringkobing"
    called(theirs, skjern, both)
    called(mine, perna, both)
    joined = pair.join()
    assert in_conflict(joined) == [(perna, "ref"), (skjern, "ref")]
    assert all("är upptaget" in meeting.message for meeting in joined.conflicts)
    saved(mine, both, "Ett annat skäl.", potential="Skolor")
    joined = pair.join()
    origins = [(meeting.our_origin, meeting.their_origin) for meeting in joined.conflicts]
    assert [[origin and origin.why for origin in each] for each in origins] == [
        ["Bättre namn.", None], [None, "Bättre namn."],
    ]  # fmt: skip

    typed = both if (town, side) != ("perna", "theirs") else perna
    after = choose(mine, joined, f"twin-towns/{town}", "ref", Choice("edited", typed))
    assert after.settled[-1 if town == "skjern" else 0].choice.chosen == side

    other = (skjern, "theirs") if side == "ours" else (perna, "ours")
    if len(after.settled) > 1:
        with pytest.raises(Refused, match="är upptaget"):
            choose(mine, after, other[0], "ref", Choice(other[1]))
    pair.land(after)
    goes, stays = (perna, skjern) if side == "ours" else (skjern, perna)
    titles = {perna: "Pernå", skjern: "Skjern"}
    assert [data(mine, ref)["name"] for ref in (both, stays)] == [titles[goes], titles[stays]]
    assert goes not in mine.saved()
    told = {ref: {entry.subject for entry in history_of(mine.repo, ref) if entry} for ref in (both, stays)}
    assert f"{titles[goes]}: nytt id i registret" in told[both]
    assert f"{titles[stays]}: nytt id i registret" not in told[both]
    assert f"{titles[goes]}: nytt id i registret" not in told[stays]
    said = trailers(mine)
    others = len([line for line in said if line.startswith("Record: ")]) - 1
    assert git(mine, "log", "-1", "--format=%s").endswith(
        f" (och {others} poster till)\n" if others > 0 else ": Pernå\n"
    )
    if side == "ours":
        assert {f"Renamed-From: {perna}", f"Renamed-From: {both}", f"Record: {both}", f"Record: {skjern}"} <= {*said}
    settled = [line.split()[1] for line in said if line.startswith("Settled: ")]
    assert {both, f"twin-towns/{town}"} <= {*settled}
    assert len(settled) == len(set(settled))


def test_a_new_name_that_was_given_to_something_else_meanwhile(pair: Pair) -> None:
    mine, theirs, _server = pair
    called(mine, TRIP, RENAMED)
    saved(theirs, RENAMED, **{**PLANNED, "title": "Skjernresan", "purpose": "En annan resa"})

    joined = pair.join()

    assert in_conflict(joined) == [(TRIP, "ref")]
    pair.land(pair.settled(ref="theirs"))
    assert data(mine, TRIP)["title"] == "Ungdomsutbyte med Skjern"
    assert data(mine, RENAMED)["title"] == "Skjernresan"


def test_two_records_of_one_name_are_not_mixed(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(theirs, CHOIR, **{**PLANNED, "title": "Körresa", "purpose": "Kyrkokören"})
    saved(mine, CHOIR, **{**PLANNED, "title": "Körresan", "purpose": "Skolkören", "department": BUN})
    saved(mine, BUN, "Ingår.", mailbox="bun@example.org")

    (meeting,) = pair.join().conflicts

    assert (meeting.key, meeting.both, meeting.base) == ((CHOIR, ""), True, None)
    assert (meeting.ours["purpose"], meeting.theirs["purpose"]) == ("Skolkören", "Kyrkokören")
    pair.land(pair.settled(whole="both"))
    assert data(mine, CHOIR)["purpose"] == "Kyrkokören"
    assert data(mine, f"{CHOIR}-2")["purpose"] == "Skolkören"
    assert [line for line in trailers(mine) if line.startswith("Settled")] == [
        f"Settled: {CHOIR} - theirs",
        f"Settled: {CHOIR}-2 - ours",
    ]


def test_a_name_used_again_and_given_up_again_is_not_followed_to_the_other_record(pair: Pair) -> None:
    """They removed the trip, entered a choir under its name, and called that something else; I went on with the trip."""
    mine, theirs, _server = pair
    removed(theirs, TRIP)
    saved(theirs, TRIP, **{**PLANNED, "title": "Körresa", "purpose": "Kyrkokören", "department": BUN})
    saved(theirs, TRIP, participants=12)
    called(theirs, TRIP, CHOIR)
    saved(mine, TRIP, youth=True)

    (meeting,) = pair.join().conflicts

    assert (meeting.key, meeting.theirs) == ((TRIP, ""), None)
    pair.land(pair.settled(whole="ours"))
    assert data(mine, TRIP)["youth"] is True
    assert "youth" not in data(mine, CHOIR)
    assert data(mine, CHOIR)["participants"] == 12


def test_one_record_that_two_people_entered_is_one(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(theirs, "twin-towns/granhult", name="Granhult", country="SE", potential="Skolor")
    saved(mine, "twin-towns/granhult", name="Granhult", country="SE", agreement_year=1990)

    pair.land(pair.settled())

    assert data(mine, "twin-towns/granhult") == {
        "name": "Granhult", "country": "SE", "potential": "Skolor", "agreement_year": 1990,
    }  # fmt: skip


@pytest.mark.parametrize("side", ["both", "ours", "theirs"])
def test_what_was_taken_for_one_record_can_be_decided_as_a_whole(pair: Pair, side: Chosen) -> None:
    mine, theirs, _server = pair
    saved(theirs, "twin-towns/granhult", name="Granhult", country="SE")
    saved(mine, "twin-towns/granhult", name="GRANHULT", country="NO")
    joined = pair.join()
    assert [(meeting.field, meeting.both) for meeting in joined.conflicts] == [("country", True), ("name", True)]
    with pytest.raises(Refused, match="hela posten") as refused:
        choose(mine, joined, "twin-towns/granhult", "name", Choice("both"))
    assert "vanort settle twin-towns/granhult - both" in refused.value.hint
    partly = choose(mine, joined, "twin-towns/granhult", "name", Choice("theirs"))
    after = choose(mine, partly, "twin-towns/granhult", "-", Choice(side))
    assert (after.conflicts, set(load(mine.repo))) == ((), {("twin-towns/granhult", "")})
    pair.land(after)
    countries = {ref: data(mine, ref)["country"] for ref in mine.saved().refs("twin-towns") if "granhult" in ref}
    both = {"twin-towns/granhult": "SE", "twin-towns/granhult-2": "NO"}
    assert countries == (both if side == "both" else {"twin-towns/granhult": {"ours": "NO", "theirs": "SE"}[side]})


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_what_is_removed_here_and_changed_there_is_a_persons_to_decide(pair: Pair, side: str) -> None:
    mine, theirs, _server = pair
    removed(theirs, TRIP)
    saved(mine, TRIP, participants=30)

    (meeting,) = pair.join().conflicts

    assert (meeting.field, meeting.theirs, meeting.ours["participants"]) == ("", None, 30)
    assert meeting.their_origin is not None
    assert meeting.their_origin.why == "Fel."
    pair.land(pair.settled(whole=side))
    assert (TRIP in mine.saved()) == (side == "ours")
    assert f"Settled: {TRIP} - {side}" in trailers(mine)


def test_a_record_renamed_here_and_removed_there(pair: Pair) -> None:
    mine, theirs, _server = pair
    called(mine, TRIP, RENAMED)
    removed(theirs, TRIP)
    (meeting,) = pair.join().conflicts
    assert (meeting.ref, meeting.field, meeting.theirs) == (RENAMED, "", None)
    pair.land(pair.settled(whole="ours"))
    assert TRIP not in mine.saved()
    assert RENAMED in mine.saved()


def test_a_department_removed_here_and_a_project_that_names_it_there(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(mine, "departments/kultur", name="Kulturförvaltningen", board="Kulturnämnden", board_short="KN")
    pair.land(pair.settled())
    removed(mine, "departments/kultur")
    saved(theirs, CHOIR, **{**PLANNED, "title": "Körresa", "department": "departments/kultur"})

    (meeting,) = pair.join().conflicts
    assert (meeting.ref, meeting.field, meeting.ours) == ("departments/kultur", "", None)
    assert "departments/kultur" in meeting.message
    assert f"Körresa ({CHOIR})" in meeting.message

    gone = {meeting.key: Choice("ours")}
    (then,) = pair.join(gone).conflicts
    assert (then.ref, then.field, then.ours, then.theirs) == (CHOIR, "department", None, "departments/kultur")
    assert in_conflict(pair.join({**gone, then.key: Choice("theirs")})) == [then.key], "it would still name nothing"
    pair.land(pair.join({**gone, then.key: Choice("edited", BUN)}))
    assert data(mine, CHOIR)["department"] == BUN
    assert f"Settled: {CHOIR} department edited" in trailers(mine)


def test_a_trip_that_would_end_before_it_begins(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(mine, TRIP, "Senare.", start=PLANNED["end"])
    saved(theirs, TRIP, "Tidigare.", end=PLANNED["start"])

    (meeting,) = pair.join().conflicts

    assert (meeting.ref, meeting.field, meeting.ours, meeting.theirs) == (
        TRIP, "end", PLANNED["end"], PLANNED["start"],
    )  # fmt: skip
    pair.land(pair.settled())
    assert data(mine, TRIP)["start"] == data(mine, TRIP)["end"] == PLANNED["end"]


def test_what_the_policy_finds_of_the_two_together_is_told(pair: Pair) -> None:
    mine, theirs, _server = pair
    year = {"year": 2026, "amount": 50_000, "state": "decided", "decision": "KF 2025-11-24 § 101"}
    saved(mine, "registry", "Ramen.", central_funds=[year])
    pair.land(pair.settled())
    for store, ref in ((mine, TRIP), (theirs, CHOIR)):
        line = {"year": 2026, "source": "central", "granted": 40_000, "decision": "KS 2026-03-10 § 3"}
        saved(store, ref, "Medel beviljade.", **{**PLANNED, "title": ref, "budget": [line]})

    joined = pair.join()

    assert [finding.clause for finding in joined.findings if finding.severity != "warning"] == ["central-funds"]
    pair.land(joined)


def test_equal_changes_agree_and_leave_a_merge_of_nothing(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(mine, SKJERN, "Vi hörde det.", potential="Skolor")
    saved(theirs, SKJERN, "De hörde det.", potential="Skolor")
    joined = pair.join()
    assert (joined.files, joined.records, joined.brought) == ({}, {}, ())
    pair.land(joined)
    assert git(mine, "log", "-1", "--format=%s").strip() == "Sammanfört: lika på båda håll"
    assert trailers(mine) == ["Change: merge"]


def test_files_beside_the_records(pair: Pair) -> None:
    mine, theirs, _server = pair
    readme = files_beside(mine)["README.md"]
    by_git(theirs, "README.md", readme + "Sist: deras.\n")
    by_git(mine, "README.md", "Först: vår.\n" + readme)
    by_git(theirs, "docs/ny.md", "Ny\n")
    by_git(theirs, "logga.bin", b"\0\1\2")
    by_git(mine, "logga.bin", b"\0\3\4")
    (theirs.folder / "docs" / "ny.md").chmod(0o755)
    git(theirs, "commit", "-qam", "körbar")

    (meeting,) = pair.join().conflicts

    assert (meeting.ref, meeting.field, meeting.label) == ("logga.bin", "", "hela filen")
    assert meeting.their_origin is not None
    assert meeting.their_origin.author
    pair.land(pair.settled(whole="theirs"))
    assert (mine.folder / "README.md").read_text() == "Först: vår.\n" + readme + "Sist: deras.\n"
    assert (mine.folder / "logga.bin").read_bytes() == b"\0\1\2"
    assert (mine.folder / "docs" / "ny.md").stat().st_mode & 0o111
    assert status(mine) == []


def files_beside(store: Store) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in store.folder.glob("*.md")}


def test_a_file_that_cannot_be_read_is_one_sides_or_the_others(pair: Pair) -> None:
    mine, theirs, _server = pair
    broken = files(theirs)[f"{TRIP}.toml"] + "participants = = 3\n"
    by_git(theirs, f"{TRIP}.toml", broken)
    saved(mine, TRIP, participants=30)

    (meeting,) = pair.join().conflicts

    assert (meeting.field, meeting.theirs, meeting.ours["participants"]) == ("", broken, 30)
    pair.land(pair.settled(whole="ours"), known={"readable"})
    assert data(mine, TRIP)["participants"] == 30


def test_what_a_registry_cannot_hold_is_refused(pair: Pair) -> None:
    mine, theirs, _server = pair
    (theirs.folder / "länk.md").symlink_to("/etc/passwd")
    git(theirs, "add", "-A")
    git(theirs, "commit", "-qm", "länk")
    tip = pair.sides().theirs
    with pytest.raises(Refused, match="är en länk"):
        forward(mine, tip)
    saved(mine, TRIP, participants=30)
    with pytest.raises(Refused, match="är en länk"):
        pair.join()
    assert status(mine) == []


def test_hand_edits_stay_and_stay_unsaved(pair: Pair) -> None:
    mine, theirs, _server = pair
    place = f"{TRIP}.toml"
    saved(theirs, TRIP, participants=20, youth=True)
    saved(theirs, SKJERN, potential="Skolor")
    removed(theirs, "twin-towns/paskon")
    by_git(theirs, "README.md", None)
    write_file(
        mine, place, files(mine)[place].replace('title = "', '# fråga rektor\ntitle = "Ny ') + "participants = 30\n"
    )
    (mine.folder / f"{SKJERN}.toml").unlink()
    write_file(mine, "twin-towns/paskon.toml", files(mine)["twin-towns/paskon.toml"] + "# min anteckning\n")

    forward(mine, pair.sides().theirs)

    held = files(mine)[place]
    assert "# fråga rektor\n" in held
    assert 'title = "Ny ' in held
    assert "participants = 30" in held
    assert "youth = true" in held
    assert data(mine, TRIP)["participants"] == 20
    assert not (mine.folder / f"{SKJERN}.toml").exists()
    assert not (mine.folder / "README.md").exists()
    assert "# min anteckning" in files(mine)["twin-towns/paskon.toml"]
    assert {line[3:] for line in status(mine)} == {place, f"{SKJERN}.toml", "twin-towns/paskon.toml"}


def test_hand_edits_refer_to_what_others_renamed_by_its_new_name(pair: Pair) -> None:
    """Whether anything comes for the file or not, and whether others went on or both sides are brought together."""
    mine, theirs, _server = pair
    other, new = "projects/2026/utan-spar", "twin-towns/skjern-i-danmark"
    write_file(mine, f"{TRIP}.toml", files(mine)[f"{TRIP}.toml"] + "# båda\n")
    write_file(mine, f"{other}.toml", f'title = "Ny"  # för hand\nstage = "idea"\ntwin_towns = ["{SKJERN}"]\n')
    called(theirs, SKJERN, new)
    saved(theirs, TRIP, participants=20)

    forward(mine, pair.sides().theirs)

    assert {line[3:] for line in status(mine)} == {f"{TRIP}.toml", f"{other}.toml"}
    assert "participants = 20" in files(mine)[f"{TRIP}.toml"]
    for place, kept in ((TRIP, "# båda"), (other, "# för hand")):
        assert kept in files(mine)[f"{place}.toml"]
        assert f'twin_towns = ["{new}"]' in files(mine)[f"{place}.toml"]
    called(theirs, new, SKJERN)
    saved(mine, "twin-towns/paskon", potential="Skolor")
    pair.land(pair.join())
    for place in (TRIP, other):
        assert f'twin_towns = ["{SKJERN}"]' in files(mine)[f"{place}.toml"]
    called(theirs, SKJERN, new)
    saved(theirs, SKJERN, name="En annan ort", country="SE")  # which has got the name
    forward(mine, pair.sides().theirs)
    assert f'twin_towns = ["{new}"]' in files(mine)[f"{other}.toml"]


def test_what_was_prepared_with_git_is_in_nobodys_way_or_told(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(theirs, TRIP, participants=20)
    place = f"{TRIP}.toml"
    before = files(mine)[place]
    write_file(mine, place, before + "# mellan\n")
    git(mine, "add", place)
    write_file(mine, place, before)
    with pytest.raises(FileMoved, match=TRIP):
        forward(mine, pair.sides().theirs)
    assert (head(mine), files(mine)[place]) == (pair.sides().bases[0], before)
    write_file(mine, place, before + "# mellan\n")
    forward(mine, pair.sides().theirs)
    assert "participants = 20" in files(mine)[place]
    assert "# mellan" in files(mine)[place]


def test_a_file_where_the_others_have_a_folder(pair: Pair) -> None:
    mine, theirs, _server = pair
    by_git(theirs, "docs/ny.md", "Ny\n")
    by_git(mine, "docs", "En fil\n")
    with pytest.raises(Refused, match="docs är en fil på ena hållet"):
        pair.join()


def test_swapped_sides_swap_what_they_say_and_nothing_else(pair: Pair) -> None:
    mine, theirs, _server = pair
    called(theirs, TRIP, RENAMED)
    saved(theirs, RENAMED, participants=20, goals=["democracy"])
    saved(mine, TRIP, participants=30, goals=["knowledge"])
    removed(mine, "twin-towns/paskon")
    saved(theirs, "twin-towns/paskon", potential="Skolor")
    saved(theirs, SKJERN, potential="Skolor")
    one = pair.join()
    git(theirs, "fetch", "-q", str(mine.folder), "main")

    other = join(theirs, Sides(one.sides.theirs, one.sides.ours, one.sides.bases))

    assert in_conflict(one) == [(RENAMED, "participants"), ("twin-towns/paskon", "")]
    assert [(each.ref, each.field, each.base, each.theirs, each.ours) for each in other.conflicts] == [
        (each.ref, each.field, each.base, each.ours, each.theirs) for each in one.conflicts
    ]
    choices = {each.key: Choice("ours") for each in one.conflicts}
    swapped = {each.key: Choice("theirs") for each in other.conflicts}
    land(mine, pair.join(choices))
    land(theirs, join(theirs, other.sides, swapped))
    assert files(mine) == files(theirs)


def test_nothing_moves_where_the_branch_has(pair: Pair) -> None:
    mine, theirs, _server = pair
    saved(theirs, SKJERN, potential="Skolor")
    saved(mine, TRIP, participants=30)
    joined = pair.join()
    saved(mine, TRIP, participants=31)
    with pytest.raises(BranchMoved):
        land(mine, joined)
    with pytest.raises(BranchMoved):
        forward(mine, joined.sides.theirs)
    assert data(mine, TRIP)["participants"] == 31


def standing_in(store: Store, path: str) -> str:
    """What a file holds now."""
    return (store.folder / path).read_text(encoding="utf-8")


def test_histories_that_crossed(pair: Pair) -> None:
    """Each has merged the other's first change by itself: two bases, of which neither is the later."""
    mine, theirs, _server = pair
    saved(mine, TRIP, participants=30)
    saved(theirs, TRIP, title="Resan")
    place, readme = f"{TRIP}.toml", standing_in(mine, "README.md")
    by_git(mine, place, standing_in(mine, place) + "# Mitt\n")
    by_git(theirs, place, "# Deras\n" + standing_in(theirs, place))
    by_git(mine, "README.md", f"Överst.\n{readme}")
    by_git(theirs, "README.md", f"{readme}Nederst.\n")
    first_mine, first_theirs = head(mine), head(theirs)
    git(theirs, "fetch", "-q", str(mine.folder), "main")
    git(theirs, "merge", "-q", "-m", "ihop", "FETCH_HEAD")
    git(mine, "fetch", "-q", str(theirs.folder), "main")
    git(mine, "merge", "-q", "-m", "ihop", first_theirs)
    saved(theirs, TRIP, purpose="Deras")
    saved(mine, TRIP, purpose="Deras", participants=31)
    by_git(mine, place, standing_in(mine, place).replace("# Deras\n", ""))
    by_git(theirs, place, standing_in(theirs, place).replace("# Mitt\n", ""))
    by_git(mine, "README.md", standing_in(mine, "README.md").replace("Överst", "Allra överst"))
    by_git(theirs, "README.md", standing_in(theirs, "README.md").replace("Nederst", "Allra nederst"))

    sides = pair.sides()
    joined = pair.join()

    assert set(sides.bases) == {first_mine, first_theirs}
    assert not joined.conflicts
    pair.land(joined)
    assert (data(mine, TRIP)["participants"], data(mine, TRIP)["title"]) == (31, "Resan")
    assert "#" not in standing_in(mine, place), "what one side took away is gone"
    assert standing_in(mine, "README.md") == f"Allra överst.\n{readme}Allra nederst.\n"


def test_two_settlements_of_one_conflict_are_asked_about_and_nothing_else_is(pair: Pair) -> None:
    """Each has brought in the other's first change by itself: the one let their own stand, the other wrote a third."""
    mine, theirs, _server = pair
    saved(mine, TRIP, participants=30, start=date(2026, 5, 5))
    saved(theirs, TRIP, participants=40, title="Resan")
    first_mine, first_theirs = head(mine), head(theirs)
    git(theirs, "fetch", "-q", str(mine.folder), "main")
    git(theirs, "merge", "-q", "-s", "ours", "-m", "ihop", first_mine)
    saved(theirs, TRIP, participants=35)
    git(mine, "fetch", "-q", str(theirs.folder), "main")
    git(mine, "merge", "-q", "-s", "ours", "-m", "ihop", first_theirs)
    saved(mine, TRIP, title="Resan till Skjern")
    saved(theirs, TRIP, start=date(2026, 5, 6))

    sides = pair.sides()
    joined = pair.join()

    assert set(sides.bases) == {first_mine, first_theirs}
    asked = [(each.field, each.base, each.ours, each.theirs) for each in joined.conflicts]
    assert asked == [("participants", 40, 30, 35)]
    pair.land(pair.settled(participants="theirs"))
    now = data(mine, TRIP)
    assert (now["participants"], now["title"], now["start"]) == (35, "Resan till Skjern", date(2026, 5, 6))


def test_comments_of_both_stay(pair: Pair) -> None:
    mine, theirs, _server = pair
    place = f"{SKJERN}.toml"
    text = files(mine)[place]
    by_git(mine, place, text.replace('country = "DK"', 'country = "DK"  # vår\n# om vår kontakt\npotential = "Skolor"'))
    by_git(
        theirs, place, "# deras rubrik\n" + text.replace('country = "DK"', 'country = "DK"  # deras\nlocal_name = "S"')
    )

    pair.land(pair.settled())

    now = files(mine)[place]
    for kept in ("# deras rubrik\n", "# om vår kontakt\n", "# vår", "# deras", *text.splitlines()[:2]):
        assert kept in now, kept
