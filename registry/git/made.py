"""A commit's objects, made without touching anything else: blobs, the folders on the way to them, the commit itself."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from registry.git import files, loose, trees
from registry.git.commits import IDENTITY, plain_commit
from registry.git.hooks import HookRefused, Hooks
from registry.git.journal import Entry
from registry.git.objects import read_objects
from registry.git.repository import Repository
from registry.git.run import Git, git_environment
from registry.git.versions import Held
from registry.words import _

DURABLE: Final = ("-c", "core.fsync=committed,reference")
"""What is saved is on the disk, also in a clone that nobody has given our settings."""

_SETTINGS: Final = rf"^(commit\.gpgsign|core\.hookspath|extensions\.objectformat|hook\..*|{IDENTITY})$"
_PLAIN: Final = "100644"
_LOOSE: Final = 100
"""Fewer objects are stored one by one, more as a pack: Git's own measure for what a push brings."""


class Says(NamedTuple):
    """What a commit says beside its tree."""

    message: str
    parents: Sequence[str]
    author: Mapping[str, str]
    """``GIT_AUTHOR_*`` and ``GIT_COMMITTER_*``, where they are not the user's own."""


class _Settings:
    """What the repository's settings say of commits: asked for ahead, waited for when it is wanted."""

    def __init__(self, git: Git) -> None:
        self._asked = git.start("config", "--null", "--get-regexp", _SETTINGS)
        self._known: dict[str, list[str]] | None = None

    def __call__(self) -> dict[str, list[str]]:
        """Names and values of `git config --null --get-regexp`. A name alone means true, and has the value ""."""
        if self._known is None:
            self._known = {}
            for entry in filter(None, self._asked.result()[1].decode("utf-8", "replace").split("\0")):
                name, _break, value = entry.partition("\n")
                self._known.setdefault(name, []).append(value)
        return self._known


class CommitThatIsThere:
    """A commit that need not be made, for who goes on to it: `going` has what it changes, before and after."""

    def __init__(self, repo: Repository, commit: str, going: Mapping[str, tuple[Held | None, ...]]) -> None:
        self._repo, self._settings = repo, _Settings(repo.git)
        self.algorithm: trees.Algorithm = trees.algorithm_of(commit)
        self.present: dict[str, tuple[str, str | None]] = {}
        self.blobs: dict[str, str | None] = {}
        self.entries: list[Entry] = []
        for path, (old, new) in going.items():
            was, now = old or new, new or old
            blobs = old.blob if old else None, new.blob if new else None
            self.present[path] = was.mode if was else _PLAIN, blobs[0]
            self.blobs[path] = blobs[1]
            self.entries.append(Entry(path, *blobs, now.mode if now else _PLAIN))

    def id_of(self, content: bytes) -> str:
        """The blob id of `content`."""
        return trees.object_id("blob", content, self.algorithm)

    @property
    def hooks(self) -> Hooks:
        """The repository's hooks."""
        return Hooks(self._repo, self._settings())


