"""`vanort conflicts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.words import _, ngettext
from tui.cli.answers import say, say_json_list, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option

if TYPE_CHECKING:
    from registry.records.types import Names
    from registry.records.values import Value
    from registry.sharing.meetings import Brought, Meeting


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "conflicts",
        run,
        summary,
        text=_(
            "What was saved here and what was shared meanwhile are brought together field by field; what both sides "
            "changed, differently, is yours to decide. Until then nothing moves. The exit code is 1 where there is any."
        ),
        params=[json_option()],
        examples=[
            ("vanort conflicts", _("What each side says, who said it, and how to decide.")),
            ("vanort conflicts --json", _("The same, for a program.")),
        ],
    )


def run(invocation: Invocation) -> int:
    """List what is left to decide."""
    from registry.sharing.choosing import in_doubt

    store = invocation.store
    conflicts = in_doubt(store)
    if invocation.wants_json:
        say_json_list(meeting.as_json() for meeting in conflicts)
        return int(bool(conflicts))
    if not conflicts:
        say(_("There is nothing to decide."))
        return 0
    names = store.names(store.saved())
    for meeting in conflicts:
        for text in _lines(meeting, names):
            say(text)
    count = len(conflicts)
    told = ngettext("%(count)s thing to decide", "%(count)s things to decide", count) % {"count": count}
    say(styled(told, "dim"))
    return 1


def _lines(meeting: Meeting, names: Names) -> list[str]:
    """A conflict for people."""
    from registry.plain_text import line

    return [
        styled(f"{line(meeting.title)} · {line(meeting.label_by(names))}", "bold"),
        *([f"  {line(meeting.message)}"] if meeting.message else []),
        _before(meeting, names),
        _side(_("here"), meeting, meeting.ours, meeting.our_origin, names),
        _side(_("there"), meeting, meeting.theirs, meeting.their_origin, names),
        styled(f"  vanort settle {line(meeting.ref)} {line(meeting.field) or '-'} {_ways(meeting)}", "dim"),
        *([styled(f"  vanort settle {line(meeting.ref)} - both", "dim")] if meeting.both and meeting.field else []),
    ]


def _before(meeting: Meeting, names: Names) -> str:
    if not meeting.base_known:
        return f"  {_('before')}: {_('not known')}"
    return _side(_("before"), meeting, meeting.base, None, names)


def _ways(meeting: Meeting) -> str:
    return "ours|theirs|both" if meeting.both and not meeting.field else "ours|theirs|" + _("VALUE")


def _side(name: str, meeting: Meeting, value: Value, brought: Brought | None, names: Names) -> str:
    from registry.plain_text import line

    told = f"  {name}: {meeting.show(value, names, 200)}"
    if brought is None:
        return told
    parts = (brought.author, f"{brought.date:%Y-%m-%d %H:%M}", brought.why, brought.decision)
    return f"{told}  ({', '.join(line(part) for part in parts if part)})"
