"""Sharing: fetch, bring together, send, and again where somebody was quicker (DESIGN.md section 4).

Nothing of the user's moves before what arrived has been judged, and nothing is half brought together: what only a person
can decide leaves the folder and the branch as they are, and is found again from the two commits.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Generator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from registry.erasing import apply_recorded
from registry.errors import Moved, Refused, VanortError
from registry.git import exchange, marks, merge_driver, network, remotes, shared_last
from registry.git.ancestry import count, counts
from registry.git.housekeeping import tidy
from registry.git.locking import lock
from registry.git.network import NetworkTrouble, Progress, Wire
from registry.git.network_trouble import Kind, NoBranch
from registry.git.writer import FileMoved
from registry.people.leftovers import Forgotten
from registry.progress import all_of
from registry.sharing import choices
from registry.sharing.arriving import require_welcome
from registry.sharing.connecting import require_something_to_share
from registry.sharing.joining import join
from registry.sharing.landing import forward, land
from registry.sharing.overtaken import begun, overtaken, told
from registry.sharing.people import PeopleShared, share_people
from registry.sharing.rewritten import Rewritten, require_continued
from registry.sharing.sides import Sides, require_related, sides_of
from registry.sharing.unreadable import Unreadable, newly_unreadable, require_readable
from registry.words import _

if TYPE_CHECKING:
    from registry.findings import Finding
    from registry.sharing.meetings import Meeting
    from registry.store import Store

State = Literal["shared", "conflicts", "offline", "refused"]
Where = Literal["network", "registry"]
"""What the next step of a sync talks to: the server alone, or the registry, whose Git one thread owns."""

_TRIES: Final = 10
_LOCK: Final = "sharing.lock"
_LONGEST_PAUSE: Final = 3.0
_OFFLINE: Final[frozenset[Kind]] = frozenset({"offline", "hung"})


@dataclass(frozen=True)
class Synced:
    """What sharing came to. Counts are of changes: `received` and `sent` now, `ahead` and `behind` still to be."""

    state: State = "shared"
    ahead: int = 0
    behind: int = 0
    received: int = 0
    sent: int = 0
    conflicts: tuple[Meeting, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What the policy finds of what was brought together, and found of neither side."""
    unreadable: tuple[Unreadable, ...] = ()
    """Records that came so that they cannot be read, and could be before, or were not there."""
    overtaken: tuple[str, ...] = ()
    """Hand edits of what came with another value, a line each: they stay, and what holds is asked when they are saved."""
    lost_driver: bool = False
    """Whether what came has plain Git merge records by lines from now on."""
    message: str = ""
    """Why it was not shared, and `hint` what to do; "" where it was."""
    hint: str = ""
    people: PeopleShared | None = None
    """What came of sharing the people book; None where it did not get that far."""
    forgotten: Forgotten = field(default_factory=Forgotten)
    """What of those who were erased elsewhere lay about in this copy."""
    kind: Kind | None = None
    """How the network failed, where it did: an app lets Git ask where it is "credentials" or "host-key"."""
    rewritten: bool = False
    """Whether what was shared has been taken away or replaced, so that nobody may go on as if nothing had happened."""
    before: str | None = field(default=None, repr=False)
    """The commit that was saved here when it began."""

    def as_json(self) -> dict[str, Any]:
        """As in `vanort sync --json`."""
        return {
            "state": self.state,
            "ahead": self.ahead,
            "behind": self.behind,
            "received": self.received,
            "sent": self.sent,
            "conflicts": [meeting.as_json() for meeting in self.conflicts],
            "unreadable": [each.as_json() for each in self.unreadable],
            "overtaken": list(self.overtaken),
            "people": (self.people or PeopleShared(self._of_the_book)).as_json(),
        }

    @property
    def _of_the_book(self) -> Literal["none", "offline", "refused"]:
        """The state of a people book that it did not get to."""
        return self.state if self.state in {"offline", "refused"} else "none"


def sync(
    store: Store,
    *,
    author: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
    ask: bool = False,
) -> Synced:
    """Take in what others have shared, and share what was saved here. `author` is as in `Store.save`.

    Raises `Refused` where the registry is shared nowhere, or is being shared already, and `GitTrouble` for a folder in no
    state for it. All else is in the answer.
    """
    return all_of(steps(store, Wire(progress, cancel, ask), author=author))


