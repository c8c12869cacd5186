"""The history verified in the app, signing set up there, and a rewritten history told as soon as it is known."""

from __future__ import annotations

from pathlib import Path

from registry.trust.signing import standing
from tests.kit import SKJERN, git, save, torsby
from tests.registry.trust_world import ANNA, commit_by_hand, key, report
from tests.tui.app_kit import using
from tui.screens.verify import VerifyScreen
from tui.widgets.dialogs import Confirm


async def test_the_history_is_verified_and_a_finding_leads_to_its_record(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with using(store) as user:
        await user.press("I")
        assert "Verifierad." in user.screen
        assert "1 ändring har granskats" in user.screen
        assert "Inget hittades." in user.screen
        await user.press("escape")
    good = git(store, "show", f"HEAD:{SKJERN}.toml")
    commit_by_hand(store, f"{SKJERN}.toml", "ingen [/post]\n", "Trasig [/x] \x1b[31m")
    commit_by_hand(store, f"{SKJERN}.toml", good, "Lagad")
    async with using(store) as user:
        await user.press("I")
        assert "Inte verifierad." in user.screen
        assert "2 är gjorda utan Vänort" in user.screen
        assert "den lämnade posten så att den inte kan läsas" in user.screen
        assert "Trasig [/x] ␛[31m" in user.screen
        await user.press("enter")
        assert user.app.screen is user.main
        assert user.main.page.id == "twin-towns"
        assert "▌  Skjern" in user.screen


async def test_looking_through_can_be_stopped_and_goes_on_where_it_was(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    for number in range(3):
        save(store, SKJERN, potential=f"Kör {number}.")
    async with using(store) as user:
        await user.press("I")
        screen = user.app.screen
        assert isinstance(screen, VerifyScreen)
        (store.repo.local_dir / "cache/verify.msgpack").unlink()
        screen.show_view(user.main.view)
        await screen.command("verify.stop")
        await user.rest()
        assert "Avbrutet." in user.screen
        screen.show_view(user.main.view)
        await user.rest()
        assert "Verifierad." in user.screen


async def test_a_rewritten_history_is_told_at_the_start(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, potential="Kör.")
    save(store, SKJERN, potential="Teater.")
    async with using(store) as user:
        await user.press("1")
        marks = store.repo.local_dir / "marks.json"
        while not marks.exists():
            await user.pilot.pause(0.02)
    git(store, "reset", "-q", "--hard", "HEAD~2")
    async with using(store) as user:
        await user.until("Historiken har skrivits om")
        assert isinstance(user.app.screen, Confirm)
        assert "2 ändringar som har setts där har försvunnit" in " ".join(user.screen.replace("│", " ").split())
        await user.press("j")
        assert isinstance(user.app.screen, VerifyScreen)
        assert "Inte verifierad." in user.screen
        assert "stämmer inte" in user.screen
        assert "bryter mot policyn" not in user.screen
    report(store, accept=True)
    async with using(store) as user:
        await user.press("I")
        assert "Verifierad." in user.screen


async def test_a_save_in_the_app_is_remembered_as_seen(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with using(store, watch=True) as user:
        made = save(store, SKJERN, potential="Kör.").commit
        await user.until("sparades utanför")
        marks = store.repo.local_dir / "marks.json"
        while made is None or made not in (marks.read_text(encoding="utf-8") if marks.exists() else ""):
            await user.pilot.pause(0.02)
        git(store, "reset", "-q", "--hard", "HEAD~1")
        await user.until("Historiken har skrivits om")


async def test_signing_is_set_up_in_three_questions(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    home = Path.home() / ".ssh"
    home.mkdir()
    own = key(home, "id_ed25519")
    async with using(store) as user:
        user.main.do_signing()
        await user.until("Med vilken nyckel undertecknar du?")
        assert own.key.fingerprint[:20] in user.screen
        await user.press("enter")
        await user.until("Vems är nyckeln?")
        await user.press("enter")
        await user.until("Måste ändringar undertecknas från och med nu?")
        await user.press("j")
        await user.until("Dina ändringar undertecknas från och med nu.")
    now = standing(store.repo)
    assert (now.signs, now.required, [each.principals for each in now.signers]) == (True, True, [ANNA])
    assert git(store, "log", "-1", "--format=%G?").strip() == "G"


async def test_without_a_key_at_hand_its_file_is_asked_for_and_known_from_then_on(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    own = key(tmp_path, "annan-plats")
    async with using(store) as user:
        user.main.do_signing()
        await user.until("ssh-keygen -t ed25519")
        await user.type(str(tmp_path / "ingen.pub"))
        await user.press("enter")
        await user.until("Det finns ingen nyckel")
        await user.pilot.press("ctrl+u")
        await user.type(str(own.place))
        await user.press("enter")
        await user.until("Vems är nyckeln?")
        await user.press("enter")
        await user.until("Måste ändringar undertecknas från och med nu?")
        await user.press("escape")
        await user.until("Dina ändringar undertecknas från och med nu.")
        user.main.do_signing()
        await user.until("Med vilken nyckel undertecknar du?")
        assert own.key.fingerprint[:20] in user.screen
        await user.press("escape")
    assert standing(store.repo).key == str(own.place)
