"""The merge driver, for those who use plain Git: `.gitattributes` names it, a repository's own settings say what it is.

A driver that is missing or gives up leaves *ours without markers*, and a careless commit then drops theirs. So where Vänort
is not installed Git's own way is taken, and where records cannot be merged too: with markers (gitattributes(5), "Defining a
custom merge driver").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from registry.git.repository import Repository

_BY_LINES: Final = ("merge-file", "-L", "ours", "-L", "base", "-L", "theirs")
SETTINGS: Final = (
    ("merge.vanort.name", "Vänort, field by field"),
    (
        "merge.vanort.driver",
        "command -v vanort >/dev/null || "
        f"exec git {' '.join(_BY_LINES)} --marker-size=%L %A %O %B; "
        "exec vanort merge-driver %O %A %B %L %P",
    ),
)
"""Git's settings, as `init`, `clone` and `doctor` have them."""
ATTRIBUTE: Final = "*.toml text eol=lf merge=vanort"
"""What `.gitattributes` says of records."""
FAILED: Final = 129
"""The exit code by which Git knows that nothing was merged at all, and stops."""


def install(repo: Repository) -> None:
    """Have plain Git merge records by fields here, where it is not so yet."""
    for key, value in SETTINGS:
        if repo.config(key) != value:
            repo.set_config(key, value)


def is_named(repo: Repository) -> bool:
    """Whether the registry's `.gitattributes` (or the user's own) say that records are merged so."""
    told = repo.git.text("check-attr", "-z", "merge", "--", "registry.toml").split("\0")
    return "vanort" in told


def name_here(repo: Repository) -> None:
    """Have records merged so in this copy, whatever `.gitattributes` says (gitattributes(5), ``info/attributes``).

    Raises `GitTrouble`.
    """
    from registry.git import trouble

    own = repo.common_dir / "info" / "attributes"
    try:
        own.parent.mkdir(exist_ok=True)
        said = own.read_bytes() if own.exists() else b""
        own.write_bytes(b"\n".join(filter(None, (said.rstrip(b"\n"), ATTRIBUTE.encode()))) + b"\n")
    except OSError as error:
        raise trouble.from_os_error(own, error) from error


def was_lost(repo: Repository, before: str, after: str) -> bool:
    """Whether the `.gitattributes` of one commit named it, and that of a later one, which lies in the folder, does not."""
    from registry.git.objects import read_paths  # the driver itself does without it

    old, new = read_paths(repo, [(before, ".gitattributes"), (after, ".gitattributes")])
    return old != new and b"merge=vanort" in (old or b"") and not is_named(repo)


def by_lines(ours: str, base: str, theirs: str, marker_size: str) -> int:
    """Have Git merge three files by lines into `ours`; how many conflicts it has marked there, `FAILED` for none of it."""
    import subprocess  # a driver that merges by fields need not wait for it

    try:
        ran = subprocess.run(
            ["git", *_BY_LINES, f"--marker-size={int(marker_size)}", "--", ours, base, theirs], check=False
        )
    except (OSError, ValueError):
        return FAILED
    return ran.returncode if 0 <= ran.returncode < FAILED else FAILED
