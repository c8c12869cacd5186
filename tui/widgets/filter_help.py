"""What helps while a filter of the history is typed: how it may go on, what it means, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Static

from registry.history_filter import Known, Suggestion, complete
from registry.words import _
from tui.text import line


class FilterSuggester(Suggester):
    """Goes on with what is typed, in the field itself; the right arrow takes it."""

    def __init__(self, known: Callable[[], Known]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """The first way to go on that begins as what is typed."""
        found = complete(value, self._known()) if value else []
        return next((suggestion.text for suggestion in found if suggestion.text.startswith(value)), None)


class FilterHelp(Static):
    """Two lines: what the filter means, and how it may go on."""

    def __init__(self) -> None:
        super().__init__(classes="filter-help")

    def tell(
        self, meaning: str, suggestions: Sequence[Suggestion], *, wrong: bool = False, typing: bool = True
    ) -> None:
        """Show what a filter means, or what is `wrong` with it; while somebody is typing, also how it goes on."""
        parts = [line(meaning, style="$warning" if wrong else "$text-muted")] if meaning else []
        if typing:
            parts.append(_ways(suggestions))
        self.display = bool(parts)
        self.update(Content("\n").join(parts))


def _ways(suggestions: Sequence[Suggestion]) -> Content:
    if not suggestions:
        return line(_("Enter goes to the list, Esc clears; quotation marks keep words together."), style="$text-muted")
    parts: list[Content] = [Content.styled(_("→ takes the first: "), "$text-muted")]
    for number, suggestion in enumerate(suggestions):
        parts += [Content(" · " if number else ""), line(suggestion.words, style="$accent")]
        if suggestion.about:
            parts += [Content(" "), line(suggestion.about, style="$text-muted")]
    return Content.assemble(*parts)
