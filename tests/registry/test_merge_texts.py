"""The file of a merged record: it reads as the merge says, whoever merges, and the comments of both sides are in it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.merge import merge_record
from registry.merge.texts import merged_text
from registry.records.entries import same
from registry.records.fields import Kind
from registry.records.kinds import KINDS
from registry.toml_files import edit, read, write
from registry.toml_files.layout import comments
from tests.registry.test_merge_properties import records

BASE = """\
# Rubrik
title = "Resan"  # arbetsnamn

# Om syftet
purpose = "a\\nb"
participants = 3

[[budget]]  # KS lade till
id = "b1"
year = 2026
# efter index
planned = 100
"""


def merged(base: str, ours: str, theirs: str) -> str:
    kind = KINDS["projects"]
    done = merge_record(kind, *(read(text.encode()) for text in (base, ours, theirs)))
    assert done.data is not None
    text = merged_text(base, ours, theirs, done.data, kind.order)
    assert same(read(text.encode()), done.data)
    assert merged_text(base, theirs, ours, done.data, kind.order) == text, "it matters who merges"
    return text


def test_lines_of_their_own_stay_as_they_were_written() -> None:
    ours = BASE.replace("participants = 3", "participants   =   4   # räknat")
    theirs = BASE.replace("planned = 100", "planned = 100\napplied = 90   # sökt")
    assert merged(BASE, ours, theirs) == ours.replace("planned = 100", "planned = 100\napplied = 90   # sökt")


def test_both_comment_on_one_line_and_on_neighbouring_ones() -> None:
    ours = BASE.replace("# Om syftet", "# Om syftet, enligt rektor").replace(
        "participants = 3", "participants = 3  # vår"
    )
    theirs = BASE.replace("# Om syftet", "# Om syftet, enligt nämnden").replace(
        "participants = 3", "participants = 5  # deras"
    )
    text = merged(BASE, ours, theirs)
    assert "participants = 5" in text
    assert {"Om syftet, enligt rektor", "Om syftet, enligt nämnden", "vår", "deras", "Rubrik"} <= set(comments(text))


def test_where_both_add_in_one_place() -> None:
    ours = BASE + '\n# vår rad\n[[budget]]\nid = "b2"\nyear = 2027\n'
    theirs = BASE + '\n# deras rad\n[[budget]]\nid = "b3"\nyear = 2028\n'
    text = merged(BASE, ours, theirs)
    assert {"vår rad", "deras rad", "KS lade till", "efter index"} <= set(comments(text))
    assert [entry["id"] for entry in read(text.encode())["budget"]] == ["b1", "b2", "b3"]


def test_line_ends_of_windows_and_a_byte_order_mark() -> None:
    ours = "\ufeff" + BASE.replace("participants = 3", "participants = 4").replace("\n", "\r\n")
    theirs = BASE.replace("planned = 100", "planned = 90")
    assert read(merged(BASE, ours, theirs).encode())["participants"] == 4


@st.composite
def sides(draw: st.DrawFn) -> tuple[Kind, str, str, str]:
    """A record's file with a comment on each of its lines, as two people have changed it."""
    kind = draw(st.sampled_from(list(KINDS.values())))
    base: dict[str, Any] = draw(records(kind.fields, least=1))
    text = "# först\n" + "".join(
        line if '"""' in line or "\n" in line or not line.strip() else f"{line.rstrip()}  # {number}\n"
        for number, line in enumerate(_lines(base, kind))
    )
    changes = [draw(records(kind.fields)) for _side in range(2)]
    gone = [draw(st.sets(st.sampled_from(list(base)), max_size=1)) for _side in range(2)]
    ours, theirs = (
        edit(text, {**{key: value for key, value in base.items() if key not in left}, **change})
        for change, left in zip(changes, gone, strict=True)
    )
    return kind, text, "# vår anmärkning\n" + ours, theirs


def _lines(data: dict[str, Any], kind: Kind) -> list[str]:
    """The file line by line; one with texts of several lines as a whole, since no comment fits in it."""
    text = write(data, kind.order)
    return [text] if '"""' in text else text.splitlines(keepends=True)


@given(sides())
@settings(max_examples=60)
def test_whatever_both_do_it_reads_as_the_merge_and_keeps_what_neither_touched(
    found: tuple[Kind, str, str, str],
) -> None:
    kind, base, ours, theirs = found
    done = merge_record(kind, *(read(text.encode()) for text in (base, ours, theirs)))
    if done.data is None:
        return
    text = merged_text(base, ours, theirs, done.data, kind.order)
    assert same(read(text.encode()), done.data)
    assert merged_text(base, theirs, ours, done.data, kind.order) == text
    both = set(comments(ours)) & set(comments(theirs))
    untouched = {comment for comment in both if _stays(comment, base, done.data)}
    assert untouched | {"vår anmärkning"} <= set(comments(text))


def _stays(comment: str, base: str, data: Any) -> bool:
    """Whether what the comment stands behind is in the result as it was."""
    return comment in comments(edit(base, data))


@given(sides())
@settings(max_examples=30)
def test_what_one_side_did_alone_is_to_the_byte(found: tuple[Kind, str, str, str]) -> None:
    kind, base, ours, _theirs = found
    data = read(ours.encode())
    assert merged_text(base, ours, base, data, kind.order) == ours
    assert merged_text(base, base, ours, data, kind.order) == ours
