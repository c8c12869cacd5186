"""What can be known of the terminal: its letters, its kind and size, its colours, and the way to a clipboard."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from registry.health.check import Check
from registry.plain_text import line
from registry.words import _
from tui.clipboard_ways import by_tmux, helpers, terminal_trouble

_SMALLEST: Final = (80, 24)
"""Columns and lines that the screens are drawn for; on fewer, columns are left out and texts cut."""
_ALL_COLOURS: Final = frozenset({"truecolor", "24bit"})


def checks(environment: Mapping[str, str], encoding: str, size: tuple[int, int] | None) -> Iterator[Check]:
    """All of it. `size` is columns and lines, None where there is no terminal: then only its letters, `encoding`, count."""
    letters = _letters(encoding)
    if letters is not None or size is None:
        yield letters or Check("terminal", True, _("There is no terminal here: commands work, the app does not"))
        return
    terminal = environment.get("TERM", "dumb")
    if terminal == "dumb":
        yield Check(
            "terminal",
            False,
            _("The terminal says of itself that it can show lines only"),
            _("Use another terminal for the app, or set TERM to what this one is, for example xterm-256color"),
        )
        return
    yield _kind(environment, terminal)
    yield _size(*size)
    yield _colours(environment, terminal)
    yield _clipboard(environment)


def size_here() -> tuple[int, int] | None:
    """Columns and lines of the terminal that is written to; None where there is none."""
    try:
        found = os.get_terminal_size(sys.stdout.fileno()) if sys.stdout.isatty() else None
    except (OSError, ValueError):
        return None
    return (found.columns, found.lines) if found is not None else None


def _letters(encoding: str) -> Check | None:
    """What is wrong with the letters that can be written; None where nothing is."""
    if encoding.lower().replace("-", "") == "utf8":
        return None
    return Check(
        "terminal",
        False,
        _("The terminal is set to %(encoding)s, and cannot show every letter") % {"encoding": encoding},
        _("Set it to UTF-8, for example: export LC_ALL=C.UTF-8"),
    )


def _kind(environment: Mapping[str, str], terminal: str) -> Check:
    """The terminal, and whether the programs around it, which go by the locale, know that letters are UTF-8."""
    said = _("The terminal is %(kind)s, in UTF-8") % {"kind": line(terminal)}
    locale = next((value for name in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environment.get(name))), "")
    if sys.platform in {"darwin", "win32"} or "utf8" in locale.lower().replace("-", ""):
        return Check("terminal", True, said)
    remedy = _(
        "ssh and tmux go by the locale, which does not say UTF-8: export LC_ALL=C.UTF-8, if å, ä and ö look wrong"
    )
    return Check("terminal", True, said, remedy)


def _size(columns: int, lines: int) -> Check:
    said = _("It has %(columns)s columns and %(lines)s lines") % {"columns": columns, "lines": lines}
    if 0 in (columns, lines) or (columns >= _SMALLEST[0] and lines >= _SMALLEST[1]):
        return Check("size", True, said)
    need = {"columns": _SMALLEST[0], "lines": _SMALLEST[1]}
    return Check(
        "size",
        False,
        said,
        _("Make the window larger, or the letters smaller: %(columns)s × %(lines)s is enough") % need,
    )


def _colours(environment: Mapping[str, str], terminal: str) -> Check:
    if environment.get("NO_COLOR"):
        return Check("colours", True, _("Without colours, as NO_COLOR asks"))
    if environment.get("COLORTERM", "").lower() in _ALL_COLOURS or environment.get("WT_SESSION"):
        return Check("colours", True, _("All colours"))
    remedy = _("If the terminal can show more, say so: export COLORTERM=truecolor")
    if "256color" in terminal or "direct" in terminal:
        return Check("colours", True, _("256 colours: the nearest ones are taken"), remedy)
    return Check("colours", True, _("Few colours, as far as %(kind)s tells") % {"kind": line(terminal)}, remedy)


def _clipboard(environment: Mapping[str, str]) -> Check:
    """The way that copying takes, as far as it can be known beforehand: no terminal answers whether it took a text."""
    if found := helpers(environment):
        program = line(os.path.basename(found[0][0]))  # noqa: PTH119 - a name to be shown
        return Check("clipboard", True, _("Copying goes through %(program)s") % {"program": program})
    if terminal_trouble(environment):
        remedy = _("Use a terminal that lets programs copy (OSC 52), or mark the text with the mouse, Shift held down")
        return Check("clipboard", False, _("Nothing can be copied from here: this terminal has no clipboard"), remedy)
    if by_tmux(environment):
        return Check("clipboard", True, _("Copying goes through tmux to the terminal that it is shown on"))
    if environment.get("STY") or environment.get("TERM", "").startswith("screen"):
        remedy = _("tmux passes it on; in screen, mark the text with the mouse, Shift held down")
        return Check("clipboard", True, _("Copying is asked of screen, which may not pass it on"), remedy)
    remedy = ""
    if environment.get("WAYLAND_DISPLAY"):
        remedy = _("Where that does not work, install wl-clipboard.")
    elif environment.get("DISPLAY"):
        remedy = _("Where that does not work, install xclip.")
    return Check(
        "clipboard", True, _("Copying is asked of the terminal (OSC 52), which does not say whether it did"), remedy
    )
