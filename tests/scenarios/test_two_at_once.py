"""Two windows on one registry: both changes are kept, or the second person decides with both values in sight."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.kit import SKJERN, git, save, torsby
from tests.tui.cli.running import done, environment, vanort
from tests.tui.form_kit import writing
from tui.screens.saving import SaveScreen, SettleScreen


async def test_a_field_that_a_colleague_saved_meanwhile_stays_beside_the_one_in_the_form(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolan")
        done("set", SKJERN, "local_name=Skern", "-m", "Kollegan visste.", cwd=store.folder)
        await user.save("Rektorn ringde.")
        await user.main_again()
    town = done("show", SKJERN, "--json", cwd=store.folder).json
    assert (town["potential"], town["local_name"]) == ("Musikskolan", "Skern")
    assert git(store, "log", "-2", "--format=%s").count("Skjern: ") == 2
    assert git(store, "status", "--porcelain") == ""


async def test_the_same_field_is_settled_with_both_values_in_sight(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolan")
        done("set", SKJERN, "potential=Biblioteket", "-m", "Kollegan visste.", cwd=store.folder)
        await user.press("ctrl+s")
        await user.on(SettleScreen)
        assert "Musikskolan" in user.screen
        assert "Biblioteket" in user.screen
        await user.press("escape")
        assert done("show", SKJERN, "--json", cwd=store.folder).json["potential"] == "Biblioteket"

        await user.press("ctrl+s")
        await user.on(SettleScreen)
        await user.press("ctrl+s")
        await user.until("Varför")
        await user.write("words", "Båda ringde, rektorn sist.")
        await user.press("ctrl+s")
        await user.main_again()
    assert done("show", SKJERN, "--json", cwd=store.folder).json["potential"] == "Musikskolan"
    assert "Biblioteket → Musikskolan" in git(store, "log", "-1", "--format=%B")
    assert git(store, "log", "--format=%b", "-2").count("Record: twin-towns/skjern") == 2


async def test_what_another_window_took_back_already_is_not_taken_back_again(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "Ringde", potential="Musikskolan")
    async with writing(store) as user:
        await user.press("u")
        await user.on(SaveScreen)
        other = store.undoing("HEAD", "Det var fel ort.")
        store.save(other)
        done_there = git(store, "log", "--format=%H")
        await user.press("ctrl+s")
        await user.until("ingenting sparades")
    assert store.save(other).commit is None
    assert git(store, "log", "--format=%H") == done_there


def test_of_two_commands_that_set_one_field_at_once_the_second_is_told_or_comes_after(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    done("init", str(folder), cwd=tmp_path)
    values = ["Musikskolan", "Biblioteket", "Brandkåren"]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tui", "set", SKJERN, f"potential={value}", "-m", f"Om {value}."],
            cwd=folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for value in values
    ]
    outcomes = {}
    for process, value in zip(running, values, strict=True):
        _out, err = process.communicate(timeout=120)
        outcomes[value] = (process.returncode, err)
    log = git(folder, "log", "--format=%B")
    for value, (code, err) in outcomes.items():
        assert (code == 0) == (f"Om {value}." in log), "a commit and its exit code say the same"
        assert code in {0, 2}
        if code == 2:
            assert value in err
            assert any(other in err for other in values if other != value), "the second is told both values"
            assert len(err.strip().splitlines()) <= 3
    last = done("show", SKJERN, "--json", cwd=folder).json["potential"]
    assert outcomes[last][0] == 0
    assert git(folder, "status", "--porcelain") == ""
    assert vanort("check", cwd=folder).code == 0


async def test_a_hand_edit_under_an_open_form_is_never_written_over(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    file = store.folder / f"{SKJERN}.toml"
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolan")
        by_hand = file.read_text(encoding="utf-8") + '\nlocal_name = "Skern"  # skrivet för hand\n'
        file.write_text(by_hand, encoding="utf-8")
        await user.save("Rektorn ringde.")
        await user.until("hand")
    assert 'local_name = "Skern"  # skrivet för hand' in file.read_text(encoding="utf-8")
    assert "Skern" not in git(store, "show", f"HEAD:{SKJERN}.toml"), "what nobody saved is in no commit"
