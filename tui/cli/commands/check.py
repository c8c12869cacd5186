"""`vanort check`."""

from __future__ import annotations

from registry.words import _, ngettext
from tui.cli.answers import finding_lines, say, say_json_list, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option, refs_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "check",
        run,
        summary,
        text=_("Without a REF, all of it. The exit code is 1 where there is a violation, 0 otherwise."),
        params=[refs_argument(), at_option(), json_option()],
        examples=[
            ("vanort check", _("Everything that is found, the worst first.")),
            ("vanort check --at 2024 --json", _("What was wrong when 2024 ended, for a program.")),
        ],
    )


def run(invocation: Invocation, *, refs: tuple[str, ...], at: str | None) -> int:
    """List what is found."""
    from registry.checks import check
    from registry.records.refs import parse_ref
    from tui.cli.invocation import missing

    snapshot = invocation.snapshot(at)
    wanted = [parse_ref(ref) for ref in refs]
    for ref in wanted:
        if ref not in snapshot:
            raise missing(ref, snapshot)
    found = check(snapshot, wanted or None)
    violations = sum(finding.severity == "violation" for finding in found)
    if invocation.wants_json:
        say_json_list(finding.as_json() for finding in found)
        return int(violations > 0)
    for text in finding_lines(found):
        say(text)
    if not found:
        say(_("Nothing was found: all is well."))
    else:
        told = ngettext("%(count)s finding", "%(count)s findings", len(found)) % {"count": len(found)}
        bad = ngettext("%(count)s of them a violation", "%(count)s of them violations", violations) % {
            "count": violations
        }
        say(styled(f"{told}, {bad}", "dim"))
    return int(violations > 0)
