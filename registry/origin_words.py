"""Where a value comes from, in words: who decided and who entered it, which are never confused."""

from __future__ import annotations

from collections.abc import Iterable

from registry.plain_text import line
from registry.provenance import Origin
from registry.records.dates import show_date
from registry.words import _


def decided(origin: Origin) -> str:
    """Under which decision; "" where none is known."""
    return _("decided: %(decision)s") % {"decision": line(origin.decision)} if origin.decision else ""


def entered(origin: Origin) -> str:
    """Who entered it and when; that it is a correction, is not saved, or cannot be known from this copy."""
    entry = origin.entry
    if entry is None:
        return _("edited by hand, not saved")
    said = {"author": line(entry.author), "day": show_date(entry.date.astimezone().date())}
    if not origin.whole:
        return _("in the registry on %(day)s; this copy lacks what was before") % said
    if origin.correction:
        return _("corrected by %(author)s, %(day)s") % said
    if not entry.act:
        return _("entered by %(author)s, %(day)s, without Vänort") % said
    return _("entered by %(author)s, %(day)s") % said


def by_change(origins: Iterable[Origin]) -> list[list[Origin]]:
    """The values that came by one change under one decision together, the latest first; hand edits before all."""
    groups: dict[tuple[str, str], list[Origin]] = {}
    for origin in origins:
        groups.setdefault((origin.entry.commit if origin.entry else "", origin.decision), []).append(origin)

    def when(group: list[Origin]) -> float:
        entry = group[0].entry
        return -entry.date.timestamp() if entry else float("-inf")

    return sorted(groups.values(), key=when)
