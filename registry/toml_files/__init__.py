"""Text ↔ plain values: a record's file is read fast, written in one canonical form, and edited in place.

Pure functions; no file system, no Git. Files are TOML 1.0. An edit leaves to the byte whatever it does not change, and
nothing is handed out that does not read back as intended. What is where in a file is found by `layout`, because a
general editing library moves comments between the entries of lists and loses those inside arrays.
"""

from __future__ import annotations

from registry.records.entries import same
from registry.toml_files.editing import edit
from registry.toml_files.normal import normal
from registry.toml_files.reading import LIMIT, read
from registry.toml_files.unfaithful import Unfaithful
from registry.toml_files.writing import write

__all__ = ["LIMIT", "Unfaithful", "edit", "normal", "read", "same", "write"]
