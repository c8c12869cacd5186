"""Reading all of a registry for a report, a portion at a time, so that it can be called off and nothing waits long."""

from __future__ import annotations

from collections.abc import Iterator

from registry.progress import PORTION, Progress
from registry.snapshot import Snapshot
from registry.uncollected import without_collecting
from registry.words import _


def read_through(snapshot: Snapshot) -> Iterator[Progress]:
    """Read every record: whatever sums them up afterwards is quick."""
    refs = snapshot.refs()
    for at in range(0, len(refs), PORTION):
        yield Progress(_("Records are read"), at)
        portion = refs[at : at + PORTION]
        with without_collecting():
            snapshot.read_ahead(portion)
            for ref in portion:
                snapshot.data(ref)
