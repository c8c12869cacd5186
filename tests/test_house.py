"""The rules of the house that no single module can break unseen."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.records.kinds import KINDS
from registry.records.types import OneOf

ROOT = Path(__file__).resolve().parent.parent


def test_everything_that_is_said_has_its_swedish_and_nothing_is_left_over() -> None:
    from catalogue import missing, repeated, unused  # type: ignore[import-not-found]

    assert [message.id for message in missing()] == []
    assert [message.id for message in unused()] == []
    assert list(repeated()) == [], "each has one Swedish, in one place"


def test_the_finder_of_missing_swedish_finds_it(tmp_path: Path) -> None:
    from catalogue import missing

    for package in ("registry", "tui"):
        (tmp_path / package).mkdir()
    (tmp_path / "tui" / "page.py").write_text('print(_("Never translated"))\n', encoding="utf-8")

    assert [message.id for message in missing(tmp_path)] == ["Never translated"]


SAID = {
    "BadInput",
    "Refused",
    "NotFound",
    "GitTrouble",
    "BrokenFile",
    "VanortError",
    "tell",
    "Static",
    "Confirm",
    "Ask",
}
"""What is given to these is seen by a user."""


def _untranslated(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts with letters in them that go to the user as they stand, and commands whose words are not marked."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        given = node.args if node.func.id in SAID else []
        if node.func.id == "Command":
            given = [word.value for word in node.keywords if word.arg in {"label", "help", "group"}]
        for argument in given:
            if (
                isinstance(argument, ast.Constant)
                and isinstance(argument.value, str)
                and re.search(r"[^\W\d_]{2}", argument.value)
            ):
                yield node.lineno, argument.value


def test_nothing_is_said_to_the_user_without_being_translatable() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for package in ("registry", "tui")
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in _untranslated(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert found == []
    assert list(_untranslated(ast.parse('raise BadInput("not this way", _("that way"))'))) == [(1, "not this way")]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_and_choice_speaks_both_languages(kind: object) -> None:
    from registry.records.fields import Kind

    assert isinstance(kind, Kind)
    for path, field in kind.walk():
        for words in (field.label, field.absent):
            assert words.sv, path
            assert words.en, path
        for choice in field.type.options if isinstance(field.type, OneOf) else ():
            assert choice.label.sv, path
            assert choice.label.en, path


NOT_SAID = re.compile(r"\b(etapp|stadi(e|um|et|er)\b|innevånar|ramanslag|budgettak)", re.IGNORECASE)
"""What the policy's words for the screen have another word for: status, invånare, budgetram."""


def _swedish() -> Iterator[str]:
    """Every Swedish text of the program. What a policy quotes is data, and keeps its own spelling."""
    from catalogue import swedish

    for message in swedish():
        yield from (message.string,) if isinstance(message.string, str) else message.string
    for package in ("registry", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
                    yield from (one.value for one in node.args[:1] if isinstance(one, ast.Constant))


def test_the_screen_has_one_word_for_each_thing() -> None:
    texts = list(_swedish())
    assert len(texts) > 1000
    assert [text for text in texts if NOT_SAID.search(text)] == []
    assert NOT_SAID.search("Projektets etapp")
    assert NOT_SAID.search("för kommunens innevånare")


def test_statuses_severities_and_money_are_called_what_the_policys_list_calls_them() -> None:
    from registry.findings import SEVERITY_WORDS
    from registry.records.project_kind import SOURCES, STAGES

    stages = {choice.value: choice.label.sv for choice in STAGES}
    assert (stages["declined"], stages["cancelled"]) == ("avböjd", "inställd")
    assert [str(words.sv) for words in SEVERITY_WORDS.values()] == [
        "bryter mot policyn",
        "avsteg",
        "saknas",
        "att tänka på",
    ]
    assert [
        choice.label.sv for choice in SOURCES if choice.value in {"central", "department", "eu", "participants"}
    ] == [
        "förvaltningens medel",
        "centrala medel",
        "EU-medel",
        "deltagaravgifter",
    ]
    project, twin_town, registry = (KINDS[kind] for kind in ("projects", "twin-towns", "registry"))
    said = {path: field.label.sv for kind in (project, twin_town, registry) for path, field in kind.walk()}
    assert said["stage"] == "Status"
    assert said["budget[].spent"] == "Utfall"
    assert said["agreement_year"] == "Kommunalt beslut (år)"


def _modules_after(program: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(ran.stdout.split())


def test_the_whole_registry_loads_without_a_screen() -> None:
    program = (
        "import pkgutil, importlib, registry\n"
        "for found in pkgutil.walk_packages(registry.__path__, 'registry.'): importlib.import_module(found.name)"
    )

    loaded = _modules_after(program)

    assert "registry.store" in loaded
    assert not {name for name in loaded if name.split(".")[0] in {"textual", "click", "tui"}}


def test_the_imports_keep_their_contracts() -> None:
    ran = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT
    ) if Path(sys.executable).with_name("lint-imports").exists() else None  # fmt: skip
    if ran is None:
        pytest.skip("import-linter is not installed here; .ci/run has it")
    assert ran.returncode == 0, ran.stdout
