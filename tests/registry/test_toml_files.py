"""A record's file: what can be read, how it is written, and how an edit leaves alone what it has no business with."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from textwrap import dedent
from typing import Any

import pytest

from registry.errors import BrokenFile
from registry.toml_files import LIMIT, Unfaithful, edit, editing, normal, read, same, write
from registry.words import speaking


def doc(text: str) -> str:
    return dedent(text).lstrip("\n")


def edited(text: str, **changes: Any) -> str:
    """`text` with top-level keys changed; None removes one."""
    new = {**read(text.encode()), **changes}
    return edit(text, {key: value for key, value in new.items() if value is not None})


BUDGET = doc(
    """
    # Skjern, see the folder in the cabinet
    title = "Ungdomsutbyte"   # working title

    # --- money ---

    # the board's own
    [[budget]]
    id = "b1"
    year = 2025
    planned = 40_000   # half of it

    # from the EU, if they grant it
    [[budget]]
    id = "b2"
    year = 2026
    planned = 45_000
    # applied = 50_000

    [[budget]] # last year
    id = "b3"
    year = 2027

    [evaluation]
    due = 2027-09-01
    """
)


def budget(text: str = BUDGET) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(text.encode())["budget"]
    return found


# entries of lists


def test_a_comment_above_a_budget_line_stays_with_it_when_its_neighbour_is_deleted() -> None:
    one, two, three = budget()
    assert edited(BUDGET, budget=[two, three]) == BUDGET.replace(
        doc(
            """
            # the board's own
            [[budget]]
            id = "b1"
            year = 2025
            planned = 40_000   # half of it

            """
        ),
        "",
    )
    without_second = edited(BUDGET, budget=[one, three])
    assert '# the board\'s own\n[[budget]]\nid = "b1"' in without_second
    assert "from the EU" not in without_second
    assert "applied" not in without_second
    assert '[[budget]] # last year\nid = "b3"' in without_second


def test_editing_one_budget_line_changes_one_line_of_the_file() -> None:
    lines = budget()
    lines[1]["planned"] = 48000
    assert edited(BUDGET, budget=lines) == BUDGET.replace("45_000", "48000")


def test_a_new_budget_line_goes_where_it_is_wanted_and_nothing_else_moves() -> None:
    lines = budget()
    made = {"id": "b9", "year": 2026, "planned": 1}
    text = '[[budget]]\nid = "b9"\nyear = 2026\nplanned = 1\n\n'
    assert edited(BUDGET, budget=[*lines, made]) == BUDGET.replace("[evaluation]", f"{text}[evaluation]")
    assert edited(BUDGET, budget=[*lines[:2], made, lines[2]]) == BUDGET.replace(
        "[[budget]] # last", f"{text}[[budget]] # last"
    )


def test_budget_lines_that_change_places_take_their_comments_along() -> None:
    one, two, three = budget()
    assert edited(BUDGET, budget=[two, three, one]) == doc(
        """
        # Skjern, see the folder in the cabinet
        title = "Ungdomsutbyte"   # working title

        # --- money ---

        # from the EU, if they grant it
        [[budget]]
        id = "b2"
        year = 2026
        planned = 45_000
        # applied = 50_000

        [[budget]] # last year
        id = "b3"
        year = 2027

        # the board's own
        [[budget]]
        id = "b1"
        year = 2025
        planned = 40_000   # half of it

        [evaluation]
        due = 2027-09-01
        """
    )


def test_entries_without_id_are_followed_by_what_they_say() -> None:
    text = doc(
        """
        # first visit
        [[cooperation]]
        date = 2025-03-01
        note = "went well"
        # second visit
        [[cooperation]]
        date = 2026-03-01
        note = "did not"
        """
    )
    first, second = read(text.encode())["cooperation"]
    result = edited(text, cooperation=[{**second, "id": "c1"}, first])
    assert result == doc(
        """
        # second visit
        [[cooperation]]
        date = 2026-03-01
        note = "did not"
        id = "c1"
        # first visit
        [[cooperation]]
        date = 2025-03-01
        note = "went well"
        """
    )


def test_a_list_that_becomes_empty_goes_and_the_comment_between_sections_stays() -> None:
    assert edited(BUDGET, budget=None) == doc(
        """
        # Skjern, see the folder in the cabinet
        title = "Ungdomsutbyte"   # working title

        # --- money ---

        [evaluation]
        due = 2027-09-01
        """
    )


def test_what_stands_below_an_entry_goes_with_it() -> None:
    text = doc(
        """
        [[officers]]
        id = "o1"
        [officers.place]   # their room
        floor = 2
        [[officers.days]]
        day = "mon"
        [[officers]]
        id = "o2"
        """
    )
    first, second = read(text.encode())["officers"]
    assert edited(text, officers=[second]) == '[[officers]]\nid = "o2"\n'
    assert edited(text, officers=[second, first]) == doc(
        """
        [[officers]]
        id = "o2"
        [[officers]]
        id = "o1"
        [officers.place]   # their room
        floor = 2
        [[officers.days]]
        day = "mon"
        """
    )
    first["days"].append({"day": "tue"})
    assert edited(text, officers=[first, second]) == text.replace('"mon"\n', '"mon"\n[[officers.days]]\nday = "tue"\n')


# keys


def test_a_changed_value_keeps_the_comment_behind_it() -> None:
    assert edited(BUDGET, title="Skjern 2026") == BUDGET.replace('"Ungdomsutbyte"', '"Skjern 2026"')


def test_a_new_key_stands_before_the_first_heading_below_the_key_that_it_follows() -> None:
    assert edited(BUDGET, cost=1).startswith(
        '# Skjern, see the folder in the cabinet\ntitle = "Ungdomsutbyte"   # working title\ncost = 1\n\n# --- money'
    )
    text = "a = 1 # one\n\nc = 3\n[x]\ny = 1\n"
    assert edit(text, {"a": 1, "b": 2, "c": 3, "x": {"y": 1}}) == "a = 1 # one\nb = 2\n\nc = 3\n[x]\ny = 1\n"


def test_the_first_key_of_a_file_that_holds_only_comments_stands_below_them() -> None:
    assert edit("# a comment\n\n# another\n", {"name": "x"}) == '# a comment\nname = "x"\n\n# another\n'
    assert edit("", {"name": "x"}) == 'name = "x"\n'
    assert edit("", {"x": {"y": 1}, "name": "x"}) == 'name = "x"\n\n[x]\ny = 1\n'
    assert edit("# only\n[x]\n", {"name": "x", "x": {}}) == 'name = "x"\n# only\n[x]\n'


def test_comment_lines_above_a_key_outlive_it() -> None:
    text = '# about the town\nname = "x"\n# money\ncost = 1 # guessed\nspent = 2\n'
    assert edited(text, cost=None) == '# about the town\nname = "x"\n# money\nspent = 2\n'
    assert edited(text, name=None) == "# about the town\n# money\ncost = 1 # guessed\nspent = 2\n"
    assert edited(text, spent=None, cost=None) == '# about the town\nname = "x"\n# money\n'


def test_dotted_keys_keep_their_neighbours() -> None:
    text = "results.democracy = \"met\" # yes\nname = 'x'\nresults . 'knowledge' = \"not\"\n"
    results = {"democracy": "partly", "knowledge": "not", "culture": "met"}
    assert edited(text, results=results) == (
        'results.democracy = "partly" # yes\nname = \'x\'\nresults . \'knowledge\' = "not"\nresults.culture = "met"\n'
    )
    assert edited(text, results={"knowledge": "not"}) == "name = 'x'\nresults . 'knowledge' = \"not\"\n"
    assert read(edited(text, results={}).encode()) == {"name": "x", "results": {}}


def test_keys_in_quotation_marks_are_known_by_what_they_say() -> None:
    text = "\"stage\" = 'planned' # as decided\n'å.ä' = 1\n[\"eva\\u006cuation\"]\ndue = 2026-01-01\n"
    new = {"stage": "decided", "å.ä": 1, "evaluation": {"due": date(2026, 2, 1)}}
    assert edit(text, new) == text.replace("'planned'", '"decided"').replace("01-01", "02-01")


def test_a_table_is_edited_made_and_removed() -> None:
    text = "[evaluation] # later\ndue = 2026-09-01\n\n[other]\na = 1\n"
    new = {"evaluation": {"due": date(2026, 9, 1), "lessons": "x", "results": {"a": "met"}}, "other": {"a": 1}}
    assert edit(text, new) == text.replace("09-01\n", '09-01\nlessons = "x"\nresults = { a = "met" }\n')
    assert edited(text, evaluation=None) == "[other]\na = 1\n"
    assert edited("a = 1\n", evaluation={"due": date(2026, 1, 1)}) == "a = 1\n\n[evaluation]\ndue = 2026-01-01\n"
    assert edited("[a.b]\nc = 1\n", a={"b": {"c": 1}, "d": 2}) == "[a]\nd = 2\n\n[a.b]\nc = 1\n"


# lists and tables inside a line


GOALS = doc(
    """
    goals = [
        "democracy",   # the first
        # added in spring
        "knowledge",
        "culture"      # no comma
    ] # all of them
    """
)


def test_an_element_added_to_a_list_over_lines_gets_its_own_line() -> None:
    assert edited(GOALS, goals=["democracy", "knowledge", "culture", "sport"]) == GOALS.replace(
        '"culture"      # no comma', '"culture",      # no comma\n    "sport"'
    )
    assert edited(GOALS, goals=["sport", "democracy", "knowledge", "culture"]) == GOALS.replace(
        '"democracy"', '"sport",\n    "democracy"'
    )


def test_an_element_that_goes_takes_its_comments_and_leaves_the_others_theirs() -> None:
    assert edited(GOALS, goals=["democracy", "culture"]) == GOALS.replace(
        '    # added in spring\n    "knowledge",\n', ""
    )
    assert edited(GOALS, goals=["democracy", "knowledge"]) == GOALS.replace(',\n    "culture"      # no comma', "")


def test_elements_that_change_places_take_their_comments_along() -> None:
    assert edited(GOALS, goals=["culture", "knowledge", "democracy"]) == doc(
        """
        goals = [
            "culture",      # no comma
            # added in spring
            "knowledge",
            "democracy"   # the first
        ] # all of them
        """
    )


@pytest.mark.parametrize(
    ("before", "goals", "after"),
    [
        ('goals = ["a", "b"]', ["a", "b", "c"], 'goals = ["a", "b", "c"]'),
        ('goals = ["a", "b"]', ["b"], 'goals = ["b"]'),
        ("goals = [ 'a' ,'b', ]", ["b", "a"], "goals = [ 'b','a' , ]"),
        ('goals = ["a",  "b"]', ["x", "a", "b"], 'goals = ["x",  "a",  "b"]'),
        ("goals = []", ["a"], 'goals = ["a"]'),
        ('goals = ["a", # first\n "b"]', ["b", "a"], 'goals = ["b",\n "a" # first\n]'),
        ("goals = [[1, 2], [3]]", [[3], [1, 2]], "goals = [[3], [1, 2]]"),
        ('goals = ["a", "a", "b"]', ["b", "a", "a"], 'goals = ["b", "a", "a"]'),
        ("goals = [1, 2]", [1.0, True], "goals = [1.0, true]"),
    ],
)
def test_lists_on_one_line_stay_on_one_line(before: str, goals: list[Any], after: str) -> None:
    assert edited(f"{before}\n", goals=goals) == f"{after}\n"


def test_an_inline_table_is_edited_key_by_key() -> None:
    text = "results = {democracy='met',  knowledge = 'not' } # so far\n"
    assert edited(text, results={"democracy": "met", "knowledge": "met", "culture": "met"}) == (
        'results = {democracy=\'met\',  knowledge = "met",  culture = "met" } # so far\n'
    )
    assert edited(text, results={"knowledge": "not"}) == "results = {knowledge = 'not' } # so far\n"


def test_partners_on_one_line_are_edited_where_they_stand() -> None:
    text = 'partners = [{ name = "Skjern IF", country = "DK" }, {name="Lyseren"}] # both\n'
    first, second = read(text.encode())["partners"]
    assert edited(text, partners=[{**first, "country": "NO"}, second]) == text.replace("DK", "NO")
    assert edited(text, partners=[second]) == 'partners = [{name="Lyseren"}] # both\n'


# the file as a whole


def test_line_ends_as_on_windows_are_kept() -> None:
    text = BUDGET.replace("\n", "\r\n")
    assert same(read(text.encode()), read(BUDGET.encode()))
    result = edited(text, title="one\ntwo", cost=1)
    assert result.replace("\r\n", "\n") == edited(BUDGET, title="one\ntwo", cost=1)
    assert "\n" not in result.replace("\r\n", "")
    assert read(result.encode())["title"] == "one\ntwo"


def test_line_ends_of_both_kinds_stay_as_they_are() -> None:
    assert edited("a = 1\r\nb = 2\n# x\r\nc = 3\r\n", b=4) == "a = 1\r\nb = 4\n# x\r\nc = 3\r\n"


def test_a_missing_last_line_end_stays_missing() -> None:
    assert edited("a = 1\nb = 2", a=3) == "a = 3\nb = 2"
    assert edited("a = 1\nb = 2", c=3) == "a = 1\nb = 2\nc = 3"


def test_a_byte_order_mark_is_read_past_and_goes_with_the_first_edit() -> None:
    assert read(b"\xef\xbb\xbfa = 1\n") == {"a": 1}
    assert edit("\ufeffa = 1\n", {"a": 1}) == "\ufeffa = 1\n"
    assert edit("\ufeffa = 1\n", {"a": 2}) == "a = 2\n"


def test_an_edit_of_a_broken_file_is_refused() -> None:
    with pytest.raises(BrokenFile):
        edit("a = \n", {"a": 1})


def test_what_toml_cannot_say_is_never_written() -> None:
    with pytest.raises(Unfaithful):
        edit("a = 1\n", {"a": 2**70})
    with pytest.raises(TypeError):
        edit("a = 1\n", {"a": object()})
    with pytest.raises(TypeError):
        write({"a": None})


def _astray(*_: Any) -> str:
    return "budget = 0\n"


@pytest.mark.parametrize("spoiled", [["_value_by_value"], ["_value_by_value", "_key_by_key"]])
def test_should_an_edit_go_wrong_a_coarser_one_is_made(spoiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in spoiled:
        monkeypatch.setattr(editing, name, _astray)
    lines = budget()
    lines[0]["planned"] = 1
    result = edited(BUDGET, budget=lines)
    assert budget(result) == lines
    assert result.startswith("# Skjern, see the folder in the cabinet\n")
    assert (" # working title\n" in result) is (len(spoiled) == 1)
    monkeypatch.setattr(editing, "_anew", _astray)
    monkeypatch.setattr(editing, "_key_by_key", _astray)
    with pytest.raises(Unfaithful):
        edited(BUDGET, budget=lines)


def test_a_list_of_thousands_of_entries_is_edited_in_a_moment() -> None:
    text = "".join(f'[[budget]]  # {number}\nid = "b{number}"\n\n' for number in range(3000))
    lines = budget(text)
    del lines[1000]
    lines[5]["year"] = 2026
    lines.insert(0, lines.pop())
    result = edited(text, budget=lines)
    assert budget(result) == lines
    assert result.startswith('[[budget]]  # 2999\nid = "b2999"\n\n[[budget]]  # 0\n')


def test_times_survive_an_edit_elsewhere() -> None:
    text = "at = 07:32:00 # o'clock\nwhen = 2026-01-01 07:32:00+02:00\nname = 'x'\n"
    assert edited(text, name="y") == text.replace("'x'", '"y"')
    assert isinstance(read(text.encode())["when"], datetime)


# a new file


def test_a_new_record_is_laid_out_as_a_person_would() -> None:
    data = {
        "budget": [{"id": "b1", "year": 2026, "planned": 45000}],
        "evaluation": {"due": date(2026, 9, 1), "results": {"democracy": "met"}},
        "purpose": 'First line\n\n"Second" \\ line\n',
        "youth": True,
        "title": "Påskön [/foo] \x1b[31m",
        "goals": ["democracy", "knowledge"],
        "twin_towns": [f"twin-towns/a-rather-long-name-{number}" for number in range(4)],
        "own key": 1,
    }
    assert write(data, ("title", "goals", "absent", "youth")) == (
        doc(
            """
            title = "Påskön [/foo] \\u001b[31m"
            goals = ["democracy", "knowledge"]
            youth = true
            purpose = \"""
            First line

            "Second" \\\\ line
            \"""
            twin_towns = [
                "twin-towns/a-rather-long-name-0",
                "twin-towns/a-rather-long-name-1",
                "twin-towns/a-rather-long-name-2",
                "twin-towns/a-rather-long-name-3",
            ]
            "own key" = 1

            [[budget]]
            id = "b1"
            year = 2026
            planned = 45000

            [evaluation]
            due = 2026-09-01
            results = { democracy = "met" }
            """
        )
    )
    assert same(read(write(data).encode()), data)


