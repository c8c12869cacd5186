"""Going to a field of a form by the path that a finding or a checklist names."""

from __future__ import annotations

from pathlib import Path

from tests.kit import TRIP, torsby, with_trip
from tests.tui.form_kit import writing
from tui.forms.entry_list import AddLine, EntryLine
from tui.forms.field_input import FieldInput
from tui.forms.record_form import RecordForm
from tui.screens.form import edit_record

MONEY = {
    "goals": ["democracy"],
    "budget": [
        {"id": "b1", "year": 2026, "source": "participants", "planned": 1000},
        {"id": "b2", "year": 2027, "source": "participants", "planned": 2000},
    ],
}


WAYS = {
    "purpose": "purpose",
    "expected_value": "expected_value",
    "budget[b2].planned": "planned",
    "stage_reason": "stage_reason",
    "evaluation.date": "date",
    "evaluation.results": "results.democracy",
}
"""Path → the key of the field that the cursor is in then."""


async def test_the_cursor_goes_to_the_field(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), **MONEY)
    async with writing(store) as user:
        for path, key in WAYS.items():
            edit_record(user.main, TRIP, path)
            form = await user.on(RecordForm)
            focused = form.focused
            assert focused is not None
            slot = next(node.slot for node in focused.ancestors_with_self if isinstance(node, FieldInput))
            assert slot.key == key
            if path.startswith("budget"):
                assert slot.value == 2000, "of the entry that the path names"
            assert focused.region in form.region, "in sight"
            form.dismiss(None)
            await user.main_again()


async def test_a_list_is_gone_to_at_its_first_entry_or_where_one_is_added(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), **MONEY)
    async with writing(store) as user:
        edit_record(user.main, TRIP, "budget")
        form = await user.on(RecordForm)
        assert isinstance(form.focused, EntryLine)
        form.dismiss(None)
        await user.main_again()
        edit_record(user.main, TRIP, "documents")
        form = await user.on(RecordForm)
        assert isinstance(form.focused, AddLine)
        form.dismiss(None)
        await user.main_again()
        edit_record(user.main, TRIP, "budget[gone].granted")
        form = await user.on(RecordForm)
        assert isinstance(form.focused, EntryLine), "as far as there is"
