"""The message of a merge: whose changes it brings together, and what a person settled (DESIGN.md sections 3 and 4).

What each side did is told by its own commits; a merge tells what it decided between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from registry.change import Change
from registry.differences import clipped
from registry.git.ancestry import counts
from registry.messages import MOST_LINES, SUBJECT_WIDTH, VALUE_WIDTH, reason, recorded, trailers, undivided
from registry.names import RecordNames
from registry.words import _, ngettext, speaking

if TYPE_CHECKING:
    from registry.sharing.decided import Settled
    from registry.sharing.joining import Joined

_TITLE: Final = 60


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
        blocks = [
            undivided(_subject(joined, names, recorded(change))),
            reason(_why(joined)),
            undivided("\n".join(_lines(joined, names))),
        ]
    return "\n\n".join([*(block for block in blocks if block), "\n".join(trailers(change))]) + "\n"


def _subject(joined: Joined, names: RecordNames, told: Iterable[str]) -> str:
    """The record that both sides changed, or else the first that comes in; and how many others the merge tells of."""
    met = dict.fromkeys((*(settled.ref for settled in joined.settled), *joined.records, *joined.brought))
    if not met:
        return _("Brought together: the same on both sides")
    subject = _("Brought together: %(title)s") % {"title": clipped(names.record(next(iter(met))), _TITLE)}
    others = len({*told} - {next(iter(met))})
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


def _lines(joined: Joined, names: RecordNames) -> Iterator[str]:
    """A line for each thing that a person settled: what either side said, and what holds."""
    for settled in joined.settled[:MOST_LINES]:
        meeting = settled.meeting
        ours, theirs, holds = (
            meeting.show(value, names, VALUE_WIDTH) for value in (meeting.ours, meeting.theirs, settled.value)
        )
        said = _("%(ours)s here, %(theirs)s there → %(holds)s")
        said %= {"ours": ours, "theirs": theirs, "holds": _holds(settled, holds)}
        yield f"{clipped(meeting.title, _TITLE)} · {clipped(meeting.label_by(names))}: {said}"
    if len(joined.settled) > MOST_LINES:
        left = len(joined.settled) - MOST_LINES
        yield ngettext("… and %(count)s more line", "… and %(count)s more lines", left) % {"count": left}


def _holds(settled: Settled, value: str) -> str:
    return _("both, under two names") if settled.choice.chosen == "both" else value
