"""The main job, from an empty home folder to an auditor's `git log`, in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import git
from tests.terminal.coordinator import MAIL, NAME, at_the_terminal


@pytest.mark.parametrize(
    ("size", "term"), [((80, 24), "xterm-256color"), ((132, 43), "xterm-256color"), ((80, 24), "xterm")]
)
def test_a_coordinator_makes_the_registry_works_in_it_and_an_auditor_reads_what_happened(
    home: Path, size: tuple[int, int], term: str
) -> None:
    with at_the_terminal(home, size=size, TERM=term) as coordinator:
        coordinator.make_the_registry()

        coordinator.go("2", "Inga förvaltningar än")
        coordinator.open_new("departments")
        coordinator.write("Namn", "Barn- och utbildningsförvaltningen")
        coordinator.write("Nämnd", "Barn- och utbildningsnämnden")
        coordinator.write("Nämndens förkortning", "BUN")
        coordinator.save()
        coordinator.window.until("Förvaltningar 1", "BUN")

        coordinator.go("4", "Inga projekt än")
        coordinator.open_new("projects")
        coordinator.write("Titel", "Körresa över ån till Skjern")
        coordinator.write("Startdatum", "4 maj 2028")
        coordinator.write("Slutdatum", "10 maj 2028")
        coordinator.save()
        coordinator.window.until("Projekt 1", "2028")

        coordinator.open_to_edit("projects", "Körresa över ån till Skjern")
        coordinator.write("Slutdatum", "12 maj 2028", over="10 maj 2028")
        coordinator.save("Färjan går inte på söndagar.", "KS 2026-03-10 § 31")
        coordinator.window.until("12 maj 2028")

        coordinator.undo("Färjan går inte på söndagar.")
        coordinator.window.until("Ändringen är tillbakatagen.")
        assert coordinator.quit() == 0

    registry = coordinator.registry
    subjects = git(registry, "log", "--format=%s").splitlines()
    assert len(subjects) == 5
    assert "Körresa över ån till Skjern" in subjects[1]
    assert set(git(registry, "log", "--format=%an <%ae>").splitlines()) == {f"{NAME} <{MAIL}>"}
    shown = git(registry, "show", "--format=%B", "HEAD~1")
    assert "Färjan går inte på söndagar." in shown
    assert "Slutdatum: 10 maj 2028 → 12 maj 2028" in shown
    assert "-end = 2028-05-10\n+end = 2028-05-12" in shown
    message = git(registry, "log", "-1", "--format=%B", "HEAD~1")
    project = "projects/2026/korresa-over-an-till-skjern"
    trailers = git(registry, "interpret-trailers", "--parse", input=message).splitlines()
    assert trailers == ["Decision: KS 2026-03-10 § 31", f"Record: {project}", "Change: set"]
    undone = git(registry, "interpret-trailers", "--parse", input=git(registry, "log", "-1", "--format=%B"))
    assert f"Reverts: {git(registry, 'rev-parse', 'HEAD~1').strip()}" in undone
    assert 'name = "Barn- och utbildningsförvaltningen"' in next((registry / "departments").glob("*.toml")).read_text(
        encoding="utf-8"
    )
    assert "end = 2028-05-10" in (registry / f"{project}.toml").read_text(encoding="utf-8")
    assert git(registry, "status", "--porcelain") == ""
    assert git(registry, "fsck", "--strict", "--no-dangling") == ""
    assert not (home / ".gitconfig").exists()
