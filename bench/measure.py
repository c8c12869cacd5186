"""Measuring: the best of several runs, ours and the peer's taking turns, so that both meet the same machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what took how long, beside what, and how many times as long it may take."""

    work: str
    records: int
    ours: float
    """Seconds."""
    peer: str
    theirs: float
    """Seconds; 0 where the peer is not on this machine."""
    reach: float
    """Times the peer's; 0 where there is no limit."""

    def line(self) -> str:
        """The figure as a row of the table."""
        ratio = self.ours / self.theirs if self.theirs else 0.0
        verdict = "" if not (ratio and self.reach) else "reached" if ratio <= self.reach else "NOT REACHED"
        theirs = f"{self.theirs * 1000:9.1f}" if self.theirs else "   absent"
        said = f"{ratio:6.2f}x" if ratio else "      –"
        reach = f"<= {self.reach:g}x" if self.reach else ""
        return f"{self.work:<44} {self.records:>7} {self.ours * 1000:9.1f} {theirs}  {said} {reach:<9} {verdict:<12} {self.peer}"


HEADING = f"{'work':<44} {'records':>7} {'ours ms':>9} {'peer ms':>9}  {'ratio':>7} {'reach':<9} {'':<12} peer"


def taking_turns(ours: Callable[[], object], theirs: Callable[[], object] | None, runs: int = 5) -> tuple[float, float]:
    """The best time of each, in seconds; one unmeasured run of each first."""
    best = [float("inf"), float("inf")]
    sides = [ours] if theirs is None else [ours, theirs]
    for run in range(runs + 1):
        for side, work in enumerate(sides):
            gc.collect()
            began = time.perf_counter()
            work()
            if run:
                best[side] = min(best[side], time.perf_counter() - began)
    return best[0], 0.0 if theirs is None else best[1]
