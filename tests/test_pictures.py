"""The pictures of the documentation are the app's own, and anybody can make them again."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent
NAMESPACE = "http://www.w3.org/2000/svg"


def words(picture: Path) -> str:
    """All that is written in a picture."""
    return "".join(ElementTree.parse(picture).getroot().itertext()).replace("\u00a0", " ")  # noqa: S314 - our own file


@pytest.mark.thorough
def test_the_pictures_are_made_from_the_fictional_example_and_fetch_nothing(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "tools/pictures.py"), str(tmp_path)], cwd=tmp_path, check=True)
    kept = ROOT / "docs/pictures"
    made = {picture.relative_to(tmp_path) for picture in tmp_path.glob("*/*.svg")}
    assert made == {picture.relative_to(kept) for picture in kept.glob("**/*.svg")}
    assert "PÅHITTAT EXEMPEL · Granhults kommun" in words(tmp_path / "sv/overview.svg")
    assert "FICTIONAL EXAMPLE · Granhults kommun" in words(tmp_path / "en/overview.svg")
    for picture in [*tmp_path.glob("*/*.svg"), *kept.glob("*/*.svg")]:
        assert set(re.findall(r"\w+://[^\s\"']+", picture.read_text(encoding="utf-8"))) == {NAMESPACE}


def test_the_readme_shows_pictures_that_are_there() -> None:
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert "docs/pictures/en/overview.svg" in shown
    assert all((ROOT / picture).is_file() for picture in shown)
