"""What comes of it when everything is decided: what was chosen, what comes in, what the rules say; then it is made so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from registry.differences import differences
from registry.errors import Moved, VanortError
from registry.names import RecordNames
from registry.records.refs import is_ref
from registry.records.types import Names
from registry.records.values import Data
from registry.sentences import Sentence, sentence
from registry.sharing.settlement import Question, Settlement, complete
from registry.store import Store
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands
from tui.forms.change_words import finding_lines
from tui.forms.desk import Desk
from tui.notices import remedy, tell, tell_error
from tui.screens.saving import someone_acts
from tui.screens.settling.question_text import chosen, in_words
from tui.sentence_text import sentence_lines
from tui.text import hanging, line, plain
from tui.widgets.command_footer import CommandFooter

if TYPE_CHECKING:
    from registry.findings import Finding
    from registry.sharing.joining import Joined
    from registry.sharing.unfinished import Ended, Unfinished
    from tui.screens.settling.screen import SettlingScreen

_MOST_RECORDS: Final = 60
_MOST_FIELDS: Final = 12
_BESIDE_TEXT: Final = 4


@dataclass(frozen=True)
class _Coming:
    """A record that changes here, and how."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class _Told:
    """What is read once, on the registry's thread."""

    coming: tuple[_Coming, ...]
    more: int
    other_files: tuple[str, ...]
    outgoing: tuple[str, ...]
    findings: tuple[Finding, ...]
    names: Names
    desk: Desk


class TogetherScreen(HasCommands, Screen[bool]):
    """Gives whether it was done. Esc leads back to the questions."""

    COMMAND_TABLE = (
        Command(id="together.now", keys="ctrl+s", label=N_("bring together"), help=N_("Make it so: what is here and what was shared become one."), rank=1),
        Command(id="together.leave", keys="escape", label=N_("back to the questions"), help=N_("Nothing has changed yet; what you have decided is kept."), rank=2),
    )  # fmt: skip

    def __init__(self, settling: SettlingScreen, now: Settlement) -> None:
        super().__init__(classes="settling")
        self.settling = settling
        self.session = settling.session
        self._now = now
        self._told: _Told | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        yield Static(line(_("Everything is decided: this comes of it")), classes="title-line")
        with VerticalScroll(classes="settling--result", can_focus=True):
            yield Static(line(_("Being looked at …"), style="$text-muted"))
        yield Static(classes="dialogue--trouble settling--trouble")
        yield CommandFooter()

    def on_mount(self) -> None:
        """Read what comes of it."""
        self.query_one(VerticalScroll).focus()
        self._read()

    def on_resize(self) -> None:
        """Lines are made for their width."""
        self._show()

    @work(exclusive=True, group="look")
    async def _read(self) -> None:
        joined, view = self._now.joined, self.session.view
        if joined is None or view is None:
            return
        try:
            desk = await Desk.open(self.session, view)
            self._told = await self.session.run(lambda: _read(self.session.store, joined, desk))
        except VanortError as error:
            self._complain(error)
            return
        self._show()

    def _show(self) -> None:
        if self._told is not None:
            width = max(20, self.size.width - _BESIDE_TEXT)
            lines = list(_lines(self._now, self._told, width))
            self.query_one(VerticalScroll).query_one(Static).update(Content("\n").join(lines))

    def _complain(self, error: VanortError) -> None:
        self.query_one(".settling--trouble", Static).update(plain(f"{error.message} {remedy(error)}".strip()))

    @work(exclusive=True, group="act")
    async def do_now(self) -> None:
        """Make it so, unless that is being done already."""
        if self._busy:
            return
        self._busy = True
        try:
            await self._do()
        finally:
            self._busy = False

    async def _do(self) -> None:
        session, main = self.session, self.settling.main
        try:
            if not await someone_acts(main):
                return
            ended = await session.write(lambda: complete(session.store, self._now))
        except Moved as error:
            tell_error(self.app, error)
            self.dismiss(False)
            return
        except VanortError as error:
            self._complain(error)
            return
        tell(self.app, _ended_words(ended, self._now.left_by_git))
        self.dismiss(True)

    def do_leave(self) -> None:
        """Nothing has changed."""
        self.dismiss(False)


