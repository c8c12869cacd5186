"""A commit object as `git commit-tree` would make it, without a process, in the ordinary case.

The format is that of git-cat-file(1) for commits: headers, an empty line, the message. Who acts is what git-var(1) would
say; wherever that takes more than a look at plain settings, there is no answer here, and Git is asked.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final

IDENTITY: Final = r"(user|author|committer)\.(name|email)"
"""The settings that say who acts, for `git config --get-regexp`."""
_STRIPPED: Final = " .,:;<>\"\\'"
"""What Git takes away at either end of a name."""


def plain_commit(
    tree: str, parents: Sequence[str], message: str, settings: Mapping[str, Sequence[str]], env: Mapping[str, str]
) -> bytes | None:
    """The commit's content, made now; None where only Git knows who acts, or what to say of the message.

    `settings` are Git's, of `IDENTITY` at least, the last of several values counting; `env` is Git's environment.
    """
    author, committer = (_identity(role, settings, env) for role in ("author", "committer"))
    if author is None or committer is None or "\0" in message or len(parents) > 1:
        return None
    now = int(time.time())
    east = time.localtime(now).tm_gmtoff
    hours, minutes = divmod(abs(east) // 60, 60)
    when = f"{now} {'-' if east < 0 else '+'}{hours:02}{minutes:02}"
    headers = [
        f"tree {tree}",
        *(f"parent {parent}" for parent in parents),
        f"author {author} {when}",
        f"committer {committer} {when}",
    ]
    return "\n".join([*headers, "", message]).encode("utf-8")


def _identity(role: str, settings: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> str | None:
    """``Name <address>`` for the role, "author" or "committer"; None where it is not beyond doubt."""
    if env.get(f"GIT_{role.upper()}_DATE"):
        return None
    said: list[str] = []
    for part in ("name", "email"):
        configured = settings.get(f"{role}.{part}") or settings.get(f"user.{part}") or [""]
        value = env.get(f"GIT_{role.upper()}_{part.upper()}", configured[-1])
        if not value or value != value.strip(_STRIPPED) or not value.isprintable() or set("<>\ufffd") & set(value):
            return None
        said.append(value)
    return f"{said[0]} <{said[1]}>"
