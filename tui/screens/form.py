"""The form of a record, made wholly from the description of its kind: registry and policy are edited in it as well."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from registry.creation import taken_over
from registry.drafts import Draft, Drafts, key_for_new
from registry.errors import VanortError
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.values import Data
from registry.renamed import called_now
from registry.snapshot import Snapshot
from registry.store import Store
from registry.words import _
from tui.forms import questions
from tui.forms.desk import Desk
from tui.forms.record_form import RecordForm
from tui.keys_in_order import hold_keys, let_keys_go
from tui.notices import tell, tell_error

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


def edit_record(main: MainScreen, ref: str, at: str = "") -> None:
    """Open the form of a record, with the cursor in the field `at`; or say why it cannot be changed now."""
    _open(main, _edit(main, ref, at))


def add_record(main: MainScreen, kind: Kind, like: str = "") -> None:
    """Open the form of a record to be added, filled in like the record `like` where that is given."""
    _open(main, _add(main, kind, like))


def _open(main: MainScreen, opening: Coroutine[Any, Any, None]) -> None:
    """What is typed from now on is meant for the form."""
    hold_keys(main)

    async def to_the_end() -> None:
        try:
            await opening
        finally:
            let_keys_go(main, lost=True)

    main.run_worker(to_the_end(), group="form", exclusive=True)


async def _edit(main: MainScreen, ref: str, at: str = "") -> None:
    snapshot = main.view.snapshot
    data = snapshot.data(ref)
    trouble = ""
    if kind_of(ref).single and (data is None or ref in main.view.unsaved):
        from tui.hand_edits import ask_about

        let_keys_go(main, lost=True)
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


async def open_form(
    main: MainScreen, kind: Kind, data: Data, *, ref: str = "", draft: Draft | None = None, at: str = ""
) -> str | None:
    """Show the form, first asking about each draft there is; gives the REF that was saved, or None.

    A `draft` that is given is gone on with, unasked. `at` is the field to begin in.
    """
    view, session = main.view, main.session
    try:
        session.store.require_writable(view.snapshot)
        desk = await Desk.open(session, view)
    except VanortError as error:
        tell_error(main, error)
        return None
    drafts = Drafts(session.store.repo, session.store.people.erased_since)
    if draft is None:
        keys = await session.run(lambda: _keys(session.store, drafts, view.snapshot, kind, ref))
        title = view.snapshot.title(ref) if ref else _("a new record (%(kind)s)") % {"kind": str(kind.one).lower()}
        while (found := await session.run(lambda: drafts.find(*keys))) is not None:
            let_keys_go(main, lost=True)
            answer = await main.app.push_screen_wait(questions.found(found, title))
            if answer == "later":
                return None
            if answer == "go-on":
                draft = found
                break
            await session.run(partial(drafts.throw_away, found))
    goes_on = draft is not None and bool(ref or draft.key == key_for_new(kind.id))
    base = (
        draft.base if draft and goes_on else view.snapshot.commit
    )  # of what `data` was read: the view may be another by now
    form = RecordForm(main, kind, desk, data, ref=ref, base=base, drafts=drafts, draft=draft, at=at)
    return await main.app.push_screen_wait(form)


def _keys(store: Store, drafts: Drafts, snapshot: Snapshot, kind: Kind, ref: str) -> list[str]:
    """What the drafts of a record are kept under: its REF, and the names that it had before."""
    if not ref:
        return [key_for_new(kind.id)]
    gone = [draft.key for draft in drafts.without_record(snapshot) if kind_of(draft.key) is kind]
    return [ref, *(key for key in gone if called_now(store, key) == ref)]


def take_up(main: MainScreen, key: str) -> None:
    """Go on with the draft of a record that is no more under the name `key`, or throw it away."""
    main.run_worker(_take_up(main, key), group="form", exclusive=True)


async def _take_up(main: MainScreen, key: str) -> None:
    session = main.session
    drafts = Drafts(session.store.repo)
    draft = await session.run(lambda: drafts.find(key))
    if (now := await session.run(lambda: called_now(session.store, key))) is not None:
        await main.go_to_record(now)
        await _edit(main, now)
    elif draft is not None:
        answer = await main.app.push_screen_wait(questions.removed(draft))
        if answer == "go-on" and (ref := await open_form(main, kind_of(key), {}, draft=draft)) is not None:
            await main.go_to_record(ref)
            tell(main, _("Saved."))
        elif answer == "drop":
            await session.run(lambda: drafts.throw_away(draft))
    main.show_view(await session.look())
