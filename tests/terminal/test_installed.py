"""What is built and installed works far from its source: the sdist, the wheel made of it, and the program in a fresh venv."""

from __future__ import annotations

import email
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.terminal.terminal import ROOT, environment, terminal

_OFFLINE = ("No matching distribution", "Could not find a version", "connection", "Connection", "Temporary failure")


@dataclass(frozen=True)
class Built:
    """The files that are handed out."""

    sdist: Path
    wheel: Path


def _build(source: Path, kind: str, into: Path) -> Path:
    """What hatchling makes of the source."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (made,) = into.glob("*.tar.gz" if kind == "sdist" else "*.whl")
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist, and the wheel made of nothing but the sdist."""
    folder = tmp_path_factory.mktemp("byggt")
    sdist = _build(ROOT, "sdist", folder)
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "uppackat", filter="data")
    (source,) = (folder / "uppackat").iterdir()
    return Built(sdist, _build(source, "wheel", folder))


def test_the_wheel_has_all_that_the_program_reads_and_says_what_it_is(built: Built) -> None:
    listed = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "registry", "tui"]
    tracked = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.splitlines()
    wanted = {path for path in tracked if not path.endswith(".po") and (ROOT / path).exists()}
    wanted |= {f"registry/locale/{language}/LC_MESSAGES/vanort.mo" for language in ("en", "sv")}
    wanted |= {f"tui/guide/{path.parent.name}/{path.name}" for path in (ROOT / "docs").glob("[es][nv]/*.md")}
    with zipfile.ZipFile(built.wheel) as wheel:
        names = set(wheel.namelist())
        (about,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        said = email.message_from_bytes(wheel.read(about))
    manuals = {name.partition(".data/data/share/")[2] for name in names if ".data/" in name}
    assert manuals == {"man/man1/vanort.1", "man/sv/man1/vanort.1"}
    assert {name for name in names if ".dist-info/" not in name and ".data/" not in name} == wanted
    assert about.replace("METADATA", "licenses/LICENSE") in names
    assert (said["License-Expression"], said["License-File"], said["Project-URL"]) == ("MIT", "LICENSE", None)
    assert said["Description-Content-Type"] == "text/markdown"
    assert said.get_payload().startswith("# Vänort") or "# V" in said.get_payload()[:10]
    assert "Natural Language :: Swedish" in said.get_all("Classifier", [])


def _venv(folder: Path, *install: str) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder of programs of a fresh venv, and what came of installing into it; pip is the tests' own."""
    venv.create(folder, symlinks=True)
    python = str(folder / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-compile", *install]
    return folder / "bin", subprocess.run(pip, cwd=folder, check=False, capture_output=True, text=True)


def _works(programs: Path, home: Path) -> None:
    """That the program which is installed there does its work, and is not the one of the source."""
    home.mkdir()
    env = environment(home, PYTHONPATH="", PATH=f"{programs}{os.pathsep}{os.environ['PATH']}")
    (home / ".gitconfig").write_text("[user]\n\tname = Siv Berg\n\temail = siv@example.org\n", encoding="utf-8")

    def run(*command: str) -> str:
        ran = subprocess.run(command, cwd=home, env=env, check=False, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    where = run(str(programs / "python"), "-c", "import registry, tui; print(registry.__file__, tui.__file__)").split()
    assert all(Path(file).is_relative_to(programs.parent) for file in where)
    vanort = str(programs / "vanort")
    assert ", Git 2." in run(vanort, "--version")
    run(vanort, "init", "r", "--lang", "sv")
    assert len(json.loads(run(vanort, "-r", "r", "list", "twin-towns", "--json"))) == 6
    run(vanort, "-r", "r", "export", "ut.xlsx")
    assert (home / "ut.xlsx").stat().st_size > 5_000
    assert "Påskön" in run(vanort, "-r", "r", "list", "twin-towns")
    assert run(vanort, "guide", "year").startswith("# Kommittén och året\n")
    assert (programs.parent / "share" / "man" / "sv" / "man1" / "vanort.1").is_file()
    assert "properties" in json.loads(run(vanort, "-r", "r", "schema", "projects"))
    with terminal(home, "--lang", "sv", "demo", command=[vanort], size=(100, 30), PYTHONPATH="") as window:
        window.until("PÅHITTAT EXEMPEL · Granhults kommun", "I registret")
        window.press("q")
        assert window.ended() == 0


def test_the_wheel_works_where_there_is_no_source(built: Built, tmp_path: Path) -> None:
    """What it depends on is lent by the tests' own environment, so that nothing has to be downloaded."""
    programs, ran = _venv(tmp_path / "v", "--no-deps", "--no-index", str(built.wheel))
    assert ran.returncode == 0, ran.stderr
    (packages,) = (tmp_path / "v" / "lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    _works(programs, tmp_path / "hem")


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_with_all_that_it_says_it_needs(built: Built, tmp_path: Path, kind: str) -> None:
    programs, ran = _venv(tmp_path / "v", str(getattr(built, kind)))
    if ran.returncode and any(sign in ran.stderr for sign in _OFFLINE):
        pytest.skip(f"nothing can be downloaded here: {ran.stderr.strip().splitlines()[-1]}")
    assert ran.returncode == 0, ran.stderr
    _works(programs, tmp_path / "hem")
