"""The kinds of record that there are, and how a REF or a file finds its own."""

from __future__ import annotations

from typing import Final

from registry.errors import BadInput
from registry.records.department_kind import DEPARTMENT
from registry.records.fields import Kind
from registry.records.policy_kind import POLICY
from registry.records.project_kind import PROJECT
from registry.records.refs import folder_of
from registry.records.registry_kind import REGISTRY
from registry.records.twin_town_kind import TWIN_TOWN
from registry.words import _

FORMAT: Final = 1
"""The format of the data folder that this program writes."""

KINDS: Final[dict[str, Kind]] = {kind.id: kind for kind in (REGISTRY, POLICY, DEPARTMENT, TWIN_TOWN, PROJECT)}
"""By id, in the order of the screens."""
LISTED: Final = tuple(kind.id for kind in KINDS.values() if not kind.single)
"""The kinds that `vanort list` takes."""


def kind_of(ref: str) -> Kind:
    """The kind of a well-formed REF."""
    return KINDS[folder_of(ref)]


def kind_named(name: str) -> Kind:
    """The kind that a person named, ``projects``, ``projekt`` or ``project``. Raises `BadInput`."""
    wanted = name.strip().casefold()
    for kind in KINDS.values():
        if wanted in {kind.id, *(word.casefold() for words in (kind.one, kind.many) for word in (words.sv, words.en))}:
            return kind
    raise BadInput(
        _("“%(name)s” is no kind of record.") % {"name": name},
        _("Write one of %(kinds)s.") % {"kinds": ", ".join(LISTED)},
    )
