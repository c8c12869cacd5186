"""All that waits for a person before two sides can come together, as it is now, and what was chosen of it.

It is made anew from what is saved here and what was shared (or from what plain Git was left in the middle of) each
time; only the choices are kept. What colleagues wrote differently in the people book stands beside the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from registry.errors import Moved
from registry.git.remotes import shared_tip
from registry.git.unfinished import begun
from registry.records.refs import is_person
from registry.sharing import choices as kept
from registry.sharing import choosing
from registry.sharing.choices import Choice, chosen_value
from registry.sharing.joining import Joined, join
from registry.sharing.landing import land
from registry.sharing.meetings import WHOLE_RECORD, Meeting
from registry.sharing.people import decide as decide_person
from registry.sharing.people import people_in_question
from registry.sharing.unfinished import Ended, Unfinished, finish, unfinished
from registry.words import _

if TYPE_CHECKING:
    from registry.records.values import Value
    from registry.sharing.choices import Choices
    from registry.snapshot import Snapshot
    from registry.store import Store

_NOBODY: Final[Mapping[str, str]] = {}


class Question(NamedTuple):
    """One thing that both sides decided differently; `choice` is what was chosen of it, None while it is open."""

    meeting: Meeting
    choice: Choice | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by as long as it is asked: the record or the person, and the field."""
        return self.meeting.key

    @property
    def value(self) -> Value:
        """What is to hold; while it is open, what we have."""
        return self.meeting.ours if self.choice is None else chosen_value(self.choice, self.meeting)


@dataclass(frozen=True)
class Settlement:
    """What there is to decide at one moment."""

    joined: Joined | None
    """Both sides, brought together as far as was chosen; None where there are no two sides."""
    people: tuple[Meeting, ...] = ()
    """What waits in the people book; what is chosen there holds at once, and waits no more."""
    left_by_git: Unfinished | None = None
    """Where the sides come from something that was begun with plain Git and not ended."""
    standing: object = None
    """What tells whether the same sides still stand."""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question, those that were answered among them, record by record."""
        joined = self.joined
        asked = [Question(meeting) for meeting in (*(joined.conflicts if joined else ()), *self.people)]
        asked += [Question(settled.meeting, settled.choice) for settled in (joined.settled if joined else ())]
        return tuple(sorted(asked, key=lambda question: (is_person(question.meeting.ref), *question.key)))

    @property
    def left(self) -> int:
        """How many are open."""
        return len(self.people) + (len(self.joined.conflicts) if self.joined else 0)

    @property
    def outdated(self) -> int:
        """How many earlier choices were of something else than what is asked now."""
        return len(self.joined.outdated) if self.joined else 0

    def of_record(self, question: Question) -> tuple[Question, ...]:
        """The questions about the same record, or person."""
        return tuple(other for other in self.questions if other.key[0] == question.key[0])


def settlement(store: Store, folder: Snapshot | None = None) -> Settlement:
    """What there is to decide now; what plain Git was left in the middle of comes first. Raises as `join`.

    `folder` is what lies in the folder, where that has been looked at.
    """
    standing = _standing(store)
    people = people_in_question(store)
    if (left := unfinished(store, folder)) is not None:
        return Settlement(left.joined, people, left, standing)
    sides = choosing.sides_to_settle(store)
    joined = None if sides is None else join(store, sides, kept.load(store.repo))
    return Settlement(joined, people, None, standing)


def is_current(store: Store, now: Settlement) -> bool:
    """Whether the same two sides stand, and the same choices are kept: a few looks at files and two short processes."""
    return _standing(store) == now.standing


def decide(store: Store, now: Settlement, questions: Iterable[Question], choice: Choice) -> Settlement:
    """Answer questions, all in the same way; what there is to decide then. Raises as `choosing.choose`.

    What was answered before one is refused stays answered.
    """
    joined, people = now.joined, now.people
    for question in questions:
        meeting = question.meeting
        if is_person(meeting.ref):
            decide_person(store, meeting, choice)
            people = people_in_question(store)
        elif joined is not None:
            field = WHOLE_RECORD if choice.chosen == "both" and meeting.both else meeting.field
            joined = choosing.choose(store, joined, meeting.ref, field, choice)
    return Settlement(joined, people, now.left_by_git, _standing(store))


def reconsider(store: Store, question: Question, folder: Snapshot | None = None) -> Settlement:
    """Take an answer back; what there is to decide then."""
    kept.forget(store.repo, [question.key])
    return settlement(store, folder)


def complete(store: Store, now: Settlement, *, author: Mapping[str, str] = _NOBODY) -> Ended:
    """Bring both sides together, as was decided; what plain Git began is ended.

    Raises `Moved` where something else stands now than was looked at, `Refused` while something is open, and as `land`.
    """
    if now.joined is None or not is_current(store, now):
        raise Moved(_("Something has been saved or shared meanwhile."), _("Look at what there is to decide now."))
    if now.left_by_git is not None:
        return finish(store, author=author)
    return Ended(land(store, now.joined, author=author))


def _standing(store: Store) -> tuple[object, ...]:
    repo = store.repo
    return repo.head(), shared_tip(repo), begun(repo), _marks(kept.load(repo)), store.people.repository.version()


def _marks(choices: Choices) -> tuple[object, ...]:
    return tuple(sorted((key, choice.marks, choice.chosen) for key, choice in choices.items()))
