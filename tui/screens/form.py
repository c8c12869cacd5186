"""The form of a record, made wholly from the description of its kind: registry and policy are edited in it as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.creation import taken_over
from registry.drafts import Drafts, key_for_new
from registry.errors import VanortError
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.values import Data
from registry.words import _
from tui.forms import questions
from tui.forms.desk import Desk
from tui.forms.record_form import RecordForm
from tui.notices import tell, tell_error

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


def edit_record(main: MainScreen, ref: str, at: str = "") -> None:
    """Open the form of a record, with the cursor in the field `at`; or say why it cannot be changed now."""
    main.run_worker(_edit(main, ref, at), group="form", exclusive=True)


def add_record(main: MainScreen, kind: Kind, like: str = "") -> None:
    """Open the form of a record to be added, filled in like the record `like` where that is given."""
    main.run_worker(_add(main, kind, like), group="form", exclusive=True)


async def _edit(main: MainScreen, ref: str, at: str) -> None:
    snapshot = main.view.snapshot
    data = snapshot.data(ref)
    trouble = ""
    if kind_of(ref).single and (data is None or ref in main.view.unsaved):
        from tui.hand_edits import ask_about

        await ask_about(main, ref)
        return
    if ref in main.view.unsaved:
        trouble = _(
            "This record was edited by hand. Save that with k, or set it aside with x; then it can be edited here."
        )
    elif data is None and ref not in main.view.faults:
        trouble = _("There is no record %(ref)s.") % {"ref": ref}
    elif data is None:
        trouble = _("This file cannot be read; press o to open it in an editor.")
    if trouble:
        tell(main, trouble, severity="warning")
        return
    if await open_form(main, kind_of(ref), data or {}, ref=ref, at=at) is not None:
        tell(main, _("Saved."))


async def _add(main: MainScreen, kind: Kind, like: str) -> None:
    try:
        data = taken_over(kind, main.view.snapshot, like or None)
    except VanortError as error:
        tell_error(main, error)
        return
    if (ref := await open_form(main, kind, data)) is not None:
        await main.go_to_record(ref)
        tell(main, _("Saved."))


async def open_form(main: MainScreen, kind: Kind, data: Data, *, ref: str = "", at: str = "") -> str | None:
    """Show the form, first asking about a draft; gives the REF that was saved, or None. `at`: the field to begin in."""
    view, session = main.view, main.session
    key = ref or key_for_new(kind.id)
    try:
        session.store.require_writable(view.snapshot)
        desk = await Desk.open(session, view)
    except VanortError as error:
        tell_error(main, error)
        return None
    drafts = await session.run(lambda: Drafts(session.store.repo))
    draft = await session.run(lambda: drafts.find(key))
    if draft is not None:
        title = view.snapshot.title(ref) if ref else _("a new record (%(kind)s)") % {"kind": str(kind.one).lower()}
        answer = await main.app.push_screen_wait(questions.found(draft, title))
        if answer == "later":
            return None
        if answer == "drop":
            await session.run(lambda: drafts.throw_away(key))
            draft = None
    base = draft.base if draft else view.snapshot.commit  # what `data` was read from: the view may be another by now
    form = RecordForm(main, kind, desk, data, ref=ref, base=base, drafts=drafts, draft=draft, at=at)
    return await main.app.push_screen_wait(form)
