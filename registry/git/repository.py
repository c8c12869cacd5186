"""A registry's folder as Git sees it: where it is, where its branch stands, who acts, what is in the way."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from registry.errors import BadInput, GitTrouble, NotFound, Refused
from registry.git import finding, merge_driver, refs, trouble
from registry.git.run import Git
from registry.plain_text import line
from registry.words import _

if TYPE_CHECKING:
    from registry.git.objects import ObjectReader

Unfinished = Literal["merge", "rebase", "cherry-pick", "revert", "bisect"]

_UNFINISHED: Final[tuple[tuple[str, Unfinished], ...]] = (
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("BISECT_LOG", "bisect"),
)
_OWN_SETTINGS: Final = (
    ("core.fsync", "committed,reference"),  # a saved change survives a power cut
    ("core.autocrlf", "false"),  # the bytes on disk are the bytes in the history
    ("core.quotepath", "off"),
    *merge_driver.SETTINGS,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who acts: the name and e-mail address of a commit's author line."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class State:
    """Where the work tree stands.

    `branch` is the short name (None: detached HEAD), `head` the commit id (None: no commit yet), `unfinished` what
    someone began with Git and has not ended, `locked` that an `index.lock` is there, `writable` that the folder and
    its history can be written.
    """

    branch: str | None
    head: str | None
    unfinished: Unfinished | None
    locked: bool
    writable: bool


class Repository:
    """One registry's Git repository. It holds no state but where things are, and may be shared by threads.

    `folder` is the top of the work tree (the repository itself if bare), `git_dir` the work tree's own git folder
    and `common_dir` the one that all work trees share (the same but for linked work trees).
    """

    __slots__ = ("_commits", "bare", "common_dir", "folder", "git", "git_dir", "reader")

    def __init__(self, folder: Path, git_dir: Path, common_dir: Path, *, bare: bool = False) -> None:
        self.folder, self.git_dir, self.common_dir, self.bare = folder, git_dir, common_dir, bare
        self.git = Git(folder)
        self._commits: set[str] = set()  # ids that are known to be commits of this repository
        self.reader: ObjectReader | None = None  # opened by what lives long enough to gain by it, see `Store.keep_open`

    # ---------------------------------------------------------------- finding and making

    @classmethod
    def open(cls, folder: Path, *, allow_bare: bool = False) -> Repository:
        """The repository whose top folder is `folder`. Raises `NotFound` or `GitTrouble` with what is wrong."""
        folder = absolute(folder)
        try:
            if not folder.is_dir():
                said = _("%(folder)s is not a folder.") if folder.exists() else _("The folder %(folder)s is not there.")
                raise NotFound(said % {"folder": str(folder)}, _("Give the folder that holds registry.toml."))
            os.scandir(folder).close()
            usual = finding.usual(folder)
            found = cls(folder, *usual) if usual else cls._ask_git(folder)
        except PermissionError as error:
            raise GitTrouble(*trouble.not_permitted(folder)) from error
        except OSError as error:
            raise trouble.from_os_error(folder, error) from error
        if found.bare and not allow_bare:
            raise GitTrouble(*trouble.bare(folder))
        return found

    @classmethod
    def _ask_git(cls, folder: Path) -> Repository:
        git = Git(folder)
        try:
            said = git.text(
                "rev-parse", "--path-format=absolute", "--is-bare-repository", "--git-dir", "--git-common-dir"
            )
        except trouble.GitFailed as error:
            top = finding.enclosing(folder.parent)
            if top is not None and "not a git repository" in error.output.lower():
                raise GitTrouble(
                    _("%(folder)s lies inside %(top)s, whose history it shares.") % {"folder": folder, "top": top},
                    _("Open %(top)s instead, or choose another folder.") % {"top": top},
                ) from error
            raise
        bare, git_dir, common_dir = said.split("\n")
        if bare != "true" and (top_level := git.text("rev-parse", "--show-toplevel")):
            folder = folder if folder.samefile(top_level) else Path(top_level)
        return cls(folder, Path(git_dir), Path(common_dir), bare=bare == "true")

    @classmethod
    def discover(cls, start: Path, *, allow_bare: bool = False) -> Repository:
        """The registry that contains `start`: the nearest work tree with a `registry.toml`, on disk or saved.

        With `allow_bare` a server's repository serves as well: by what is saved in it, and where it is `start` itself
        even before that, since its hook is asked before anything is.
        """
        start = absolute(start)
        if not os.path.lexists(start):
            raise NotFound(
                _("The folder %(folder)s is not there.") % {"folder": str(start)},
                _("Give the folder of a registry, or make one: vanort init FOLDER"),
            )
        for folder in (start, *start.parents):
            if not (folder / ".git").exists() and not (
                allow_bare and folder.name != ".git" and finding.looks_bare(folder)
            ):
                continue
            repository = cls.open(folder, allow_bare=allow_bare)
            named = repository.bare and folder == start
            if named or os.path.lexists(folder / "registry.toml") or repository.saved("registry.toml"):
                return repository
        raise NotFound(
            _("There is no registry in %(folder)s or above it.") % {"folder": str(start)},
            _("Go to the registry's folder, give it with -r FOLDER, or make one: vanort init FOLDER"),
        )

    @classmethod
    def create(cls, folder: Path) -> Repository:
        """A new repository with the branch `main` in `folder`, which must be empty or not exist. Raises `Refused`."""
        folder = absolute(folder)
        existed = folder.exists()
        require_free(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise trouble.from_os_error(folder, error) from error
        try:
            git = Git(folder)
            git.text("init", "--quiet", "--initial-branch=main")
            repository = cls.open(folder)
            repository.keep_own_settings()
        except BaseException:
            shutil.rmtree(folder / ".git", ignore_errors=True)
            if not existed:
                with contextlib.suppress(OSError):
                    folder.rmdir()
            raise
        return repository

    def keep_own_settings(self) -> None:
        """Have Git keep this repository as a registry needs it."""
        for key, value in _OWN_SETTINGS:
            self.set_config(key, value)

    # ---------------------------------------------------------------- where it stands

    @property
    def local_dir(self) -> Path:
        """Where this copy keeps what is never committed: `vanort` in the common git folder. It may not exist yet."""
        return self.common_dir / "vanort"

    def make_local_dir(self, *parts: str) -> Path:
        """The folder `parts` under `local_dir`, made if needed, readable by its owner alone. Raises `GitTrouble`."""
        folder = self.local_dir.joinpath(*parts)
        try:
            self.local_dir.mkdir(mode=0o700, exist_ok=True)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise trouble.from_os_error(self.folder, error) from error
        return folder

    def has_journal(self) -> bool:
        """Whether a save is under way here, or was cut off; `registry.git.recovery` tells them apart."""
        try:
            return any(place.is_dir() for place in (self.local_dir / "journal").iterdir())
        except OSError:
            return False

    def at_head(self) -> refs.Head:
        """The branch that HEAD is on, by its full name, and its commit. Raises `GitTrouble` where the history is gone."""
        try:
            return refs.read_head(self.git_dir, self.common_dir)
        except refs.Unreadable:
            args = ("symbolic-ref", "--quiet", "HEAD")
            code, out, err = self.git.start(*args).result()
            if code > 1:  # it is not merely detached
                raise trouble.failed(self.folder, args, code, err) from None
            name = out.decode("utf-8", "replace").strip() or None
            code, out, _err = self.git.start("rev-parse", "--verify", "--quiet", "HEAD^{commit}").result()
            return refs.Head(name, out.decode("ascii").strip() if code == 0 else None)

    def head(self) -> str | None:
        """The commit id of HEAD, or None if there is no commit yet."""
        return self.at_head().commit

    def branch(self) -> str | None:
        """The short name of the branch that HEAD is on, or None if HEAD is detached."""
        name = self.at_head().branch
        return name.removeprefix("refs/heads/") if name else None

    def unfinished(self) -> Unfinished | None:
        """What someone began with Git in this work tree and has not ended."""
        return next((kind for name, kind in _UNFINISHED if (self.git_dir / name).exists()), None)

    def state(self) -> State:
        """All of the above at once; looks at files only, without a process."""
        head = self.at_head()
        return State(
            branch=head.branch.removeprefix("refs/heads/") if head.branch else None,
            head=head.commit,
            unfinished=self.unfinished(),
            locked=(self.git_dir / "index.lock").exists(),
            writable=all(os.access(place, os.W_OK) for place in {self.folder, self.git_dir, self.common_dir}),
        )

    # ---------------------------------------------------------------- commits by name and by day

    def resolve(self, rev: str) -> str:
        """The commit id that `rev` names. Raises `NotFound`; a `rev` is never taken for an option."""
        if rev in self._commits or self._reads_commit(rev):
            return rev
        strange = not rev or "\0" in rev or "\n" in rev
        found = None if strange else self._named(f"{rev}^{{commit}}")
        if found is None:
            raise NotFound(
                _("There is no such version: %(rev)s") % {"rev": line(rev) or "–"},
                _("Give a commit from vanort log, a branch, or a day such as 2026-05-04."),
            )
        self._commits.add(found)
        return found

    def at(self, text: str) -> str:
        """The commit that `text` means: a revision, or a day (`registry.git.days`).

        A day is the last first-parent commit before that day's end, local time, whatever a clock said that was wrong
        (`registry.git.chronology`). Raises `NotFound`.
        """
        from registry.git import chronology, days  # with the calendar, which the first frame does without

        day = days.as_day(text)
        if day is None:
            return self.resolve(text)
        if (head := self.head()) is None:
            raise NotFound(_("Nothing has been saved in this registry yet."))
        found = chronology.as_of(self, head, days.end_of(day))
        if not found and self.shallow_at():
            raise NotFound(
                _("This copy does not reach back to %(day)s: it has only the latest part of the history.")
                % {"day": day.isoformat()},
                _("Fetch all of it: git fetch --unshallow"),
            )
        if not found:
            raise NotFound(
                _("The registry has no history on %(day)s: it begins later.") % {"day": day.isoformat()},
                _("vanort log shows when it begins."),
            )
        return found

    def shallow_at(self) -> frozenset[str]:
        """The commits at which the history of this copy ends though it went on (gitrepository-layout(5), `shallow`)."""
        try:
            return frozenset((self.common_dir / "shallow").read_text(encoding="ascii").split())
        except FileNotFoundError:
            return frozenset()
        except (OSError, ValueError) as error:
            raise GitTrouble(*trouble.damaged(self.folder, "shallow")) from error

    def tree(self, commit: str) -> str:
        """The tree id of `commit`, which is one of the history. Raises `GitTrouble` where the history lacks it."""
        try:
            return self.resolve_object(f"{commit}^{{tree}}")
        except NotFound as error:
            raise GitTrouble(*trouble.damaged(self.folder, line(commit))) from error

    def resolve_object(self, name: str) -> str:
        """The id of the object that `name` means, of any kind. Raises `NotFound`."""
        found = self._named(name)
        if found is None:
            raise NotFound(_("There is no such version: %(rev)s") % {"rev": line(name)})
        return found

    def _reads_commit(self, rev: str) -> bool:
        """Whether `rev` is the whole id of a commit, where that can be looked up without a process."""
        found = self.reader.object(rev) if self.reader is not None and refs.is_id(rev) else None
        return found is not None and found[0] == "commit"

    def _named(self, name: str) -> str | None:
        """The id of what `name` means, None for nothing. Raises `GitTrouble` where Git could not even look."""
        args = ("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        code, out, err = self.git.start(*args).result()
        if code == 0:
            return out.decode("ascii").split()[-1]
        if (
            failed := trouble.failed(self.folder, args, code, err)
        ).hint:  # its settings, or the whole history, are gone
            raise failed
        return None

    def saved(self, path: str) -> bool:
        """Whether HEAD has something at `path`."""
        return self.head() is not None and self.git.ok("cat-file", "-e", f"HEAD:{path}")

    # ---------------------------------------------------------------- who acts, and settings

    def identity(self) -> Identity | None:
        """Who Git would name as author, if someone has told it (settings or environment); never its own guess."""
        return _identity(self.git)

    def set_identity(self, name: str, email: str) -> None:
        """Keep who acts in the repository's own settings. Raises `BadInput` for what no commit can hold."""
        for value in (name, email):
            if not value.strip(" .,:;<>\"'\\") or any(not char.isprintable() or char in "<>" for char in value):
                raise BadInput(
                    _("A name and an e-mail address are needed, without line breaks and < >."),
                    _("For example: Anna Exempel, international@example.org"),
                )
        self.set_config("user.name", name.strip())
        self.set_config("user.email", email.strip())

    def config(self, key: str) -> str | None:
        """The value of Git's setting `key`, wherever it is set, or None."""
        code, out, _err = self.git.start("config", "--null", "--get", key).result()
        return out.decode("utf-8", "replace").removesuffix("\0") if code == 0 else None

    def set_config(self, key: str, value: str) -> None:
        """Set Git's setting `key` in the repository's own config."""
        self.git.text("config", "--local", "--replace-all", "--", key, value)


