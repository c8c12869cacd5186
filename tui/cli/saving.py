"""What the commands that change something have in common: the reason, carrying it out, and telling what came of it."""

from __future__ import annotations

from dataclasses import replace

from registry.change import REASONS, Change, require_savable
from registry.differences import FieldChange
from registry.errors import Refused
from registry.names import RecordNames
from registry.snapshot import Snapshot
from registry.store import Saved
from registry.words import Words, _
from tui.cli.answers import finding_lines, say, say_json, styled
from tui.cli.frame import Asked
from tui.cli.invocation import Invocation


def reason(why: str | None, language: str) -> tuple[str, bool]:
    """The reason in words, a choice spelled out in the registry's language, and whether it is a correction.

    Raises `Refused` where none was given.
    """
    if why is None:
        choices = ", ".join(str(words).rstrip(".").lower() for words in REASONS.values())
        raise Refused(
            _("The change has no reason."),
            _("Say why with -m, in your own words or as one of: %(choices)s.") % {"choices": choices},
        )
    said = why.strip().rstrip(".").casefold()
    for key, words in REASONS.items():
        if said in {key, *(choice.rstrip(".").casefold() for choice in (words.sv, words.en))}:
            return _in(words, language), key == "correction"
    return why, False


def _in(words: Words, language: str) -> str:
    return words.en if language == "en" else words.sv


def carry_out(invocation: Invocation, snapshot: Snapshot, change: Change, asked: Asked) -> int:
    """Save the change, which was made on `snapshot`, as it was asked for, and say what it came to.

    On a dry run it is only judged. Raises `Refused` where it cannot be saved, then too.
    """
    store = invocation.store
    why, correction = reason(asked.why, snapshot.language)
    change = replace(change, why=why, decision=asked.decision, overrides=asked.overrides, correction=correction)
    saved = Saved(None, tuple(change.edits), store.judge(change)) if asked.dry_run else store.save(change)
    if invocation.wants_json:
        findings = [finding.as_json() for finding in saved.findings]
        say_json({"commit": saved.commit, "records": list(saved.refs), "findings": findings})
        if asked.dry_run and saved.verdict.fields:
            require_savable(change, saved.verdict)
        return 0
    names = RecordNames(snapshot.edited(change.edits), snapshot, person=store.person)
    fields: dict[str, list[FieldChange]] = {}
    for field in saved.verdict.fields:
        fields.setdefault(field.ref, []).append(field)
    for ref in saved.refs:
        if ref in change.renamed_from.values():
            continue
        say(styled(f"{change.renamed_from[ref]} → {ref}" if ref in change.renamed_from else ref, "bold"))
        if change.act == "hand-edit" and ref in change.renamed_from:
            say(f"  {_('Entered as a new name in the registry: its history goes along.')}")
        for field in fields.get(ref, []) if change.act != "rename" else ():
            say(f"  {field.line(names, width=100)}")
    for told in finding_lines(saved.findings):
        say(told)
    if asked.dry_run:
        say(_("Nothing has been saved: this was a dry run."))
        if saved.verdict.fields:
            require_savable(change, saved.verdict)
    elif saved.commit is None:
        say(_("Nothing differs, so nothing was saved."))
    else:
        say(_("Saved: %(commit)s") % {"commit": saved.commit[:10]})
    return 0
