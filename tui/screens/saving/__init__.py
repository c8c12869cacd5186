"""Saving: what changes, field by field; what the policy says of it; why; under which decision. Then one commit.

`confirming` has a change judged and shown, `screen` asks and saves, `shown` says what it would do, `questions` are what is
asked, `personal` deals with what looks like personal data, `meeting` and `settle` with what somebody else changed
meanwhile, `someone` with who acts.
"""

from tui.screens.saving.confirming import confirm_change
from tui.screens.saving.screen import Outcome, SaveScreen
from tui.screens.saving.settle import SettleScreen
from tui.screens.saving.someone import someone_acts

__all__ = ["Outcome", "SaveScreen", "SettleScreen", "confirm_change", "someone_acts"]