def _ended_words(ended: Ended, left: Unfinished | None) -> str:
    two_sides = ended.commit is not None and (left is None or left.kind in {"merge", "rebase"})
    said = [_("What is here and what was shared are one now.") if two_sides else _("It is finished.")]
    if ended.unsaved:
        said.append(_("It stands in the folder, not saved yet: look at it, and save it."))
    if ended.kept is not None:
        said.append(_("What lay in the folder until then is kept in %(folder)s.") % {"folder": ended.kept})
    return " ".join(said)


def _read(store: Store, joined: Joined, desk: Desk) -> _Told:
    before = store.committed(joined.sides.ours)
    after = before.edited(joined.records)
    names = RecordNames(after, before, person=store.person)
    coming = list(joined.named_before.items())
    return _Told(
        tuple(_coming(ref, old, joined, before.data(old), names) for ref, old in coming[:_MOST_RECORDS]),
        max(0, len(coming) - _MOST_RECORDS),
        tuple(path for path in joined.files if not is_ref(path.removesuffix(".toml"))),
        tuple(names.record(ref) for ref in joined.brought),
        joined.findings,
        names,
        desk,
    )


def _coming(ref: str, named: str, joined: Joined, old: Data | None, names: Names) -> _Coming:
    """What becomes of a record that was `named` so here."""
    new = joined.records[ref]
    title = names.record(ref)
    if new is None:
        return _Coming(title, (Sentence(_("Removed from the registry"), weighty=True),))
    if old is None:
        return _Coming(title, (Sentence(_("Entered in the registry"), weighty=True),))
    changes = differences(ref, old, new, names)
    told = [sentence(change, names) for change in changes[:_MOST_FIELDS]]
    if named != ref:
        said = _("New name in the registry: %(old)s → %(new)s") % {"old": named, "new": ref}
        told.insert(0, Sentence(said, weighty=True))
    if len(changes) > _MOST_FIELDS:
        more = len(changes) - _MOST_FIELDS
        told.append(
            Sentence(ngettext("… and %(count)s more field", "… and %(count)s more fields", more) % {"count": more})
        )
    return _Coming(title, tuple(told))


def _lines(now: Settlement, told: _Told, width: int) -> Iterator[Content]:
    """What was decided, what comes in, what goes out, what the rules say of it."""
    answered = [question for question in now.questions if question.choice is not None]
    if told.findings:
        yield _heading(_("For both of you to know"))
        for finding in told.findings:
            yield _indented(line(told.names.record(finding.ref), style="bold"))
            yield from finding_lines(finding, told.desk)
        yield Content("")
    if answered:
        yield _heading(_("Decided"))
        for question in answered:
            yield from _answer(question, told.names, width)
        yield Content("")
    yield _heading(_("Comes in here"))
    if not told.coming and not told.other_files:
        yield _indented(line(_("nothing: everything stays as you have it"), style="$text-muted"))
    for record in told.coming:
        yield _indented(line(record.title, style="bold"))
        for one in record.sentences:
            for part in sentence_lines(one, width - 4):
                yield Content.assemble("    ", part)
    for path in told.other_files:
        yield _indented(line(path))
    if told.more:
        said = ngettext("… and %(count)s more record", "… and %(count)s more records", told.more)
        yield _indented(line(said % {"count": told.more}, style="$text-muted"))
    yield Content("")
    yield _heading(_("The others get"))
    outgoing = told.outgoing[:_MOST_RECORDS] or (_("nothing new"),)
    for title in outgoing:
        yield _indented(line(title))


def _indented(text: Content) -> Content:
    return Content.assemble("  ", text)


def _heading(text: str) -> Content:
    return Content.styled(text, "$accent bold")


def _answer(question: Question, names: Names, width: int) -> Iterator[Content]:
    meeting = question.meeting
    value = _("both, under two names") if chosen(question) == _("both") else in_words(meeting, question.value, names)
    yield _indented(line(f"{meeting.title} · {meeting.label_by(names)}", style="$text-muted"))
    yield from hanging(Content("    "), line(f"{value} ({chosen(question)})"), width)
