"""The guide's pages say what is so: their commands can be given, their keys exist, their words are the program's."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import click
import pytest

from registry.words import LANGUAGES, speak
from tests.guide.keys import key_named
from tests.tui.cli.running import vanort
from tui.cli.invocation import Invocation
from tui.cli.program import Program
from tui.guide import pages

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [page for language in LANGUAGES for page in sorted((DOCS / language).glob("*.md"))]
ALSO_KEYS = {"tab", "shift+tab"}
"""Keys that are Textual's own: to the next field, to the one before."""
NO_KEYS = {"Z", "_", "~"}
"""What stands like a key and is none: the end of a time, a folder, what a wrong terminal shows."""
NOT_OF_THE_PROGRAM = {"auditing", "files", "privacy", "reports", "server", "trust", "install"}
"""Pages whose emphasis is not a label of the screen."""


def of_page(page: Path) -> str:
    """What a page is called in a list of tests."""
    return f"{page.parent.name}/{page.stem}"


every_page = pytest.mark.parametrize("page", PAGES, ids=of_page)


def test_each_page_has_its_twin_with_the_same_parts_pictures_and_commands() -> None:
    def parts(page: Path) -> object:
        text = page.read_text(encoding="utf-8")
        pictures = [re.sub(r"pictures/\w\w/", "", path) for path in re.findall(r"!\[.+\]\((.+)\)", text)]
        blocks = [command.split()[:2] for command in commands_of(text)]
        return Counter(re.findall(r"^#+", text, re.MULTILINE)), pictures, sorted(map(str, blocks)), text.count("\n|")

    by_language = {language: {p.stem: p for p in PAGES if p.parent.name == language} for language in LANGUAGES}
    assert by_language["sv"].keys() == by_language["en"].keys()
    for name in by_language["en"].keys() - {"keys", "tutorial"}:
        assert parts(by_language["sv"][name]) == parts(by_language["en"][name]), name


@every_page
def test_what_a_page_leads_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        assert "://" not in target, "a page is read without a network"
        assert (page.parent / target).resolve().is_file() or (page.parent / target).is_dir(), target
    assert all(f"pictures/{page.parent.name}/" in path for path in re.findall(r"!\[.*\]\((.+)\)", text))


def commands_of(text: str) -> Iterator[str]:
    """The lines that call `vanort`: in blocks, and within sentences."""
    fenced = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL))
    rest = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    indented = "\n".join(re.sub(r"(?<=\S) {2,}.*", "", line) for line in re.findall(r"^    (.*)$", rest, re.MULTILINE))
    inline = "\n".join(re.sub(r"\s+", " ", code) for code in re.findall(r"`([^`]+)`", rest))
    for line in f"{fenced}\n{indented}\n{inline}".splitlines():
        if found := re.search(r"(?:^|\| |\$\()(vanort( .*)?$)", line.strip()):
            yield re.split(r" [|;] | > |(?<=\S)\)$", found[1])[0]


def parse(command: str) -> None:
    """Let click read a command line, and do nothing. Raises its errors."""
    _vanort, *arguments = shlex.split(command, comments=True)
    program: click.Command = Program()
    context = program.make_context("vanort", arguments, obj=Invocation(), resilient_parsing=False)
    while isinstance(program, click.Group) and (rest := [*context._protected_args, *context.args]):
        name, found, rest = program.resolve_command(context, rest)
        assert found is not None
        program, context = found, found.make_context(name or "", list(rest), parent=context)


@every_page
def test_every_command_of_a_page_can_be_given(page: Path) -> None:
    for command in commands_of(page.read_text(encoding="utf-8")):
        try:
            parse(command)
        except click.exceptions.Exit:
            assert {"--help", "--version"} & {*command.split()}
        except (click.MissingParameter, click.BadOptionUsage):
            assert len(command.split()) <= 3, f"{command}: it is only named, without what it is given"
        except click.ClickException as error:
            raise AssertionError(f"{command}: {error.format_message()}") from None


def test_a_wrong_command_would_be_found() -> None:
    text = "Give\n\n```sh\nvanort show REF --nonsense\n```\n\nor `vanort lost`."

    assert list(commands_of(text)) == ["vanort show REF --nonsense", "vanort lost"]
    for command in commands_of(text):
        with pytest.raises(click.UsageError):
            parse(command)


