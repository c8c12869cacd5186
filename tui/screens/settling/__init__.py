"""The settling screen: what two people wrote differently, one thing a row; take either, or write a third.

`screen` lists and takes, `question_text` says what each side says, `other_value` asks for a third value, `together` shows
what comes of it all and makes it so.
"""

from tui.screens.settling.screen import SettlingScreen, settle_and_share, settle_now

__all__ = ["SettlingScreen", "settle_and_share", "settle_now"]
