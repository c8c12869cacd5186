"""Nothing typed is lost, and nothing that stands in a record can break a form."""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import date, datetime
from pathlib import Path

import pexpect
import pytest
from textual.widget import Widget
from textual.widgets import Input, TextArea

from registry.change import Change, renaming
from registry.drafts import Draft, Drafts
from registry.records.values import Data
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, torsby, with_trip
from tests.tui.form_kit import Writer, writing
from tests.tui.hostile import HOSTILE
from tui.forms.field_input import FieldInput
from tui.forms.questions import Choose
from tui.forms.record_form import RecordForm
from tui.screens.main import MainScreen
from tui.screens.saving import SaveScreen


def test_a_killed_app_leaves_a_draft(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    drafts = Drafts(store.repo)
    app = pexpect.spawn(
        sys.executable,
        ["-m", "tui", "-r", str(store.folder)],
        env={**os.environ, "TERM": "xterm-256color", "LANG": "sv_SE.UTF-8"},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=60,
    )
    try:
        app.expect("sikt")
        app.send("3")
        app.expect("skön")
        app.send("e")
        app.expect("Lokalt")
        app.send(" eller Bømlo")
        until = time.monotonic() + 30
        while time.monotonic() < until and not drafts.keys():
            app.expect([pexpect.TIMEOUT, r".+"], timeout=0.1)
    finally:
        app.kill(signal.SIGKILL)
        app.close(force=True)

    (key,) = drafts.keys()
    draft = drafts.find(key)
    assert draft is not None
    assert draft.data["name"].endswith(" eller Bømlo")
    assert git(store, "status", "--porcelain") == ""


async def test_quitting_the_whole_app_under_a_form_keeps_the_draft(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Halvfärdigt")
        user.app.exit()
        await user.pilot.pause()
    draft = Drafts(store.repo).find(SKJERN)
    assert draft is not None
    assert draft.data["potential"] == "Halvfärdigt"

    async with writing(store) as user:
        await user.press("3")
        await user.main.go_to_record(SKJERN)
        await user.press("e")
        await user.on(Choose)
        await user.press("s")
        form = await user.on(RecordForm)
        assert "potential" not in form.root.data()
        await user.press("escape")
        await user.main_again()
    assert Drafts(store.repo).keys() == []


async def fill(user: Writer, form: RecordForm, text: str) -> int:
    """Put `text` into every field that takes one, and give how many there were."""
    filled = 0
    for widget in form.query(Widget):
        if isinstance(widget, FieldInput) and widget.display and isinstance(widget, (Input, TextArea)):
            widget.focus()
            if isinstance(widget, Input):
                widget.value = text
            else:
                widget.text = text
            filled += 1
    await user.rest()
    return filled


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_in_every_field_is_shown_kept_and_saved_or_refused(tmp_path: Path, text: str) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with writing(store) as user:
        form = await user.edit("4", TRIP)
        assert await fill(user, form, text) > 15
        assert all(line.isprintable() for line in user.screen.split("\n"))
        texts = form.root.texts()
        await user.press("ctrl+s")
        assert isinstance(user.app.screen, RecordForm), "a date cannot be that"
        await user.press("escape")
        await user.on(Choose)
        await user.press("b")
        await user.main_again()

        await user.press("e")
        await user.on(Choose)
        await user.press("enter")
        again = await user.on(RecordForm)
        assert again.root.texts() == texts
        assert again.root.data() == form.root.data()


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable() or "\x1b" in text])
async def test_hostile_text_is_saved_to_the_letter(tmp_path: Path, text: str) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        form = await user.edit("3", SKJERN)
        for key in ("potential", "successor"):
            field = await user.field(key)
            assert isinstance(field, (Input, TextArea))
            if isinstance(field, Input):
                field.value = text
            else:
                field.text = text
        await user.rest()
        wanted = form.root.data()
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        assert all(line.isprintable() for line in user.screen.split("\n"))
        await user.write("words", "Ett prov.")
        await user.press("ctrl+s")
        await user.main_again()
    assert store.committed().data(SKJERN) == wanted
    assert wanted["potential"].strip() == text.strip()


def odd(store: Store, content: str) -> None:
    """A record as somebody left it who edits by hand, saved with plain Git."""
    (store.folder / f"{TRIP}.toml").write_text(content, encoding="utf-8")
    git(store, "commit", "-qam", "För hand")


