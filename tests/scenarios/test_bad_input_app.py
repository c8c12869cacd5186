"""Bad input, by name, in the app: opened on it and saving in it, one clear line in both languages; nothing is written.

Pilot drives the real app on real repositories; `tests/scenarios/test_bad_input_cli.py` says what is shown where, and has
the same for commands. Of the app, markup and control characters in single widgets are shown in `tests/tui/`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pexpect
import pytest

from registry.store import Store
from registry.toml_files import write
from tests.kit import git, save
from tests.scenarios.test_bad_input_cli import NEWER, disk, emptied_objects, filled, no_objects, saved_outside, without  # noqa: F401
from tests.tui.app_kit import User
from tests.tui.cli.conftest import PROJECT, _made, registry  # noqa: F401 - fixtures
from tests.tui.cli.running import environment
from tests.tui.hostile import HOSTILE
from tui.app import VanortApp
from tui.screens.main import MainScreen

GIT = shutil.which("git") or "git"
BOTH = pytest.mark.parametrize("lang", ["sv", pytest.param("en", marks=pytest.mark.thorough)])
TOWN = "twin-towns/bomlo"
"""The first of the list."""


@asynccontextmanager
async def app_on(folder: Path, *, lang: str = "sv", watch: bool = False) -> AsyncIterator[User]:
    """The app, opened on `folder`, whatever that leads to."""
    app = VanortApp(folder, language=lang, watch=watch, remembered=False)
    async with app.run_test(size=(140, 44), notifications=True) as pilot:
        user = User(app, pilot)
        for _round in range(500):
            if user.notices or any(isinstance(screen, MainScreen) for screen in app.screen_stack):
                break
            await pilot.pause(0.02)
        await user.rest()
        yield user


def screen_of(user: User) -> str:
    """Which screen is in front."""
    return type(user.app.screen).__name__


async def until_screen(user: User, *names: str) -> str:
    """Until one of these screens is in front."""
    for _round in range(500):
        if screen_of(user) in names:
            await user.rest()
            return screen_of(user)
        await user.pilot.pause(0.02)
    raise AssertionError(f"{names} never came; {screen_of(user)} {user.notices}\n{user.screen}")


async def change_the_name(user: User) -> None:
    """Open the first town's form, write in it, and ask to save."""
    await user.press("3")
    await user.press("e")
    await until_screen(user, "RecordForm")
    await user.pilot.pause(0.2)
    await user.type("Ny")
    await user.press("ctrl+s")


async def say_why_and_save(user: User) -> None:
    """The dialogue of the save."""
    await until_screen(user, "SaveScreen")
    await user.press("tab")
    await user.type("Prov av detta")
    await user.press("ctrl+s")


async def trouble(user: User) -> str:
    """What the dialogue of the save says is in the way."""
    for _round in range(500):
        if said := str(user.app.screen.query_one("#save-trouble").render()):
            return said
        await user.pilot.pause(0.02)
    raise AssertionError(f"nothing was said\n{user.screen}")


# opened on it


class State(NamedTuple):
    """A state of the registry, how it comes about, and what is to be said."""

    name: str
    arrange: Callable[[Path], object]
    sv: str
    en: str


def no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("x")


OPENED = (
    State("not there", no_folder, "finns inte", "is not there"),
    State("a file", a_file, "inget register", "no registry"),
    State("no history", without(".git"), "mapp utan historik", "without a history"),
    State("without its own record", saved_outside(without("registry.toml")), "inget register", "no registry"),
    State("settings broken", filled(".git/config", b"[rubbish"), "Rätta den raden", "Mend that line"),
    State("no objects", no_objects, "är skadad", "is damaged"),
    State("empty objects", emptied_objects, "är skadad", "is damaged"),
    State("HEAD is rubbish", filled(".git/HEAD"), "mapp utan historik", "without a history"),
)


@BOTH
@pytest.mark.parametrize("bad", OPENED, ids=[bad.name for bad in OPENED])
async def test_what_cannot_be_opened_is_said_over_the_first_screen(
    registry: Path,  # noqa: F811
    bad: State,
    lang: str,
) -> None:
    bad.arrange(registry)
    async with app_on(registry, lang=lang) as user:
        assert screen_of(user) == "FirstRunScreen"
        assert len(user.notices) == 1
        assert (bad.sv if lang == "sv" else bad.en) in user.notices[0]


