"""What we write, another library reads the same way: a file of ours is nobody's private dialect of TOML."""

from __future__ import annotations

from typing import Any

import tomlkit
from hypothesis import given, settings

from registry.toml_files import edit, same, write
from tests.registry.test_toml_files_properties import RECORDS


def as_tomlkit_reads(text: str) -> dict[str, Any]:
    return tomlkit.parse(text).unwrap()


@settings(deadline=None)
@given(RECORDS)
def test_another_library_reads_what_is_written_as_it_was_meant(data: dict[str, Any]) -> None:
    assert same(as_tomlkit_reads(write(data)), data)


@settings(deadline=None)
@given(RECORDS, RECORDS)
def test_another_library_reads_what_was_edited_as_it_was_meant(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert same(as_tomlkit_reads(edit(write(one), other)), other)
