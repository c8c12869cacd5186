"""A decision that a project is decided under is entered in the project, once, and by nothing but such a step."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from registry.change import Change
from registry.deciding import with_its_decision
from registry.errors import Refused
from registry.records.values import tables
from registry.store import Store
from tests.kit import BUN, PLANNED, TRIP, git, save, torsby, trailers, with_department, write_file

PARAGRAPH = "BUN 2026-03-10 § 31, dnr BUN/2026:17"
EARLIER = [{"decision": "BUN 2026-02-03 § 9", "kind": "start"}]


def entered(
    before: dict[str, Any] | None, after: dict[str, Any], cited: str = PARAGRAPH, act: str = "set"
) -> list[Any]:
    made = with_its_decision(act, TRIP, before, after, cited)
    return [{key: value for key, value in entry.items() if key != "id"} for entry in tables(made, "decisions")]


@pytest.mark.parametrize("stage", ["decided", "ongoing", "completed", "evaluated"])
@pytest.mark.parametrize("before", [None, {}, {"stage": "idea"}, {"stage": "planned"}, {"stage": "cancelled"}])
def test_the_step_to_decided_or_past_it_enters_the_decision(before: dict[str, Any] | None, stage: str) -> None:
    assert entered(before, {"stage": stage}) == [{"decision": PARAGRAPH, "kind": "start"}]


def test_the_entry_has_an_id_as_all_that_are_added() -> None:
    made = with_its_decision("set", TRIP, {"stage": "planned"}, {"stage": "decided"}, PARAGRAPH)
    (entry,) = tables(made, "decisions")
    assert str(entry["id"]).startswith("d")


@pytest.mark.parametrize(
    ("cited", "written"),
    [
        ("dnr BUN/2026:17", "dnr BUN/2026:17"),
        ("BUN 2026-03-10, dnr BUN/2026:17", "BUN 2026-03-10, dnr BUN/2026:17"),
        (" BUN 2026-03-10 §31 ", "BUN 2026-03-10 § 31"),
    ],
)
def test_a_delegated_decision_is_one_and_all_are_written_alike(cited: str, written: str) -> None:
    assert entered({"stage": "planned"}, {"stage": "decided"}, cited) == [{"decision": written, "kind": "start"}]


@pytest.mark.parametrize(
    ("before", "after", "cited"),
    [
        ({"stage": "planned"}, {"stage": "decided"}, ""),
        ({"stage": "planned"}, {"stage": "decided"}, "som vi sa i tisdags"),
        ({"stage": "idea"}, {"stage": "planned"}, PARAGRAPH),
        ({"stage": "decided"}, {"stage": "ongoing"}, PARAGRAPH),
        ({"stage": "ongoing"}, {"stage": "decided"}, PARAGRAPH),
        ({"stage": "planned"}, {"stage": "cancelled"}, PARAGRAPH),
        ({"stage": "planned"}, {"stage": "decided", "recorded_afterwards": True}, PARAGRAPH),
    ],
)
def test_nothing_else_enters_anything(before: dict[str, Any], after: dict[str, Any], cited: str) -> None:
    assert with_its_decision("set", TRIP, before, after, cited) == after


@pytest.mark.parametrize("cited", [PARAGRAPH, EARLIER[0]["decision"]])
def test_a_project_that_has_a_decision_keeps_it_alone(cited: str) -> None:
    assert entered({"stage": "planned"}, {"stage": "decided", "decisions": EARLIER}, cited) == EARLIER


@pytest.mark.parametrize("act", ["undo", "restore", "merge", "import", "rename", "erase"])
def test_what_is_brought_back_or_over_has_the_decisions_that_it_had(act: str) -> None:
    assert entered({"stage": "planned"}, {"stage": "decided"}, act=act) == []


def test_no_other_record_has_a_status() -> None:
    assert with_its_decision("set", BUN, {}, {"stage": "decided"}, PARAGRAPH) == {"stage": "decided"}


# --- in a registry


def ready(folder: Path, **more: Any) -> Store:
    """A project that lacks nothing but a decision."""
    store = with_department(torsby(folder))
    save(store, BUN, officers=[{"person": "p-4tq8ab", "function": "Rektor", "from": date(2026, 1, 1)}])
    start = date.today() + timedelta(30)
    line = {"year": start.year, "source": "department", "department": BUN, "planned": 45000, "granted": 45000}
    save(store, TRIP, act="new", **{**PLANNED, "start": start, "end": start + timedelta(4), "budget": [line]}, **more)
    return store


def decide(store: Store, decision: str) -> Change:
    return Change({TRIP: {**(store.saved().data(TRIP) or {}), "stage": "decided"}}, "Nämnden sa ja.", decision)


def test_it_is_shown_before_it_is_saved_and_told_in_the_message(tmp_path: Path) -> None:
    store = ready(tmp_path / "r")
    verdict = store.judge(decide(store, PARAGRAPH))
    assert not verdict.refusals
    assert [change.path.partition("[")[0] for change in verdict.fields] == ["stage", "decisions"]
    store.save(decide(store, PARAGRAPH))
    (entry,) = tables(store.committed().data(TRIP) or {}, "decisions")
    assert (entry["decision"], entry["kind"]) == (PARAGRAPH, "start")
    told = git(store, "log", "-1", "--format=%B")
    assert f"Beslut {PARAGRAPH}: – → start" in told
    assert f"Decision: {PARAGRAPH}" in trailers(store)


def test_without_any_decision_the_remedy_is_to_give_it(tmp_path: Path) -> None:
    store = ready(tmp_path / "r")
    with pytest.raises(Refused) as refused:
        store.save(decide(store, ""))
    assert refused.value.hint.startswith("Ange beslutet med ändringen, som ")


def test_where_more_is_missing_the_remedy_is_another(tmp_path: Path) -> None:
    store = ready(tmp_path / "r")
    save(store, TRIP, "Underlaget var fel.", budget=None)
    with pytest.raises(Refused) as refused:
        store.save(decide(store, ""))
    assert refused.value.hint == "Rätta det och spara igen."


def test_a_colleague_who_entered_it_meanwhile_is_not_repeated(tmp_path: Path) -> None:
    store = ready(tmp_path / "r")
    mine = Change(decide(store, PARAGRAPH).edits, "Nämnden sa ja.", PARAGRAPH, base=store.repo.head())
    store.save(decide(store, PARAGRAPH))
    assert store.save(mine).commit is None, "theirs says the same"
    assert len(tables(store.committed().data(TRIP) or {}, "decisions")) == 1


def test_a_hand_edit_that_is_saved_under_a_decision_says_so_in_the_file_too(tmp_path: Path) -> None:
    store = ready(tmp_path / "r")
    path = f"{TRIP}.toml"
    written = "# ja!\n" + (store.folder / path).read_text(encoding="utf-8").replace('"planned"', '"decided"')
    write_file(store, path, written)
    store.save(store.saving_by_hand([TRIP], "Nämnden sa ja.", PARAGRAPH))
    kept = (store.folder / path).read_text(encoding="utf-8")
    assert kept.startswith("# ja!\n")
    assert f'decision = "{PARAGRAPH}"' in kept
    assert git(store, "status", "--porcelain") == ""