@BOTH
async def test_without_git_what_is_needed_is_said_until_it_is_there_and_new_enough(
    registry: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
) -> None:
    old = tmp_path / "gammal"
    old.mkdir()
    for program, word in (("", "Git"), ("#!/bin/sh\necho git version 2.20.1\n", "2.20.1")):
        if program:
            (old / "git").write_text(program)
            (old / "git").chmod(0o755)
        monkeypatch.setenv("PATH", str(old))
        async with app_on(registry, lang=lang) as user:
            assert screen_of(user) == "FirstRunScreen"
            assert word in user.notices[0]
            assert "2.36" in user.notices[0]
    (old / "git").unlink()
    (old / "git").symlink_to(GIT)
    async with app_on(registry, lang=lang) as user:
        assert screen_of(user) == "MainScreen"


@BOTH
async def test_a_registry_of_a_newer_format_is_read_and_its_forms_stay_shut(registry: Path, lang: str) -> None:  # noqa: F811
    saved_outside(NEWER)(registry)
    async with app_on(registry, lang=lang) as user:
        await user.press("3")
        assert "Bömlo" in user.screen
        for key in ("e", "n"):
            await user.press(key)
            await user.rest()
            assert screen_of(user) == "MainScreen"
        assert ("Installera ett nyare Vänort" if lang == "sv" else "Install a newer Vänort") in user.notices[-1]


async def test_a_registry_without_a_commit_is_shown_and_can_be_saved_from_the_app(registry: Path) -> None:  # noqa: F811
    shutil.rmtree(registry / ".git")
    git(registry, "init", "-q", "-b", "main")
    async with app_on(registry) as user:
        await user.press("5")
        await user.press("u")
        assert "Inget har sparats än." in user.notices
        await user.press("3")
        assert "Bömlo" in user.screen


@BOTH
async def test_a_broken_record_of_the_registry_itself_opens_and_is_brought_back_from_the_app(
    registry: Path,  # noqa: F811
    lang: str,
) -> None:
    was = (registry / "registry.toml").read_bytes()
    (registry / "registry.toml").write_text("format = [\n")
    async with app_on(registry, lang=lang) as user:
        assert ("registry kan inte läsas" if lang == "sv" else "registry cannot be read") in user.screen
        await user.press("r")
        await until_screen(user, "ChooseScreen")
        assert ("registry.toml, rad 1" if lang == "sv" else "registry.toml, line 1") in user.screen
        await user.press("down", "enter")
        await until_screen(user, "Confirm")
        await user.press("j" if lang == "sv" else "y")
        await until_screen(user, "MainScreen")
        await user.until("set-aside")
    assert (registry / "registry.toml").read_bytes() == was


@BOTH
async def test_a_policy_that_is_missing_is_said_and_does_not_stop_the_rest(registry: Path, lang: str) -> None:  # noqa: F811
    git(registry, "rm", "-q", "policy.toml")
    git(registry, "commit", "-q", "-m", "Bort.")
    async with app_on(registry, lang=lang) as user:
        await user.press("P", "e")
        await user.until("policy.toml saknas" if lang == "sv" else "policy.toml is missing")
        await user.press("escape")
        await change_the_name(user)
        await say_why_and_save(user)
        await until_screen(user, "MainScreen")
    assert git(registry, "log", "-1", "--format=%s").startswith("BömloNy")


# saving in it

SAVED = (
    State("detached HEAD", lambda folder: git(folder, "checkout", "-q", "--detach"), "git switch main", "git switch main"),
    State("a merge in progress", lambda folder: filled(".git/MERGE_HEAD", git(folder, "rev-parse", "HEAD").encode())(folder), "vanort doctor --finish", "vanort doctor --finish"),
    State("somebody's index.lock", filled(".git/index.lock", b""), "index.lock", "index.lock"),
    State("the index damaged", filled(".git/index"), "git reset", "git reset"),
    State("a file where the journal lies", filled(".git/vanort/journal"), "Se vad som ligger där", "See what lies there"),
)  # fmt: skip


