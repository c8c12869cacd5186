"""How the command line answers: text on a terminal or in a pipe, JSON, and one line on stderr when something fails."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final, TextIO

from registry.errors import VanortError
from registry.findings import Finding
from registry.json_values import finite, plain
from registry.plain_text import line, visible
from registry.words import ngettext

_STYLES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
SEVERITY_STYLES: Final = {"violation": "red", "exception": "yellow", "warning": "yellow", "note": "cyan"}
_TAKEN_IN: Final = 20
"""Lines of a reason that are told."""
_NEVER_RAW: Final = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What JSON may hold as it is and a terminal may act on; written as \\uXXXX instead."""


def coloured(stream: TextIO | None = None) -> bool:
    """Whether `stream` (stdout) is a terminal that takes colours, and nobody has asked for none (NO_COLOR)."""
    stream = stream or sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, *names: str) -> str:
    """`text`, which is safe to show, in a style where stdout takes any."""
    if not names or not text or not coloured():
        return text
    return f"\x1b[{';'.join(_STYLES[name] for name in names)}m{text}\x1b[0m"


def say(text: str = "") -> None:
    """One line, or several, on stdout. What comes from records has been through `registry.plain_text` before."""
    print(text)


def beginning(text: str) -> list[str]:
    """The lines of a text, of a very long one as many as can be taken in, and how many more there are."""
    lines = visible(text).splitlines()
    more = len(lines) - _TAKEN_IN
    if more <= 1:
        return lines
    told = ngettext("… and %(count)s line more, in --json", "… and %(count)s lines more, in --json", more)
    return [*lines[:_TAKEN_IN], told % {"count": more}]


def quoted(text: str) -> str:
    """The text as one word of a shell's."""
    import shlex

    return shlex.quote(text)


def note(text: str) -> None:
    """A remark on stderr, where it is in nobody's way."""
    print(visible(text), file=sys.stderr)


def as_json(value: Any, *, indent: int | None = 2, stream: TextIO | None = None) -> str:
    """`value` as JSON that no terminal acts upon: dates as ISO text; ASCII alone where the stream is not UTF-8."""
    ascii_only = ((stream or sys.stdout).encoding or "").lower().replace("-", "") != "utf8"
    try:
        text = json.dumps(value, default=plain, ensure_ascii=ascii_only, indent=indent, allow_nan=False)
    except ValueError:  # numbers that JSON lacks
        text = json.dumps(finite(value), default=plain, ensure_ascii=ascii_only, indent=indent)
    return _NEVER_RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say_json(value: Any) -> None:
    """`value` as JSON on stdout."""
    print(as_json(value))


def say_json_list(items: Iterable[Any]) -> None:
    """A list on stdout, an item a line, written as the items come: a long history is not kept in memory."""
    opened = False
    for item in items:
        print(("," if opened else "[") + "\n" + as_json(item, indent=None), end="")
        opened = True
    print("\n]" if opened else "[]")


def tell_error(message: str, hint: str, *, more: Sequence[str] = (), json_wanted: bool) -> None:
    """What went wrong and what to do, on stderr: one line, or with ``--json`` ``{error, hint}``.

    Where there is `more` than one thing, a line each, and what to do below them.
    """
    if json_wanted:
        told = {"error": "\n".join([message, *more]), "hint": hint}
        print(as_json(told, indent=None, stream=sys.stderr), file=sys.stderr)
        return
    said = line(message)
    ended = said if not hint or said.endswith((".", "!", "?", ":", "…")) else f"{said}."
    if more:
        print("\n".join([f"vanort: {said}", *map(line, more), line(hint)]).rstrip(), file=sys.stderr)
    else:
        print(f"vanort: {ended} {line(hint)}".rstrip(), file=sys.stderr)


def tell(error: VanortError, *, json_wanted: bool) -> None:
    """As `tell_error`, for an error of the registry's."""
    tell_error(error.message, error.hint, more=error.more, json_wanted=json_wanted)


def finding_lines(findings: Iterable[Finding], *, named: bool = True) -> Iterable[str]:
    """A line a finding: how grave, where, what; then the policy's own words where there are any."""
    for finding in findings:
        where = " ".join(part for part in (finding.ref if named else "", finding.field) if part)
        grave = styled(str(finding.how_grave), SEVERITY_STYLES[finding.severity])
        yield f"{grave}  {line(f'{where}: {finding.message}' if where else finding.message)}"
        if finding.quote:
            yield f"    “{line(finding.quote)}”"
