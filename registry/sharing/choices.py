"""What a person has chosen, kept until the merge is made (`.git/vanort/choices.toml`): nothing is lost by stopping half-way.

A choice is of three values. Where one of them has changed, since the remote moved or something was saved, it is of
something else, and holds no more.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from registry.errors import VanortError
from registry.git import trouble
from registry.git.journal import turn
from registry.git.local_files import write_local
from registry.git.repository import Repository
from registry.records.values import Value, tables, text
from registry.toml_files import read, write

if TYPE_CHECKING:
    from registry.sharing.meetings import Meeting

Chosen = Literal["ours", "theirs", "both", "edited"]
BY_WORD: Final[dict[str, Chosen]] = {"ours": "ours", "theirs": "theirs", "both": "both"}
"""What may be said instead of a value."""
_CHOSEN: Final[dict[str, Chosen]] = {**BY_WORD, "edited": "edited"}
_NAME: Final = "choices.toml"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice; `value` is what a person wrote instead of either side's (None: no value)."""

    chosen: Chosen
    value: Value = None
    marks: str = ""
    """What tells the three values that it is of."""


Key: TypeAlias = tuple[str, str]
"""Record and field, as `Meeting.key` has them."""
Choices: TypeAlias = Mapping[Key, Choice]
NO_CHOICES: Final[Choices] = {}


def marked(meeting: Meeting) -> str:
    """What tells the three values of a conflict, in few letters."""
    return hashlib.sha256(meeting.marks.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fitting(choices: Choices, meeting: Meeting) -> Choice | None:
    """The choice that was made of this very conflict."""
    found = choices.get(meeting.key)
    return found if found is not None and found.marks in {"", marked(meeting)} else None


def chosen_value(choice: Choice, meeting: Meeting) -> Value:
    """The value that was chosen."""
    if choice.chosen == "edited":
        return choice.value
    return meeting.theirs if choice.chosen == "theirs" else meeting.ours


def load(repo: Repository) -> dict[Key, Choice]:
    """Those kept; none where there are none, or where they cannot be read."""
    try:
        kept = read((repo.local_dir / _NAME).read_bytes())
    except (OSError, VanortError):
        return {}
    return {
        (text(each, "record"), text(each, "field")): Choice(chosen, each.get("value"), text(each, "marks"))
        for each in tables(kept, "choices")
        if (chosen := _CHOSEN.get(text(each, "chosen"))) is not None
    }


def keep(repo: Repository, key: Key, choice: Choice) -> None:
    """Keep one more, in the place of an earlier one of the same. Raises `GitTrouble`."""
    with turn(repo):
        _write(repo, {**load(repo), key: choice})


def forget(repo: Repository, keys: Iterable[Key] | None = None) -> None:
    """Forget all of them, or those of `keys`."""
    with turn(repo):
        gone = None if keys is None else set(keys)
        left = {} if gone is None else {key: choice for key, choice in load(repo).items() if key not in gone}
        if left:
            _write(repo, left)
        else:
            with contextlib.suppress(OSError):
                (repo.local_dir / _NAME).unlink()


def _write(repo: Repository, choices: Choices) -> None:
    entries = [
        {"record": record, "field": field, "chosen": choice.chosen, "marks": choice.marks}
        | ({} if choice.value is None else {"value": choice.value})
        for (record, field), choice in choices.items()
    ]
    try:
        write_local(repo, _NAME, write({"choices": entries}).encode("utf-8"))
    except OSError as error:
        raise trouble.from_os_error(repo.folder, error) from error