@BOTH
@pytest.mark.parametrize("bad", SAVED, ids=[bad.name for bad in SAVED])
async def test_what_cannot_be_saved_is_said_where_it_is_saved_and_nothing_is_lost(
    registry: Path,  # noqa: F811
    bad: State,
    lang: str,
) -> None:
    bad.arrange(registry)
    head, file = git(registry, "rev-parse", "HEAD"), (registry / f"{TOWN}.toml").read_bytes()
    async with app_on(registry, lang=lang) as user:
        if bad.name == "a merge in progress":
            await until_screen(user, "UnfinishedScreen")
            await user.press("escape")
        await change_the_name(user)
        await say_why_and_save(user)
        assert (bad.sv if lang == "sv" else bad.en) in await trouble(user)
        await user.press("escape")
        assert screen_of(user) == "RecordForm"
        assert "BömloNy" in user.screen
    assert git(registry, "rev-parse", "HEAD") == head
    assert (registry / f"{TOWN}.toml").read_bytes() == file


@BOTH
async def test_a_full_disk_and_one_that_can_only_be_read_cost_nothing_but_the_save(
    registry: Path,  # noqa: F811
    disk: Path,  # noqa: F811
    lang: str,
) -> None:
    shutil.copytree(registry, disk / "r", symlinks=True)
    file = (disk / "r" / f"{TOWN}.toml").read_bytes()
    room = os.statvfs(disk)
    (disk / "fyllning").write_bytes(b"\0" * (room.f_bavail * room.f_bsize))
    for sv, en in (("full; ingenting sparades", "is full; nothing was saved"), ("bara kan läsas", "can only be read")):
        async with app_on(disk / "r", lang=lang) as user:
            await change_the_name(user)
            await user.until("utkast" if lang == "sv" else "draft")
            await say_why_and_save(user)
            assert (sv if lang == "sv" else en) in await trouble(user)
            await user.press("escape")
            assert "BömloNy" in user.screen
        assert (disk / "r" / f"{TOWN}.toml").read_bytes() == file
        if en.startswith("is full"):
            (disk / "fyllning").unlink()
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


@BOTH
async def test_an_editor_that_saves_under_an_open_form_is_not_overwritten(registry: Path, lang: str) -> None:  # noqa: F811
    file = registry / f"{TOWN}.toml"
    async with app_on(registry, lang=lang, watch=True) as user:
        await change_the_name(user)
        file.write_text(file.read_text(encoding="utf-8") + 'potential = "för hand"\n', encoding="utf-8")
        await say_why_and_save(user)
        assert ("ändrats för hand" if lang == "sv" else "edited by hand") in await trouble(user)
    assert 'potential = "för hand"' in file.read_text(encoding="utf-8")
    assert "BömloNy" not in file.read_text(encoding="utf-8")


async def test_two_apps_on_one_registry_save_different_fields_and_are_asked_about_the_same(registry: Path) -> None:  # noqa: F811
    async with app_on(registry) as user:
        await user.press("3")
        await user.press("e")
        await until_screen(user, "RecordForm")
        save(Store.open(registry), TOWN, name="Annat namn", potential="Musik")
        await user.pilot.pause(0.2)
        await user.type("Ny")
        await user.press("ctrl+s")
        await until_screen(user, "SettleScreen")
        assert "BömloNy" in user.screen
        assert "Annat namn" in user.screen
        await user.press("ctrl+s")
        await say_why_and_save(user)
        await until_screen(user, "MainScreen")
    record = Store.open(registry).saved().data(TOWN) or {}
    assert (record["name"], record["potential"]) == ("BömloNy", "Musik")


async def test_a_history_rewritten_and_pruned_under_a_form_leaves_the_choice_to_the_user(registry: Path) -> None:  # noqa: F811
    git(registry, "commit", "-q", "--allow-empty", "-m", "Tom.")
    async with app_on(registry) as user:
        await user.press("3")
        await user.press("e")
        await until_screen(user, "RecordForm")
        git(registry, "commit", "-q", "--amend", "--allow-empty", "-m", "Omskriven.")
        git(registry, "reflog", "expire", "--expire=now", "--all")
        git(registry, "gc", "-q", "--prune=now")
        await user.pilot.pause(0.2)
        await user.type("Ny")
        await user.press("ctrl+s")
        await until_screen(user, "SettleScreen")
        assert "BömloNy" in user.screen
        await user.press("ctrl+s")
        await say_why_and_save(user)
        await until_screen(user, "Confirm")  # a rewritten history is told loudly
        await user.press("escape")
        await until_screen(user, "MainScreen")
    assert git(registry, "log", "-2", "--format=%s").splitlines()[1] == "Omskriven."
    assert (Store.open(registry).saved().data(TOWN) or {})["name"] == "BömloNy"