def steps(
    store: Store, wire: Wire = network.QUIET_WIRE, *, author: Mapping[str, str] | None = None
) -> Generator[Where, None, Synced]:
    """As `sync`, a step at a time: before each it says what the step talks to, so that an app can choose the thread."""
    require_something_to_share(store.repo)
    with lock(store.repo.make_local_dir() / _LOCK, 0.0) as got:
        if not got:
            raise Refused(_("The registry is being shared already, in another window."), _("Wait until that is done."))
        running = _Sync(store, wire, author or {})
        synced = yield from running.run()
        # what came may say that somebody was erased, where the book itself does not travel
        synced = replace(synced, forgotten=apply_recorded(store).forgotten)
        if synced.state in {"offline", "refused"}:
            return synced
        yield "network"
        return _with_people(synced, share_people(store, running.remote, wire, seen=running.tips))


def _with_people(synced: Synced, people: PeopleShared) -> Synced:
    """The answer with what came of the people book; a book that a server does not take is told, and is no failure."""
    return replace(
        synced,
        state="conflicts" if people.state == "conflicts" else synced.state,
        people=people,
        conflicts=(*synced.conflicts, *people.conflicts),
        forgotten=synced.forgotten | people.forgotten,
    )


class _Sync:
    """One run of it."""

    def __init__(self, store: Store, wire: Wire, author: Mapping[str, str]) -> None:
        remote = remotes.shared_with(store.repo)
        if remote is None:
            raise Refused(_("The registry is not shared with anybody yet."), _("Say where: vanort remote ADDRESS"))
        self.store, self.repo, self.wire, self.author, self.remote = store, store.repo, wire, author, remote
        self.seen = remotes.seen(self.repo, remote)
        self.tips: exchange.Tips | None = None
        self.let_in: str | None = None
        """What of the remote's was judged in this run, and is to be known as seen."""
        self.sending = 0
        self.so_far = Synced(before=self.repo.head())

    def run(self) -> Generator[Where, None, Synced]:
        try:
            for attempt in range(_TRIES):
                yield "network"
                self._pause(attempt)
                tip = self._looked() if attempt == 0 else self._fetched()
                yield "registry"
                try:
                    head = self._brought_in(tip)
                except FileMoved as error:  # a hand edit that stays as it is, whatever comes
                    return self._ended("refused", error)
                except Moved:
                    continue  # somebody saved meanwhile, in this very folder
                if head is None:
                    return self.so_far
                if head == tip:
                    self.seen = self.let_in = tip
                    return self._done()
                yield "network"
                if self._sent(head):
                    yield "registry"
                    self.so_far = replace(self.so_far, sent=self.so_far.sent + self.sending)
                    self.seen = self.let_in = head
                    if self.repo.head() == head:
                        return self._done()
            return self._ended(
                "refused",
                Refused(
                    _("Others are sharing changes all the time, and yours did not get in between."), _("Share again.")
                ),
            )
        except NetworkTrouble as error:
            yield "registry"
            return self._ended("offline" if error.kind in _OFFLINE else "refused", error, error.kind)
        except Refused as error:
            return replace(self._ended("refused", error), rewritten=isinstance(error, Rewritten))

    # the server

    def _pause(self, attempt: int) -> None:
        """Let others have their turn, at random: the second try is at once, later ones are not."""
        if attempt < 2:
            return
        until = time.monotonic() + random.uniform(0, min(_LONGEST_PAUSE, 0.1 * 2**attempt))  # noqa: S311 - no secret
        while time.monotonic() < until:
            self.wire.require_wanted()
            time.sleep(0.02)

    def _looked(self) -> str | None:
        """The shared branch's commit, fetched where it is not here yet; None at a place with nothing in it.

        Raises `NetworkTrouble`.
        """
        self.tips = exchange.look(self.repo, self.remote, self.wire)
        if self.tips.branch is None:
            return self._without_branch()
        return self.tips.branch if self.tips.branch in {self.seen, self.repo.head()} else self._fetched()

    def _fetched(self) -> str:
        return exchange.fetch(self.repo, self.remote, self.wire)

    def _without_branch(self) -> str | None:
        """The place has no branch of that name: it is empty, or the registry is in another."""
        heads = network.heads(self.repo.folder, self.remote.address, self.wire)
        if self.seen is None and not heads.branches:
            return None
        other = heads.choice()
        if self.seen is not None or self.remote.kept or other is None:
            raise NoBranch(self.remote.address)
        self.remote = self.remote._replace(branch=other)
        self.seen = remotes.seen(self.repo, self.remote)
        return self._fetched()

    def _sent(self, head: str) -> bool:
        """Whether the server took what is saved here; not, where somebody was quicker. Raises `NetworkTrouble`."""
        try:
            exchange.push(self.repo, self.remote, head, self.wire)
        except NetworkTrouble as error:
            if error.kind != "rejected":
                raise
            return False
        return True

    # the registry

    def _brought_in(self, tip: str | None) -> str | None:
        """Bring what arrived together with what is saved here; the commit then, None where that takes a person.

        Raises `Refused` for what cannot be taken in, `Moved` where something was saved meanwhile.
        """
        head = self.repo.head()
        assert head is not None  # noqa: S101 - looked at before it began
        if tip is None or tip == head:
            self.sending = count(self.repo, head) if tip is None else 0
            return head
        sides = sides_of(self.repo, head, tip)
        marked = (marks.load(self.repo) or {}).get(remotes.tracking(self.remote))
        if not tip == self.seen == marked:  # plain Git may have fetched what is to be refused
            self._judge(sides, {self.seen, marked})
        self.seen = self.let_in = tip
        ahead, behind = counts(self.repo, head, tip)
        self.sending = ahead
        if ahead:
            require_readable(self.store, sides.bases[0], head, tip)
        if sides.relation == "ahead":
            return head
        if sides.relation == "behind":
            forward(self.store, tip)
            self._received(behind, head, tip)
            return tip
        joined = join(self.store, sides, choices.load(self.repo))
        if joined.conflicts:
            self._keep_seen()
            self.so_far = replace(
                self.so_far, state="conflicts", ahead=ahead, behind=behind, conflicts=joined.conflicts
            )
            return None
        landed = land(self.store, joined, author=self.author)
        self.sending += 1
        self._received(behind, head, landed)
        self.so_far = replace(self.so_far, findings=(*self.so_far.findings, *joined.findings))
        return landed

    def _judge(self, sides: Sides, known: Set[str | None]) -> None:
        """Let what arrived be what the remote's branch is known to be. Raises `Refused`, and forgets it."""
        try:
            require_continued(self.repo, self.remote, known - {*sides.bases}, sides.theirs)
            require_related(sides)
            require_welcome(self.repo, sides.ours, sides.theirs)
        except Refused:
            exchange.forget(self.repo)
            raise

    def _received(self, changes: int, before: str, after: str) -> None:
        on = begun(self.store)
        met = () if not on else tuple(told(self.store, meeting) for meeting in overtaken(self.store, on, sorted(on)))
        came = tuple(newly_unreadable(self.store, before, after))
        self.so_far = replace(
            self.so_far,
            received=self.so_far.received + changes,
            unreadable=(*self.so_far.unreadable, *came),
            overtaken=met,
            lost_driver=merge_driver.was_lost(self.repo, before, after),
        )

    def _keep_seen(self) -> None:
        """Have the remote's tracking ref, and the mark beside it, be what was let in."""
        if self.let_in is None:
            return
        if remotes.seen(self.repo, self.remote) != self.let_in:
            remotes.move(self.repo, self.remote, self.let_in)
        known, tracking = marks.load(self.repo), remotes.tracking(self.remote)
        if known is not None and known.get(tracking) != self.let_in:
            marks.keep(self.repo, {**known, tracking: self.let_in})

    # how it ends

    def _done(self) -> Synced:
        shared_last.keep(self.repo, datetime.now().astimezone())
        if not self.remote.kept:
            remotes.follow(self.repo, self.remote)
        self._keep_seen()
        if self.so_far.received:
            tidy(self.repo)
        return self.so_far

    def _ended(self, state: State, error: VanortError, kind: Kind | None = None) -> Synced:
        """It came to an end before all was shared: what is still to be, as far as is known."""
        self._keep_seen()
        head = self.repo.head()
        ahead, behind = (
            (0, 0) if head is None else counts(self.repo, head, self.seen) if self.seen else (count(self.repo, head), 0)
        )
        return replace(
            self.so_far, state=state, ahead=ahead, behind=behind, message=error.message, hint=error.hint, kind=kind
        )
