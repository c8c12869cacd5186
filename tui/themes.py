"""The two looks of the app: paper by day, slate by night; one accent colour, and colours that mean something."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.theme import Theme

from registry.words import N_
from tui.commands import Command, HasCommands

if TYPE_CHECKING:
    from textual.app import App

    _App = App[Any]
else:
    _App = object


def _theme(
    name: str,
    *,
    dark: bool,
    page: str,
    raised: str,
    text: str,
    muted: str,
    accent: str,
    on_accent: str,
    chosen: str,
    chosen_away: str,
    rule: str,
    good: str,
    warning: str,
    bad: str,
) -> Theme:
    """A theme of named roles; every text colour is given outright, so that its contrast is known beforehand."""
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=accent,
        accent=accent,
        warning=warning,
        error=bad,
        success=good,
        foreground=text,
        background=page,
        surface=page,
        panel=raised,
        boost=raised,
        variables={
            "text": text,
            "text-muted": muted,
            "text-disabled": muted,
            "foreground-muted": muted,
            "foreground-disabled": muted,
            "good": good,
            "bad": bad,
            "chosen": chosen,
            "chosen-away": chosen_away,
            "raised": raised,
            "rule": rule,
            "on-accent": on_accent,
            "border": accent,
            "border-blurred": rule,
            "block-cursor-foreground": text,
            "block-cursor-background": chosen,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-foreground": text,
            "block-cursor-blurred-background": chosen_away,
            "block-hover-background": chosen_away,
            "input-cursor-background": text,
            "input-cursor-foreground": page,
            "input-selection-background": chosen,
            "input-selection-foreground": text,
            "screen-selection-background": chosen,
            "screen-selection-foreground": text,
            "scrollbar": rule,
            "scrollbar-hover": muted,
            "scrollbar-active": accent,
            "scrollbar-background": page,
            "scrollbar-background-hover": page,
            "scrollbar-background-active": page,
            "scrollbar-corner-color": page,
            "link-color": accent,
            "link-color-hover": on_accent,
            "link-background-hover": accent,
            "button-foreground": text,
            "button-color-foreground": on_accent,
            "button-focus-text-style": "bold reverse",
        },
    )


LIGHT: Final = _theme(
    "vanort-light",
    dark=False,
    page="#fbfaf6",
    raised="#f0eee7",
    text="#22262b",
    muted="#5b6168",
    accent="#1d5b8f",
    on_accent="#ffffff",
    chosen="#dce8f3",
    chosen_away="#ecebe5",
    rule="#cfccc2",
    good="#2c6638",
    warning="#7d5000",
    bad="#a32428",
)

DARK: Final = _theme(
    "vanort-dark",
    dark=True,
    page="#15181c",
    raised="#1f242a",
    text="#e4e3de",
    muted="#a0a7ae",
    accent="#85b8e8",
    on_accent="#10151a",
    chosen="#26384a",
    chosen_away="#22272d",
    rule="#3c434b",
    good="#8fcb9d",
    warning="#e3b566",
    bad="#f2938a",
)

THEMES: Final = (LIGHT, DARK)


def preferred(environment: Mapping[str, str]) -> str:
    """The theme to begin with: what ``COLORFGBG`` says of the terminal's background, else the dark one."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in {"7", "15"} else DARK.name


class OwnThemes(HasCommands, _App):
    """Mixed into the app, named before `App`: our two themes, and a command to go from one to the other."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(
            id="app.light-or-dark",
            keys="f9",
            label=N_("light or dark"),
            help=N_("Dark text on a light page, or light text on a dark one."),
            group=N_("Everywhere"),
            show=False,
        ),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with(preferred(os.environ))

    def _begin_with(self, name: str) -> None:
        """Have the theme from the start. To set it would have all style sheets parsed twice before the first frame."""
        self.set_reactive(type(self).theme, name)
        for kind, chosen in {"-dark-mode": self.current_theme.dark, "-light-mode": not self.current_theme.dark}.items():
            self.set_class(chosen, kind, update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Values for the names that our style sheets use, should another theme be set."""
        return DARK.variables if self.current_theme.dark else LIGHT.variables

    def do_light_or_dark(self) -> None:
        """The other one."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name
