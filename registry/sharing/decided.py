"""What is decided in a joining, and what is open: conflicts meet the choices that were made of them."""

from __future__ import annotations

from dataclasses import dataclass

from registry.plain_text import line
from registry.records.values import Value
from registry.sharing.choices import Choice, Choices, Key, chosen_value, fitting
from registry.sharing.meetings import NAME, Meeting


@dataclass(frozen=True)
class Settled:
    """A conflict and what was chosen."""

    meeting: Meeting
    choice: Choice
    other: str = ""
    """What our record is called from now on, where both were kept that had been given one name."""
    of_itself: bool = False
    """Whether it came of another choice: the name that both were given was chosen for another record."""

    @property
    def value(self) -> Value:
        """What holds."""
        return chosen_value(self.choice, self.meeting)

    @property
    def ref(self) -> str:
        """What the record is called then."""
        return str(self.value) if self.meeting.field == NAME else self.meeting.ref

    @property
    def trailers(self) -> tuple[str, ...]:
        """As the merge commit tells it: ``REF FIELD ours|theirs|edited``, ``-`` for the whole of it.

        What was settled about a name is told under every name that was in question.
        """
        meeting, chosen = self.meeting, self.choice.chosen
        if chosen == "both":
            return (line(f"{meeting.ref} - theirs"), line(f"{self.other} - ours"))
        if meeting.field == NAME and not self.of_itself:
            names = dict.fromkeys((str(self.value), meeting.ours, meeting.theirs))
            return tuple(line(f"{name} {NAME} {chosen}") for name in names)
        return (line(f"{meeting.ref} {meeting.field or '-'} {chosen}"),)


class Decided:
    """The conflicts of one joining, as they are met."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.open: dict[Key, Meeting] = {}
        self.settled: dict[Key, Settled] = {}

    def choice(self, meeting: Meeting) -> Choice | None:
        """The choice that fits a conflict, which counts as met neither way."""
        return fitting(self.choices, meeting)

    def ask(self, meeting: Meeting) -> Choice | None:
        """The choice that settles a conflict; it is open where there is none."""
        choice = self.choice(meeting)
        if choice is None:
            self.leave_open(meeting)
        else:
            self.settled[meeting.key] = Settled(meeting, choice)
        return choice

    def leave_open(self, meeting: Meeting) -> None:
        """Leave it to a person, whatever was chosen: that did not settle it."""
        self.settled.pop(meeting.key, None)
        self.open.setdefault(meeting.key, meeting)

    @property
    def met(self) -> tuple[Meeting, ...]:
        """Every conflict, settled or open."""
        return (*self.open.values(), *(settled.meeting for settled in self.settled.values()))

    @property
    def outdated(self) -> tuple[Key, ...]:
        """The choices that settle nothing (any more)."""
        return tuple(key for key in self.choices if key not in self.settled)