@BOTH
async def test_a_branch_that_is_switched_under_the_app_is_shown_and_saved_onto(registry: Path, lang: str) -> None:  # noqa: F811
    git(registry, "branch", "gammal", "HEAD~1")
    async with app_on(registry, lang=lang, watch=True) as user:
        await user.press("4")
        assert "Körresa" in user.screen
        git(registry, "checkout", "-q", "gammal")
        await user.until("utanför det här fönstret" if lang == "sv" else "outside this window")
        assert "Körresa" not in user.screen
        await change_the_name(user)
        await say_why_and_save(user)
        await until_screen(user, "MainScreen")
    assert git(registry, "log", "-1", "--format=%s", "gammal").startswith("BömloNy")
    assert git(registry, "rev-list", "--count", "main") == "3\n"


# what goes away under it


@BOTH
@pytest.mark.parametrize("gone", ["the folder", "its history", "Git"])
async def test_what_goes_away_under_the_open_app_is_told_and_every_key_still_answers(
    registry: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gone: str,
    lang: str,
) -> None:
    (tmp_path / "tom").mkdir()
    monkeypatch.setenv("EDITOR", "true")
    async with app_on(registry, lang=lang, watch=gone != "Git") as user:
        await user.press("3")
        if gone == "Git":
            monkeypatch.setenv("PATH", str(tmp_path / "tom"))
        else:
            shutil.rmtree(registry if gone == "the folder" else registry / ".git")
            said = {
                "sv": {"the folder": "finns inte", "its history": "utan historik"},
                "en": {"the folder": "is not there", "its history": "without a history"},
            }
            await user.until(said[lang][gone])
        for key in ["e", "n", "d", "y", "h", "o", "k", "x", "c", "f", "1", "r", "p", "2", "3", "4", "5", "u"]:
            await user.press(key)
            for _round in range(3):
                if screen_of(user) != "MainScreen":
                    await user.press("escape")
        assert screen_of(user) == "MainScreen"
        assert user.app.defect is None  # type: ignore[attr-defined]


async def test_a_history_that_goes_away_under_a_form_costs_nothing_of_what_was_written(registry: Path) -> None:  # noqa: F811
    async with app_on(registry) as user:
        await user.press("3")
        await user.press("e")
        await until_screen(user, "RecordForm")
        await user.pilot.pause(0.2)
        (registry / ".git").rename(registry.with_name("undan"))
        await user.type("Ny")
        await user.press("ctrl+s")
        await user.until("utan historik")
        assert "BömloNy" in user.screen
        shutil.rmtree(registry / ".git", ignore_errors=True)
        registry.with_name("undan").rename(registry / ".git")
        await user.press("ctrl+s")
        await say_why_and_save(user)
        await until_screen(user, "MainScreen")
    assert git(registry, "log", "-1", "--format=%s").startswith("BömloNy")


@pytest.mark.parametrize(
    "path", ["cache", "cache/rows.msgpack", "drafts", f"drafts/{TOWN.replace('/', '~')}.json", "people.git"]
)
async def test_rubbish_among_the_local_files_is_no_obstacle(registry: Path, path: str) -> None:  # noqa: F811
    filled(f".git/vanort/{path}")(registry)
    async with app_on(registry) as user:
        await change_the_name(user)
        await say_why_and_save(user)
        await until_screen(user, "MainScreen")
    assert git(registry, "log", "-1", "--format=%s").startswith("BömloNy")


# what stands in it


def with_hostile_records(folder: Path) -> list[str]:
    """A department, a town and a project for each hostile text, saved outside; their ids."""
    texts = [text for text in HOSTILE if "\ud800" not in text]
    for index, text in enumerate(texts):
        name = " ".join(text.splitlines())
        records = {
            f"departments/h{index}": {"name": name, "board": name, "board_short": "BUN"},
            f"twin-towns/h{index}": {"name": name, "country": "DK", "local_name": name, "potential": text},
            f"projects/2026/h{index}": {
                "title": name,
                "purpose": text,
                "department": f"departments/h{index}",
                "twin_towns": [f"twin-towns/h{index}"],
                "start": date(2026, 12, 1),
                "partners": [{"name": name, "place": name}],
            },
        }
        for ref, record in records.items():
            file = folder / f"{ref}.toml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(write(record), encoding="utf-8")
        git(folder, "add", "-A")
        author = f"user.name={name[:40]} x".replace("\0", "")
        git(folder, "-c", author, "commit", "-q", "--cleanup=verbatim", "-m", text[:2000].replace("\0", "") + " x")
    return [f"h{index}" for index in range(len(texts))]


