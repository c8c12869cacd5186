"""Which page of the guide belongs to which screen: the one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui.guide.pages import FIRST

PAGES: Final = {
    # the pages of the main screen, by id
    "overview": "year",
    "departments": "first-day",
    "twin-towns": "towns",
    "projects": "project",
    "history": "history",
    "people": "people",
    # places and dialogues, by class
    "BreachesScreen": "money",
    "BudgetScreen": "money",
    "CardScreen": "first-day",
    "ChangeScreen": "history",
    "CommitteeScreen": "year",
    "CompareScreen": "history",
    "DecisionsScreen": "money",
    "DoctorScreen": "trouble",
    "EditPersonScreen": "people",
    "EraseScreen": "privacy",
    "ExchangeScreen": "sharing",
    "FindingsScreen": "project",
    "FirstRunScreen": "first-day",
    "GitCommandsScreen": "trouble",
    "HandoverScreen": "people",
    "IdentityScreen": "first-day",
    "ImportScreen": "files",
    "NextStepScreen": "project",
    "OtherValueScreen": "sharing",
    "PersonScreen": "people",
    "PolicyScreen": "first-day",
    "ProvenanceScreen": "history",
    "RecordHistoryScreen": "history",
    "RemovedScreen": "history",
    "ReportScreen": "reports",
    "SaveScreen": "project",
    "SettleScreen": "sharing",
    "SettlingScreen": "sharing",
    "SharingScreen": "sharing",
    "SideScreen": "sharing",
    "TogetherScreen": "sharing",
    "UnfinishedScreen": "trouble",
    "VerifyScreen": "trust",
    "WaitingScreen": "sharing",
    "WorkingScreen": "files",
    # forms, by the kind of what is edited
    "form departments": "first-day",
    "form policy": "first-day",
    "form projects": "project",
    "form registry": "first-day",
    "form twin-towns": "towns",
}
"""What somebody is on → the page that helps there."""


def page_for(places: Sequence[str]) -> str:
    """The page for somebody who stands on the last of `places`; the first page where none has one."""
    return next((PAGES[place] for place in reversed(places) if place in PAGES), FIRST)
