"""The overview as somebody in charge meets it: sections that lead to their records, the year, and what others did."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest

from registry.change import Change
from registry.store import Store
from registry.summary import Summary
from tests.kit import BUN, SKJERN, TRIP, save, torsby, with_trip
from tests.tui.app_kit import User, using
from tests.tui.form_kit import writing
from tui.forms.field_input import FieldInput
from tui.forms.record_form import RecordForm
from tui.looking_ahead import is_too_large
from tui.screens.browse import BrowsePage
from tui.screens.outlook_panel import OutlookPanel
from tui.session import View
from tui.widgets.matter_list import MatterList

TODAY = date.today()
QUESTION = "projects/2026/fraga"


def rows(user: User) -> list[str]:
    """The keys of the list's lines, headings too."""
    return user.app.screen.query_one(MatterList).keys_shown


def busy(folder: Path) -> Store:
    """A registry in which somebody waits for everything."""
    store = with_trip(
        torsby(folder),
        start=TODAY + timedelta(days=20),
        end=TODAY + timedelta(days=25),
        decision_expected=f"BUN {TODAY + timedelta(days=5)}",
        budget=[
            {"id": "b1", "year": TODAY.year, "source": "eu", "programme": "Erasmus+", "applied": 120_000},
            {"id": "b2", "year": TODAY.year, "source": "department", "department": BUN, "planned": 45_000},
        ],
    )
    received = TODAY - timedelta(days=30)
    save(
        store, QUESTION, act="new", title="Kör från Skjern", stage="idea",
        received=received, received_from="Skjern Kantori", answer_by=TODAY - timedelta(days=3),
    )  # fmt: skip
    return store


async def test_each_section_has_its_record_and_each_line_leads_to_it(tmp_path: Path) -> None:
    async with using(busy(tmp_path / "r")) as user:
        screen = user.screen
        for words in ("Att göra nu", "Att besvara", "Väntar på beslut", "Sökt, ej beviljat", "Tidsfrister", "I år"):
            assert words in screen
        for section, ref in (
            ("answer", QUESTION), ("decision", TRIP), ("applied", TRIP), ("deadlines", TRIP),
        ):  # fmt: skip
            assert f"{section}:{ref}" in rows(user)
        assert "3 dagar sen" in screen
        assert "om 20 dagar" in screen
        assert "EU-medel (Erasmus+)" in screen
        matters = user.app.screen.query_one(MatterList)
        assert matters.move_to(f"answer:{QUESTION}")
        await user.press("enter")
        assert user.main.page.id == "projects"
        assert "Kör från Skjern" in user.screen


async def test_the_cursor_passes_over_headings_and_a_section_unfolds(tmp_path: Path) -> None:
    store = busy(tmp_path / "r")
    more = {f"departments/f{number}": {"name": f"Förvaltning {number}", "ambition": True} for number in range(8)}
    store.save(Change(more, "Omorganisation.", act="new"))
    async with using(store) as user:
        matters = user.app.screen.query_one(MatterList)
        visited = []
        for _round in range(matters.shown):
            visited.append(str(matters.key))
            await user.pilot.press("down")
        assert not [key for key in visited if key.startswith("heading:")]
        before = [key for key in rows(user) if key.startswith("now:")]
        assert len(before) == 8
        assert matters.move_to("rest:now")
        await user.press("enter")
        after = [key for key in rows(user) if key.startswith("now:")]
        assert after[:8] == before
        assert len(after) > 8
        assert "rest:now" not in rows(user)


async def test_after_a_save_it_is_looked_at_again_and_the_cursor_stays_on_its_line(tmp_path: Path) -> None:
    store = busy(tmp_path / "r")
    async with using(store, watch=True) as user:
        matters = user.app.screen.query_one(MatterList)
        assert matters.move_to(f"decision:{TRIP}")
        save(store, QUESTION, answered=TODAY)
        await user.until("Något sparades utanför det här fönstret")
        await user.rest()
        assert f"answer:{QUESTION}" not in rows(user)
        assert "Att besvara" not in user.screen
        assert matters.key == f"decision:{TRIP}"


async def test_a_page_out_of_sight_is_looked_at_when_it_is_gone_to(tmp_path: Path) -> None:
    store = busy(tmp_path / "r")
    async with using(store, watch=True) as user:
        await user.press("3")
        save(store, QUESTION, answered=TODAY)
        await user.until("Något sparades utanför det här fönstret")
        await user.press("1")
        assert f"answer:{QUESTION}" not in rows(user)