async def test_hostile_texts_are_shown_on_every_card_and_list_and_in_the_history_and_never_acted_upon(
    registry: Path,  # noqa: F811
) -> None:
    with_hostile_records(registry)
    async with app_on(registry) as user:
        for page, rows in (("2", len(HOSTILE)), ("3", len(HOSTILE) + 6), ("4", len(HOSTILE)), ("5", len(HOSTILE))):
            await user.pilot.press(page)
            await user.rest()
            for _row in range(rows):
                await user.pilot.press("down")
                await user.pilot.pause()
                assert not set(user.screen) & {"\x1b", "\x07", "\x9b", "\0", "\r", "\u202e"}
        await user.press("4", "home")
        await user.press("h")
        await user.press("escape")
        assert user.app.is_running
        assert user.notices == []


@pytest.mark.parametrize(
    "index",  # `test_form_safety` has every text in every field; here they come from files that somebody wrote
    [pytest.param(each, marks=[pytest.mark.thorough] if each % 5 else []) for each in range(len(HOSTILE) - 1)],
)
async def test_a_record_with_a_hostile_text_opens_in_its_form_and_is_saved_or_says_why_not(
    registry: Path,  # noqa: F811
    index: int,
) -> None:
    ids = with_hostile_records(registry)
    ref = f"twin-towns/{ids[index]}"
    before = Store.open(registry).saved().data(ref) or {}
    async with app_on(registry) as user:
        await user.press("3")
        user.main.page.show_record(ref)
        await user.press("e")
        await until_screen(user, "RecordForm")
        await user.press("tab", "tab", "tab")
        assert not set(user.screen) & {"\x1b", "\x07", "\x9b", "\0", "\r", "\u202e"}
        await user.press("shift+tab", "shift+tab", "shift+tab")
        await user.type("z")
        await user.press("ctrl+s")
        await user.until("Varför" if (short := len(before["name"]) < 100_000) else "längre än")
        if short:
            await say_why_and_save(user)
            await until_screen(user, "MainScreen")
    after = Store.open(registry).saved().data(ref) or {}
    assert after == ({**before, "name": before["name"] + "z"} if short else before)
    assert git(registry, "status", "--porcelain") == ""


# a defect of ours


@pytest.fixture
def defect(tmp_path: Path) -> dict[str, str]:
    """An environment in which the history page is broken, with a value that nobody should see."""
    folder = tmp_path / "defekt"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import tui.screens.main as main\n"
        "async def broken(self):\n"
        "    name = 'Hemlig Person'\n"
        "    raise RuntimeError('a defect')\n"
        "main.MainScreen.do_history = broken\n"
    )
    return environment(
        PYTHONPATH=f"{folder}{os.pathsep}{environment()['PYTHONPATH']}",
        XDG_STATE_HOME=str(tmp_path / "state"),
        TERM="xterm-256color",
    )


def test_a_defect_ends_the_app_with_a_line_and_a_report_and_no_traceback(
    registry: Path,  # noqa: F811
    tmp_path: Path,
    defect: dict[str, str],
) -> None:
    terminal = pexpect.spawn(
        sys.executable, ["-m", "tui"], cwd=registry, env=defect, dimensions=(40, 120), encoding="utf-8", timeout=60
    )
    terminal.expect("Senaste")
    terminal.send("5")
    terminal.expect("Vi ber om ursäkt")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 2
    said = terminal.before or ""
    assert "Traceback" not in said
    assert "Hemlig" not in said
    reports = list((tmp_path / "state" / "vanort" / "reports").iterdir())
    assert len(reports) == 1
    assert "RuntimeError: a defect" in reports[0].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "env", [{"TERM": "dumb"}, {"TERM": "ingen-sådan"}, {"LANG": "C", "LC_ALL": "C"}, {"HOME": "/nope"}]
)
def test_the_app_opens_and_closes_on_odd_terminals(registry: Path, env: dict[str, str]) -> None:  # noqa: F811
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "tui"],
        cwd=registry,
        env=environment(TERM="xterm-256color") | env,
        dimensions=(40, 120),
        encoding="utf-8",
        codec_errors="replace",
        timeout=60,
    )
    terminal.expect("Torsby")
    terminal.send("q")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