async def test_what_is_of_the_wrong_type_is_shown_and_left_alone(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    content = (
        'title = "Resa"\nstage = "nowhere"\nstart = "i maj"\ncost = 12.5\nyouth = "kanske"\nbudget = "ingen"\n'
        'goals = "alla"\ntwin_towns = ["twin-towns/nowhere"]\nodd_key = 1\n[evaluation]\nresults = 3\n'
    )
    odd(store, content)
    async with writing(store, size=(100, 80)) as user:
        form = await user.edit("4", TRIP)
        assert "kan inte ändras här" in user.screen
        await user.write("purpose", "Ett skäl")
        before = store.committed().data(TRIP) or {}
        assert {key: value for key, value in form.root.data().items() if key != "purpose"} == dict(before)
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        await user.write("words", "Syftet var inte skrivet.")
        await user.press("ctrl+s")
        await user.main_again()
    after = (store.folder / f"{TRIP}.toml").read_text(encoding="utf-8")
    assert 'start = "i maj"' in after
    assert "odd_key = 1" in after
    assert 'purpose = "Ett skäl"' in after


async def test_a_draft_that_belongs_to_an_older_state_is_merged_with_what_came_since(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Halvfärdigt")
        await user.press("escape")
        await user.on(Choose)
        await user.press("b")
        await user.main_again()
    save(store, SKJERN, "Erik var där.", last_contact=date(2026, 5, 4))
    async with writing(store) as user:
        await user.press("3")
        await user.main.go_to_record(SKJERN)
        await user.press("e")
        await user.on(Choose)
        await user.press("enter")
        await user.on(RecordForm)
        await user.save("Samtal i går.")
        await user.main_again()
        assert isinstance(user.app.screen, MainScreen)
    now = store.committed().data(SKJERN) or {}
    assert (now["potential"], now["last_contact"]) == ("Halvfärdigt", date(2026, 5, 4))


def left_behind(store: Store, key: str, data: Data, *, minute: int = 0) -> None:
    """A draft as a window leaves it that ended in the middle of a form."""
    place = Drafts(store.repo).place(key)
    place.keep(Draft(key, data, store.repo.head(), datetime(2026, 11, 23, 14, minute)))
    place.close()


async def test_what_others_save_while_the_form_is_being_opened_is_not_taken_back(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    left_behind(store, SKJERN, {"name": "Skjern"})
    async with writing(store) as user:
        await user.press("3")
        await user.main.go_to_record(SKJERN)
        await user.press("e")
        await user.on(Choose)
        save(store, SKJERN, "Erik var där.", last_contact=date(2026, 5, 4))
        await user.main.look_outside()
        await user.press("s")
        await user.on(RecordForm)
        await user.write("potential", "Skolor")
        await user.save("Samtal i går.")
        await user.main_again()
    now = store.committed().data(SKJERN) or {}
    assert (now["potential"], now["last_contact"]) == ("Skolor", date(2026, 5, 4))


async def test_two_windows_on_one_record_keep_their_drafts_apart_and_both_are_offered_afterwards(
    tmp_path: Path,
) -> None:
    store = torsby(tmp_path / "r")
    left_behind(store, SKJERN, {"name": "Skjern", "potential": "Från det andra fönstret"})
    async with writing(store) as user:
        await user.press("3")
        await user.main.go_to_record(SKJERN)
        other = Drafts(store.repo).place(SKJERN, Drafts(store.repo).find(SKJERN))  # the other window is alive again
        await user.press("e")
        await user.on(RecordForm)
        await user.write("potential", "Från det här fönstret")
        await user.press("escape")
        await user.on(Choose)
        await user.press("b")
        await user.main_again()
        other.close()

        await user.press("e")
        await user.on(Choose)
        await user.press("s")  # the latest is thrown away, and the one before it offered
        await user.on(Choose)
        await user.press("enter")
        form = await user.on(RecordForm)
        assert form.root.data()["potential"] == "Från det andra fönstret"


async def test_the_draft_of_a_record_that_was_renamed_is_offered_under_its_new_name_and_merged(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    data = store.committed().data(SKJERN) or {}
    left_behind(store, SKJERN, {**data, "potential": "Halvfärdigt"})
    new = "twin-towns/skjern-by"
    store.save(Change(renaming(store.saved(), SKJERN, new), "Kortare.", act="rename", renamed_from={new: SKJERN}))
    save(store, new, "Erik var där.", last_contact=date(2026, 5, 4))
    async with writing(store) as user:
        await user.until("Det finns ett utkast till Skjern")
        await user.press("enter")
        await user.on(Choose)
        await user.press("enter")
        form = await user.on(RecordForm)
        assert form.ref == new
        await user.save("Samtal i går.")
        await user.main_again()
        assert not user.main.view.drafts
    now = store.committed().data(new) or {}
    assert (now["potential"], now["last_contact"]) == ("Halvfärdigt", date(2026, 5, 4))
    assert SKJERN not in store.committed()
    assert Drafts(store.repo).keys() == []


@pytest.mark.parametrize("answer", ["enter", "s"])
async def test_the_draft_of_a_record_that_was_removed_becomes_a_new_record_or_is_thrown_away(
    tmp_path: Path, answer: str
) -> None:
    store = torsby(tmp_path / "r")
    data = {**(store.committed().data(SKJERN) or {}), "name": "Skjern by", "potential": "Halvfärdigt"}
    left_behind(store, SKJERN, data)
    store.save(Change({SKJERN: None}, "Avtalet är slut.", act="delete"))
    async with writing(store) as user:
        await user.until("Det finns ett utkast till Skjern by")
        await user.press("enter")
        await user.on(Choose)
        await user.press(answer)
        if answer == "enter":
            await user.on(RecordForm)
            await user.save("Den lever vidare.")
            await user.main_again()
        await user.main.go("overview")
        await user.rest()
        assert "utkast" not in user.screen
    assert ("twin-towns/skjern-by" in store.committed()) == (answer == "enter")
    assert Drafts(store.repo).keys() == []
