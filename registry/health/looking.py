"""All checks, in the order that they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from registry.health import computer, contents, position, shared, whole
from registry.health.check import Check
from registry.plain_text import line
from registry.words import _

if TYPE_CHECKING:
    from registry.snapshot import Snapshot
    from registry.store import Store

Look = Callable[["Store", "Snapshot"], "Iterator[Check] | Check"]

CHECKS: Final[tuple[Look, ...]] = (
    lambda store, snapshot: computer.identity(store.repo, snapshot),
    position.begun,
    lambda store, _snapshot: position.repository(store.repo),
    lambda store, _snapshot: whole.whole(store.repo),
    lambda store, _snapshot: position.interrupted(store),
    contents.format,
    lambda store, _snapshot: contents.hand_edits(store),
    contents.files,
    lambda store, _snapshot: shared.driver(store.repo),
    lambda store, _snapshot: computer.local(store.repo),
    lambda store, _snapshot: contents.people(store),
    contents.erasures,
    lambda _store, snapshot: contents.languages(snapshot),
    lambda store, _snapshot: computer.signing(store.repo),
    lambda store, _snapshot: position.hooks(store.repo),
    lambda store, _snapshot: position.search_index(store.repo),
    lambda store, _snapshot: shared.sharing(store),
)
"""A check is one entry here and one function."""


def checks(store: Store, *, asks_server: bool = False) -> Iterator[Check]:
    """All that can be asked of an opened registry, one after the other; the server only where that is wanted."""
    yield Check("registry", True, _("The registry is in %(folder)s") % {"folder": line(str(store.folder))})
    snapshot = store.current()
    for look in CHECKS:
        found = look(store, snapshot)
        if isinstance(found, Check):
            yield found
        else:
            yield from found
    if asks_server and (answer := shared.server(store.repo)) is not None:
        yield answer
