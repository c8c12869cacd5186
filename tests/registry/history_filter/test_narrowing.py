"""What Git narrows a search down to never loses a change that the filter keeps, whatever somebody wrote."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.git.repository import Repository
from registry.history import history
from registry.history_filter import Filter, filter_of
from registry.history_filter.conditions import Against, By, Under
from registry.history_filter.letters import finder
from registry.searching import found, only_entries

TODAY = date(2026, 6, 1)
ODD = "aåäöAÅÖéÉe\u0301ßſœøØÞkKsS§31-.[](){}*+?\\^$|&'\"<~# \u00a0\u2026\t"
WORDS = st.text(st.sampled_from(ODD), min_size=1, max_size=6)
DECISIONS = st.one_of(
    st.sampled_from(
        [
            "KS 2026-03-10 § 31",
            "ks 2026-03-10 §31, dnr KS/2026:17",
            "KS\u00a02026-03-10 §\u00a031",
            "KF 1987",
            "dnr ÅÄ/1",
        ]
    ),
    WORDS,
)
PARTS = st.lists(st.one_of(WORDS, st.sampled_from(["resan till Skjern", "Groß", "körens"])), min_size=1, max_size=4)


@st.composite
def messages(draw: st.DrawFn) -> bytes:
    """A message as the app writes it, as a person does, or as nobody should."""
    prose = "\n".join(draw(PARTS))
    trailers = [f"Decision: {draw(DECISIONS)}"] if draw(st.booleans()) else []
    trailers += [f"Policy-Override: {draw(WORDS)}"] if draw(st.booleans()) else []
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    told = ends.join([prose, "", draw(WORDS), "", *trailers, "Change: set"])
    return told.encode() + draw(st.sampled_from([b"", b"", b"\n\xff\xfe\xe5", b"\nk\xc3"]))


def repository(folder: Path, commits: Sequence[tuple[str, bytes]]) -> Repository:
    """A repository with a commit for each (author, message)."""
    repo = Repository.create(folder)
    stream = b""
    for number, (author, message) in enumerate(commits):
        name = "".join(char for char in author if char not in "<>\n\0").strip() or "x"
        who = f"{name} <a{number}@example.org> {1_700_000_000 + number} +0100\n".encode()
        stream += b"commit refs/heads/main\nauthor " + who + b"committer " + who
        stream += b"data %d\n%b\n" % (len(message), message)
        content = b'name = "%d"\n' % number
        stream += b"M 100644 inline twin-towns/x.toml\ndata %d\n%b\n" % (len(content), content)
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], input=stream, check=True)
    return repo


@settings(max_examples=60)
@given(
    commits=st.lists(st.tuples(WORDS, messages()), min_size=1, max_size=5),
    keyword=st.sampled_from(["by", "decision", "clause", "text"]),
    asked=st.one_of(WORDS, DECISIONS, st.sampled_from(["KS", "kf", "§ 31", "ss", "a", "o", "Groß skjern"])),
    other=WORDS,
)
@example(
    commits=[("Ö", "Groß\n\nx\n\nDecision: ks 2026-03-10 §31\nChange: set".encode())],
    keyword="decision",
    asked="KS",
    other="x",
)
def test_git_loses_nothing_that_the_filter_keeps(
    commits: list[tuple[str, bytes]], keyword: str, asked: str, other: str
) -> None:
    made = {"by": By, "decision": Under, "clause": Against}
    one = (
        Filter.of([(keyword, made[keyword](" ".join(asked.split()) or "x"))])
        if keyword in made
        else filter_of({"text": [asked if asked.strip() else "x"]}, TODAY)
    )
    either = one if not other.strip() else Filter(((*one.groups[0], *filter_of({"text": [other]}, TODAY).groups[0]),))
    with tempfile.TemporaryDirectory() as folder:
        repo = repository(Path(folder) / "r", commits)
        for wanted in (one, either, one & either):
            kept = [entry.commit for entry in history(repo) if wanted.matches(entry)]
            assert [entry.commit for entry in only_entries(found(repo, wanted))] == kept


def test_a_word_finds_what_the_search_in_lists_finds() -> None:
    assert finder("paskon").search("PÅSKÖN")
    assert finder("bömlo").search("Bømlo")
    assert finder("strasse").search("Große Straße")
    assert finder("cafe").search("Cafe\u0301")
    assert not finder("påson").search("pason")
    assert not finder("k.s").search("kxs")
