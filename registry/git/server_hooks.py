"""The hooks of a server's repository (githooks(5)), as the shell's programs that they are.

`pre-receive` has Vänort judge what arrives before any of it is taken in. `post-receive` has what was taken out of the
people book forgotten at once: its objects by name, a pack that has them is made anew, and the list of commits is dropped;
nothing else is pruned, since what others are pushing at the same moment is reachable from nowhere yet.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Final

from registry.words import _

MARK: Final = "# vanort serve-setup"
"""By which a hook is known to be ours."""

_PRE_RECEIVE: Final = """#!/bin/sh
%(mark)s
while read -r old new ref; do
    case $ref in
    refs/heads/*)
        %(check)s "$new" --since "$old" >&2 || exit 1
        ;;
    refs/vanort/people)
        case $new in
        *[!0]*)
            if [ "$(git rev-list --count "$new")" != 1 ]; then
                echo %(past)s >&2
                exit 1
            fi
            ;;
        *)
            echo %(deleted)s >&2
            exit 1
            ;;
        esac
        ;;
    refs/tags/*) ;;
    *)
        echo %(other)s >&2
        exit 1
        ;;
    esac
done
"""

_POST_RECEIVE: Final = """#!/bin/sh
%(mark)s
objects_of() {
    for name in "$1" "$1^{tree}" "$1:people.toml"; do
        git rev-parse --quiet --verify --end-of-options "$name"
    done
}

while read -r old new ref; do
    [ "$ref" = refs/vanort/people ] || continue
    case $old in
    *[!0]*) ;;
    *) continue ;;
    esac
    kept=" $(objects_of "$new" | tr '\\n' ' ')"
    packed=
    for object in $(objects_of "$old"); do
        case $kept in *" $object "*) continue ;; esac
        rest=${object#??}
        rm -f "objects/${object%%"$rest"}/$rest"
        ! git cat-file -e "$object" 2>/dev/null || packed=yes
    done
    [ -z "$packed" ] || git repack -a -d -q
    rm -rf objects/info/commit-graph objects/info/commit-graphs
done
"""


def pre_receive(program: Sequence[str], language: str) -> str:
    """The hook that has `program` (Vänort, by its whole path) judge what arrives, in a language."""
    return _PRE_RECEIVE % {
        "mark": MARK,
        "check": shlex.join([*program, "--lang", language, "-r", ".", "check", "--rev"]),
        "past": shlex.quote(_("The people book has no past: only a version without a parent is taken in.")),
        "deleted": shlex.quote(_("The people book is replaced and never removed.")),
        "other": shlex.quote(_("Only branches, tags and the people book are taken in here.")),
    }


def post_receive() -> str:
    """The hook that forgets what was taken out of the people book."""
    return _POST_RECEIVE % {"mark": MARK}
