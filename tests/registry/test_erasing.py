"""Somebody is erased: what is looked at first, what is gone, what stays, what is on record, and what comes in between."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from registry.drafts import Draft, Drafts
from registry.erasing import apply_recorded, erase, on_record, plan, unrecorded
from registry.errors import BadInput, Refused, VanortError
from registry.health import checks
from registry.judgement import findings
from registry.people.copies import with_report
from registry.people.verifying import verify
from registry.policy.committee import committee
from registry.store import Store
from registry.words import speaking
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, trailers, with_trip, write_file
from tests.registry.people_world import holds

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
    assert [name.partition("/")[0] for name in erased.removed] == ["drafts"]
    assert dict(store.book.entry(maja)) == {"erased": TODAY, "decision": DECISION, "basis": BASIS}
    assert store.book.name(maja) == f"raderad {TODAY.isoformat()}, {DECISION}"
    for words in (NAME, MAIL, PHONE):
        assert holds(store.people.repository.folder, words) == []
    assert verify(store.repo, maja, [NAME, MAIL, PHONE]).found == ()

    assert trailers(store) == [f"Decision: {DECISION}", "Record: registry", "Change: erase"]
    assert git(store, "log", "-1", "--format=%s").strip() == f"Personuppgifter raderade: {maja}"
    assert on_record(store.committed(), maja)
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
    assert unrecorded(store.book, store.committed()) == [maja]
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


def test_a_book_from_a_backup_forgets_whoever_is_on_record_as_erased(store: Store, maja: str) -> None:
    backup = store.book
    erase(store, plan(store, maja, DECISION, BASIS))
    store.people.change(lambda _book: backup)
    assert store.book.name(maja) == NAME
    assert apply_recorded(store) == [maja]
    assert store.book.entry(maja)["decision"] == DECISION
    assert verify(store.repo, maja, [NAME]).found == ()


def test_words_and_author_lines_that_will_remain_are_told_first(store: Store, maja: str) -> None:
    write_file(store, f"{SKJERN}.toml", (store.saved().text(SKJERN) or "") + f'potential = "Fråga {NAME}s skola."\n')
    git(store, "-c", f"user.email={MAIL}", "commit", "-qam", "För hand.")
    planned = plan(Store.open(store.folder), maja, DECISION, BASIS)
    assert (planned.appears.written, planned.appears.authored) == ((SKJERN,), 1)
    save(store, "registry", "En falsk träff.", not_personal=[{"text": MAIL, "why": "Ingens"}])
    assert plan(store, maja, DECISION, BASIS).appears.written == ("registry", SKJERN)
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


def test_a_damaged_book_is_neither_erased_from_nor_written_over(store: Store, maja: str) -> None:
    (store.people.repository.folder / "refs/heads/main").write_text("")
    with speaking("en"), pytest.raises(VanortError, match="people book"):
        plan(Store.open(store.folder), maja, DECISION, BASIS)
