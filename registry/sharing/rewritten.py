"""A shared history that no longer has what was seen in it: told, with by whom as far as can be known, and never merged."""

from __future__ import annotations

from collections.abc import Iterable

from registry.errors import GitTrouble, Refused
from registry.git.log import RawCommit, walk
from registry.git.marks import contains
from registry.git.remotes import Remote
from registry.git.repository import Repository
from registry.plain_text import line
from registry.words import _, ngettext

_NAMED = 3


class Rewritten(Refused):
    """What was shared has been taken away, or replaced. Nothing here has moved."""


def require_continued(repo: Repository, remote: Remote, known: Iterable[str | None], tip: str) -> None:
    """Raises `Rewritten` where the commit `tip` does not build on every one that is `known` to have been shared."""
    for seen in known:
        if seen is not None and seen != tip and not contains(repo, tip, seen):
            raise _rewritten(repo, remote, seen, tip)


def _rewritten(repo: Repository, remote: Remote, seen: str, tip: str) -> Rewritten:
    gone, new = _commits(repo, f"{tip}..{seen}"), _commits(repo, f"{seen}..{tip}")
    told = [_gone(remote, seen, gone)]
    if not new:
        return Rewritten(
            " ".join(told),
            _(
                "Perhaps a backup was brought back there. Ask whoever looks after the server; if so, vanort remote "
                "%(address)s and vanort sync put back from here what is missing."
            )
            % {"address": remote.shown},
        )
    names = ", ".join(dict.fromkeys(line(commit.author) for commit in new[: 10 * _NAMED]))
    told.append(
        ngettext(
            "In their place is %(count)s change by %(names)s, the latest “%(subject)s”, %(day)s.",
            "In their place are %(count)s changes by %(names)s, the latest “%(subject)s”, %(day)s.",
            len(new),
        )
        % {"count": len(new), "names": names, "subject": _subject(new[0]), "day": f"{new[0].date:%Y-%m-%d}"}
    )
    return Rewritten(
        " ".join(told),
        _(
            "Nothing has changed here. Talk with them first. If it was a mistake, have the server's branch set back to "
            "%(commit)s, which this copy still has. If it was meant, take a new copy with vanort clone, and make there "
            "what you had not shared."
        )
        % {"commit": seen[:12]},
    )


def _gone(remote: Remote, seen: str, gone: list[RawCommit]) -> str:
    where = {"address": remote.shown, "commit": seen[:12]}
    if not gone:
        return _("What is shared at %(address)s has been rewritten: %(commit)s, seen last, is gone.") % where
    return ngettext(
        "What is shared at %(address)s has been rewritten: %(count)s change is gone, “%(subject)s” by %(author)s, %(day)s.",
        "What is shared at %(address)s has been rewritten: %(count)s changes are gone, the latest “%(subject)s” by "
        "%(author)s, %(day)s.",
        len(gone),
    ) % {
        **where,
        "count": len(gone),
        "subject": _subject(gone[0]),
        "author": line(gone[0].author),
        "day": f"{gone[0].date:%Y-%m-%d}",
    }


def _subject(commit: RawCommit) -> str:
    return line(commit.message.partition("\n")[0])


def _commits(repo: Repository, revs: str) -> list[RawCommit]:
    """The commits, newest first; none where this copy does not have them all."""
    try:
        return list(walk(repo, revs))
    except GitTrouble:
        return []
