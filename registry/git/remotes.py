"""Which remote, and which of its branches, a registry is shared with: Git's own settings (git-config(1), git-remote(1))."""

from __future__ import annotations

from typing import Final, NamedTuple

from registry.errors import BadInput, Refused
from registry.git import addresses, refs
from registry.git.addresses import Address
from registry.git.repository import Repository
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
    branch = repo.branch()
    if branch is None:
        return None
    settings = _settings(repo)
    name, merge = settings.get(f"branch.{branch}.remote"), settings.get(f"branch.{branch}.merge", "")
    urls = {key[7:-4]: value for key, value in settings.items() if key.startswith("remote.") and key.endswith(".url")}
    if name in urls and merge.startswith(_BRANCH):
        return _remote(name, urls[name], merge.removeprefix(_BRANCH), settings)
    if not urls:
        return None
    if len(urls) > 1:
        raise Refused(
            _("The registry knows several places to share it at: %(names)s.")
            % {"names": ", ".join(f"{line(each)} ({addresses.shown(url)})" for each, url in sorted(urls.items()))},
            _("Say which: vanort remote ADDRESS"),
        )
    (only,) = urls
    return _remote(only, urls[only], branch, settings)


def named(repo: Repository, url: str) -> str | None:
    """The name of the remote that has this address."""
    settings = _settings(repo)
    found = (key[7:-4] for key, value in settings.items() if key.startswith("remote.") and value == url)
    return next(found, None)


def has_upstream(repo: Repository, remote: Remote) -> bool:
    """Whether the branch is set to be shared with this one, so that plain Git knows it too."""
    settings, branch = _settings(repo), repo.branch()
    return (settings.get(f"branch.{branch}.remote"), settings.get(f"branch.{branch}.merge")) == (
        remote.name,
        _BRANCH + remote.branch,
    )


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
    name, branch = remote.name, repo.branch()
    repo.set_config(f"remote.{name}.url", remote.url)
    repo.set_config(f"remote.{name}.fetch", f"+{_BRANCH}{remote.branch}:{tracking(remote)}")  # however many others
    repo.set_config(f"branch.{branch}.remote", name)
    repo.set_config(f"branch.{branch}.merge", _BRANCH + remote.branch)


def _settings(repo: Repository) -> dict[str, str]:
    """Git's settings about remotes, the last of several counting; variable names in lower case."""
    _code, out, _err = repo.git.start("config", "--null", "--get-regexp", _SETTINGS).result()
    told = (entry.partition("\n") for entry in out.decode("utf-8", "replace").split("\0") if entry)
    return {key: value for key, _newline, value in told}


def _remote(name: str, url: str, branch: str, settings: dict[str, str]) -> Remote:
    if name.startswith("-") or branch.startswith("-"):
        raise BadInput(
            _("The remote %(name)s is called like an option of Git's.") % {"name": line(name)},
            _("Remove it from the file .git/config, and set the address anew: vanort remote ADDRESS"),
        )
    return Remote(name, _rewritten(url, settings), branch)


def _rewritten(url: str, settings: dict[str, str]) -> str:
    """The address after the user's own abbreviations (`url.BASE.insteadOf`), the longest that fits."""
    fitting = [
        (len(value), key[4:-10], value)
        for key, value in settings.items()
        if key.startswith("url.") and value and url.startswith(value)
    ]
    if not fitting:
        return url
    _length, base, value = max(fitting)
    return base + url.removeprefix(value)
