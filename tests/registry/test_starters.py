"""A new registry: what the starters hold, what the first commit says, and what is refused."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from registry.checks import check
from registry.errors import BadInput, GitTrouble, Refused, VanortError
from registry.records.values import tables, text
from registry.starters import make
from registry.starters.make import beside, init
from registry.store import Store
from registry.words import speaking

TODAY = date(2026, 11, 23)
POLICY_TEXT = (Path(make.__file__).parent / "torsby_policy_2004.txt").read_text(encoding="utf-8")
POLICY_TABLE = {
    "adoption": "warning",
    "platform": "",
    "investment": "warning",
    "added-value": "",
    "goals": "warning",
    "target-groups": "note",
    "eu-funding": "warning",
    "priority-europe": "",
    "priority-youth": "",
    "priority-established": "",
    "long-term": "",
    "planned": "violation",
    "budgeted": "",
    "documented": "violation",
    "evaluated": "",
    "exchange-officer": "",
    "political-responsibility": "",
    "coordinator": "warning",
    "coordination-committee": "warning",
    "coordination": "note",
    "twin-towns": "",
    "no-obligations": "exception",
    "ordinary-contacts": "",
    "no-new-agreements": "exception",
    "prioritise-working": "",
    "central-funds": "",
    "department-funding": "",
    "external-commitments": "",
    "board-duty": "warning",
    "watch-opportunities": "note",
    "set-aside": "warning",
    "personal-data": "exception",
}


def git(folder: Path, *args: str) -> str:
    ran = subprocess.run(["git", *args], cwd=folder, capture_output=True, check=True)
    return ran.stdout.decode("utf-8")


@pytest.fixture
def torsby(tmp_path: Path) -> Store:
    return init(tmp_path / "torsby", today=TODAY)


def test_the_torsby_registry_has_the_policys_six_towns_and_invents_nothing(torsby: Store) -> None:
    towns = {record.ref: dict(record.data) for record in torsby.current().records("twin-towns")}
    same = {"agreement_status": "unconfirmed", "financial_obligations": False}
    assert towns == {
        "twin-towns/paskon": {**same, "name": "Påskön", "local_name": "Rapa Nui / Isla de Pascua", "country": "CL", "agreement_year": 1987},
        "twin-towns/skjern": {**same, "name": "Skjern", "country": "DK", "agreement_year": 1977, "successor": "Ringkøbing-Skjern kommun (DK), sedan 2007; övertagande ej bekräftat"},
        "twin-towns/rautalampi": {**same, "name": "Rautalampi", "country": "FI", "agreement_year": 1992},
        "twin-towns/perna": {**same, "name": "Pernå", "country": "FI", "agreement_year": 1977, "successor": "Lovisa (FI), sedan 2010; övertagande ej bekräftat"},
        "twin-towns/bomlo": {**same, "name": "Bömlo", "local_name": "Bømlo", "country": "NO", "agreement_year": 1977},
        "twin-towns/grosskrotzenburg": {**same, "name": "Grosskrotzenburg", "local_name": "Großkrotzenburg", "country": "DE", "agreement_year": 1965},
    }  # fmt: skip
    assert torsby.current().refs() == sorted([*towns, "policy", "registry"])
    assert dict(torsby.current().registry) == {
        "format": 1, "municipality": "Torsby kommun", "language": "sv", "opened": TODAY,
    }  # fmt: skip


def test_every_quote_of_the_torsby_policy_stands_in_the_policy_word_for_word(torsby: Store) -> None:
    policy = torsby.current().policy
    entries = [entry for key in ("goals", "priorities", "clauses") for entry in tables(policy, key)]
    unquoted = [text(entry, "id") for entry in entries if not text(entry, "quote")]
    assert unquoted == ["personal-data"]
    for entry in entries:
        assert text(entry, "quote") in POLICY_TEXT, text(entry, "id")
    assert text(policy, "title") in POLICY_TEXT
    assert "Antagen av kommunfullmäktige 2004-03-25 § 18" in POLICY_TEXT
    assert policy["adopted"] == "KF 2004-03-25 § 18"


def test_a_quote_that_ends_with_a_full_stop_is_a_whole_sentence_of_the_policy(torsby: Store) -> None:
    sentences = set(re.split(r"(?<=[.:])\s+|\n", POLICY_TEXT))
    quotes = [text(entry, "quote") for entry in tables(torsby.current().policy, "clauses")]
    whole = [quote for quote in quotes if quote.endswith((".", ":"))]
    assert len(whole) == 22
    assert set(whole) <= sentences


def test_the_torsby_policy_has_every_clause_with_its_severity(torsby: Store) -> None:
    policy = torsby.current().policy
    assert {text(c, "id"): text(c, "severity") for c in tables(policy, "clauses")} == POLICY_TABLE
    assert [text(goal, "id") for goal in tables(policy, "goals")] == [
        "democracy",
        "knowledge",
        "development",
        "marketing",
    ]
    assert [text(item, "id") for item in tables(policy, "priorities")] == ["youth", "europe", "established"]
    assert policy["new_agreements"] == "discouraged"
    assert policy["europe"] == {"list": "council-of-europe"}
    assert "lead_time_days" not in policy
    assert "evaluation_days" not in policy


@pytest.mark.parametrize(("starter", "municipality"), [("torsby", ""), ("blank", "Granhult kommun")])
def test_a_new_registry_has_nothing_wrong_with_it_and_nothing_unsaved(
    tmp_path: Path, starter: str, municipality: str
) -> None:
    store = init(tmp_path / "register", starter, municipality=municipality, today=TODAY)
    assert check(store.current()) == []
    assert git(store.folder, "status", "--porcelain") == ""
    assert git(store.folder, "rev-list", "--count", "HEAD") == "1\n"
    assert store.repo.branch() == "main"


def test_the_first_commit_is_readable_in_plain_git_log_and_names_its_records(torsby: Store) -> None:
    said = git(torsby.folder, "log", "--format=%an%n%B")
    assert said.startswith(
        "Anna Exempel\nRegistret öppnat: Torsby kommun\n\nEtt nytt register, med det som står i Torsby"
    )
    trailers = git(torsby.folder, "log", "--format=%(trailers:only,unfold)").split("\n")
    assert [line for line in trailers if line] == [
        "Record: registry",
        "Record: policy",
        *(f"Record: {ref}" for ref in torsby.current().refs("twin-towns")),
        "Change: init",
    ]


def test_the_comments_that_help_a_reader_stay_in_the_files(torsby: Store) -> None:
    assert (torsby.folder / "registry.toml").read_text(encoding="utf-8").startswith("# Registret över Torsby kommuns")
    assert 'quote = "planeras"  # "Internationella kontakter skall således:"' in (
        torsby.folder / "policy.toml"
    ).read_text(encoding="utf-8")


def test_a_blank_registry_has_the_name_and_the_language_it_is_given(tmp_path: Path) -> None:
    store = init(tmp_path / "ny", "blank", municipality="  Granhult   kommun ", language="en", today=TODAY)
    registry = store.current().registry
    assert (registry["municipality"], registry["language"], registry["opened"]) == ("Granhult kommun", "en", TODAY)
    assert store.current().policy == {"title": "Policy for international contacts"}
    assert "Torsby" not in git(store.folder, "grep", "-h", "", "HEAD")
    assert git(store.folder, "log", "-1", "--format=%s") == "Registry opened: Granhult kommun\n"


def test_the_folder_tells_a_stranger_with_plain_git_how_to_read_it(torsby: Store) -> None:
    said = (torsby.folder / "README.md").read_text(encoding="utf-8")
    for words in (
        "git log",
        "git blame",
        "git show",
        "refs/vanort/people",
        "In English",
        "Policy-Override:",
        "Renamed-From:",
    ):
        assert words in said
    assert (torsby.folder / ".gitattributes").read_text(encoding="utf-8").splitlines()[-2:] == [
        "*.toml text eol=lf merge=vanort",
        "*.md text eol=lf",
    ]


def test_the_commands_that_the_folders_readme_gives_are_commands_that_work(torsby: Store) -> None:
    said = (torsby.folder / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"`(git (?:log|show|blame)[^`]*)`", said)
    assert len(commands) > 8
    for command in dict.fromkeys(commands):
        ready = command.replace("COMMIT", "HEAD").replace("NAMN", "skjern").replace("FILE", "policy.toml")
        ran = subprocess.run(ready, shell=True, cwd=torsby.folder, capture_output=True, check=False)  # noqa: S602
        assert ran.returncode == 0, (ready, ran.stderr)


def test_the_people_book_is_fetched_as_the_folders_readme_says(tmp_path: Path, torsby: Store) -> None:
    torsby.people.add({"name": "Nelly Påhitt"})
    server = tmp_path / "server.git"
    git(tmp_path, "init", "--quiet", "--bare", str(server))
    git(torsby.people.repository.folder, "push", "--quiet", str(server), "HEAD:refs/vanort/people")
    block = re.search(r"```\n(git init.*?)```", (torsby.folder / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    script = block[1].replace("ADRESS", str(server))
    ran = subprocess.run(script, shell=True, cwd=torsby.folder, capture_output=True, check=True)  # noqa: S602
    assert "Nelly Påhitt" in ran.stdout.decode("utf-8")
    assert "Nelly" not in git(torsby.folder, "log", "--all", "-p")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"starter": "arvika"}, "arvika"),
        ({"starter": "blank"}, "namn"),
        ({"starter": "torsby", "municipality": "Granhult kommun"}, "torsby"),
        ({"language": "fi"}, "fi"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line_and_nothing_is_made(
    tmp_path: Path, arguments: dict[str, str], named: str
) -> None:
    with pytest.raises(BadInput) as refused, speaking("sv"):
        init(tmp_path / "ny", **arguments)  # type: ignore[arg-type]
    assert named in refused.value.message
    assert refused.value.hint
    assert not (tmp_path / "ny").exists()


def test_a_folder_that_is_not_empty_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("viktigt", encoding="utf-8")
    with pytest.raises(Refused):
        init(tmp_path)
    assert [place.name for place in tmp_path.iterdir()] == ["brev.txt"]


def test_a_folder_inside_another_registry_is_refused(torsby: Store) -> None:
    with pytest.raises(VanortError) as refused:
        init(torsby.folder / "inre")
    assert str(torsby.folder) in refused.value.message
    assert not (torsby.folder / "inre").exists()


@pytest.mark.parametrize("starter", ["torsby", "demo"])
@pytest.mark.parametrize("existing", [False, True])
def test_without_an_identity_torsby_is_refused_with_the_remedy_and_the_folder_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: bool, starter: str
) -> None:
    (tmp_path / "empty").write_text("", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "empty"))
    folder = tmp_path / "ny"
    if existing:
        folder.mkdir()
    if starter == "demo":  # it has officials of its own
        assert init(folder, starter).repo.identity() is not None
        return
    with pytest.raises(GitTrouble) as refused:
        init(folder, starter)
    assert "user.name" in refused.value.hint
    assert folder.exists() == existing
    assert not existing or list(folder.iterdir()) == []


def test_an_identity_that_is_given_is_kept_in_the_registrys_own_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").write_text("", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "empty"))
    store = init(tmp_path / "ny", identity=("Internationella kontoret", "international@example.org"))
    assert git(store.folder, "log", "--format=%an <%ae>") == "Internationella kontoret <international@example.org>\n"
    assert (tmp_path / "empty").read_text(encoding="utf-8") == ""


def test_a_note_stands_first_in_the_folders_readme() -> None:
    assert beside("Påhittat.")["README.md"].startswith("> Påhittat.\n\n# Register".encode())
