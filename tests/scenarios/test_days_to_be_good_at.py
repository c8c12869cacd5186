"""Days to be good at (POLICY.md), through the app: the old sheet, the dearer trip, three sums, an officer who quits."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from registry.closer_look import look_closer
from registry.policy.attention import applied_not_granted
from registry.records.kinds import kind_of
from registry.records.values import Data
from registry.store import Store
from registry.toml_files import write
from tests.kit import BUN, PLANNED, SKJERN, TRIP, git, save, torsby, trailers, with_department, write_file
from tests.scenarios.kit import OFFICER, add, alter, card, checked
from tests.tui.cli.running import done
from tests.tui.form_kit import writing
from tui.screens.handover import HandoverScreen

TODAY = date.today()
AHEAD = {"start": TODAY + timedelta(30), "end": TODAY + timedelta(34)}
GRANTED = "BUN 2026-03-10 § 31"


def money(**sums: int) -> list[Data]:
    """The department's own budget line of this year."""
    return [{"id": "b1", "year": TODAY.year, "source": "department", "department": BUN, **sums}]


def planned(store: Store, ref: str = TRIP, **values: Any) -> Store:
    """The same registry with a project that is still to come."""
    save(store, ref, act="new", **{**PLANNED, **AHEAD, "twin_towns": [SKJERN], **values})
    return store


# the old sheet


def old_sheet() -> dict[str, Data]:
    """Five rows as they stood there, and nothing that did not."""
    rows: dict[str, Data] = {
        "2019/korutbyte": {"title": "Körutbyte", "stage": "completed", "start": date(2019, 5, 4), "end": date(2019, 5, 9)},
        "2023/idrottsresa": {"title": "Idrottsresa", "stage": "completed", "start": date(2023, 6, 1), "end": date(2023, 6, 8)},
        "2021/skolutbyte": {"title": "Skolutbyte", "stage": "ongoing", "start": date(2021, 9, 1), "twin_towns": [SKJERN]},
        "2024/musikskolorna": {"title": "Musikskolorna", "stage": "ongoing", "start": date(2024, 1, 15)},
        "2018/konstnarsbesok": {"title": "Konstnärsbesök", "stage": "completed", "start": date(2018, 8, 20)},
    }  # fmt: skip
    return {
        f"projects/{name}": {**row, "recorded_afterwards": True, "source": f"Excel, rad {number}"}
        for number, (name, row) in enumerate(rows.items(), 14)
    }


async def test_five_rows_of_an_old_sheet_are_recorded_afterwards_in_one_commit_and_nothing_is_invented(
    tmp_path: Path,
) -> None:
    store = torsby(tmp_path / "r")
    rows = old_sheet()
    async with writing(store, size=(120, 44)) as user:
        for ref, row in rows.items():
            write_file(store, f"{ref}.toml", write(row, kind_of(ref).order))
        await user.main.look_outside()
        await user.rest()
        assert "5 ändrade för hand, inte sparade" in user.screen
        done("save", "-m", "Ur det gamla Excelbladet.", cwd=store.folder)
        await user.main.look_outside()
        await user.rest()
        await user.press("4")
        await user.main.go_to_record("projects/2019/korutbyte")
        await user.until("saknas i underlaget")
        assert "ändrade för hand" not in user.screen

    assert git(store, "rev-list", "--count", "HEAD").strip() == "2"
    told = trailers(store)
    assert {f"Record: {ref}" for ref in rows} <= {*told}
    assert not [line for line in told if line.startswith("Policy-")], "no override is asked for"
    assert "Ur det gamla Excelbladet." in git(store, "log", "-1", "--format=%B")
    assert {ref: store.committed().data(ref) for ref in rows} == rows
    found = checked(store, *rows)
    assert {finding["severity"] for finding in found} == {"note"}, found
    assert {finding["ref"] for finding in found} == {*rows}


# the dearer trip


async def test_the_trip_moves_a_week_and_costs_more_and_waits_for_a_decision_while_what_was_granted_stays(
    tmp_path: Path,
) -> None:
    granted = {**money(planned=45_000, applied=45_000, granted=45_000)[0], "decision": GRANTED}
    decided = {"decisions": [{"id": "d1", "decision": GRANTED, "kind": "start"}], "cost": 45_000, "stage": "decided"}
    store = with_department(torsby(tmp_path / "r"))
    save(store, BUN, "Nämnden utsåg rektor.", ambition=True, officers=OFFICER)
    planned(store)
    save(store, TRIP, "Nämnden beviljade resan.", decision=GRANTED, budget=[granted], **decided)
    async with writing(store, size=(120, 44)) as user:
        await user.edit("4", TRIP)
        await user.put("start", (AHEAD["start"] + timedelta(7)).isoformat())
        await user.put("end", (AHEAD["end"] + timedelta(7)).isoformat())
        await user.put("cost", "57 000")
        await add(user, "budget", year=str(TODAY.year), source="f", department=BUN, applied="12 000")
        await user.press("ctrl+s")
        await user.said("Färjan går en vecka senare och är dyrare.")
        await user.until("behöver ett nytt beslut (ändring)")

        now = store.committed()
        data = now.data(TRIP) or {}
        assert data["budget"][0] == granted, "what was granted under § 31 stays what it was"  # type: ignore[index]
        assert [(one.amount, one.after_decision) for one in applied_not_granted(now)] == [(12_000, True)]
        assert {move.field for move in look_closer(store, now, TRIP, TODAY).moved} >= {"start", "end", "cost"}
        found = checked(store, TRIP)
        assert not [one for one in found if one["severity"] in {"violation", "exception"}], found
        message = " ".join(git(store, "log", "-1", "--format=%B").split())
        assert "– → Barn- och utbildningsförvaltningen, sökt 12 000 kr" in message
        assert "Decision:" not in message, "nobody has decided it yet"

        await user.edit("4", TRIP)
        await add(user, "decisions", decision="BUN 2026-09-10 § 77", kind="ä")
        await user.press("ctrl+s")
        await user.said("Nämnden sade ja.", "BUN 2026-09-10 § 77")
        await user.until_gone("behöver ett nytt beslut")
    assert look_closer(store, store.committed(), TRIP, TODAY).moved == ()
    assert "Decision: BUN 2026-09-10 § 77" in trailers(store)


