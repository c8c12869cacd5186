"""An erasure in words, for a screen and for a terminal: where somebody appears, what will remain, what was done.

Whole lines, with control characters shown; whoever shows them makes no markup of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from registry.people.book import notice
from registry.people.copies import behind
from registry.plain_text import line
from registry.words import _, ngettext

if TYPE_CHECKING:
    from registry.erasing import Appears, Erased, Plan
    from registry.people import Book
    from registry.people.leftovers import Forgotten
    from registry.roles import Role
    from registry.sharing.people import PeopleShared


def plan_lines(planned: Plan, title: Callable[[str], str]) -> Iterator[str]:
    """Where the person appears, and what will remain; `title` says what a record is called."""
    told = {"erased": planned.day, "decision": planned.decision, "basis": planned.basis}
    yield f"{planned.person}: {line(notice(told))}"
    yield from appears_lines(planned.appears, title, planned)


def appears_lines(found: Appears, title: Callable[[str], str], planned: Plan | None = None) -> Iterator[str]:
    """The same before it is known under which decision; with `planned`, what becomes of each role."""
    yield _("The records name the person as:") if found.roles else _("No record names this person.")
    for role in found.roles:
        said = " · ".join(filter(None, (line(role.title), line(role.words), role.days)))
        yield f"  {said}: {_after(role, planned)}" if planned else f"  {said}"
    if found.written:
        yield _("These hold the name in words, and go on to do so until the words are changed:")
        yield from (f"  {line(title(ref))} ({ref}.toml)" for ref in found.written)
    if count := found.named:
        yield ngettext(
            "%(count)s change in the history names the person in words, and stays as it is: vanort guide privacy.",
            "%(count)s changes in the history name the person in words, and stay as they are: vanort guide privacy.",
            count,
        ) % {"count": count}
    if count := found.authored:
        yield ngettext(
            "%(count)s change was entered under the person's address; who entered a change stays.",
            "%(count)s changes were entered under the person's address; who entered a change stays.",
            count,
        ) % {"count": count}


def _after(role: Role, planned: Plan) -> str:
    if role in planned.replaced:
        return _("the successor's")
    return _("vacant, shows the notice") if role in planned.vacant else _("shows the notice")


def forgotten_lines(forgotten: Forgotten) -> Iterator[str]:
    """Which files of this copy's own were thrown away, and which somebody should look at."""
    if count := len(forgotten.removed):
        yield ngettext(
            "%(count)s file of this copy's own held the same, and was thrown away: %(files)s",
            "%(count)s files of this copy's own held the same, and were thrown away: %(files)s",
            count,
        ) % {"count": count, "files": line(", ".join(forgotten.removed))}
    if count := len(forgotten.doubtful):
        yield ngettext(
            "%(count)s file in .git/vanort holds the last name alone, and wants a look by you: %(files)s",
            "%(count)s files in .git/vanort hold the last name alone, and want a look by you: %(files)s",
            count,
        ) % {"count": count, "files": line(", ".join(forgotten.doubtful))}


def erased_lines(erased: Erased, shared: PeopleShared | None, book: Book, person: str) -> Iterator[str]:
    """What was done, and what is left to do elsewhere."""
    yield _("Erased from the people book in this copy, with everything that it replaced.")
    if erased.stands:
        yield _("Somebody else erased this person first, and that decision stands: %(notice)s") % {
            "notice": line(erased.stands)
        }
    yield from forgotten_lines(erased.forgotten)
    if erased.commit:
        yield _("On record: %(commit)s") % {"commit": erased.commit[:10]}
    if shared is None:
        yield _("The registry is shared with nobody, so there is no other copy that we know of.")
    elif shared.state == "shared":
        yield _("At the server it is erased too; serve-setup's hook removes the old version there at once.")
    else:
        yield _("The server does not know of it yet: %(reason)s") % {"reason": line(shared.message or shared.state)}
        yield _("It is sent with the next vanort sync.")
    if left := [copy for copy in behind(book, person) if copy.id != erased.here]:
        yield _("These copies have yet to do it, when they next share: %(copies)s") % {
            "copies": ", ".join(copy.id for copy in left)
        }
    yield _("Backups, exports, and servers that keep what nothing leads to are not reached: vanort guide privacy.")
