"""Undo goes a step back each time, redo a step forward; a new change leaves nothing to redo."""

from __future__ import annotations

from pathlib import Path

from registry.history import Entry
from registry.store import Store
from registry.undo_order import to_redo, to_undo
from tests.kit import SKJERN, git, save, torsby

ANNA = "anna@example.org"


def _chosen(entry: Entry | None) -> str:
    return entry.why if entry else ""


def undoable(store: Store) -> str:
    """The reason of the change that undo would take back."""
    return _chosen(to_undo(list(store.history()), ANNA))


def redoable(store: Store) -> Entry | None:
    """The undo that redo would take back."""
    return to_redo(list(store.history()), ANNA)


def undo(store: Store) -> None:
    """Take back what undo would."""
    entry = to_undo(list(store.history()), ANNA)
    assert entry is not None
    store.save(store.undoing(entry.commit, f"Ångrat: {entry.why}"))


def redo(store: Store) -> None:
    """Take back the undo that redo would."""
    entry = redoable(store)
    assert entry is not None
    store.save(store.undoing(entry.commit, "Gjort om"))


def potential(store: Store) -> object:
    """What the changes change."""
    return (store.saved().data(SKJERN) or {}).get("potential")


def test_back_and_forth(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    for text in ("ett", "två", "tre"):
        save(store, SKJERN, text, potential=text)

    undo(store)
    undo(store)
    assert (potential(store), undoable(store)) == ("ett", "ett")
    redo(store)
    assert (potential(store), undoable(store)) == ("två", "två")
    assert git(store, "log", "-2", "--format=%s").splitlines() == ["Skjern: gjort om", "Skjern: ångrat"]
    redo(store)
    assert (potential(store), undoable(store)) == ("tre", "tre")
    assert redoable(store) is None
    undo(store)
    undo(store)
    undo(store)
    assert potential(store) is None
    assert undoable(store) == "", "the registry's opening is not undone"
    redo(store)
    assert potential(store) == "ett"
    store.save(store.bringing_back(SKJERN, "HEAD~1", "Som förut", "potential"))
    assert git(store, "log", "-1", "--format=%s").strip() == "Skjern: återställt (konkreta projekt det kan bli)"


def test_a_new_change_leaves_nothing_to_redo(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "ett", potential="ett")
    undo(store)
    save(store, SKJERN, "annat", potential="annat")

    assert redoable(store) is None
    assert undoable(store) == "annat"


def test_what_others_did_is_not_undone_unasked(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "mitt", potential="mitt")
    git(store, "-c", "user.name=Erik", "-c", "user.email=erik@example.org", "commit", "-q", "--allow-empty", "-m", "x")
    path = store.folder / f"{SKJERN}.toml"
    path.write_text(path.read_text(encoding="utf-8") + "last_contact = 2026-01-02\n", encoding="utf-8")
    author = "--author=Erik <erik@example.org>"
    git(store, "commit", "-qam", "eriks", author)

    assert undoable(store) == "mitt"
