"""Who brought each value: down to entries of lists, across renames, merges, hand edits and files that were none."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.change import Change, renaming
from registry.git.repository import Repository
from registry.leaves import Leaf, carried, leaves, path_of_leaf
from registry.provenance import origins
from registry.records.kinds import kind_of
from registry.store import Store
from registry.toml_files import read, write
from tests.kit import SKJERN, TRIP, git, save, torsby, with_trip, write_file

LINE = {"id": "b1", "year": 2026, "source": "department", "department": "departments/bun", "planned": 45000}


def told(store: Store, ref: str = TRIP) -> dict[str, tuple[str, str]]:
    """Path → (subject's reason, decision)."""
    found = store.origins(ref, store.current())
    return {path: (origin.entry.why if origin.entry else "", origin.decision) for path, origin in found.items()}


def test_each_value_of_a_budget_line_has_an_answer_of_its_own(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Planen", budget=[LINE])
    save(store, TRIP, "Beviljat", decision="BUN 2026-03-10 § 31", budget=[{**LINE, "granted": 45000}])
    save(store, TRIP, "En rad till", budget=[{**LINE, "granted": 45000}, {**LINE, "id": "b2", "source": "eu"}])

    found = told(store)

    assert found["budget[b1].planned"] == ("Planen", "")
    assert found["budget[b1].granted"] == ("Beviljat", "BUN 2026-03-10 § 31")
    assert found["budget[b2].source"] == ("En rad till", "")
    assert found["title"] == ("Ny uppgift.", "")


def test_the_decision_beside_a_value_answers_where_the_change_had_none(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Planen", budget=[{**LINE, "decision": "BUN 2026-03-10 § 31"}])

    assert told(store)["budget[b1].planned"] == ("Planen", "BUN 2026-03-10 § 31")


def test_a_value_is_followed_under_the_earlier_names_of_its_record(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Syftet", purpose="Vänskap")
    other = "projects/2026/skolresan"
    store.save(
        Change(renaming(store.saved(), TRIP, other), "Nytt namn", act="rename", renamed_from={other: TRIP}),
    )
    save(store, other, "Dyrare", cost=1000)

    found = told(store, other)

    assert found["purpose"] == ("Syftet", "")
    assert found["cost"] == ("Dyrare", "")
    assert found["title"] == ("Ny uppgift.", "")


def test_a_hand_edit_that_is_not_saved_has_no_origin_and_one_made_with_plain_git_has(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    text = (store.folder / f"{SKJERN}.toml").read_text(encoding="utf-8")
    write_file(store, f"{SKJERN}.toml", text + 'potential = "Skolor"\n')
    git(store, "commit", "-qam", "Ringde skolan")
    write_file(store, f"{SKJERN}.toml", text + 'potential = "Skolor"\nlast_contact = 2026-01-02\n')

    found = store.origins(SKJERN, store.current())

    assert found["last_contact"].entry is None
    assert found["potential"].entry is not None
    assert (found["potential"].entry.subject, found["potential"].entry.act) == ("Ringde skolan", "")


def test_a_version_that_was_no_record_is_passed_over(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    before = (store.folder / f"{SKJERN}.toml").read_text(encoding="utf-8")
    write_file(store, f"{SKJERN}.toml", "inte = = toml\n")
    git(store, "commit", "-qam", "trasig")
    write_file(store, f"{SKJERN}.toml", before + 'potential = "Skolor"\n')
    git(store, "commit", "-qam", "hel")

    found = store.origins(SKJERN, store.current())

    subjects = {path: origin.entry.subject for path, origin in found.items() if origin.entry}
    assert subjects["potential"] == "hel"
    assert subjects["country"].startswith("Registret öppnat")


def test_a_correction_is_told_from_an_event(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    data = {**(store.saved().data(SKJERN) or {}), "agreement_year": 1978}
    store.save(Change({SKJERN: data}, "Fel år", correction=True))

    assert store.origins(SKJERN, store.current())["agreement_year"].correction


def test_what_a_shallow_copy_cannot_know_is_said(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "Möte", last_contact=date(2026, 1, 2))
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{store.folder}", str(tmp_path / "grund")], check=True)

    copy = Store.open(tmp_path / "grund")
    found = copy.origins(SKJERN, copy.current())

    assert not any(origin.whole for origin in found.values())
    assert all(origin.whole for origin in store.origins(SKJERN, store.current()).values())


# the same answers as going through every version of every commit, one after the other


@dataclass
class Version:
    """A commit of the made-up history: the record's name and content there, and what it was made from."""

    parents: tuple[int, ...]
    ref: str
    content: bytes
    renamed: str = ""
    origin: dict[str, int] = field(default_factory=dict)


NAMES = ("projects/2026/a", "projects/2026/b", "projects/2026/c")
VALUES = st.fixed_dictionaries(
    {"title": st.just("T")},
    optional={
        "cost": st.integers(1, 3),
        "purpose": st.sampled_from(["Syfte", "Annat"]),
        "budget": st.lists(
            st.fixed_dictionaries(
                {"year": st.integers(2025, 2026)},
                optional={"planned": st.integers(1, 2), "id": st.sampled_from(["b1", "b2"])},
            ),
            max_size=3,
            unique_by=lambda entry: entry.get("id", id(entry)),
        ),
    },
)


@st.composite
def histories(draw: st.DrawFn) -> list[Version]:
    """A history with branches, merges, renames and records brought back as they were."""
    made = [Version((), NAMES[0], _toml(draw(VALUES)))]
    for number in range(1, draw(st.integers(2, 9))):
        act = draw(st.sampled_from(["edit", "edit", "same", "restore", "rename", "merge", "merge"]))
        parent = made[draw(st.integers(max(0, number - 3), number - 1))]
        at = made.index(parent)
        free = [name for name in NAMES if name not in _names(made, at)]
        if act == "merge" and number > 1:
            other = draw(st.integers(0, number - 1))
            if other != at and made[other].ref == parent.ref:
                source = draw(st.sampled_from(["ours", "theirs", "mixed"]))
                mixed = {**_data(made[other]), **_data(parent)} if draw(st.booleans()) else draw(VALUES)
                content = {"ours": parent.content, "theirs": made[other].content, "mixed": _toml(mixed)}[source]
                made.append(Version((at, other), parent.ref, content))
                continue
        if act == "rename" and free:
            content = parent.content if draw(st.booleans()) else _toml(draw(VALUES))
            made.append(Version((at,), free[0], content, renamed=parent.ref))
        elif act == "same":
            made.append(Version((at,), parent.ref, parent.content))
        elif act == "restore":
            made.append(Version((at,), parent.ref, made[draw(st.integers(0, number - 1))].content))
        else:
            made.append(Version((at,), parent.ref, _toml(draw(VALUES))))
    return made


def _names(made: Sequence[Version], at: int) -> set[str]:
    return {made[at].ref} | {name for parent in made[at].parents for name in _names(made, parent)}


def _toml(data: Mapping[str, Any]) -> bytes:
    return write(dict(data), kind_of(NAMES[0]).order).encode()


def _data(version: Version) -> dict[str, Any]:
    return dict(read(version.content))


def _replayed(made: list[Version]) -> None:
    """Give every version the commit that brought each of its values, from its parents' answers."""
    kind = kind_of(NAMES[0])
    for number, version in enumerate(made):
        same = next((made[parent] for parent in version.parents if _stayed(made[parent], version)), None)
        if same is not None:
            version.origin = dict(same.origin)
            continue
        data = _data(version)
        rest: list[Leaf] = [leaf for leaf, _field, _value in leaves(kind, data)]
        for parent in (made[index] for index in version.parents):
            if parent.ref not in {version.ref, version.renamed}:
                continue
            before = _data(parent)
            links = carried(kind, before, data)
            for leaf in [leaf for leaf in rest if leaf in links]:
                version.origin[path_of_leaf(data, leaf)] = parent.origin[path_of_leaf(before, links[leaf])]
                rest.remove(leaf)
        version.origin.update((path_of_leaf(data, leaf), number) for leaf in rest)


def _stayed(parent: Version, version: Version) -> bool:
    return (parent.ref, parent.content) == (version.ref, version.content)


def _imported(folder: Path, made: Sequence[Version], dates: Sequence[int]) -> tuple[Repository, dict[str, int]]:
    """The history as a repository, and the number of each commit."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    stream = bytearray()
    for number, version in enumerate(made):
        trailers = f"\n\nRenamed-From: {version.renamed}\nChange: rename" if version.renamed else ""
        message = f"{number}{trailers}".encode()
        stream += b"commit refs/heads/main\nmark :%d\n" % (number + 1)
        stream += b"committer A <a@example.org> %d +0000\n" % dates[number]
        stream += b"data %d\n%b\n" % (len(message), message)
        for index, parent in enumerate(version.parents):
            stream += b"%b :%d\n" % (b"merge" if index else b"from", parent + 1)
        stream += b"deleteall\nM 100644 inline %b.toml\n" % version.ref.encode()
        stream += b"data %d\n%b\n" % (len(version.content), version.content)
    marks = folder / "marks"
    command = ["git", "-C", str(folder), "fast-import", "--quiet", "--force", f"--export-marks={marks}"]
    subprocess.run(command, input=bytes(stream), check=True)
    lines = (line.split() for line in marks.read_text().splitlines())
    return Repository.open(folder), {commit: int(mark[1:]) - 1 for mark, commit in lines}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=histories(), data=st.data())
def test_it_is_what_replaying_every_version_would_tell(
    tmp_path_factory: Any, made: list[Version], data: st.DataObject
) -> None:
    dates = [data.draw(st.integers(1_000_000_000, 1_000_000_003)) for _version in made]  # clocks that went wrong too
    repo, numbers = _imported(tmp_path_factory.mktemp("history"), made, dates)
    _replayed(made)
    for commit, number in numbers.items():
        version = made[number]
        found = origins(repo, version.ref, _data(version), commit)
        brought = {path: numbers[origin.entry.commit] for path, origin in found.items() if origin.entry}
        assert brought == version.origin
