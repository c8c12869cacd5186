"""`vanort verify`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from registry.words import _
from tui.cli.answers import say, say_json, styled
from tui.cli.findings import grave
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option

if TYPE_CHECKING:
    from registry.findings import Finding
    from registry.trust.report import Report, Told
    from registry.trust.verifying import Progress

_LISTED = 10
"""Commits made without Vänort that are listed for a person; a program is given all."""


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "verify",
        run,
        summary,
        reads=True,
        text=_(
            "Every change is judged by itself: whether it was signed by somebody who might sign it, whether it did what it "
            "says, whether the records it left can be read, and how its dates go with those in the records. "
            "A branch that no longer has what was seen in it last time has been rewritten. "
            "What was judged once is remembered; Ctrl+C keeps what was done.\n\n"
            "The exit code is 1 where something is not as it should be; notes are told and change nothing. "
            "With --json: verified, commit, commits, signed, required (to be signed), looked_at (now, for the first time), "
            "outside (made without Vänort: commit, author, email, date, subject), and findings, each with its commit. "
            "What is proved, and what is not, stands in vanort guide trust."
        ),
        params=[
            click.Option(
                ["--contains"],
                metavar=_("COMMIT"),
                help=_("See that the history has this commit too, such as the one printed on an annual report."),
            ),
            click.Option(
                ["--accept"],
                is_flag=True,
                help=_("Take every branch as it is now, where it was rewritten on purpose."),
            ),
            at_option(),
            json_option(),
        ],
        examples=[
            ("vanort verify", _("Everything, and in words.")),
            ("vanort verify --contains 1f0c9a2 --json", _("In a fresh clone, for a program.")),
        ],
    )


def run(invocation: Invocation, *, contains: str | None, accept: bool, at: str | None) -> int:
    """Verify the history, and say what was found; 1 where it is not as it should be."""
    from registry.trust.report import verified

    repo = invocation.store.repo
    tip = repo.head() if at is None else repo.at(at)
    try:
        done = verified(repo, tip, contained=contains, accept=accept, told=_tell_progress())
    finally:
        _clear_progress()
    if invocation.wants_json:
        say_json(done.as_json())
    else:
        for text in _lines(done):
            say(text)
    return int(not done.verified)


def _tell_progress() -> Callable[[Progress], None] | None:
    """What shows how far it has come, on a terminal."""
    if not sys.stderr.isatty():
        return None

    def told(progress: Progress) -> None:
        text = (
            _("Looking at change %(done)s of %(total)s … (Ctrl+C stops, and keeps what was done)") % progress._asdict()
        )
        print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)

    return told


def _clear_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _lines(done: Report) -> Iterator[str]:
    """What was found, then what was looked at, then the answer, where the eye rests."""
    from registry.trust.report import in_words

    for found in done.general:
        yield _finding(found)
    for told in done.told:
        if told.findings:
            yield _commit(told)
            yield from (f"  {_finding(found)}" for found in told.findings)
    if done.outside:
        yield styled(_("Made without Vänort:"), "bold")
        yield from (f"  {_commit(told)}" for told in done.outside[:_LISTED])
        if (left := len(done.outside) - _LISTED) > 0:
            yield "  " + _("… and %(count)s more; --json lists them all") % {"count": left}
    for text in in_words(done):
        yield f"{text}."
    yield styled(_("Verified."), "green", "bold") if done.verified else styled(_("Not verified."), "red", "bold")


def _commit(told: Told) -> str:
    from registry.plain_text import line

    day = told.entered.date().isoformat() if told.entered else "–"
    return f"{styled(told.commit[:10], 'yellow')}  {day}  {line(told.author)}  {styled(line(told.subject), 'bold')}"


def _finding(found: Finding) -> str:
    from registry.plain_text import line
    from registry.trust.words import how_grave

    where = " ".join(part for part in (found.ref, found.field) if part)
    return (
        f"{grave(found, how_grave(found))}  {line(f'{where}: {found.message}' if where else found.message)}"
        + styled(f"  [{found.clause}]", "dim")
    )
