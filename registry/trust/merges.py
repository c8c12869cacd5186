"""What a merge may do: bring together what its sides did, and settle what both changed. Pure.

A file that only one side changed since they parted has to come out as that side left it. What both changed may come out in
any way, since fields are merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from registry.git.stored_commits import Touched
from registry.messages import Message
from registry.records.refs import is_ref, ref_of
from registry.trust.facts import Fact


def judge(
    message: Message,
    sides: Sequence[Sequence[Touched]],
    since: Sequence[Touched] | None,
    *,
    outside: bool,
) -> Iterator[Fact]:
    """What a merge did that it may not.

    `sides` are the differences from each parent to the merge, `since` those from where the sides parted to the first
    parent; None where they have no one such place. One made `outside` the app is told of, not condemned.
    """
    if not outside:
        reached = {ref for side in sides for each in side if (ref := ref_of(each.path))}
        yield from (
            Fact("not-done", ref if is_ref(ref) else ref[:100]) for ref in message.all("Record") if ref not in reached
        )
    if since is None:
        return
    settled = {value.split(" ", 1)[0] for value in message.all("Settled")}
    base = {each.path: each.old for each in since}
    for path, (result, parents) in _files(sides).items():
        ref = ref_of(path) or ""
        was = base.get(path, parents[0])
        changed = {blob for blob in parents if blob != was}
        if ref in settled or len(changed) > 1 or result in (changed or {was}):
            continue
        code = "merge-lost" if result == was else "merge-more"
        yield Fact(f"{code}-outside" if outside else code, ref, values=() if ref else (path,))


def _files(sides: Sequence[Sequence[Touched]]) -> Mapping[str, tuple[str | None, list[str | None]]]:
    """Path → its blob in the merge, and in each parent; of all files that differ from one of them."""
    found: dict[str, tuple[str | None, list[str | None]]] = {}
    for side in sides:
        for each in side:
            found.setdefault(each.path, (each.new, [each.new] * len(sides)))
    for number, side in enumerate(sides):
        for each in side:
            found[each.path][1][number] = each.old
    return found
