"""The filter of the history as options: one that takes it as it is typed, and one for each keyword."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import click

from registry.words import _
from tui.cli import completing

if TYPE_CHECKING:
    from registry.history_filter import Filter

_BY_KEYWORD: Final = ("by", "decision", "field", "clause", "since", "until", "text")


def filter_options() -> list[click.Parameter]:
    """``--filter`` and its parts."""
    return [
        click.Option(
            ["--filter", "typed"],
            metavar=_("FILTER"),
            shell_complete=completing.filters,
            help=_("Only changes that FILTER keeps, as in the app: by:anna decision:KS field:budget 2025 word."),
        ),
        _option("by", _("WHO"), _("Only what somebody with this name or address entered.")),
        _option("decision", _("DECISION"), _("Only what was done under this decision, or under those of this body.")),
        _option("field", _("FIELD"), _("Only changes of this field, by its key or label.")),
        _option("clause", _("CLAUSE"), _("Only what departs from this clause, or breaches it.")),
        _option("since", _("DATE"), _("Only what was entered that day or later (2025-06-01, 2025, yesterday).")),
        _option("until", _("DATE"), _("Only what was entered that day or earlier.")),
        _option("text", _("WORDS"), _("Only what says these words: in the subject, the reason or the fields.")),
    ]


def _option(keyword: str, metavar: str, text: str) -> click.Option:
    return click.Option([f"--{keyword}"], multiple=True, metavar=metavar, help=text)


def filter_from(options: dict[str, Any]) -> Filter:
    """The filter that the options come to. Raises `BadInput`."""
    from registry.history_filter import filter_of, parse_filter

    today = date.today()
    return parse_filter(options["typed"] or "", today) & filter_of({key: options[key] for key in _BY_KEYWORD}, today)
