"""Verdicts by commit, kept between runs (`.git/vanort/cache/verify.msgpack`): local, and made anew where it is of no use.

What a verdict depends on is in the commit's id (its tree, its parents and so who might sign), and in the version of what
judges. What depends on this copy or this computer is not kept.
"""

from __future__ import annotations

import contextlib
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

from registry.git.repository import Repository
from registry.git.summary_cache import keep_whole
from registry.trust.facts import Verdict

_VERSION: Final = 2
"""Of the file, and of what judges: raised whenever a commit could come out otherwise."""
_NAME: Final = "verify.msgpack"


class Whole(NamedTuple):
    """A history that was gone through to its end."""

    tip: str
    commits: int
    signed: int
    required: int
    told: list[str]
    """The commits of it that there is anything to tell of, newest first."""


class _Kept(NamedTuple):
    version: int
    plain: bytes
    """The ids of commits that nothing is to be told of, one after the other; in `signed` those that had to be."""
    signed: bytes
    told: dict[str, Verdict]
    whole: Whole | None


class VerdictCache:
    """What is known of commits already."""

    def __init__(self, repo: Repository, width: int) -> None:
        """`width` is the length of an id, in bytes."""
        self._repo, self._width = repo, width
        self._kept = _load(repo)
        self._new: dict[bytes, Verdict] = {}
        self._written: dict[bytes, Verdict] = {}

    @property
    def whole(self) -> Whole | None:
        """The history that was gone through last."""
        return self._kept.whole

    def get(self, commit: str) -> Verdict | None:
        """What was found of a commit; None where it is not known."""
        told = self._kept.told.get(commit)
        if told is not None:
            return told
        key = bytes.fromhex(commit)
        if key in self._plain:
            return _PLAIN
        return _SIGNED if key in self._signed else self._new.get(key) or self._written.get(key)

    def add(self, commit: str, verdict: Verdict) -> None:
        """Keep a verdict, to be written with `keep`."""
        self._new[bytes.fromhex(commit)] = verdict

    def keep(self, whole: Whole | None = None) -> None:
        """Write what was added, and the history that is `whole` now."""
        kept = self._kept
        whole = whole or kept.whole
        if not self._new and whole == kept.whole:
            return
        plain = [key for key, verdict in self._new.items() if verdict == _PLAIN]
        signed = [key for key, verdict in self._new.items() if verdict == _SIGNED]
        told = {key.hex(): verdict for key, verdict in self._new.items() if not verdict.plain}
        new = _Kept(
            _VERSION,
            b"".join([kept.plain, *plain]),
            b"".join([kept.signed, *signed]),
            {**kept.told, **told},
            whole,
        )
        keep_whole(self._repo, _NAME, msgspec.msgpack.encode(new))
        self._kept = new
        self._written |= self._new
        self._new = {}

    @cached_property
    def _plain(self) -> frozenset[bytes]:
        return self._cut(self._kept.plain)

    @cached_property
    def _signed(self) -> frozenset[bytes]:
        return self._cut(self._kept.signed)

    def _cut(self, ids: bytes) -> frozenset[bytes]:
        return frozenset(ids[at : at + self._width] for at in range(0, len(ids), self._width))


_PLAIN: Final = Verdict()
_SIGNED: Final = Verdict(signed=True, required=True)


def _load(repo: Repository) -> _Kept:
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        found = msgspec.msgpack.decode((repo.local_dir / "cache" / _NAME).read_bytes(), type=_Kept)
        if found.version == _VERSION:
            return found
    return _Kept(_VERSION, b"", b"", {}, None)
