"""What is found in the whole of a view, worked out on the registry's thread a little at a time.

No save and no keystroke waits for it: between two portions the thread belongs to others. What was found of a view is
kept as long as the view, so that several screens can ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from tui.session import Session, View

if TYPE_CHECKING:
    from registry.findings import Finding

PORTION: Final = 300
"""Records at a time: some hundredths of a second."""

_FOUND: Final[WeakKeyDictionary[View, tuple[date, tuple[Finding, ...]]]] = WeakKeyDictionary()


async def read_through(session: Session, view: View) -> list[str]:
    """Read every record of the view, so that whatever sums them up afterwards is quick; their REFs."""
    refs = await session.run(view.snapshot.refs)
    for portion in _portions(refs):
        await session.run(lambda: [view.snapshot.data(ref) for ref in portion])  # noqa: B023 - done before the next
    return refs


async def findings_of(session: Session, view: View) -> Sequence[Finding]:
    """All that is found in the view today, worst first. Raises `VanortError` where it cannot be read."""
    today = session.today
    known = _FOUND.get(view)
    if known is not None and known[0] == today:
        return known[1]

    def judge(refs: Sequence[str]) -> list[Finding]:
        from registry.judgement import findings

        return findings(view.snapshot, today, refs, session.book_to_judge_by)

    found: list[Finding] = []
    for portion in _portions(await read_through(session, view)):
        found += await session.run(lambda: judge(portion))  # noqa: B023 - done before the next

    def put_in_order() -> tuple[Finding, ...]:
        from registry.findings import worst_first

        return tuple(worst_first(found))

    _FOUND[view] = today, await session.run(put_in_order)
    return _FOUND[view][1]


def _portions(refs: Sequence[str]) -> Iterator[Sequence[str]]:
    return (refs[at : at + PORTION] for at in range(0, len(refs), PORTION))
