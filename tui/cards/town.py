"""The head of a twin town's card: its agreement over time, and how the cooperation stands."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from registry.policy.agreements import agreement_of
from registry.policy.attention import jubilees
from registry.policy.priorities import Standing
from registry.policy.terms import Terms
from registry.records.dates import show_date
from registry.records.twin_town_kind import AGREEMENT_EVENT
from registry.records.values import text
from registry.words import _, ngettext
from tui.cards.sheet import Sheet, heading, indented, inquiry, joined
from tui.text import line

TOLD = frozenset({"name", "local_name", "country", "agreement_year", "agreement_status", "agreement_events", "received", "received_from", "answer_by", "answered"})  # fmt: skip
"""The fields that the head tells."""
_EVENTS = {choice.value: choice.label for choice in AGREEMENT_EVENT}


def head(sheet: Sheet) -> Iterator[Content]:
    """Where it is, the agreement, and why it is prioritised or not."""
    data, fields = sheet.data, sheet.record.kind.by_key
    country = fields["country"].type.show(data.get("country", ""), sheet.view.names)
    yield joined([line(text(data, "local_name")), line(country)])
    yield joined([line(word) for word in _agreement(sheet)])
    for jubilee in jubilees(sheet.view.snapshot, sheet.today.year + 1):
        if jubilee.ref == sheet.record.ref:
            yield line(_("%(years)s years next year") % {"years": jubilee.years}, style="$accent")
    if (asked := inquiry(data, sheet.today)).plain:
        yield asked
    yield from _events(sheet)
    if sheet.closer and sheet.closer.standing:
        yield from _standing(sheet, sheet.closer.standing)


def _agreement(sheet: Sheet) -> list[str]:
    """The state of the agreement; what was only proposed is said to be none."""
    status = text(sheet.data, "agreement_status")
    agreement = agreement_of(sheet.data)
    words: list[str] = []
    if status == "proposed":
        words.append(_("an agreement is proposed; there is none"))
    elif status == "declined":
        words.append(_("a proposed agreement was declined; there is none"))
    elif status:
        shown = sheet.record.kind.by_key["agreement_status"].type.show(status, sheet.view.names)
        words.append(_("agreement %(status)s") % {"status": shown})
    if agreement.year:
        words.append(_("municipal decision %(year)s") % {"year": agreement.year})
    return words


def _events(sheet: Sheet) -> Iterator[Content]:
    """What happened to the agreement, oldest first: ``förnyat 3 maj 2027 · KF 2027-04-26 § 31``."""
    events = agreement_of(sheet.data).events
    if not events:
        return
    yield from heading(_("The agreement over time"))
    for event in events:
        kind = _EVENTS.get(event.kind)
        told = f"{show_date(event.on)}  {kind or event.kind}"
        decision = line(event.decision) if event.decision else line(_("no decision stated"), style="$text-muted")
        yield from indented("", joined([line(told), decision]), sheet.width)


def _standing(sheet: Sheet, stands: Standing) -> Iterator[Content]:
    yield from heading(_("The cooperation today"))
    if "prioritise-working" not in Terms.of(sheet.view.snapshot.policy).off:
        why = ", ".join(_reasons(stands))
        told = _("prioritised: %(why)s") if stands.prioritised else _("not prioritised: %(why)s")
        yield from indented("", line(told % {"why": why}, style="$accent" if stands.prioritised else ""), sheet.width)
    if stands.last_project:
        last = Content.assemble(line(_("last project:")), " ", sheet.link(stands.last_project))
        yield from indented("", last, sheet.width)
    contact = show_date(stands.last_contact) if stands.last_contact else _("not known")
    yield from indented("", line(_("last contact: %(day)s") % {"day": contact}), sheet.width)


def _reasons(stands: Standing) -> Iterator[str]:
    """What speaks for it; of one that is not prioritised, what there is not."""
    if stands.working is not None and stands.assessed is not None:
        told = _("the cooperation works (%(day)s)") if stands.working else _("the cooperation does not work (%(day)s)")
        yield told % {"day": show_date(stands.assessed)}
    elif not stands.prioritised:
        yield _("no assessment of the cooperation")
    if stands.live:
        count = len(stands.live)
        yield ngettext("%(count)s live project", "%(count)s live projects", count) % {"count": count}
    elif not stands.prioritised:
        yield _("no live project")
    if stands.potential:
        yield _("concrete projects that it could become")
    elif not stands.prioritised:
        yield _("no concrete projects named")
