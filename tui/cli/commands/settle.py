"""`vanort settle REF FIELD ours|theirs|VALUE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from registry.words import _, ngettext
from tui.cli.answers import say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option

if TYPE_CHECKING:
    from registry.sharing.choices import Choice
    from registry.sharing.joining import Joined
    from registry.sharing.meetings import Meeting


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "settle",
        run,
        summary,
        text=_(
            "FIELD is as vanort conflicts writes it, - for the whole record. VALUE is written as for vanort set; an empty "
            "one clears the field. The word ours, theirs or both as a value stands in quotation marks. Of two records that were "
            "given one name, both keeps the two. Choices are kept until the last is made; vanort sync then brings both "
            "sides together, and the history tells what was chosen."
        ),
        params=[
            click.Argument(["ref"], metavar="REF"),
            click.Argument(["field"], metavar=_("FIELD")),
            click.Argument(["value"], metavar=_("ours|theirs|VALUE")),
            json_option(),
        ],
        examples=[
            ("vanort settle projects/2026/korresa participants theirs", _("What was shared holds.")),
            ("vanort settle projects/2026/korresa participants 24", _("Neither: a third value.")),
            ("vanort settle twin-towns/skjern - ours", _("The whole record as it is here.")),
        ],
    )


def run(invocation: Invocation, *, ref: str, field: str, value: str) -> int:
    """Decide one thing."""
    from registry.errors import NotFound
    from registry.records.refs import is_person
    from registry.sharing.choosing import choose, in_question, meeting_of

    if is_person(ref.strip()):
        return _settle_person(invocation, ref.strip(), field, value)
    joined = in_question(invocation.store)
    if joined is None:
        raise NotFound(_("There is nothing to decide."), _("vanort sync shares what is saved."))
    named = ref.strip().removesuffix(".toml") if ref.startswith(("departments", "twin-towns", "projects")) else ref
    meeting = meeting_of(joined, named, field)
    after = choose(invocation.store, joined, named, field, _choice(invocation, joined, meeting, value))
    if invocation.wants_json:
        say_json(
            {"ref": meeting.ref, "field": meeting.field, "conflicts": [left.as_json() for left in after.conflicts]}
        )
        return 0
    left = len(after.conflicts)
    if left:
        say(ngettext("Kept. %(count)s thing is left.", "Kept. %(count)s things are left.", left) % {"count": left})
    else:
        say(_said_when_done(invocation))
    return 0


def _said_when_done(invocation: Invocation) -> str:
    from registry.sharing.unfinished import unfinished

    if unfinished(invocation.store) is not None:
        return _("Kept. Nothing is left to decide: vanort doctor --finish brings both versions together.")
    return _("Kept. Nothing is left to decide: vanort sync brings both sides together and shares them.")


def _settle_person(invocation: Invocation, person: str, field: str, typed: str) -> int:
    """Decide what the people book is to have of somebody."""
    from registry.errors import NotFound
    from registry.people import PERSON
    from registry.records.paths import field_at
    from registry.records.typed_values import Reader
    from registry.sharing.choices import BY_WORD, Choice
    from registry.sharing.people import decide, people_in_question

    wanted = "" if field == "-" else field.strip()
    every = people_in_question(invocation.store)
    found = next((each for each in every if (each.ref, each.field) == (person, wanted)), None)
    if found is None:
        raise NotFound(
            _("Nothing has to be decided about %(person)s, %(field)s.") % {"person": person, "field": field},
            _("vanort conflicts lists what there is."),
        )
    if typed in BY_WORD:
        choice = Choice(BY_WORD[typed])
    else:
        value = typed if wanted == "" else Reader().read(field_at(PERSON, wanted), typed, wanted)
        choice = Choice("edited", value)
    decide(invocation.store, found, choice)
    left = [each.as_json() for each in every if each is not found]
    if invocation.wants_json:
        say_json({"ref": person, "field": wanted, "conflicts": left})
    else:
        say(_("Kept in the people book here; vanort sync shares it."))
    return 0


def _choice(invocation: Invocation, joined: Joined, meeting: Meeting, typed: str) -> Choice:
    """What was typed, as a choice. Raises `BadInput`."""
    from registry.records.kinds import kind_of
    from registry.records.paths import field_at
    from registry.records.refs import is_ref
    from registry.records.typed_values import Reader
    from registry.sharing.choices import BY_WORD, Choice
    from registry.sharing.meetings import NAME, WHOLE_RECORD

    whole = meeting.field == WHOLE_RECORD
    if typed in BY_WORD:
        return Choice(BY_WORD[typed])
    if meeting.field == NAME or not is_ref(meeting.ref):
        return Choice("edited", typed)
    reader = Reader(invocation.resolver(invocation.store.committed(joined.sides.ours)))
    field = kind_of(meeting.ref).as_field if whole else field_at(kind_of(meeting.ref), meeting.field)
    return Choice("edited", reader.read(field, typed, meeting.ref if whole else meeting.field))
