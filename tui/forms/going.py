"""Going to a field of a form: by its path, as findings and checklists name it (``budget``, ``commitments[k1].treated``),
or to the first one in which something is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.dom import DOMNode
from textual.widget import Widget

from tui.forms.entry_list import AddLine, EntryLine, EntryList
from tui.forms.field_input import FieldInput
from tui.forms.group import Group
from tui.forms.making import GoalList
from tui.forms.page import FieldList, first_focusable
from tui.forms.sections import SectionBox


async def go_to(path: str, boxes: Sequence[SectionBox], root: Group) -> bool:
    """Open what the path leads through, and put the cursor there; whether there is such a field.

    Where the path leads to something that is not there (an entry that somebody took away), it goes as far as there is.
    """
    box = next((box for box in boxes if any(_leads(field.key, path) for field in box.section.fields)), None)
    if box is None:
        return False
    target = await _furthest(await box.shown(), path, root)
    for node in target.ancestors_with_self:  # who is sent to a field sees it, also where it would not matter
        if isinstance(node, FieldInput) and isinstance(node, Widget):
            node.display = True
    first = first_focusable(target)
    if first is not None:
        first.focus()
    return first is not None


def go_to_trouble(form: DOMNode) -> None:
    """The cursor to the first field with something wrong; an entry that hides it is opened."""
    for widget in form.query(Widget):
        if isinstance(widget, EntryLine) and widget.wrong and widget.body is None:
            widget.owner.open(widget)
            return
        if isinstance(widget, FieldInput) and widget.note[1] == "bad" and widget.focusable:
            widget.focus()
            return


def _leads(place: str, path: str) -> bool:
    """Whether the path names that place, or one inside it."""
    return path == place or path.startswith((f"{place}.", f"{place}["))


async def _furthest(fields: FieldList, path: str, root: Group) -> Widget:
    """The last widget on the path's way, from the record's own field inwards; entries on it are opened."""
    found: Widget = fields
    for place, group, key in list(root.places()):
        if not _leads(place, path):
            continue
        if key:
            found = _input(fields, group, key) or found
        elif isinstance(found, EntryList):
            line = next((line for line in found.lines if line.entry is group), None)
            found = found if line is None else await found.shown(line)
    return _first_line(found) if isinstance(found, EntryList) else found


def _input(fields: FieldList, group: Group, key: str) -> Widget | None:
    """The input of the value `key` of `group`, also inside tables and open entries."""
    for inside in fields.lists():
        if isinstance(inside, GoalList) and inside.holds(group, key):
            return inside
        for child in inside.children:
            if isinstance(child, FieldInput) and child.slot.group is group and child.slot.key == key:
                return child
    return None


def _first_line(entries: EntryList) -> Widget:
    """The first entry, which Enter opens; where there is none, the line that adds one."""
    return entries.lines[0] if entries.lines else entries.query_one(AddLine)