# three sums


async def test_what_was_applied_granted_and_spent_stand_beside_each_other_wherever_money_is_told(
    tmp_path: Path,
) -> None:
    store = planned(with_department(torsby(tmp_path / "r")))
    async with writing(store, size=(140, 44)) as user:
        await user.edit("4", TRIP)
        await add(user, "budget", year=str(TODAY.year), source="f", department=BUN, applied="120 000")
        await user.press("ctrl+s")
        await user.said("Ansökan är inlämnad.")
        for key, amount, why in (("granted", "80 000", "Nämnden gav mindre."), ("spent", "76 400", "Allt är betalt.")):
            await user.edit("4", TRIP)
            await alter(user, "budget", **{key: amount})
            await user.press("ctrl+s")
            await user.said(why, GRANTED if key == "granted" else "")
        sums = ("120 000", "80 000", "76 400")
        assert all(f"{amount} kr" in card(user).replace("\xa0", " ") for amount in sums), card(user)
        await user.press("B")
        screen = (await user.until("sammanlagt")).replace("\xa0", " ")
        line = next(line for line in screen.split("\n") if "sammanlagt" in line)
        assert all(f"{amount} kr" in line for amount in sums), line

    total = done("budget", "--json", cwd=store.folder).json["total"]
    assert (total["applied"], total["granted"], total["spent"]) == (120_000, 80_000, 76_400)
    lines = git(store, "log", "--format=%B", "--", f"{TRIP}.toml").replace("\xa0", " ").lower()
    for told in ("sökt 120 000 kr", "beviljat: – → 80 000 kr", "utfall: – → 76 400 kr"):
        assert told in lines
    assert git(store, "log", "--format=%(trailers:key=Decision,valueonly)", "-2").split("\n")[1:2] == [GRANTED]
    found = checked(store, TRIP)
    assert not [one for one in found if one["severity"] in {"violation", "exception"}], found


# the officer who quits


async def test_an_officer_who_quit_on_the_24th_is_entered_later_and_the_committee_of_the_23rd_still_has_her(
    tmp_path: Path,
) -> None:
    store = with_department(torsby(tmp_path / "r"))
    maja = store.people.add({"name": "Maja Exempel"})
    seat = [{"person": maja, "function": "Rektor", "from": date(2026, 1, 1)}]
    save(store, BUN, "Nämnden utsåg rektor.", ambition=True, officers=seat)
    trips = [f"projects/2026/resa-{number}" for number in (1, 2, 3)]
    for ref in trips:
        planned(store, ref, responsible=maja)
    before = git(store, "rev-parse", "HEAD").strip()
    async with writing(store, size=(120, 44)) as user:
        await user.press("6", "l")
        await user.on(HandoverScreen)
        await user.put("on", "24 mars 2026")
        await user.until("Vakant från 24 mars 2026:")
        assert "Namnet står kvar tills någon tar över:" in user.screen
        assert user.screen.count("· Ansvarig ·") == len(trips)
        await user.press("ctrl+s")
        await user.said("Rektorn slutade den 24 mars.")
        await user.press("K")
        await user.until("vakant sedan 24 mars 2026 · Rektor")
        await user.press("d")
        await user.type("23 mars 2026")
        await user.press("enter")
        assert "Maja Exempel" in await user.until("Samordningskommittén 23 mars 2026")
        await user.press("d")
        await user.type("24 mars 2026")
        await user.press("enter")
        assert "Maja Exempel" not in await user.until("Samordningskommittén 24 mars 2026")
        assert "platsen är vakant" in user.screen

    assert git(store, "rev-list", "--count", f"{before}..HEAD").strip() == "1"
    told = git(store, "log", "-1", "-p")
    assert f"Record: {BUN}" in told
    assert "Rektorn slutade den 24 mars." in told
    assert "Maja" not in told
    assert {store.committed().data(ref)["responsible"] for ref in trips} == {maja}  # type: ignore[index]
    found = checked(store)
    assert ("exchange-officer", BUN, "warning") in {(one["clause"], one["ref"], one["severity"]) for one in found}
    assert ("coordination-committee", "registry") in {(one["clause"], one["ref"]) for one in found}
    assert not [one for one in found if one["severity"] in {"violation", "exception"}], (
        "one resignation condemns nothing"
    )
