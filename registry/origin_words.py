"""Where a value comes from, in words: who decided and who entered it, which are never confused."""

from __future__ import annotations

from collections.abc import Iterable

from registry.differences import NOTHING
from registry.plain_text import line
from registry.provenance import Origin
from registry.records.dates import show_date
from registry.words import _


def decided(origin: Origin) -> str:
    """Under which decision, and where that is said: by the change, or beside the value; "" where none is known."""
    if not origin.decision:
        return ""
    if origin.decided_beside:
        return _("decided: %(decision)s, stated beside the value in the record") % {"decision": line(origin.decision)}
    said = {"decision": "; ".join(map(line, origin.decisions))}
    return _("decided: %(decision)s, stated by the change") % said


def entered(origin: Origin) -> str:
    """Who entered it and when; that it is a correction, is not saved, or cannot be known from this copy."""
    if origin.begins is not None:
        day = show_date(origin.begins.date.astimezone().date())
        return _("in the registry on %(day)s; this copy lacks what was before") % {"day": day}
    entry = origin.entry
    if entry is None:
        return _("edited by hand, not saved")
    said = {"author": line(entry.author) or NOTHING, "day": show_date(entry.date.astimezone().date())}
    if origin.correction:
        return _("corrected by %(author)s, %(day)s") % said
    if not entry.act:
        return _("entered by %(author)s, %(day)s, without Vänort") % said
    return _("entered by %(author)s, %(day)s") % said


def by_change(origins: Iterable[Origin]) -> list[list[Origin]]:
    """The values that came by one change under one decision, stated in the same place, together: the latest first, hand
    edits before all.
    """
    groups: dict[tuple[str, str, bool], list[Origin]] = {}
    for origin in origins:
        known = origin.entry or origin.begins
        groups.setdefault((known.commit if known else "", origin.decision, origin.decided_beside), []).append(origin)

    def when(group: list[Origin]) -> float:
        known = group[0].entry or group[0].begins
        return -known.date.timestamp() if known else float("-inf")

    return sorted(groups.values(), key=when)
