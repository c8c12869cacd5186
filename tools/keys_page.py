"""The page of all keys, made of the command tables."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

TITLES = {
    "en": (
        "Keys",
        "Every key that the app has, by where it works. This page is made from the program. In the app, `?` shows those that work "
        "where you are, and `ctrl+p` finds a command by its name.",
        ("key", "command", "what it does"),
    ),
    "sv": (
        "Tangenter",
        "Alla tangenter som appen har, efter var de gäller. Sidan är gjord av programmet. I appen visar `?` de som gäller där du "
        "är, och `ctrl+p` hittar ett kommando efter dess namn.",
        ("tangent", "kommando", "vad det gör"),
    ),
}
PLACES = (
    (("Everywhere", "Överallt"), ("app", "app_commands", "themes")),
    (("The pages", "Sidorna"), ("screens.main", "screens.places", "screens.files", "screens.sharing_places", "screens.shares")),
    (("The overview", "Översikten"), ("screens.overview",)),
    (("Departments, twin towns, projects", "Förvaltningar, vänorter, projekt"), ("screens.browse", "screens.next_step")),
    (("Lists", "Listor"), ("widgets.record_list", "widgets.matter_list", "widgets.sheet")),
    (("Forms", "Formulär"), ("forms.",)),
    (("Saving", "Att spara"), ("screens.saving.", "screens.identity")),
    (("History", "Historik"), ("screens.history", "screens.change", "screens.provenance", "screens.record_history", "screens.card")),
    (("As it was", "Som det var"), ("screens.past", "screens.compare", "screens.removed")),
    (("People", "Personer"), ("screens.people", "screens.handover", "screens.erase")),
    (("Committee, money, policy, decisions", "Kommitté, pengar, policy, beslut"), ("screens.committee", "screens.budget", "screens.policy", "screens.decisions", "screens.breaches")),
    (("Sharing", "Delning"), ("screens.exchange", "screens.settling", "screens.sharing_settings", "screens.unfinished", "screens.waiting")),
    (("Reports and files", "Rapporter och filer"), ("screens.report", "screens.importing", "screens.working")),
    (("The guide and the help", "Guiden och hjälpen"), ("screens.guide", "screens.help")),
)  # fmt: skip
"""Heading in English and Swedish → the modules below `tui` whose tables stand there. What is left stands in the last part."""
LEFT = ("Other screens and dialogues", "Andra skärmar och dialogrutor")


def owners() -> Iterator[type]:
    """Every class with a table of commands of its own."""
    import tui
    from tui.commands import HasCommands

    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting, seen = [HasCommands], set()
    while waiting:
        for owner in waiting.pop().__subclasses__():
            if owner not in seen and owner.__module__.startswith("tui."):
                seen.add(owner)
                waiting.append(owner)
                if owner.__dict__.get("COMMAND_TABLE"):
                    yield owner


def keys_page(language: str) -> str:
    """The page, in the language spoken."""
    title, about, heads = TITLES[language]
    number = 0 if language == "en" else 1
    left = sorted(owners(), key=lambda owner: (owner.__module__, owner.__qualname__))
    parts = [f"# {title}\n\n{about}\n"]
    for headings, modules in (*PLACES, (LEFT, ("",))):
        here = [owner for wanted in modules for owner in left if _is_in(owner, wanted)]
        left = [owner for owner in left if owner not in here]
        rows = list(dict.fromkeys(row for owner in here for row in _rows(owner)))
        if rows:
            head = f"| {' | '.join(heads)} |\n|---|---|---|\n"
            parts.append(f"## {headings[number]}\n\n{head}{''.join(rows)}")
    return "\n".join(parts)


def _is_in(owner: type, wanted: str) -> bool:
    module = owner.__module__.removeprefix("tui.")
    return wanted in {"", module} or module.startswith(wanted if wanted.endswith(".") else f"{wanted}.")


def _rows(owner: type) -> Iterator[str]:
    from registry.words import _
    from tui.keys import name_of, split_keys

    for command in owner.__dict__["COMMAND_TABLE"]:
        if command.keys:
            keys = " ".join(f"`{name_of(key)}`" for key in split_keys(command.keys))
            yield f"| {keys} | {_(command.label)} | {_(command.help) if command.help else ''} |\n"
