"""What every test needs: Git without anybody's settings, an identity, and the catalogues built."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from registry.words import speak

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")  # no test fails because the machine is busy
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell has it for what runs in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Some sweeps take minutes: they are for before a release."""
    parser.addoption("--thorough", action="store_true", help="run the sweeps that take long as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip them otherwise, and say so."""
    if not config.getoption("--thorough"):
        for item in items:
            if item.get_closest_marker("thorough"):
                item.add_marker(pytest.mark.skip(reason="a long sweep: pytest --thorough runs it"))


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    from catalogue import compile_catalogues

    compile_catalogues(ROOT)


@pytest.fixture(autouse=True)
def _usual_language() -> None:
    """Swedish, whatever the test before spoke."""
    speak("sv")


@pytest.fixture(autouse=True)
def _own_world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder of the test's own, so that no user's Git or app settings are read or written."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / ".state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / ".cache"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "VANORT_REGISTRY", "EDITOR", "VISUAL", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Anna Exempel\n\temail = anna@example.org\n[init]\n\tdefaultBranch = main\n", encoding="utf-8"
    )
