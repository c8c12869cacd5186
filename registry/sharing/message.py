"""The message of a merge: whose changes it brings together, and what a person settled (DESIGN.md sections 3 and 4).

What each side did is told by its own commits; a merge tells what it decided between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from registry.change import Change
from registry.differences import clipped, differences
from registry.git.ancestry import counts
from registry.messages import SUBJECT_WIDTH, VALUE_WIDTH, clipped_lines, reason, recorded, trailers, undivided
from registry.names import RecordNames
from registry.words import N_, _, ngettext, speaking

if TYPE_CHECKING:
    from registry.records.values import Data
    from registry.sharing.decided import Settled
    from registry.sharing.joining import Joined
    from registry.snapshot import Snapshot

_TITLE: Final = 60
SAVED_WITH_MARKS: Final = N_("It had been saved with two versions in one file, and Git's marks between them.")


def message_of(joined: Joined) -> str:
    """The message of the merge commit, wholly in the registry's language. Person ids stay ids."""
    ours, theirs = (joined.store.committed(side) for side in (joined.sides.ours, joined.sides.theirs))
    after = ours.edited(joined.records)
    names = RecordNames(after, theirs, ours)
    change = Change(
        dict.fromkeys((*joined.renamed.values(), *joined.brought)),
        "",
        act="merge",
        settled=tuple(said for settled in joined.settled for said in settled.trailers),
        renamed_from=joined.renamed,
    )
    with speaking(after.language):
        met = (*(settled.ref for settled in joined.settled), *joined.records, *joined.brought)
        return _message(_subject(met, names, recorded(change)), _why(joined), _lines(joined.settled, names), change)


def message_of_mending(joined: Joined, before: Snapshot, records: Mapping[str, Data]) -> str:
    """As `message_of`, of a commit that saves without marks what was saved with them; `before` is what could last be read."""
    after = before.edited(records)
    names = RecordNames(after, before)
    settled = [each for each in joined.settled if each.ref in records]
    change = Change(records, "", act="merge", settled=tuple(said for each in settled for said in each.trailers))
    with speaking(after.language):
        subject = _subject((*(each.ref for each in settled), *records), names, records)
        why = _(SAVED_WITH_MARKS)
        lines = (*_lines(settled, names), *_other_lines(settled, before, records, names))
        return _message(subject, why, lines, change)


def _message(subject: str, why: str, lines: Iterable[str], change: Change) -> str:
    blocks = [undivided(subject), reason(why), undivided("\n".join(clipped_lines(lines)))]
    return "\n\n".join([*(block for block in blocks if block), "\n".join(trailers(change))]) + "\n"


def _subject(met: Iterable[str], names: RecordNames, told: Iterable[str]) -> str:
    """The record that both sides changed, or else the first that comes in; and how many others the merge tells of."""
    first = next(iter(met), None)
    if first is None:
        return _("Brought together: the same on both sides")
    subject = _("Brought together: %(title)s") % {"title": clipped(names.record(first), _TITLE)}
    others = len({*told} - {first})
    if others:
        subject += " " + ngettext("(and %(count)s other record)", "(and %(count)s other records)", others) % {
            "count": others
        }
    return clipped(subject, SUBJECT_WIDTH)


def _why(joined: Joined) -> str:
    here, there = counts(joined.store.repo, joined.sides.ours, joined.sides.theirs)
    return _("Brings together %(here)s and %(there)s.") % {
        "here": ngettext("%(count)s change made here", "%(count)s changes made here", here) % {"count": here},
        "there": ngettext("%(count)s that was shared", "%(count)s that were shared", there) % {"count": there},
    }


def _lines(every: Iterable[Settled], names: RecordNames) -> Iterator[str]:
    """A line for each thing that a person settled: what either side said, and what holds."""
    for settled in every:
        meeting = settled.meeting
        ours, theirs, holds = (
            meeting.show(value, names, VALUE_WIDTH) for value in (meeting.ours, meeting.theirs, settled.value)
        )
        said = _("%(ours)s here, %(theirs)s there → %(holds)s")
        said %= {"ours": ours, "theirs": theirs, "holds": _holds(settled, holds)}
        yield f"{clipped(meeting.title, _TITLE)} · {clipped(meeting.label_by(names))}: {said}"


def _other_lines(
    settled: Iterable[Settled], before: Snapshot, records: Mapping[str, Data], names: RecordNames
) -> Iterator[str]:
    """A line for each field that differs from what could last be read, and that nobody had to settle."""
    asked = {(each.ref, each.meeting.field) for each in settled}
    for ref, data in records.items():
        for field in differences(ref, before.data(ref), data, names):
            if (ref, field.path) not in asked:
                yield f"{clipped(before.title(ref), _TITLE)} · {field.line(names, VALUE_WIDTH)}"


def _holds(settled: Settled, value: str) -> str:
    return _("both, under two names") if settled.choice.chosen == "both" else value
