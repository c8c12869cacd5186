"""Whether two new records of one name are one thing that two people entered, or two things."""

from __future__ import annotations

from registry.records.entries import same
from registry.records.fields import Kind
from registry.records.values import Data, text


def is_one(kind: Kind, ours: Data, theirs: Data) -> bool:
    """They are called alike; and projects are at one time, as far as both say when."""
    one, other = (" ".join(text(data, kind.title_key).casefold().split()) for data in (ours, theirs))
    times = [key for key in ("start", "end") if kind.id == "projects" and key in ours and key in theirs]
    return one == other and all(same(ours[key], theirs[key]) for key in times)
