"""Measuring: the best of several runs, ours and the peer's taking turns, so that both meet the same machine."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Unit = Literal["ms", "µs", "MB"]
_A_SECOND_IN: Final[dict[Unit, float]] = {"ms": 1e3, "µs": 1e6, "MB": 1.0}
A_FRAME: Final = 1 / 60
"""Seconds: what takes no longer is not seen to take any time."""
Work = Callable[[], object]


class Took(NamedTuple):
    """`wall` seconds by the clock (or megabytes, of memory), `cpu` seconds of processor, processes started included."""

    wall: float
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what took how long, beside what, and how many times as long it may take."""

    work: str
    records: int
    ours: Took
    peer: str = ""
    theirs: Took | None = None
    """None where there is no peer, or where it is not on this machine."""
    reach: float = 0.0
    """Times the peer's; 0 where there is no limit."""
    unit: Unit = "ms"

    @property
    def ratio(self) -> float | None:
        """Times the peer's, by the clock."""
        return self.ours.wall / self.theirs.wall if self.theirs and self.theirs.wall else None

    @property
    def reached(self) -> bool | None:
        """Whether it is within the limit; None where there is none, or nothing to compare with."""
        return None if self.ratio is None or not self.reach else self.ratio <= self.reach

    def line(self) -> str:
        """The figure as a row of the table."""
        scale = _A_SECOND_IN[self.unit]
        theirs = f"{self.theirs.wall * scale:9.1f}" if self.theirs else "absent" if self.peer else ""
        cpu = f"{self.ours.cpu * scale:8.1f}" if self.ours.cpu else ""
        cpu_ratio = f"{self.ours.cpu / self.theirs.cpu:.2f}x" if self.theirs and self.theirs.cpu else ""
        return _LINE.format(
            self.work,
            self.records,
            f"{self.ours.wall * scale:.1f} {self.unit}",
            theirs,
            "" if self.ratio is None else f"{self.ratio:.2f}x",
            f"<= {self.reach:g}x" if self.reach else "",
            {True: "reached", False: "NOT REACHED", None: ""}[self.reached],
            cpu,
            cpu_ratio,
            self.peer,
        ).rstrip()


_LINE: Final = "{:<36} {:>7} {:>11} {:>9} {:>7} {:>8} {:<11} {:>9} {:>7}  {}"
HEADING: Final = _LINE.format("work", "records", "ours", "peer", "ratio", "reach", "", "cpu", "ratio", "peer")


def timed(work: Work) -> Took:
    """One run of `work`: by the clock, and the processor time of this process and of those it started and waited for."""
    gc.collect()
    cpu, began = _cpu(), time.perf_counter()
    work()
    return Took(time.perf_counter() - began, _cpu() - cpu)


def taking_turns(ours: Work, theirs: Work | None = None, runs: int = 5) -> tuple[Took, Took | None]:
    """The best of `runs` of each; one unmeasured run of each first, which leaves caches and bytecode behind."""
    sides = [ours] if theirs is None else [ours, theirs]
    for work in sides:
        work()
    took = [[timed(work) for work in sides] for _run in range(runs)]
    best = [Took(min(side.wall for side in each), min(side.cpu for side in each)) for each in zip(*took, strict=True)]
    return best[0], best[1] if len(best) > 1 else None


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