def require_free(folder: Path) -> None:
    """Raises `Refused` unless a registry can be made in `folder`: it is empty or not there, and in no other's history."""
    try:
        if folder.exists() and not folder.is_dir():
            raise Refused(_("%(folder)s is not a folder.") % {"folder": folder}, _("Choose another name."))
        if folder.exists() and any(folder.iterdir()):
            raise Refused(
                _("The folder %(folder)s is not empty.") % {"folder": folder}, _("Choose a new or an empty folder.")
            )
    except OSError as error:
        raise trouble.from_os_error(folder, error) from error
    if (top := finding.enclosing(folder.parent)) is not None:
        raise Refused(
            _("%(folder)s lies inside %(top)s, which has a history of its own.") % {"folder": folder, "top": top},
            _("Choose a folder outside it."),
        )


def absolute(folder: Path) -> Path:
    """The folder under the name that the user knows it by, which `resolve()` would lose. Raises `NotFound`."""
    try:
        return Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100
    except FileNotFoundError as error:
        raise NotFound(
            _("The folder that you are working in is no longer there."), _("Go to another one, for example: cd ~")
        ) from error
    except RuntimeError as error:  # ~nobody
        raise NotFound(
            _("The folder %(folder)s is not there.") % {"folder": line(str(folder))},
            _("Give the folder of a registry, or make one: vanort init FOLDER"),
        ) from error


def known_identity() -> Identity | None:
    """Who Git would name as author in a repository that is yet to be made."""
    return _identity(Git(Path.home()))


def _identity(git: Git) -> Identity | None:
    code, out, _err = git.start("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT").result()
    found = re.fullmatch(r"(.*) <(.*)> \d+ [+-]\d+", out.decode("utf-8", "replace").strip())
    if code != 0 or found is None or not found[1] or not found[2]:
        return None
    return Identity(found[1], found[2])
