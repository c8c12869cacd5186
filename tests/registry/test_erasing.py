"""Somebody is erased: what is looked at first, what is gone, what stays, what is on record, and what comes in between."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from registry.drafts import Draft, Drafts
from registry.erasing import apply_recorded, erase, plan
from registry.erasures import recorded, unrecorded
from registry.errors import BadInput, Refused, VanortError
from registry.health.looking import checks
from registry.judgement import findings
from registry.people.copies import behind, with_report
from registry.people.extract_text import text_of
from registry.people.extracting import extract
from registry.people.verifying import verify
from registry.policy.committee import committee
from registry.store import Store
from registry.words import speaking
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, trailers, with_trip, write_file
from tests.registry.people_world import holds
from tests.tui.cli.running import vanort
from tui.erasure_text import erased_lines

NAME, MAIL, PHONE = "Maja Åkerström", "maja.a@example.org", "0560-123 45"
DECISION, BASIS = "KS 2026-11-20 § 9", "begäran, artikel 17"
TODAY = date.today()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry in which Maja is in charge, an officer, responsible and a contact."""
    store = with_trip(torsby(tmp_path_factory.mktemp("made") / "r"))
    maja = store.people.add({"name": NAME, "email": MAIL, "telephone": PHONE, "title": "Rektor"})
    store.people.add({"name": "Östen Åkerblom"})
    seat = {"person": maja, "function": "Samordnare", "from": date(2026, 2, 1)}
    save(store, "registry", "Utsedd.", coordinators=[{**seat, "decision": "KS 2026-01-13 § 5", "mailbox": "i@x.se"}])
    save(store, BUN, officers=[{**seat, "function": "Rektor"}, {**seat, "from": TODAY + timedelta(30)}])
    save(store, TRIP, "Ansvarig utsedd.", responsible=maja)
    save(store, SKJERN, contacts=[maja])
    return store.folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Store:
    return Store.open(Path(shutil.copytree(made, tmp_path / "r", symlinks=True)))


@pytest.fixture
def maja(store: Store) -> str:
    return store.book.find("maja")[0]


def test_it_is_seen_first_then_gone_and_on_record_without_personal_data(store: Store, maja: str) -> None:
    planned = plan(store, maja, "KS 2026-11-20 §9", BASIS)
    assert [(role.ref, role.field) for role in planned.appears.roles if role.now] == [
        (BUN, "officers"), (TRIP, "responsible"), ("registry", "coordinators"), (SKJERN, "contacts")
    ]  # fmt: skip
    assert {(role.ref, role.field) for role in planned.vacant} == {(BUN, "officers"), ("registry", "coordinators")}
    assert NAME in {str(entry.get("name")) for entry in store.book.people.values()}, "looking erases nothing"

    Drafts(store.repo).place("new-projects").keep(
        Draft("new-projects", {"title": f"Resa med {NAME}"}, None, datetime.now().astimezone())
    )
    erased = erase(store, planned)
    assert erased.trouble == ""
    assert [name.partition("/")[0] for name in erased.forgotten.removed] == ["drafts"]
    assert dict(store.book.entry(maja)) == {"erased": TODAY, "decision": DECISION, "basis": BASIS}
    assert store.book.name(maja) == f"raderad {TODAY.isoformat()}, {DECISION}"
    for words in (NAME, MAIL, PHONE):
        assert holds(store.people.repository.folder, words) == []
    assert verify(store.repo, maja, [NAME, MAIL, PHONE]).found == ()

    assert trailers(store) == [f"Decision: {DECISION}", "Record: registry", "Change: erase"]
    assert git(store, "log", "-1", "--format=%s").strip() == f"Personuppgifter raderade: {maja}"
    assert maja in recorded(store.committed().registry)
    assert f'person = "{maja}"' in (store.folder / "registry.toml").read_text()
    assert store.committed().data(TRIP) == {**(store.committed().data(TRIP) or {}), "responsible": maja}
    members = committee(store.saved(), TODAY, store.book)
    assert members.coordinator.vacant
    assert "coordinator" in {found.clause for found in findings(store.saved(), TODAY, ["registry"], store.book)}
    with pytest.raises(Refused, match="kan inte ångras"):
        store.undoing("HEAD", "Fel person.")


