"""Which remote, and which of its branches, a registry is shared with: Git's own settings (git-config(1), git-remote(1))."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from registry.errors import BadInput, Refused
from registry.git import addresses, refs
from registry.git.addresses import Address
from registry.git.repository import Repository
from registry.git.run import Git
from registry.plain_text import line
from registry.words import _

USUAL: Final = "origin"
"""What the one remote is called."""
_SETTINGS: Final = r"^(branch\..*\.(remote|merge)|remote\..*\.url|url\..*\.insteadof)$"
_BRANCH: Final = "refs/heads/"


class Remote(NamedTuple):
    """A branch of a remote. `url` is as set, and not to be shown as it is (`addresses.shown`)."""

    name: str
    url: str
    branch: str
    kept: bool = True
    """Whether Git's settings say so; it may be merely the only place there is."""

    @property
    def address(self) -> Address:
        """Where it is. Raises `BadInput` for an address that may not be used."""
        return addresses.parse(self.url)

    @property
    def shown(self) -> str:
        """The address as it may be shown."""
        return addresses.shown(self.url)


def tracking(remote: Remote) -> str:
    """The ref in which this copy keeps where the remote's branch was last."""
    return f"refs/remotes/{remote.name}/{remote.branch}"


def shared_with(repo: Repository) -> Remote | None:
    """The upstream of the branch, else the branch of the same name at the only remote; None where there is none.

    Raises `Refused` where several would do, `BadInput` for a name or an address that may not be used.
    """
    settings = _settings(repo)
    branch = repo.branch() or _followed(settings)
    if branch is None:
        return None
    name, merge = settings.get(f"branch.{branch}.remote"), settings.get(f"branch.{branch}.merge", "")
    urls = {key[7:-4]: value for key, value in settings.items() if key.startswith("remote.") and key.endswith(".url")}
    if name in urls and merge.startswith(_BRANCH):
        return _remote(repo, name, merge.removeprefix(_BRANCH), settings)
    if not urls:
        return None
    if len(urls) > 1:
        raise Refused(
            _("The registry knows several places to share it at: %(names)s.")
            % {"names": ", ".join(f"{line(each)} ({addresses.shown(url)})" for each, url in sorted(urls.items()))},
            _("Say which: vanort remote ADDRESS"),
        )
    (only,) = urls
    return _remote(repo, only, branch, settings)._replace(kept=False)


def _followed(settings: Mapping[str, str]) -> str | None:
    """The one branch that follows another; in the middle of a rebase, or on an old version, that is the registry's."""
    found = {key[7:-7] for key in settings if key.startswith("branch.") and key.endswith(".remote")}
    return next(iter(found)) if len(found) == 1 else None


def resolved(git: Git, typed: str) -> Address:
    """The address that a person typed, after their own abbreviations. Raises `BadInput`."""
    return addresses.parse(_rewritten(typed.strip(), _asked(git)))


def named(repo: Repository, url: str) -> str | None:
    """The name of the remote that has this address."""
    settings = _settings(repo)
    found = (key[7:-4] for key, value in settings.items() if key.startswith("remote.") and value == url)
    return next(found, None)


def shared_tip(repo: Repository) -> str | None:
    """Where the branch that the registry is shared with was last seen; None where nothing was seen yet."""
    remote = shared_with(repo)
    return None if remote is None else seen(repo, remote)


def seen(repo: Repository, remote: Remote) -> str | None:
    """Where the remote's branch was last seen."""
    try:
        return refs.read_ref(repo.common_dir, tracking(remote))
    except refs.Unreadable:
        code, out, _err = repo.git.start("rev-parse", "--verify", "--quiet", tracking(remote)).result()
        return out.decode("ascii").strip() if code == 0 else None


def move(repo: Repository, remote: Remote, commit: str) -> None:
    """Remember where the remote's branch is."""
    repo.git.text("update-ref", "-m", "vanort sync", tracking(remote), commit)


def keep(repo: Repository, remote: Remote) -> None:
    """Set the remote's address, and the branch to be shared with its branch, as plain Git knows it."""
    repo.set_config(f"remote.{remote.name}.url", remote.url)
    repo.set_config(f"remote.{remote.name}.fetch", f"+{_BRANCH}{remote.branch}:{tracking(remote)}")  # no other branch
    follow(repo, remote)


def follow(repo: Repository, remote: Remote) -> None:
    """Set the branch to be shared with the remote's, as plain Git knows it."""
    branch = repo.branch()
    repo.set_config(f"branch.{branch}.remote", remote.name)
    repo.set_config(f"branch.{branch}.merge", _BRANCH + remote.branch)


class _Settings(dict[str, str]):
    """Git's settings about remotes, the last of several counting; names of variables in lower case."""

    abbreviations: tuple[tuple[str, str], ...] = ()
    """What the user writes for the beginning of an address, and that beginning; there may be several for one."""


def _settings(repo: Repository) -> _Settings:
    """As `_asked`, of a registry; asked again only when one of the files that Git has settings in has changed."""
    stamp = (str(repo.folder), *_stamps(repo.common_dir))
    known = _known.get("latest")
    if known is None or known[0] != stamp:
        known = _known["latest"] = (stamp, _asked(repo.git))
    return known[1]


_known: Final[dict[str, tuple[object, _Settings]]] = {}


def _stamps(common_dir: Path) -> Iterator[object]:
    """What changes when Git's settings do: of the registry, of the user, of this process."""
    yield tuple((name, value) for name, value in os.environ.items() if name.startswith(("GIT_CONFIG", "HOME", "XDG_")))
    own, home = os.environ.get("GIT_CONFIG_GLOBAL"), Path.home()
    users = [Path(own)] if own else [home / ".gitconfig", home / ".config" / "git" / "config"]
    for place in (common_dir / "config", *users):
        try:
            facts = place.stat()
        except OSError:
            yield None
        else:
            yield (facts.st_ino, facts.st_size, facts.st_mtime_ns)


def _asked(git: Git) -> _Settings:
    _code, out, _err = git.start("config", "--null", "--get-regexp", _SETTINGS).result()
    told = [entry.partition("\n") for entry in out.decode("utf-8", "replace").split("\0") if entry]
    found = _Settings((key, value) for key, _newline, value in told)
    found.abbreviations = tuple((value, key[4:-10]) for key, _newline, value in told if key.startswith("url."))
    return found


def _remote(repo: Repository, name: str, branch: str, settings: _Settings) -> Remote:
    if name.startswith("-") or branch.startswith("-"):
        raise BadInput(
            _("The remote %(name)s is called like an option of Git's.") % {"name": line(name)},
            _("Remove it from the file .git/config, and set the address anew: vanort remote ADDRESS"),
        )
    url = _rewritten(settings[f"remote.{name}.url"], settings)
    return Remote(name, addresses.anchored(url, repo.folder), branch)


def _rewritten(url: str, settings: _Settings) -> str:
    """The address after the user's own abbreviations (`url.BASE.insteadOf`), the longest that fits."""
    fitting = [(len(short), short, base) for short, base in settings.abbreviations if short and url.startswith(short)]
    if not fitting:
        return url
    _length, short, base = max(fitting)
    return base + url.removeprefix(short)
