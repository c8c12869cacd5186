"""REFs and ids name a file inside the data folder, the same one on every system."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadInput
from registry.records.refs import folder_of, is_person, is_ref, parse_id, parse_ref, path_of, ref_of, slug

HOSTILE = [
    "..",
    "../policy",
    "departments/..",
    "departments/../policy",
    "/etc/passwd",
    "-x",
    "departments/-x",
    "departments/x-",
    "departments/a--b",
    "departments/BUN",
    "departments/bun.toml",
    "departments/con",
    "departments/com1",
    "departments/",
    "departments/a/b",
    "departments/å",
    "departments/a b",
    "departments/a\nb",
    "departments/a\x00",
    "departments/" + "a" * 100,
    "projects/bun",
    "projects/26/bun",
    "projects/2026",
    "people/p-7k2m9x",
    "registry/x",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_ref(text: str) -> None:
    assert not is_ref(text)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text != "departments/bun.toml"])
def test_what_is_no_ref_is_refused_saying_what_one_looks_like(text: str) -> None:
    with pytest.raises(BadInput, match="departments/bun"):
        parse_ref(text)


@pytest.mark.parametrize(
    "ref", ["registry", "policy", "departments/bun", "twin-towns/paskon", "projects/2026/ungdomsutbyte-skjern"]
)
def test_a_ref_and_its_file_belong_together(ref: str) -> None:
    assert parse_ref(f" {path_of(ref)} ") == ref
    assert ref_of(path_of(ref)) == ref
    assert folder_of(ref) == ref.partition("/")[0]


@pytest.mark.parametrize(
    "path", ["README.md", "departments/Bun.toml", "departments/bun.toml.orig", ".git/config", "x.toml"]
)
def test_other_files_are_no_records(path: str) -> None:
    assert ref_of(path) is None


@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_slug_is_always_an_id_that_is_not_taken(text: str, others: list[str]) -> None:
    taken = {slug(text), *map(slug, others)}
    for name in (slug(text), slug(text, taken)):
        assert parse_id(name) == name
        assert is_ref(f"departments/{name}")
        assert PurePosixPath(path_of(f"departments/{name}")).parts == ("departments", f"{name}.toml")
    assert slug(text, taken) not in taken


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Påskön", "paskon"),
        ("Großkrotzenburg", "grosskrotzenburg"),
        ("Bømlo", "bomlo"),
        ("Ungdomsutbyte med Skjern!", "ungdomsutbyte-med-skjern"),
        ("CON", "con-1"),
        ("…", "post"),
        ("x" * 200, "x" * 60),
    ],
)
def test_slugs_read_like_the_name(text: str, name: str) -> None:
    assert slug(text) == name


def test_the_second_of_a_name_is_numbered() -> None:
    assert slug("Skjern", {"skjern", "skjern-2"}) == "skjern-3"


@given(st.text())
def test_no_text_that_counts_as_a_ref_leaves_the_folder(text: str) -> None:
    if is_ref(text):
        assert not set(PurePosixPath(path_of(text)).parts) & {"..", "/", "."}


def test_person_ids() -> None:
    assert is_person("p-7k2m9x")
    assert not any(map(is_person, ["p-7k2m9", "p-7k2m91", "P-7k2m9x", "p-7k2m9x\n", "Anna"]))


def test_an_id_with_a_way_out_is_refused_with_one_that_would_do() -> None:
    with pytest.raises(BadInput, match="bun-och-kultur"):
        parse_id("../BUN och Kultur")
