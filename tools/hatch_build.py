"""Compiles the gettext catalogues when a wheel, an sdist or an editable install is made, and gives a wheel the guide."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """`registry/locale/*/LC_MESSAGES/vanort.mo` are built, never committed; `docs/en` and `docs/sv` lie in the wheel's `tui/guide`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if self.target_name == "wheel" and version == "standard":  # an editable install reads docs/ itself
            build_data["force_include"] |= {f"docs/{language}": f"tui/guide/{language}" for language in ("en", "sv")}
        if (root / "PKG-INFO").exists():  # an unpacked sdist, which has them
            return
        sys.path.insert(0, str(root / "tools"))
        from catalogue import compile_catalogues

        compile_catalogues(root)