class CommitInTheMaking:
    """The objects of one commit: `files` (path → content, None to delete) laid over `base`."""

    def __init__(
        self,
        repo: Repository,
        base: str | None,
        files: Mapping[str, bytes | None],
        others: Sequence[str],
        modes: Mapping[str, str],
    ) -> None:
        """`others` are paths whose present entries are wanted as well, in `present`; `modes` those that files are to get."""
        self._repo, self._git, self._modes = repo, repo.git, modes
        self._settings = _Settings(repo.git)
        paths = [*files, *others]
        self.algorithm: trees.Algorithm = trees.algorithm_of(base) if base else self._format()
        self._before = self._folders(base, trees.folders_of(paths)) if base else {}
        self.present = {path: self._node(path) for path in paths}
        self._contents = {path: content for path, content in files.items() if content is not None}
        self.blobs = {path: None if content is None else self.id_of(content) for path, content in files.items()}
        self.entries = [
            Entry(path, self.present[path][1], new, modes.get(path, self.present[path][0]))
            for path, new in self.blobs.items()
            if new != self.present[path][1] or modes.get(path, self.present[path][0]) != self.present[path][0]
        ]
        self.tree = ""
        self._plain = ""
        """The commit's id, where it was stored with the rest."""

    def id_of(self, content: bytes) -> str:
        """The blob id of `content`."""
        return trees.object_id("blob", content, self.algorithm)

    @property
    def hooks(self) -> Hooks:
        """The repository's hooks."""
        return Hooks(self._repo, self._settings())

    def store(self, says: Says, beside: Sequence[files.StrPath] = ()) -> None:
        """Give Git the blobs and folders: a few as files of their own, many as a pack, as a push would bring them.

        The commit goes with them where nobody has to be asked first, and the new files `beside` come to the disk too.
        """
        self.tree, folders = trees.edited(self._before, self.blobs, self.algorithm, self._modes)
        objects: trees.Objects = {self.blobs[path] or "": ("blob", new) for path, new in self._contents.items()}
        objects |= folders
        if len(objects) >= _LOOSE:
            self._git.bytes(*DURABLE, "index-pack", "--stdin", input=trees.pack(objects, self.algorithm))
            objects = {}
        if not self._asks_hooks() and (content := self._plainly(says)) is not None:
            self._plain = trees.object_id("commit", content, self.algorithm)
            objects[self._plain] = ("commit", content)
        loose.write(self._repo.common_dir, objects, beside)

    def commit(self, says: Says) -> tuple[str, str]:
        """The commit object, once hooks have agreed, signed if the user's settings say so: its id and its message."""
        message, parents, author = says
        if self._plain:
            return self._plain, message
        if self._asks_hooks():
            message = self._agreed(self.hooks, message, author)
            if (content := self._plainly(Says(message, parents, author))) is not None:
                made = trees.object_id("commit", content, self.algorithm)
                loose.write(self._repo.common_dir, {made: ("commit", content)})
                return made, message
        made = self._git.text(
            *DURABLE,
            *("-c", "i18n.commitEncoding=UTF-8", "-c", "user.useConfigOnly=true"),
            "commit-tree",
            *(["-S"] if self._signed() else []),
            *(part for parent in parents for part in ("-p", parent)),
            self.tree,
            input=message,
            env=author,
        )
        return made, message

    def _asks_hooks(self) -> bool:
        """Whether there are hooks that have a say before there is a commit."""
        return any(map(self.hooks.has, ("pre-commit", "prepare-commit-msg", "commit-msg")))

    def _signed(self) -> bool:
        return self._settings().get("commit.gpgsign", ["false"])[-1].lower() in {"", "true", "yes", "on", "1"}

    def _plainly(self, says: Says) -> bytes | None:
        """The content of an unsigned commit of a plainly configured author; None where Git has to make it."""
        if self._signed():
            return None
        env = git_environment(self._repo.folder, says.author)
        return plain_commit(self.tree, says.parents, says.message, self._settings(), env)

    def _agreed(self, hooks: Hooks, message: str, author: Mapping[str, str]) -> str:
        """Have the hooks look at an index of what is to be committed, no more; returns the message as they left it."""
        with tempfile.TemporaryDirectory(dir=self._repo.make_local_dir("hooks")) as folder:
            written = Path(folder) / "COMMIT_EDITMSG"
            written.write_text(message, encoding="utf-8")
            env = {**author, "GIT_INDEX_FILE": f"{folder}/index"}
            self._git.bytes("read-tree", self.tree, env=env)
            hooks.run("pre-commit", env=env)
            if hooks.has("pre-commit") and self._git.text("write-tree", env=env) != self.tree:
                raise HookRefused(
                    _("The save was refused: the hook pre-commit changed what was to be saved."),
                    _("A hook may accept or refuse a change of the registry, but not alter it."),
                    output="",
                )
            hooks.run("prepare-commit-msg", str(written), "message", env=env)
            hooks.run("commit-msg", str(written), env=env)
            return written.read_text(encoding="utf-8", errors="replace")

    def _folders(self, base: str, wanted: Sequence[str]) -> dict[str, trees.Tree]:
        """The folders of `base` among `wanted`, by path."""
        found = self._loose_folders(base, wanted)
        if found is None:
            answers = read_objects(self._repo, [f"{base}:{folder}" for folder in wanted])
            found = {
                folder: trees.parse_tree(answer[1], self.algorithm)
                for folder, answer in zip(wanted, answers, strict=False)
                if answer is not None and answer[0] == "tree"
            }
        return found

    def _loose_folders(self, base: str, wanted: Sequence[str]) -> dict[str, trees.Tree] | None:
        """The same without a process, or None where one of them isn't in a file of its own."""
        commit = loose.read(self._repo.common_dir, base)
        if commit is None:
            return None
        oids: dict[str, str] = {"": commit[1].split(b"\n", 1)[0].removeprefix(b"tree ").decode("ascii")}
        found: dict[str, trees.Tree] = {}
        for folder in reversed(wanted):  # from the top, whose entries say where the others are
            parent, _slash, name = folder.rpartition("/")
            if folder:
                node = found.get(parent, {}).get(os.fsencode(name))
                if node is None or node.mode != trees.FOLDER:
                    continue
                oids[folder] = node.oid.hex()
            tree = loose.read(self._repo.common_dir, oids[folder])
            if tree is None:
                return None
            found[folder] = trees.parse_tree(tree[1], self.algorithm)
        return found

    def _format(self) -> trees.Algorithm:
        return "sha256" if self._settings().get("extensions.objectformat", [""])[-1] == "sha256" else "sha1"

    def _node(self, path: str) -> tuple[str, str | None]:
        """The mode and blob id that a path has in the base; an ordinary file's mode if it isn't there."""
        folder, _slash, name = path.rpartition("/")
        node = self._before.get(folder, {}).get(os.fsencode(name))
        if node is None or node.mode == trees.FOLDER:
            return _PLAIN, None
        return node.mode.decode("ascii") if node.mode.startswith(b"100") else _PLAIN, node.oid.hex()
