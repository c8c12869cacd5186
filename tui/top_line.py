"""What stands on the one line at the top of the screen, where there is not always room for all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

_BETWEEN: Final = " · "


def fitted(names: Sequence[str], told: Sequence[str], day: str, width: int) -> tuple[str, str]:
    """What stands at the left and at the right of a line of `width` cells: where one is, and the state of things.

    The day gives way first, then the longer one of the `names`, then what is `told` last.
    """
    for name, state in _choices(names, told, day):
        if cell_len(name) + 1 + cell_len(state) <= width:
            break
    return name, state


def _choices(names: Sequence[str], told: Sequence[str], day: str) -> Iterator[tuple[str, str]]:
    yield names[0], _BETWEEN.join([*told, day])
    for name in names if told else names[-1:]:
        yield name, _BETWEEN.join(told)
    for count in range(len(told) - 1, -1, -1):
        yield names[-1], _BETWEEN.join(told[:count])
