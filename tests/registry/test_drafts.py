"""Drafts: whole or not at all, readable by their owner alone, and never in the way."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from registry.drafts import Draft, Drafts, key_for_new
from registry.errors import GitTrouble
from registry.git.repository import Repository
from tests.kit import git

TRIP = "projects/2026/ungdomsutbyte-skjern"
DATA = {
    "title": "Ungdomsutbyte",
    "start": date(2026, 5, 4),
    "budget": [{"id": "b3k9x", "year": 2026, "granted": 45000}],
}


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(Repository.create(tmp_path / "r"))


def a_draft(key: str = TRIP, **texts: str) -> Draft:
    return Draft(key, DATA, "1f0c9a2", datetime(2026, 11, 23, 14, 2), texts)


def keep(drafts: Drafts, draft: Draft) -> Draft:
    """What a form that is left does; the draft as it is found."""
    place = drafts.place(draft.key)
    place.keep(draft)
    place.close()
    found = drafts.find(draft.key)
    assert found is not None
    return found


def test_a_draft_is_found_as_it_was_kept(drafts: Drafts) -> None:
    draft = a_draft(cost="12 500,50", purpose="half \ud800 a letter, \x1b[31m and \0")
    assert keep(drafts, draft) == draft
    assert drafts.keys() == [TRIP]


def test_the_last_one_kept_counts_and_one_that_is_thrown_away_is_gone(drafts: Drafts) -> None:
    place = drafts.place(TRIP)
    place.keep(a_draft())
    place.keep(a_draft(cost="x"))
    place.close()
    (found,) = drafts.all(TRIP)
    assert found.texts == {"cost": "x"}
    drafts.throw_away(found)
    drafts.throw_away(found)
    assert drafts.find(TRIP) is None
    assert list(drafts.folder.iterdir()) == []


def test_each_form_has_a_draft_of_its_own_and_what_is_being_written_is_offered_to_nobody(drafts: Drafts) -> None:
    one, other = drafts.place(TRIP), Drafts(drafts.repo).place(TRIP)
    one.keep(a_draft(cost="one"))
    other.keep(replace(a_draft(cost="other"), when=datetime(2026, 11, 23, 15, 0)))
    assert drafts.all() == []
    one.close()
    assert [dict(draft.texts) for draft in drafts.all(TRIP)] == [{"cost": "one"}]
    other.close()
    assert [draft.texts["cost"] for draft in drafts.all(TRIP)] == ["other", "one"], "the latest first"

    latest, _earlier = drafts.all(TRIP)
    again = drafts.place(TRIP, latest)  # somebody goes on with it
    assert [draft.texts["cost"] for draft in drafts.all(TRIP)] == ["one"]
    again.keep(a_draft(cost="more"))
    again.throw_away()
    assert [draft.texts["cost"] for draft in drafts.all(TRIP)] == ["one"]


def test_a_draft_that_is_gone_on_with_under_another_name_is_not_kept_twice(drafts: Drafts) -> None:
    earlier = keep(drafts, a_draft())
    place = drafts.place("projects/2026/skjern", earlier)
    assert drafts.keys() == [TRIP], "nothing was written yet"
    place.keep(a_draft(cost="x"))
    place.close()
    assert drafts.keys() == ["projects/2026/skjern"]


def test_drafts_are_their_owners_alone_and_not_in_the_way_of_git(drafts: Drafts, tmp_path: Path) -> None:
    keep(drafts, a_draft())
    (file,) = drafts.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts.folder.stat().st_mode) == 0o700
    assert git(tmp_path / "r", "status", "--porcelain", "--ignored") == ""


def test_a_new_record_has_a_draft_of_its_own_for_each_kind(drafts: Drafts) -> None:
    keep(drafts, a_draft(key_for_new("projects")))
    assert drafts.find(key_for_new("projects")) is not None
    assert drafts.find(key_for_new("departments")) is None


@pytest.mark.parametrize(
    "content", ["", "not json", "[]", "{}", '{"format": 2}', json.dumps({"format": 1, "key": TRIP, "record": "x ="})]
)
def test_a_draft_that_cannot_be_read_is_no_draft(drafts: Drafts, content: str) -> None:
    keep(drafts, a_draft())
    (file,) = drafts.folder.iterdir()
    file.write_text(content, encoding="utf-8")
    assert drafts.find(TRIP) is None


def test_where_a_draft_cannot_be_kept_the_reason_is_said_and_the_last_one_stands(drafts: Drafts) -> None:
    place = drafts.place(TRIP)
    place.keep(a_draft())
    (file,) = drafts.folder.iterdir()
    file.unlink()
    file.mkdir()
    (file / "in the way").touch()
    with pytest.raises(GitTrouble):
        place.keep(a_draft(cost="x"))
    assert [path.name for path in drafts.folder.iterdir()] == [file.name], "nothing half written is left"
