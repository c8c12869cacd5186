"""Whether a commit's trailers tell what its tree did: `Record:`, `Change:` and `Renamed-From:`, never the prose; and
whether there is such a clause as it says that it goes against.

Pure. What a merge may do is `registry.trust.merges`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, get_args

from registry.change import Act
from registry.git.stored_commits import Touched
from registry.messages import Message
from registry.policy.clauses import GRAVEST
from registry.records.kinds import kind_of
from registry.records.refs import folder_of, is_ref, ref_of
from registry.records.values import Data, Value
from registry.references import renamed
from registry.toml_files import normal, same
from registry.trust.facts import Fact
from registry.trust.signers import FILE

SIGNING: Final = "signing"
"""The act of a commit that says who may sign; it touches no record."""
_ACTS: Final = frozenset({*get_args(Act), SIGNING})
_BESIDE_RECORDS: Final = frozenset({"init", "merge"})
"""Acts that may bring in files which are no records."""


def made_outside(message: Message) -> bool:
    """Whether the commit says nothing of what it did: it was made with plain Git."""
    return not message.one("Change")


def clauses(message: Message) -> Iterator[Fact]:
    """The clauses that the commit says it goes against, and that no version of the policy's rules has."""
    for clause in dict.fromkeys((*message.all("Policy-Override"), *message.all("Policy-Breach"))):
        if clause not in GRAVEST:
            yield Fact("unknown-clause", values=(clause[:100],))


def compare(message: Message, touched: Sequence[Touched], read: Callable[[str | None], Data | None]) -> Iterator[Fact]:
    """Where the trailers of an ordinary commit and its tree differ; `read` gives the record in a blob, if it is one."""
    act = message.one("Change")
    by_ref = {ref: each for each in touched if (ref := ref_of(each.path))}
    told = frozenset(message.all("Record"))
    gone = frozenset(message.all("Renamed-From"))
    if act not in _ACTS or len(message.all("Change")) > 1:
        yield Fact("unknown-act", values=(", ".join(message.all("Change")),))
    for ref in by_ref:
        if ref not in told | gone:
            yield Fact("untold", _shown(ref))
    for ref in sorted(told - by_ref.keys()):
        if act != "hand-edit":  # one that changes line ends alone changes nothing that is kept
            yield Fact("not-done", _shown(ref))
    yield from _beside(act, touched)
    yield from _renames(message, by_ref, read)
    if act in {"new", "set", "delete"}:
        for ref in sorted(told & by_ref.keys()):
            did = _did(by_ref[ref])
            if did != act:
                yield Fact(f"{act}-{did}", _shown(ref))


def _shown(ref: str) -> str:
    """A REF; what is none goes by as a field of the sentence would, shortened."""
    return ref if is_ref(ref) else ref[:100]


def _did(touched: Touched) -> str:
    return "new" if touched.old is None else "delete" if touched.new is None else "set"


def _beside(act: str, touched: Sequence[Touched]) -> Iterator[Fact]:
    """Files that are no records, changed by an act that is about records; of signing, the other way about."""
    for each in touched:
        allowed = each.path == FILE if act == SIGNING else act in _BESIDE_RECORDS or ref_of(each.path) is not None
        if not allowed:
            yield Fact("beside", "" if act != SIGNING else (ref_of(each.path) or ""), values=(each.path, act))


def _renames(
    message: Message, by_ref: Mapping[str, Touched], read: Callable[[str | None], Data | None]
) -> Iterator[Fact]:
    """What is said to have been another record's name: that is gone, and the same record stands under a new one."""
    told = set(message.all("Record"))
    for old in message.all("Renamed-From"):
        was = by_ref.get(old)
        new = [ref for ref in told if ref in by_ref and _did(by_ref[ref]) == "new" and folder_of(ref) == folder_of(old)]
        if was is None or _did(was) != "delete" or not new:
            yield Fact("not-renamed", _shown(old))
            continue
        if message.one("Change") != "rename":
            continue  # brought back under its old name, and perhaps changed: the merge of an undo
        before = read(was.old)
        if before is not None and not any(_is_same(old, ref, before, read(by_ref[ref].new)) for ref in new):
            yield Fact("renamed-and-changed", _shown(new[0]), values=(old,))


def _is_same(old: str, new: str, before: Data, after: Data | None) -> bool:
    """Whether a record is the same under another name: but for references to itself, and ids that its entries got."""
    if after is None:
        return False
    plain = _without_ids(after)
    return any(
        same(normal(_table(_without_ids(data))), normal(_table(plain)))
        for data in (before, renamed(kind_of(new), before, old, new))
    )


def _table(value: Value) -> Data:
    return value if isinstance(value, Mapping) else {}


def _without_ids(value: Value) -> Value:
    if isinstance(value, Mapping):
        return {key: _without_ids(item) for key, item in value.items() if key != "id"}
    return [_without_ids(item) for item in value] if isinstance(value, list) else value