def test_a_successor_has_the_offices_from_today_and_those_before_keep_the_notice(store: Store, maja: str) -> None:
    osten = store.book.find("östen")[0]
    planned = plan(store, maja, DECISION, "gallringsbeslut", successor=osten)
    assert planned.vacant == ()
    assert erase(store, planned).trouble == ""
    now = store.committed()
    seats = [(seat["person"], seat.get("until")) for seat in now.data(BUN)["officers"]]  # type: ignore[index]
    yesterday = TODAY - timedelta(1)
    assert seats == [(maja, yesterday), (osten, None), (osten, None)]
    assert (now.data(TRIP) or {})["responsible"] == osten
    assert (now.data(SKJERN) or {})["contacts"] == [osten]
    assert [entry["person"] for entry in now.registry["coordinators"]] == [maja, osten]
    assert store.book.name(maja).startswith("gallrad ")
    assert set(git(store, "log", "-1", "--format=%(trailers:key=Record,valueonly)").split()) == {
        "registry", BUN, TRIP, SKJERN
    }  # fmt: skip
    assert git(store, "rev-list", "--count", "HEAD~1..HEAD").strip() == "1"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (("", BASIS, ""), "Beslutet"),
        (("KS någon gång", BASIS, ""), "KS någon gång"),
        (("XYZ 2026-11-20 § 9", BASIS, ""), "XYZ"),
        ((DECISION, "", ""), "Grunden saknas"),
        ((DECISION, f"{NAME} bad om det", ""), "innehåller själv personuppgifter"),
        ((DECISION, BASIS, "p-zzzzz9"), "p-zzzzz9"),
        ((DECISION, BASIS, "the same"), "efterträdare"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_erased(
    store: Store, maja: str, wanted: tuple[str, str, str], said: str
) -> None:
    decision, basis, successor = wanted
    with pytest.raises((Refused, BadInput), match=said):
        plan(store, maja, decision, basis, successor=maja if successor == "the same" else successor)
    with pytest.raises(Refused, match="p-bbbbb2"):
        plan(store, "p-bbbbb2", DECISION, BASIS)
    assert store.book.name(maja) == NAME


def test_what_stands_in_the_way_of_the_record_does_not_stand_in_the_way_of_the_erasure(store: Store, maja: str) -> None:
    planned = plan(store, maja, DECISION, BASIS)
    text = (store.folder / "registry.toml").read_text()
    write_file(store, "registry.toml", text + "# en handändring\n")
    erased = erase(store, planned)
    assert erased.commit is None
    assert "för hand" in erased.trouble
    assert store.book.erased(maja)
    assert unrecorded(store.book, store.committed().registry) == [maja]
    assert [check.ok for check in checks(store) if check.id == "erasures"] == [False]

    store.discard("registry")
    again = erase(store, plan(store, maja, "", ""))
    assert again.commit is not None
    entry = store.committed().registry["erasures"][0]
    assert (entry["date"], entry["decision"], entry["basis"]) == (TODAY, DECISION, BASIS)
    assert erase(store, plan(store, maja, "", "")).commit is None, "it is on record once"
    assert [check.ok for check in checks(store) if check.id == "erasures"] == [True]


def test_two_who_erase_at_once_erase_once_and_the_first_decision_stands(store: Store, maja: str) -> None:
    mine, yours = plan(store, maja, DECISION, BASIS), plan(store, maja, "KF 2026-11-21 § 1", "gallringsbeslut")
    other = Store.open(store.folder)
    assert erase(store, mine).commit
    assert erase(other, yours).trouble == ""
    assert store.book.entry(maja)["decision"] == DECISION
    assert [entry["decision"] for entry in store.committed().registry["erasures"]] == [DECISION]
    other = Store.open(store.folder)
    told = erase(other, replace(yours, change=replace(yours.change, base=None)))
    assert DECISION in told.stands
    lines = " ".join(erased_lines(told, None, with_report(store.book, told.here, date(2026, 1, 1)), maja))
    assert DECISION in lines
    assert told.here not in lines, "this copy has done its part"


def test_who_is_erased_is_not_written_again_and_holds_nothing_by_now(store: Store, maja: str) -> None:
    seen = store.book
    text = (store.folder / "registry.toml").read_text()
    write_file(store, "registry.toml", text + "# en handändring\n")
    half = vanort("people", "erase", maja, "--decision", DECISION, "--basis", BASIS, cwd=store.folder)
    assert half.code == 1, "it is done; somebody has to see to the record"
    assert "inte antecknad än" in half.err
    store.discard("registry")
    erase(store, plan(store, maja, "", ""))
    with pytest.raises(Refused, match="kan inte skrivas på nytt"):
        store.people.set(maja, {"title": "Chef"}, seen)
    listed = next(line for line in vanort("people", "list", cwd=store.folder).out.splitlines() if maja in line)
    assert "utbytesansvarig" not in listed
    assert not any(role["now"] for role in vanort("people", "show", maja, "--json", cwd=store.folder).json["roles"])
    named = vanort("set", "twin-towns/paskon", f"contacts={maja}", "-m", "Kontakten då.", cwd=store.folder)
    assert f"{maja}, som har raderats" in " ".join((named.out + named.err).split())


def test_a_book_from_a_backup_forgets_whoever_is_on_record_as_erased(store: Store, maja: str) -> None:
    backup = store.book
    erase(store, plan(store, maja, DECISION, BASIS))
    store.people.change(lambda _book: backup)
    assert store.book.name(maja) == NAME
    assert apply_recorded(store).people == (maja,)
    assert store.book.entry(maja)["decision"] == DECISION
    assert verify(store.repo, maja, [NAME]).found == ()


def test_a_lost_book_is_taken_back_from_its_export_without_those_who_are_erased(
    store: Store, maja: str, tmp_path: Path
) -> None:
    backup = tmp_path / "bok.toml"
    store.people.export(backup)
    erase(store, plan(store, maja, DECISION, BASIS))
    osten = store.book.find("östen")[0]
    (store.people.repository.folder / "refs/heads/main").write_text("")
    refused = vanort("people", "import", str(backup), cwd=store.folder)
    assert (refused.code != 0, "--replace" in refused.err) == (True, True)
    back = vanort("people", "import", str(backup), "--replace", "--json", cwd=store.folder)
    assert back.json == {"added": [osten], "kept": [], "erased": [maja]}
    book = Store.open(store.folder).book
    assert (book.name(osten), dict(book.entry(maja))) == (
        "Östen Åkerblom", {"erased": TODAY, "decision": DECISION, "basis": BASIS}
    )  # fmt: skip
    assert holds(store.people.repository.folder, NAME) == []

    Store.open(store.folder).people.set(osten, {"title": "Lärare"})
    again = vanort("people", "import", str(backup), cwd=store.folder)
    assert again.code == 0
    assert Store.open(store.folder).book.entry(osten)["title"] == "Lärare"
    backup.write_text(backup.read_text().replace("format = 1", 'format = 1\nregistry = "' + "0" * 40 + '"'))
    assert "annat register" in vanort("people", "import", str(backup), cwd=store.folder).err
    assert "ingen personbok" in vanort("people", "import", str(store.folder / "README.md"), cwd=store.folder).err


def test_words_and_author_lines_that_will_remain_are_told_first(store: Store, maja: str) -> None:
    write_file(store, f"{SKJERN}.toml", (store.saved().text(SKJERN) or "") + f'potential = "Fråga {NAME}s skola."\n')
    git(store, "-c", f"user.email={MAIL}", "commit", "-qam", "För hand.")
    before = store.saved().text("twin-towns/paskon") or ""
    for words in ('potential = "Ring 0560 12345, fråga efter ÅKERSTRÖM, Maja."\n', ""):  # and changed back
        write_file(store, "twin-towns/paskon.toml", before + words)
        git(store, "commit", "-qam", "För hand igen.")
    git(store, "commit", "-q", "--allow-empty", "-m", "Telefonsamtal\n\nMaja Åkerströms önskemål.")
    git(store, "commit", "-q", "--allow-empty", "-m", "Åkerman, Maja och 0560-123 40: någon annan.")
    store = Store.open(store.folder)
    planned = plan(store, maja, DECISION, BASIS)
    assert (planned.appears.written, planned.appears.authored, planned.appears.named) == ((SKJERN,), 1, 4)
    found = extract(store, maja)
    assert [told.subject for told in found.named] == ["Telefonsamtal", "För hand igen.", "För hand igen.", "För hand."]
    assert [len(told.lines) for told in found.named] == [0, 1, 1, 1]
    assert found.searched == (NAME, MAIL, PHONE)
    assert "Maja Åkerströms önskemål." in text_of(found, "md").split("Ändringar som nämner personen i ord")[1]
    save(store, "registry", "En falsk träff.", not_personal=[{"text": MAIL, "why": "Ingens"}])
    planned = plan(store, maja, DECISION, BASIS)
    assert planned.appears.written == ("registry", SKJERN)
    erase(store, planned)
    left = verify(store.repo, maja, [NAME])
    assert {trace.where for trace in left.found} == {".git", f"{SKJERN}.toml"} | {
        trace.where for trace in left.found if trace.where.startswith(".git/objects/")
    }


def test_a_copy_says_whom_it_has_forgotten_and_nothing_else(store: Store, maja: str) -> None:
    day = date(2026, 11, 23)
    first = with_report(store.book, "c-7k2m9x", day)
    assert with_report(first, "c-7k2m9x", day + timedelta(1)) is first
    erased = first.with_erased(maja, day, DECISION, BASIS)
    after = with_report(erased, "c-7k2m9x", day + timedelta(1))
    assert after.extra["c-7k2m9x"] == {"since": day, "on": day + timedelta(1), "erased": [maja]}
    assert after.problems() == {}


def test_who_was_entered_twice_is_on_record_and_reported_under_both_ids(store: Store, maja: str) -> None:
    old = store.book
    second = store.people.add({"name": "Åkerström M", "email": "m.a@example.org"})
    before = store.book
    store.people.change(lambda book: book.with_merged(second, maja))
    assert erase(store, plan(store, maja, DECISION, BASIS)).trouble == ""
    assert {entry["person"] for entry in store.committed().registry["erasures"]} == {maja, second}
    assert unrecorded(store.book, store.committed().registry) == []
    assert git(store, "log", "-1", "--format=%s").strip() == f"Personuppgifter raderade: {maja}, {second}"
    half = with_report(old.with_erased(maja, TODAY, DECISION, BASIS), "c-7k2m9x", TODAY)  # it never heard of the other
    assert [copy.id for copy in behind(replace(store.book, extra=half.extra), maja)] == ["c-7k2m9x"]
    assert behind(with_report(store.book, "c-7k2m9x", TODAY), maja) == []

    store.people.change(lambda _book: before)  # a copy to which the book did not travel: two people, and the record
    assert set(apply_recorded(store).people) == {maja, second}
    assert verify(store.repo, maja, ["Åkerström M", "m.a@example.org", NAME]).found == ()


def test_the_record_stays_and_tells_where_there_is_no_book(store: Store, maja: str, tmp_path: Path) -> None:
    then = store.saved().commit
    assert then is not None
    erase(store, plan(store, maja, DECISION, BASIS))
    for args in (["set", "registry", "erasures=", "-m", "Bort."], ["restore", "registry", "--to", then, "-m", "Bort."]):
        answer = vanort(*args, cwd=store.folder)
        assert answer.code == 2, args
        assert f"raderingen av {maja}" in " ".join(answer.err.split())
    notice = f"raderad {TODAY.isoformat()}, {DECISION}"
    git(store, "clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    shown = vanort("-r", str(tmp_path / "bare.git"), "show", SKJERN, cwd=tmp_path).out
    assert notice in " ".join(shown.split())

    assert maja not in str([found.message for found in findings(store.saved(), TODAY, ["registry"], store.book)])
    git(store, "reset", "-q", "--hard", then)
    found = findings(Store.open(store.folder).saved(), TODAY, ["registry"], store.book)
    assert [each.field for each in found if maja in each.message] == ["erasures"]


def test_what_lies_about_here_goes_in_every_form_and_what_may_be_somebody_else_is_told(store: Store, maja: str) -> None:
    aside = store.repo.make_local_dir("set-aside")
    gone = ["Åkerström, Maja", "maja  \nåkerström", "MAJA_AKERSTROM", "resan-maja-akerstrom-2026", "Majaåkerström", "AKERSTROEM MAJA",
            "056012345", "+46 560-12 345", "0046 (0)560 123 45", "Maja.A@Example.org", "maja \\u00c5kerstr\\u00f6m"]  # fmt: skip
    doubtful = ["fru Åkerströms brev", "M. AKERSTROM"]
    kept = ["Åkersberga", "Maja Andersson", "0560-123 46", "dnr 2026:12345"]
    for number, words in enumerate([*gone, *doubtful, *kept]):
        (aside / f"{number:02}").write_text(words, encoding="utf-8")
    forgotten = erase(store, plan(store, maja, DECISION, BASIS)).forgotten
    numbers = range(len(gone) + len(doubtful) + len(kept))
    first, then = len(gone), len(gone) + len(doubtful)
    assert [name for name in forgotten.removed if "set-aside" in name] == [f"set-aside/{n:02}" for n in numbers[:first]]
    assert forgotten.doubtful == tuple(f"set-aside/{n:02}" for n in numbers[first:then])
    assert sorted(path.name for path in aside.iterdir()) == [f"{n:02}" for n in numbers[first:]]


def test_a_damaged_book_is_neither_erased_from_nor_written_over(store: Store, maja: str) -> None:
    (store.people.repository.folder / "refs/heads/main").write_text("")
    with speaking("en"), pytest.raises(VanortError, match="people book"):
        plan(Store.open(store.folder), maja, DECISION, BASIS)