@every_page
def test_every_key_of_a_page_is_one_of_the_app(page: Path) -> None:
    from keys_page import owners  # type: ignore[import-not-found]

    from tui.keys import split_keys

    bound = {key for owner in owners() for command in owner.commands.values() for key in split_keys(command.keys)}
    plain = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    typed = set(re.findall(r"(?:[Tt]ype|[Ss]kriv) `([^`]+)`", plain))
    named = {code for code in re.findall(r"`([^`]+)`", plain) if key_named(code)} - typed
    assert {name for name in named if key_named(name) not in bound | ALSO_KEYS} - NO_KEYS == set()


@pytest.fixture(scope="module")
def said() -> dict[str, set[str]]:
    """Every word and sentence of the program, by language, in small letters."""
    import catalogue  # type: ignore[import-not-found]

    found: dict[str, set[str]] = {"sv": set(), "en": set()}
    for path in (ROOT / "registry").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Words":
                for language, word in zip(("sv", "en"), node.args, strict=False):
                    if isinstance(word, ast.Constant):
                        found[language].add(word.value.lower())
    for message in catalogue.swedish():
        found["sv"] |= {text.strip().lower() for text in _texts(message.string)}
        found["en"] |= {text.strip().lower() for text in _texts(message.id)}
    return found


def _texts(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@every_page
def test_what_a_page_calls_something_is_what_the_screen_calls_it(page: Path, said: dict[str, set[str]]) -> None:
    if page.stem not in NOT_OF_THE_PROGRAM:
        text = re.sub(r"`[^`]*`", "", re.sub(r"\s+", " ", page.read_text(encoding="utf-8")))
        named = {word.lower() for word in re.findall(r"\*([^*]+)\*", text)}
        unknown = named - said[page.parent.name] - {"varför", "why"}
        assert unknown == set()


def test_what_is_made_from_the_program_is_as_the_program_is() -> None:
    import reference  # type: ignore[import-not-found]

    for path, text in reference.made():
        assert (DOCS / path).read_text(encoding="utf-8") == text, "python tools/reference.py make"


@pytest.mark.skipif(which("groff") is None, reason="groff is not installed here")
@pytest.mark.parametrize("manual", ["man1/vanort.1", "sv/man1/vanort.1"])
def test_the_manual_is_taken_without_a_warning(manual: str) -> None:
    ran = subprocess.run(
        ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-rHY=0", str(DOCS / "man" / manual)], capture_output=True, text=True, check=True
    )  # fmt: skip

    assert ran.stderr == ""
    assert "verify-erased" in re.sub(r"\x1b\[[0-9;]*m|.\x08", "", ran.stdout)


def test_the_guide_is_read_on_the_command_line(tmp_path: Path) -> None:
    listed = vanort("guide", "--lang", "sv", "--json", cwd=tmp_path).json
    assert [one["page"] for one in listed][:2] == ["index", "install" if "install" in pages.names() else "tutorial"]
    assert {one["page"] for one in listed} == {page.stem for page in PAGES}

    assert vanort("guide", "history", "--lang", "sv", cwd=tmp_path).out.startswith("# Historik och ångra\n")
    page = vanort("guide", "history", "--lang", "en", "--json", cwd=tmp_path).json
    assert (page["page"], page["title"]) == ("history", "History and undo")
    assert "![" not in page["text"]

    for wrong in ("nowhere", "../sv/history", "-x/", ""):
        answer = vanort("guide", "--lang", "en", "--", wrong, cwd=tmp_path)
        assert (answer.code, answer.out) == (2, "")
        assert "The guide has no page called" in answer.err
        assert "history" in answer.err


def test_a_page_is_found_where_the_wheel_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "index.md").write_text("# Elsewhere\n\n[Go](history.md), [out](../x.md).\n", encoding="utf-8")
    monkeypatch.setattr(pages, "__file__", str(tmp_path / "pages.py"))
    speak("en")

    assert pages.read("index").title == "Elsewhere"
    assert pages.read("index").links == [("history", "Go")]
    assert pages.names() == ["index"]
