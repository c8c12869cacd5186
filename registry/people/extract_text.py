"""An extract as a document for the person it is about: Markdown, a page for a browser, or JSON for programs."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from registry.errors import BadInput
from registry.exchange.target import check_target, require_outside, write_whole
from registry.people.person_kind import PERSON
from registry.plain_text import line, visible
from registry.records.dates import show_date
from registry.words import _

if TYPE_CHECKING:
    from registry.people.extracting import Extract, Told
    from registry.roles import Role

FORMATS: Final = ("md", "html", "json")
_FORMS: Final = {".md": "md", ".html": "html", ".htm": "html", ".json": "json"}
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:bold}dd{margin:0 0 .5rem 1rem;white-space:pre-line}"
)


class Section(NamedTuple):
    """A heading, and either pairs or lines under it; "" as a label is a line alone."""

    title: str
    rows: Sequence[tuple[str, str]]


def text_of(found: Extract, form: str) -> str:
    """The extract in one of `FORMATS`. Raises `BadInput` for another."""
    if form == "json":
        return json.dumps(found.as_json(), ensure_ascii=False, indent=2, default=str) + "\n"
    makers = {"md": _markdown, "html": _page}
    if form not in makers:
        raise BadInput(
            _("An extract can't be made as “%(format)s”.") % {"format": line(form)},
            _("Choose one of %(formats)s.") % {"formats": ", ".join(FORMATS)},
        )
    title = _("Extract of what is held on %(name)s") % {"name": line(found.name)}
    made = _("%(municipality)s, the registry of international contacts, %(day)s") % {
        "municipality": line(found.municipality),
        "day": show_date(found.day),
    }
    return makers[form](title, made, list(_sections(found)))


def write(found: Extract, target: Path, folder: Path, form: str = "", *, overwrite: bool = False) -> None:
    """Write the extract to the file `target`, outside the registry's `folder`; what it is, the name says, else `form`.

    Raises `BadInput`, `Refused`, `GitTrouble`; the whole file or nothing, readable by its owner alone.
    """
    content = text_of(found, form or _FORMS.get(target.suffix.lower(), target.suffix.lstrip(".")))
    require_outside(target, folder)
    check_target(target, overwrite=overwrite)
    write_whole(target, content.encode("utf-8"), overwrite=overwrite, private=True)


def _sections(found: Extract) -> Iterator[Section]:
    name = (str(PERSON.by_key["name"].label), found.name)
    yield Section(_("In the people book"), [name, (_("Id in the registry"), found.person), *found.entry])
    yield Section(_("In the registry now"), [("", _role(role)) for role in found.now])
    yield Section(_("In the registry before"), [("", _role(role)) for role in found.before])
    if found.written:
        yield Section(_("Named in words"), [(f"{each.title}, {each.field}", each.text) for each in found.written])
    yield Section(_("Changes on record"), [(_heading(told), _what(told)) for told in found.changes])
    yield Section(_("Changes that name the person in words"), [(_heading(told), _what(told)) for told in found.named])
    looked = _("all texts of the registry now, and the messages and changed lines of its whole history")
    yield Section(_("What was searched"), [(looked, "\n".join(found.searched) or _("Nothing to look for."))])


def _role(role: Role) -> str:
    return ", ".join(filter(None, (role.title, role.words, role.days)))


def _heading(told: Told) -> str:
    return f"{show_date(told.date.date())}: {told.subject}"


def _what(told: Told) -> str:
    own = _("Entered by the person.") if told.authored else ""
    decided = _("Decision: %(decision)s") % {"decision": told.decision} if told.decision else ""
    return "\n".join(filter(None, (own, told.why, *told.lines, decided)))


def _markdown(title: str, made: str, sections: Sequence[Section]) -> str:
    parts = [f"# {_escaped(title)}", _escaped(made)]
    for section in sections:
        parts.append(f"## {_escaped(section.title)}")
        parts.append("\n".join(_item(label, value) for label, value in section.rows) or _escaped(_("Nothing.")))
    return "\n\n".join(parts) + "\n"


def _item(label: str, value: str) -> str:
    words = "  \n  ".join(_escaped(part) for part in visible(value).splitlines())
    if not label:
        return f"- {words}"
    return f"- **{_escaped(line(label))}**  \n  {words}" if words else f"- **{_escaped(line(label))}**"


def _escaped(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)


def _page(title: str, made: str, sections: Sequence[Section]) -> str:
    parts = [
        "<!doctype html>",
        f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>',
        f"<h1>{html.escape(title)}</h1>",
        f"<p>{html.escape(made)}</p>",
    ]
    for section in sections:
        parts.append(f"<h2>{html.escape(section.title)}</h2>")
        if not section.rows:
            parts.append(f"<p>{html.escape(_('Nothing.'))}</p>")
            continue
        parts.append("<dl>")
        for label, value in section.rows:
            parts.append(f"<dt>{html.escape(line(label))}</dt>" if label else "")
            parts.append(f"<dd>{html.escape(visible(value))}</dd>")
        parts.append("</dl>")
    return "\n".join(filter(None, parts)) + "\n"