def test_a_text_that_looks_like_an_unfinished_merge_can_be_kept() -> None:
    data = {"note": "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> theirs\n"}
    assert read(write(data).encode()) == data
    assert read(edit('note = "x"\n', data).encode()) == data


# what cannot be read


@pytest.mark.parametrize(
    ("raw", "line", "says"),
    [
        (b'name = "a"\nplace = "\xe5"\n', 2, "not UTF-8"),
        ('name = "å"\n'.encode("utf-16"), 1, "not UTF-8"),
        (b'a = "x"\nb = "\0"\n', 2, "NUL"),
        (b'a = "x\x1b"\n', 1, "control character"),
        (b"a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> theirs\n", 2, "not merged to the end"),
        (b'a = """\nx\n<<<<<<< HEAD\ny\n=======\nz\n>>>>>>> theirs\n"""\n', 3, "not merged to the end"),
        (b"b = 1\n=======\nb = 2\n", 2, "not merged to the end"),
        (b"a = 1\nname = P\xc3\xa5sk\xc3\xb6n\n", 2, "does not stand in quotation marks"),
        (b'name = Skjern"\n', 1, "does not stand in quotation marks"),
        (b'name = "Skjern\n', 1, "no closing quotation mark"),
        (b"amount = 12 500\n", 1, "not a number"),
        (b"amount = 12 500 kr\n", 1, "not a number"),
        (b"amount = 12500,50\n", 1, "not a number"),
        (b"amount =\n", 1, "nothing after ="),
        (b"start = 2026-02-30\n", 1, "no such date"),
        (b"ok = True\n", 1, "true or false"),
        (b"[[budget]\nyear = 1\n", 1, "lacks a bracket"),
        (b"a = 1\n\na = 2\n", 3, "twice"),
        (b'goals = ["a" "b"]\n', 1, "comma"),
        (b"name: x\n", 1, "neither a key"),
        (b'path = "C:\\Users"\n', 1, "backslash"),
        (b'name = "say "hi""\n', 1, "something more"),
        ("år = 1\n".encode(), 1, "a character that keys do not have"),
        (b"a = 1\rb = 2\n", 1, "CR alone"),
        (b"a = 1\n\r\r\nb = 2\n", 2, "CR alone"),
        (b"a = " + b"[" * 100_000, 1, "nested too deeply"),
        (b"a" + b".a" * 100_000 + b" = 1\n", 0, "nested too deeply"),
        (b"a = 1\nb = 99999999999999999999\n", 2, "too large"),
        (b"a = 0xffffffffffffffff\n", 0, "too large"),
        (b"a = " + b"9" * 5000, 1, "not a number"),
        (b"a = 1\nb = {\n x = 1 }\n", 2, "newest TOML"),
        (b"a = 1\nb = { x = 1, }\n", 2, "newest TOML"),
        (b'a = 1\nb = "\\e[31m"\n', 2, "newest TOML"),
        (b'a = 1\nb = "\\x41"\n', 2, "newest TOML"),
        (b"a = 1\nb = 07:32\n", 2, "newest TOML"),
        (b"a = 1\nb = [2026-01-01 07:32]\n", 2, "newest TOML"),
        (b"#" * (LIMIT + 1), 0, "larger than 5 MB"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_what_to_do(raw: bytes, line: int, says: str) -> None:
    with speaking("en"), pytest.raises(BrokenFile) as caught:
        read(raw, where="projects/2026/x.toml")
    assert says in caught.value.message
    assert caught.value.message.startswith("projects/2026/x.toml")
    assert caught.value.line == line
    if line:
        assert f"line {line}" in caught.value.message
    assert caught.value.hint.endswith(".")


def test_a_broken_file_is_explained_in_swedish() -> None:
    with speaking("sv"), pytest.raises(BrokenFile) as caught:
        read(b"a = 1\nname = x\n")
    assert caught.value.message == "Filen, rad 2: texten efter = står inte inom citattecken."


def test_what_only_looks_like_newer_toml_is_read() -> None:
    raw = b'a = "kl. 07:32 { x, } \\\\e"\nb = [{ x = "}" }, {}]\nc = { d = [1, # one\n 2] }\n'
    assert read(raw) == {"a": "kl. 07:32 { x, } \\e", "b": [{"x": "}"}, {}], "c": {"d": [1, 2]}}


# comparing


def test_absent_values_are_dropped_at_every_depth() -> None:
    data = {"a": "", "b": [], "c": {"d": None, "e": {}}, "f": [{}, {"g": "", "h": 0}], "i": False, "j": ("x", "")}
    assert normal(data) == {"f": [{"h": 0}], "i": False, "j": ["x"]}


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        (True, 1, False),
        (1, 1.0, False),
        (float("nan"), float("nan"), True),
        ([1, 2], [2, 1], False),
        (date(2026, 1, 1), datetime(2026, 1, 1), False),
        ("1", 1, False),
    ],
)
def test_values_are_the_same_only_if_toml_tells_no_difference(one: Any, other: Any, equal: bool) -> None:
    assert same({"x": one}, {"x": other}) is equal


def test_reading_imports_no_editor() -> None:
    code = "import sys; from registry.toml_files import read; read(b'a = 1'); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"tomlkit", "tomllib", "registry.toml_files.document", "textual"} & set(modules)
