"""Which language a run of the command line speaks, known before anything is parsed, so that help texts speak it too."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from registry.git.glance import language_of
from registry.words import LANGUAGES, LOCALE_DIR, N_, Language, as_language, from_environment, ngettext

_DOMAIN = "vanort"


def spoken(arguments: Sequence[str]) -> Language:
    """``--lang``, else the registry's language, else the locale's, else Swedish."""
    given = given_option(arguments, "--lang")
    if given in LANGUAGES:
        return as_language(given)
    folder = given_option(arguments, "-r", "--registry") or os.environ.get("VANORT_REGISTRY") or "."
    return language_of(Path(folder)) or from_environment() or "sv"


def given_option(arguments: Sequence[str], *names: str) -> str:
    """The value that an option was given, wherever it stands before ``--``; "" where it was not."""
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name in names and equals:
            return value
        if argument in names:
            return "".join(arguments[index + 1 : index + 2])
    return ""


@contextmanager
def click_speaking(language: str) -> Iterator[None]:
    """Have click say its own sentences (usage, errors) from our catalogue, in `language`, for a while.

    Click asks Python's gettext for the process's domain and languages; both are as before afterwards, so that an
    editor or an app started later has the user's own.
    """
    domain, languages = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, LOCALE_DIR)
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if languages is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = languages


CLICK_SAYS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Positional arguments"),
    N_("required"),
    N_("default: {default}"),
    N_("Show this message and exit."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("No such option: {name}"),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Choose from:\n\t{choices}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)
"""What click (8.2 to 8.5) says that a user of ours can meet: here so that the catalogue has it."""


def click_counts(number: int) -> tuple[str, ...]:
    """The sentences of click that depend on a number, here for the same reason."""
    return (
        ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", number),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", number),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", number),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", number),
    )
