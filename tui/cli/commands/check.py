"""`vanort check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from registry.words import _, ngettext
from tui.cli.answers import say, say_json_list, styled
from tui.cli.findings import by_clause, by_record
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option, refs_argument

if TYPE_CHECKING:
    from registry.findings import Finding
    from registry.snapshot import Snapshot


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "check",
        run,
        summary,
        reads=True,
        text=_("Without a REF, all of it. The exit code is 1 where there is a violation, 0 otherwise.")
        + "\n\n"
        + _(
            "With --at, the registry as it stood is judged by the policy as it stood, on that day. With --year, the year "
            "is judged by the dates that the records have now: what was the case, and from when until when."
        )
        + "\n\n"
        + _(
            "With --since, for a server's hook, in a bare repository too: the violations and exceptions that NEW brings "
            "in and that no commit records as known. Both are judged on the day of NEW, so that nothing is new only "
            "because time has passed. What a merge brings about, of two sides that are each allowed, is told and not "
            "counted. The exit code is 1 where there is any."
        ),
        params=[
            refs_argument(),
            at_option(),
            click.Option(["--year"], type=click.IntRange(1, 9999), metavar=_("YEAR"), help=_("The whole of a year.")),
            click.Option(["--rev"], metavar=_("NEW"), help=_("With --since: the version to judge; else the latest.")),
            click.Option(
                ["--since"],
                metavar=_("OLD"),
                help=_(
                    "Only what is new since this version; 40 zeros: all of it, in a bare repository all that none of its "
                    "branches has."
                ),
            ),
            json_option(),
        ],
        examples=[
            ("vanort check", _("Everything that is found, the worst first.")),
            ("vanort check --at 2026-03-23", _("What the registry and the policy of that day said on that day.")),
            ("vanort check --year 2026", _("What was not as the policy wants it in 2026, and from when until when.")),
            ("vanort check --at 2024 --json", _("What was wrong when 2024 ended, for a program.")),
            ("vanort -r REPO.git check --rev $new --since $old", _("In the server's pre-receive hook.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    refs: tuple[str, ...],
    at: str | None,
    year: int | None,
    rev: str | None,
    since: str | None,
) -> int:
    """List what is found."""
    if sum((at is not None, year is not None, rev is not None or since is not None)) > 1:
        raise click.UsageError(_("Of --at, --year and --since, one at a time."))
    if since is not None:
        return _pushed(invocation, refs, rev or "HEAD", since)
    if rev is not None:
        raise click.UsageError(_("--rev goes with --since; --at judges one version."))
    if year is not None:
        return _year(invocation, refs, year)
    from registry.judgement import findings

    snapshot, day, book = invocation.judged(at)
    found = findings(snapshot, day, _wanted(refs, snapshot) or None, book)
    return _tell(invocation, found, snapshot)


def _wanted(refs: Sequence[str], snapshot: Snapshot) -> list[str]:
    """The REFs that were typed. Raises `BadInput` for what is none, `NotFound` where there is no such record."""
    from registry.records.refs import parse_ref
    from tui.cli.invocation import missing

    wanted = [parse_ref(ref) for ref in refs]
    for ref in wanted:
        if ref not in snapshot:
            raise missing(ref, snapshot)
    return wanted


def _tell(invocation: Invocation, found: Sequence[Finding], snapshot: Snapshot) -> int:
    violations = sum(finding.severity == "violation" for finding in found)
    if invocation.wants_json:
        say_json_list(finding.as_json() for finding in found)
        return int(violations > 0)
    for text in by_record(found, snapshot.title):
        say(text)
    if not found:
        say(_("Nothing was found: all is well."))
    else:
        say(styled(_counted(len(found), violations), "dim"))
    return int(violations > 0)


def _counted(findings: int, violations: int) -> str:
    told = ngettext("%(count)s finding", "%(count)s findings", findings) % {"count": findings}
    bad = ngettext("%(count)s of them a violation", "%(count)s of them violations", violations) % {"count": violations}
    return f"{told}, {bad}"


def _pushed(invocation: Invocation, refs: Sequence[str], new: str, old: str) -> int:
    """What is new and not owned up to; 1 where there is any."""
    from registry.pushed import brought_in
    from registry.records.refs import parse_ref

    wanted = {parse_ref(ref) for ref in refs}
    brought = brought_in(invocation.store, old, new)
    refused, together = (
        [finding for finding in found if not wanted or finding.ref in wanted]
        for found in (brought.refused, brought.together)
    )
    if invocation.wants_json:
        say_json_list(finding.as_json() for finding in refused)
        return int(bool(refused))
    for found, about in (
        (
            together,
            _("Brought about by two sides that were merged, each of which the policy allows: for both to mend."),
        ),
        (refused, _("Not allowed as it stands: mend it, or record it with --override CLAUSE and a reason.")),
    ):
        if found:
            for text in by_record(found, invocation.store.committed(new).title):
                say(text)
            say(styled(about, "dim"))
    if not refused:
        say(_("Nothing is brought in that the policy does not allow."))
    return int(bool(refused))


def _year(invocation: Invocation, refs: Sequence[str], year: int) -> int:
    """What was not as the policy wants it in a year, clause by clause."""
    from datetime import date

    from registry.errors import BadInput
    from registry.policy.year import compliance

    snapshot, today = invocation.snapshot(), date.today()
    if year > today.year:
        raise BadInput(_("%(year)s has not begun.") % {"year": year}, _("Choose a year that has, such as last year."))
    wanted = _wanted(refs, snapshot)
    found = {
        clause: kept
        for clause, lapses in compliance(snapshot, year, today).items()
        if (kept := [lapse for lapse in lapses if not wanted or lapse.finding.ref in wanted])
    }
    every = [lapse.finding for lapses in found.values() for lapse in lapses]
    violations = sum(finding.severity == "violation" for finding in every)
    if invocation.wants_json:
        say_json_list(lapse.as_json() for lapses in found.values() for lapse in lapses)
        return int(violations > 0)
    for text in by_clause(found, snapshot.title):
        say(text)
    if not every:
        say(_("Nothing was found for %(year)s.") % {"year": year})
    else:
        say(styled(_counted(len(every), violations), "dim"))
    return int(violations > 0)
