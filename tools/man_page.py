"""The manual page, made of the commands as click knows them: their texts, options and examples are those of --help."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

HEADS = {
    "en": ("General Commands Manual", "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "SEE ALSO", "Example"),
    "sv": ("Handbok för kommandon", "NAMN", "SYNTAX", "BESKRIVNING", "FLAGGOR", "KOMMANDON", "SLUTKOD", "MILJÖ", "SE ÄVEN", "Exempel"),
}  # fmt: skip
CODES = {
    "en": (("0", "done"), ("1", "a finding that the command exists to report: violations, conflicts, not verified"), ("2", "refused or failed; nothing was written")),
    "sv": (("0", "klart"), ("1", "något som kommandot är till för att säga: brott mot policyn, konflikter, inte verifierat"), ("2", "avvisat eller misslyckat; ingenting skrevs")),
}  # fmt: skip
ENVIRONMENT = {
    "en": (("VANORT_REGISTRY", "the registry's folder, where -r does not say"), ("NO_COLOR", "nothing is coloured"), ("EDITOR, VISUAL", "what the app opens texts and files with")),
    "sv": (("VANORT_REGISTRY", "registrets mapp, där -r inte säger den"), ("NO_COLOR", "ingenting färgas"), ("EDITOR, VISUAL", "vad appen öppnar texter och filer med")),
}  # fmt: skip
SEE = {
    "en": "vanort guide lists the pages of the guide, which are also in the app (F3).",
    "sv": "vanort guide listar sidorna i guiden, som också finns i appen (F3).",
}


def man_page(language: str) -> str:
    """The page, in the language spoken."""
    from tui.cli.program import COMMANDS, Program

    program = Program()
    context = click.Context(program, info_name="vanort", **program.context_settings)
    title, name, synopsis, description, options, commands, status, environment, see, _example = HEADS[language]
    first, rest = _paragraphs(program.help or "")
    lines = [f'.TH VANORT 1 "" "Vänort" "{title}"', f".SH {name}", _text(f"vanort - {first.rstrip('.')}")]
    lines += [f".SH {synopsis}", ".B vanort", _text(" ".join(program.collect_usage_pieces(context)))]
    lines += [f".SH {description}", *_paragraph_lines(rest)]
    lines += [f".SH {options}", *_options(program, context)]
    lines += [f".SH {commands}"]
    for heading, named in COMMANDS.items():
        from registry.words import _

        lines.append(f".SS {_text(_(heading))}")
        for command in named:
            lines += _command(program.get_command(context, command), context, command, language)
    for heading, rows in ((status, CODES[language]), (environment, ENVIRONMENT[language])):
        lines += [f".SH {heading}"]
        for term, meaning in rows:
            lines += [".TP", f".B {_text(term)}", _text(meaning)]
    lines += [f".SH {see}", _text(SEE[language]), ".BR git (1)"]
    return "\n".join(lines) + "\n"


def _command(command: click.Command | None, parent: click.Context, name: str, language: str) -> Iterator[str]:
    """One command, or one of a group's after the other."""
    if command is None:
        raise LookupError(name)
    context = click.Context(command, info_name=name, parent=parent, **command.context_settings)
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (".TP", f"\\fB{_text(context.command_path)}\\fR {_text(usage)}".rstrip())
    first, rest = _paragraphs(command.help or "")
    yield _text(first)
    yield ".RS"
    yield from _paragraph_lines(rest)
    yield from _options(command, context, but=("--registry", "--lang", "--help"))
    for line, meaning in getattr(command, "examples", ()):
        yield from (".TP", f".B {_text(line)}", _text(meaning))
    yield ".RE"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            yield from _command(command.get_command(context, below), context, below, language)


def _options(command: click.Command, context: click.Context, but: tuple[str, ...] = ()) -> Iterator[str]:
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option) and not {*parameter.opts} & {*but}:
            term, meaning = parameter.get_help_record(context) or ("", "")
            yield from (".TP", f".B {_text(term)}", _text(meaning)) if term else ()


def _paragraphs(text: str) -> tuple[str, list[str]]:
    """The first paragraph, and the others."""
    first, *rest = (re.sub(r"\s+", " ", one).strip() for one in re.split(r"\n\s*\n", text))
    return first, rest


def _paragraph_lines(paragraphs: list[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from (".PP", _text(paragraph))


def _text(text: str) -> str:
    """One line of roff that shows `text` and does nothing else."""
    flat = re.sub(r"\s+", " ", text).strip().replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{flat}" if flat.startswith((".", "'")) else flat
