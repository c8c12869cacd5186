"""What a merge may do: bring together what its sides did, and settle what both changed. Pure.

A file that only one side changed since they parted has to come out as that side left it, but for names that the other has
given (`registry.trust.followed`). What both changed may come out in any way, since fields are merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from registry.git.stored_commits import Touched
from registry.messages import Message
from registry.records.refs import is_ref, ref_of
from registry.records.values import Data
from registry.trust.facts import Fact
from registry.trust.followed import File, Followed

_PAIR: Final = 2


def judge(
    message: Message,
    sides: Sequence[Sequence[Touched]],
    since: Sequence[Touched] | None,
    read: Callable[[str], Data | None],
    *,
    outside: bool,
) -> Iterator[Fact]:
    """What a merge did that it may not.

    `sides` are the differences from each parent to the merge, `since` those from where the sides parted to the first
    parent; None where they have no one such place; `read` gives the record in a blob, if it is one. One made `outside`
    the app is told of, not condemned.
    """
    if not outside:
        reached = {ref for side in sides for each in side if (ref := ref_of(each.path))}
        yield from (
            Fact("not-done", ref if is_ref(ref) else ref[:100]) for ref in message.all("Record") if ref not in reached
        )
    if since is None:
        return
    settled = {value.split(" ", 1)[0] for value in message.all("Settled")}
    files = _files(sides, {each.path: each.old for each in since})
    followed = Followed(files, read) if len(sides) == _PAIR else None
    for path, (result, parents, was) in files.items():
        ref = ref_of(path) or ""
        changed = {blob for blob in parents if blob != was}
        if (ref or path) in settled or len(changed) > 1 or result in (changed or {was}):
            continue
        if followed is not None and followed.explains(path):
            continue
        code = "merge-lost" if result == was else "merge-more"
        yield Fact(f"{code}-outside" if outside else code, ref, values=() if ref else (path,))


def _files(sides: Sequence[Sequence[Touched]], base: Mapping[str, str | None]) -> dict[str, File]:
    """All files that differ from one of the parents; `base` tells what they were, where that is not as in the first."""
    found: dict[str, tuple[str | None, list[str | None]]] = {}
    for side in sides:
        for each in side:
            found.setdefault(each.path, (each.new, [each.new] * len(sides)))
    for number, side in enumerate(sides):
        for each in side:
            found[each.path][1][number] = each.old
    return {path: File(result, parents, base.get(path, parents[0])) for path, (result, parents) in found.items()}
