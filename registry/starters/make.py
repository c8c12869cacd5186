"""Making a new registry from a starter: one commit, made by whoever makes it (DESIGN.md section 6, `vanort init`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from registry.change import Change
from registry.errors import BadInput
from registry.git.bulk import making
from registry.git.sources import WorktreeSource
from registry.git.writer import Write, commit
from registry.messages import compose
from registry.records.refs import path_of, ref_of
from registry.records.values import Data, Value
from registry.snapshot import Snapshot
from registry.store import Store
from registry.toml_files import edit, read
from registry.words import LANGUAGES, _, speaking

STARTERS: Final = ("torsby", "blank", "demo")
"""What `vanort init --starter` takes."""
_HERE: Final = Path(__file__).parent
_BESIDE: Final = {"README.md": "README.md", ".gitattributes": "gitattributes"}
"""What lies beside the records → what it is called here, where Git shall not take notice of it."""


def init(
    folder: Path,
    starter: str = "torsby",
    *,
    municipality: str = "",
    language: str = "",
    identity: tuple[str, str] | None = None,
    today: date | None = None,
) -> Store:
    """A new registry in `folder`, which must be empty or not exist, with its first commit.

    `municipality` names the one that a blank registry is for. `language` ("sv" or "en") is that of history and
    reports; "" is the starter's own. `identity` (name, e-mail address) is kept in the registry's own settings; None
    takes Git's. Raises `BadInput`, `Refused` and `GitTrouble`, and then leaves the folder as it was.
    """
    name = " ".join(municipality.split())
    _require_sense(starter, name, language)
    if starter == "demo":
        from registry.starters.demo.make import make_demo

        store = make_demo(folder, until=today - timedelta(days=1) if today else None)
        if identity is not None:
            store.repo.set_identity(*identity)
        return store
    with making(folder) as repo:
        if identity is not None:
            repo.set_identity(*identity)
        files = dict(_files(starter, name, language, today or date.today()))
        records = {ref: read(files[path]) for path in files if (ref := ref_of(path))}
        empty = Snapshot(WorktreeSource(repo, None))
        opened: dict[str, Data | None] = {ref: records[ref] for ref in _in_order(records)}
        spoken = str(records["registry"]["language"])
        change = Change(opened, _why(starter, records, spoken), act="init")
        commit(repo, Write(files, compose(change, empty, spoken), base=None))
        return Store(repo)


def beside(note: str = "") -> dict[str, bytes]:
    """The files that lie beside the records: the data folder's README, with `note` said first, and `.gitattributes`."""
    files = {name: (_HERE / "data_folder" / source).read_bytes() for name, source in _BESIDE.items()}
    if note:
        files["README.md"] = f"> {note}\n\n".encode() + files["README.md"]
    return files


def starter_files(starter: str) -> dict[str, bytes]:
    """The records' files of a starter, as they are shipped."""
    folder = _HERE / starter
    return {place.relative_to(folder).as_posix(): place.read_bytes() for place in sorted(folder.rglob("*.toml"))}


def _require_sense(starter: str, municipality: str, language: str) -> None:
    if starter not in STARTERS:
        raise BadInput(
            _("There is no starter “%(name)s”.") % {"name": starter},
            _("Choose one of %(names)s.") % {"names": ", ".join(STARTERS)},
        )
    if language and language not in LANGUAGES:
        raise BadInput(
            _("A registry is kept in %(languages)s, not in “%(language)s”.")
            % {"languages": ", ".join(LANGUAGES), "language": language},
            _("Choose one of %(names)s.") % {"names": ", ".join(LANGUAGES)},
        )
    if starter == "blank" and not municipality:
        raise BadInput(
            _("A blank registry needs the municipality's name."), _("Give it: --municipality “Granhult kommun”.")
        )
    if starter != "blank" and municipality:
        raise BadInput(
            _("The starter %(name)s has its municipality already.") % {"name": starter},
            _("Leave the name out, or choose the starter blank."),
        )
    if starter == "demo" and language not in {"", "sv"}:
        raise BadInput(_("The demo's history is in Swedish."), _("Leave the language out."))


def _files(starter: str, municipality: str, language: str, today: date) -> Iterator[tuple[str, bytes]]:
    """Path → content of all files of the first commit; the shipped ones edited in place, so that comments stay."""
    yield from beside().items()
    for path, content in starter_files(starter).items():
        data = read(content)
        wanted: dict[str, Value] = dict(data)
        if path == path_of("registry"):
            wanted["opened"] = today
            wanted["language"] = language or data["language"]
            wanted["municipality"] = municipality or data["municipality"]
        elif path == path_of("policy") and starter == "blank":
            with speaking(language or "sv"):
                wanted["title"] = _("Policy for international contacts")
        yield path, edit(content.decode("utf-8"), wanted).encode("utf-8")


def _in_order(records: Mapping[str, Data]) -> list[str]:
    """The registry and its policy first, as on the screens."""
    return sorted(records, key=lambda ref: (ref != "registry", ref != "policy", ref))


def _why(starter: str, records: Mapping[str, Data], language: str) -> str:
    with speaking(language):
        if starter == "blank":
            return _("A new registry, with a policy still to be filled in.")
        return _("A new registry, with what stands in %(policy)s and nothing else.") % {
            "policy": records["policy"]["title"]
        }
