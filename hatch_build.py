"""Builds the console before a wheel or an sdist is made, unless a fresh one is there.

An sdist carries the built console, so that an installation from it needs neither Node nor the npm registry.
"""

import os
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ConsoleHook(BuildHookInterface):  # type: ignore[type-arg]  # used for several builders
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """See hatchling. An editable installation builds it when it is started."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from svarhus.app.console.build import STATIC, ConsoleSources, build, is_built, is_fresh

        sources = ConsoleSources(Path(self.root), _cache())
        if sources.exist and not is_fresh(sources):
            build(sources, lambda words: self.app.display_info(f"console: {words}"))
        if not is_built():
            raise RuntimeError(f"There is neither a built console in {STATIC} nor its sources in {sources.folder}.")


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME") or "/", ".cache")
    return Path(os.environ.get("SVARHUS_CACHE") or os.path.join(home, "svarhus"))
