"""`vanort policy`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.words import _, ngettext
from tui.cli.answers import say, say_json, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option

if TYPE_CHECKING:
    from registry.policy.in_force import InForce
    from registry.snapshot import Snapshot


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "policy",
        run,
        summary,
        reads=True,
        text=_(
            "With --at, the policy as it stood, and what it found then. A clause is changed or switched off by an ordinary "
            "change of the record policy."
        ),
        params=[at_option(), json_option()],
        examples=[
            ("vanort policy", _("Clause by clause: what it says, what serves it, what it finds.")),
            ("vanort policy --at 2024", _("The policy as it stood when 2024 ended.")),
            ("vanort policy --json", _("The same, for a program.")),
        ],
    )


def run(invocation: Invocation, *, at: str | None) -> None:
    """Tell the policy."""
    from registry.judgement import findings
    from registry.policy.in_force import in_force, unset

    snapshot, day, book = invocation.judged(at)
    clauses = in_force(snapshot, findings(snapshot, day, book=book))
    missing = unset(snapshot)
    if invocation.wants_json:
        say_json({"clauses": [clause.as_json() for clause in clauses], "unset": [field.key for field in missing]})
        return
    _say_title(snapshot)
    for clause in clauses:
        say()
        _say_clause(clause, past=at is not None)
    if missing:
        say()
        say(styled(_("Not set:"), "bold"))
        for field in missing:
            say(f"  {field.label} ({field.key}): {field.absent}")


def _say_title(snapshot: Snapshot) -> None:
    from registry.plain_text import line
    from registry.records.values import text

    say(styled(line(text(snapshot.policy, "title")), "bold"))
    if adopted := text(snapshot.policy, "adopted"):
        say(_("Adopted: %(decision)s") % {"decision": line(adopted)})


def _say_clause(clause: InForce, *, past: bool) -> None:
    from registry.findings import SEVERITY_WORDS
    from registry.plain_text import line

    severity = f"  {SEVERITY_WORDS[clause.severity]}" if clause.severity and not clause.off else ""
    say(styled(line(clause.id), "bold") + severity)
    if clause.quote:
        say(f"  “{line(clause.quote)}”")
    if clause.off:
        say("  " + _("Switched off: %(decision)s") % {"decision": line(clause.off)})
        return
    say(f"  {_served(clause)}")
    if clause.findings:
        count = len(clause.findings)
        told = ngettext(
            "%(count)s finding now, the worst: %(worst)s", "%(count)s findings now, the worst: %(worst)s", count
        )
        if past:
            told = ngettext(
                "%(count)s finding then, the worst: %(worst)s", "%(count)s findings then, the worst: %(worst)s", count
            )
        say("  " + told % {"count": count, "worst": clause.findings[0].how_grave})


def _served(clause: InForce) -> str:
    said = {
        "rule": _("Rule: %(what)s"),
        "order": _("Orders lists: %(what)s"),
        "construction": _("Holds without a rule: %(what)s"),
        "nothing": _("No rule serves it."),
    }[clause.by]
    return said % {"what": ", ".join(_(name) for name in clause.served_by)} if clause.served_by else said
