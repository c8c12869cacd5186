"""What a change would do and what is found of it, as the save dialogue says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.content import Content

from registry.change import Change, Verdict
from registry.differences import FieldChange
from registry.snapshot import Snapshot
from registry.words import _, ngettext
from tui.forms.change_words import finding_lines, told
from tui.text import line, one_line

if TYPE_CHECKING:
    from tui.forms.desk import Desk
    from tui.session import View

_MOST_FIELDS: Final = 200
_MOST_RECORDS: Final = 60
"""Records whose fields are told: more are not read before a save, and the screen is not to wait for them."""
_LABELS: Final = 36


def title(change: Change) -> str:
    """What is to be done."""
    acts = {
        "new": _("Add"),
        "delete": _("Remove"),
        "rename": _("Give another id"),
        "hand-edit": _("Save the hand edit"),
        "undo": _("Do this change again?") if change.again else _("Take this change back?"),
        "import": _("Take in"),
    }
    return acts.get(change.act, _("Save the change"))


def count(verdict: Verdict) -> str:
    """How many fields change."""
    fields = len(verdict.fields)
    return ngettext("%(count)s field", "%(count)s fields", fields) % {"count": fields}


def changes(change: Change, verdict: Verdict, view: View, width: int) -> list[Content]:
    """Every record with its fields before and after, on lines of at most `width` cells."""
    by_record: dict[str, list[FieldChange]] = {}
    for item in verdict.fields:
        by_record.setdefault(item.ref, []).append(item)
    by_hand = change.renamed_from if change.act == "hand-edit" else {}
    refs = list(dict.fromkeys([*by_record, *by_hand])) or list(change.edits)
    after = view.snapshot.edited(change.edits)
    lines: list[Content] = []
    for ref in refs[:_MOST_RECORDS]:
        lines.append(Content.styled(line(_title_of(ref, after, view.snapshot)).plain, "bold"))
        if ref in by_hand:
            said = _("New name in the registry: %(old)s → %(new)s") % {"old": by_hand[ref], "new": ref}
            lines.append(line(f"  {said}"))
        if change.edits.get(ref, {}) is None:
            lines.append(Content.styled("  " + _("is removed; its history stays"), "$warning"))
            continue
        whole = change.act in {"new", "undo", "import"} and ref not in view.snapshot
        fields = by_record.get(ref, [])
        labels = min(_LABELS, max((cell_len(one_line(item.label)) for item in fields), default=0))
        lines.extend(
            part for item in fields[:_MOST_FIELDS] for part in told(item, view.names, labels, width, whole=whole)
        )
        if len(fields) > _MOST_FIELDS:
            lines.append(line("  …"))
    if (left := len(refs) - _MOST_RECORDS) > 0:
        lines.append(
            line(ngettext("… and %(count)s other record", "… and %(count)s other records", left) % {"count": left})
        )
    return lines


def _title_of(ref: str, after: Snapshot, before: Snapshot) -> str:
    return after.title(ref) if ref in after else before.title(ref)


def findings(verdict: Verdict, desk: Desk) -> Content:
    """What the policy says of it, what refuses it first; empty where it says nothing."""
    shown = [*verdict.refusals, *verdict.exceptions, *verdict.advice]
    rest = [found for found in verdict.elsewhere if found not in shown]
    lines = [part for finding in [*shown, *rest] for part in finding_lines(finding, desk)]
    if verdict.refusals:
        words = _("This cannot be saved as it stands. Esc leads back to the form.")
        if verdict.undecided.issuperset(verdict.refusals):
            words = _("Give the decision below: it is entered in the project too.")
        lines.append(Content.styled(words, "$bad bold"))
    return Content("\n").join([Content(""), *lines]) if lines else Content("")