async def test_what_others_did_since_is_told_once_and_what_one_did_oneself_is_no_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = torsby(tmp_path / "r")
    async with using(store) as user:
        assert "Senaste ändringen" in user.screen
    save(store, SKJERN, potential="Skolor")
    async with using(store) as user:
        assert "Sedan du var här" not in user.screen
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("GIT_AUTHOR_NAME", "Bo Exempel")
        elsewhere.setenv("GIT_AUTHOR_EMAIL", "bo@example.org")
        save(store, SKJERN, potential="Skolor och körer")
    async with using(store) as user:
        screen = await user.until("Sedan du var här i dag")
        assert "infört av Bo Exempel" in screen
    async with using(store) as user:
        assert "Sedan du var här" not in user.screen
        assert "Senaste ändringarna" in user.screen


async def test_a_fresh_registry_is_no_wall_of_red(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r")) as user:
        goals = [key.partition(":")[2] for key in rows(user) if not key.startswith(("heading:", "jubilees:"))]
        assert goals == ["departments", "registry", "projects"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 50)])
async def test_it_reads_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with using(busy(tmp_path / "r"), size=size) as user:
        screen = user.screen
        assert all(len(line) <= size[0] for line in screen.split("\n"))
        assert "Att göra nu" in screen
        assert "I år" in screen
        assert "Ungdomsutbyte m" in screen
        panel = user.app.screen.query_one(OutlookPanel)
        assert str(panel.render()).count("\n") + 1 == panel.size.height


def test_a_very_large_registry_is_judged_only_when_asked() -> None:
    def view(projects: int) -> View:
        counts = {"departments": 0, "twin-towns": 0, "projects": projects}
        return View(None, Summary("", "", "", False, True, counts, {}, ()), lambda: None, lambda _s: None)  # type: ignore

    assert not is_too_large(view(20_000))
    assert is_too_large(view(20_001))


async def test_a_line_leads_to_its_record_with_the_field_marked_and_a_to_the_field_itself(tmp_path: Path) -> None:
    async with writing(busy(tmp_path / "r"), size=(120, 40)) as user:
        matters = user.app.screen.query_one(MatterList)
        line = next(key for key in rows(user) if key.startswith("now:projects/"))
        assert matters.move_to(line)
        item = matters.item
        assert item
        assert item.field
        await user.press("enter")
        page = cast("BrowsePage", user.main.page)
        await user.until("▸")
        marked = [row for row in user.screen.splitlines() if "▸" in row]
        assert len(marked) == 1, "one thing, in sight"
        assert page.jumps[0].field == item.field
        await user.press("down")
        assert "▸" not in user.screen, "another record: nobody was led there"

        await user.press("1")
        assert matters.move_to(line)
        await user.press("a")
        form = await user.on(RecordForm)
        assert form.focused is not None
        inside = [node.slot for node in form.focused.ancestors_with_self if isinstance(node, FieldInput)]
        assert any(slot.key == item.field.partition("[")[0] for slot in inside)


async def test_what_stands_in_no_list_of_the_card_is_marked_where_it_stands(tmp_path: Path) -> None:
    store = busy(tmp_path / "r")
    due = {"id": "f1", "what": "Slutrapport", "date": TODAY + timedelta(days=9)}
    save(store, TRIP, deadlines=[due], documents=[{"title": f"Bilaga {n}", "reference": f"dnr {n}"} for n in range(30)])
    async with writing(store, size=(100, 30)) as user:
        matters = user.app.screen.query_one(MatterList)
        assert matters.move_to(f"deadlines:{TRIP}")
        await user.press("enter")
        await user.until("▸")
        (marked,) = [row for row in user.screen.splitlines() if "▸" in row]
        assert "Slutrapport" in user.screen
        assert cast("BrowsePage", user.main.page).jumps[0].field == "deadlines[f1]", marked


async def test_more_money_after_the_decision_waits_for_another_and_leads_there(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), start=TODAY + timedelta(30), end=TODAY + timedelta(34), cost=45_000)
    save(store, BUN, "Rektor.", officers=[{"person": "p-4tq8ab", "from": date(2026, 1, 1)}])
    line = {"id": "b1", "year": TODAY.year, "source": "participants", "planned": 45_000}
    save(store, TRIP, "Nämnden sa ja.", decision="BUN 2026-03-10 § 31", stage="decided", budget=[line])
    async with writing(store, size=(120, 40)) as user:
        assert f"decision:{TRIP}" not in rows(user)
        save(store, TRIP, "Bussen blev dyrare.", cost=57_000)
        user.main.show_view(await user.main.session.look())
        await user.rest()
        assert f"decision:{TRIP}" in rows(user)
        assert "kräver ett nytt beslut: kostnad" in user.screen
        matters = user.app.screen.query_one(MatterList)
        assert matters.move_to(f"decision:{TRIP}")
        save(store, TRIP, "Kören vill också med.", participants=30)
        user.main.show_view(await user.main.session.look())
        await user.rest()
        assert matters.key == f"decision:{TRIP}", "looked at again, and still the same line"
        await user.press("enter")
        await user.until("▸ behöver ett nytt beslut")
