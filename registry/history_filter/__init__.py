"""The filter that the history is searched with: typed in one line, explained in words, narrowed down by Git."""

from __future__ import annotations

from registry.history_filter.completion import Known, Suggestion, complete
from registry.history_filter.filter import Filter, Narrowing
from registry.history_filter.typed import filter_of, parse_filter, unfinished

__all__ = ["Filter", "Known", "Narrowing", "Suggestion", "complete", "filter_of", "parse_filter", "unfinished"]
