"""A registry in which every field of every record is wrong, on every command and every page: findings, never a failure.

Each bad value on its own, and the finding that it gives, is in `tests/registry/policy/test_hostile_values.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from registry.records.kinds import kind_of
from registry.records.refs import path_of
from registry.store import Store
from registry.toml_files import write
from tests.kit import git, torsby, write_file
from tests.scenarios.wrong_records import REFS, WAYS, Way, wrong_record
from tests.tui.form_kit import Writer, writing
from tui.cli.running import run
from tui.forms.entry_list import EntryLine
from tui.forms.record_form import RecordForm
from tui.screens.policy import PolicyScreen

SENT_TO_NO_TERMINAL = {chr(code) for code in (*range(32), 0x7F, *range(0x80, 0xA0))} - {"\n"} | {"\u202e"}


@pytest.fixture(autouse=True)
def _no_apologies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANORT_DEBUG", "1")  # a defect of ours fails the test with its traceback


def all_wrong(folder: Path, way: Way) -> tuple[Store, str]:
    """The registry, everything in it edited by hand and wrong; and its last commit, in which nothing was."""
    store = torsby(folder)
    for ref in REFS:
        write_file(store, path_of(ref), write(wrong_record(ref, way), kind_of(ref).order))
    return store, git(store, "rev-parse", "HEAD").strip()


def said(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code of the real command line and what it said, run here: there are many, and a process each is dear."""
    code = run(["-r", str(folder), *arguments])
    captured = capsys.readouterr()
    told = captured.out + captured.err
    assert not set(told) & SENT_TO_NO_TERMINAL, arguments
    assert captured.err.count("\n") == (1 if code == 2 else 0), (arguments, captured.err)
    return code, captured.out


READS = (
    ("check",), ("--lang", "en", "check"), ("check", "--year", "2026"), ("check", "--year", "1", "--json"),
    ("policy",), ("policy", "--json"), ("budget",), ("budget", "--year", "9999", "--json"), ("doctor",), ("log",),
    *(("list", kind, *more) for kind in ("departments", "twin-towns", "projects") for more in ((), ("--json",))),
    *(("show", ref, *more) for ref in REFS for more in ((), ("--json",))),
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_every_command_reads_it_and_check_finds_each_wrong_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], way: Way
) -> None:
    store, _before = all_wrong(tmp_path / "r", way)

    code, out = said(capsys, store.folder, "check", "--json")

    assert code == 1
    found = json.loads(out)
    assert all(one["message"] and one["severity"] for one in found)
    for ref in REFS:
        fields = {one["field"].split("[")[0].split(".")[0] for one in found if one["ref"] == ref}
        record = wrong_record(ref, way)
        wrong = {field.key for field in kind_of(ref).fields if field.type.problem(record[field.key])}
        assert wrong <= fields
        assert len(wrong) >= len(record) - 1 or way != "another shape"
    for command in READS:
        assert said(capsys, store.folder, *command)[0] in {0, 1}, command


@pytest.mark.parametrize("way", WAYS)
def test_a_server_judges_what_is_pushed_of_it_in_a_bare_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], way: Way
) -> None:
    store, before = all_wrong(tmp_path / "r", way)
    git(store, "add", "-A")
    git(store, "commit", "-q", "-m", "Allt är fel.")
    bare = tmp_path / "r.git"
    git(store, "clone", "-q", "--bare", ".", str(bare))

    code, out = said(capsys, bare, "check", "--rev", "HEAD", "--since", before, "--json")

    assert code == 1
    assert {one["ref"] for one in json.loads(out)} == {*REFS}
    for command in (
        ("check", "--since", "0" * 40), ("check", "--at", "HEAD"), ("check", "--at", "2199-12-31", "--json"),
        ("policy", "--at", "HEAD"), ("budget", "--at", "HEAD"), ("list", "projects", "--at", "HEAD"),
        ("show", "projects/2027/fel", "--at", "HEAD"), ("log", "--json"), ("log", "policy", "--fields"),
        ("diff", before, "HEAD"),
    ):  # fmt: skip
        assert said(capsys, bare, *command)[0] in {0, 1}, command


PAGES = ("2", "3", "4")
PLACES = ("B", "K", "P", "A")


async def open_all(user: Writer, ref: str, page: str) -> None:
    """The record's card and its form, with every section and every entry open; and back."""
    form = await user.edit(page, ref) if page else await by_key(user, ref)
    for box in form.boxes:
        await box.shown()
    for line in form.query(EntryLine):
        line.owner.open(line)
    await user.rest()
    assert not set(user.screen) & SENT_TO_NO_TERMINAL
    await user.press("escape")
    if ref == "policy":
        await user.on(PolicyScreen)
        await user.press("escape")
    await user.main_again()


async def by_key(user: Writer, ref: str) -> RecordForm:
    """The form of the registry's or the policy's own record, from where it is read."""
    await user.press("1", *(("r",) if ref == "registry" else ("P", "e")))
    return await user.on(RecordForm)


@pytest.mark.thorough
@pytest.mark.parametrize("way", WAYS[:-1])  # markup in the app: tests/scenarios/test_bad_input_app.py
async def test_every_page_place_card_and_form_shows_it(tmp_path: Path, way: Way) -> None:
    store, _before = all_wrong(tmp_path / "r", way)
    git(store, "add", "-A")
    git(store, "commit", "-q", "-m", "Allt är fel.")
    async with writing(store, size=(140, 44)) as user:
        for key in ("2", "3", "4", "5", "6", "1", *PLACES):
            await user.press(key)
            assert not set(user.screen) & SENT_TO_NO_TERMINAL
            if key in PLACES:
                await user.press("end", "escape")
            elif key in PAGES:
                await user.press(*"tttttt", "end")  # in the order of each of its columns
        for ref, page in zip(REFS, ("", "", *PAGES), strict=True):
            await open_all(user, ref, page)
        assert "ursäkt" not in " ".join(user.notices)
