"""A pair of copies for every test, copied from one that is made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.registry.sharing.pair import Pair, copied, made


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, _catalogues: None) -> Path:
    """The pair that others are copied from."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        patch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        (home / ".gitconfig").write_text(
            "[user]\n\tname = Anna Exempel\n\temail = anna@example.org\n[init]\n\tdefaultBranch = main\n",
            encoding="utf-8",
        )
        return made(tmp_path_factory.mktemp("pair"))


@pytest.fixture
def pair(template: Path, tmp_path: Path) -> Pair:
    """Mine and theirs."""
    return copied(template, tmp_path / "pair")
