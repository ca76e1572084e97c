"""The front-end packages: pinned exactly, checked by their digests, bound to no place they come from."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


class TestPackages:
    def test_are_pinned_to_one_version_each(self) -> None:
        wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
        assert wanted
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())

    def test_are_locked_by_digest_and_not_by_address(self) -> None:
        locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
        packages = {name: entry for name, entry in locked.items() if name}
        assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
        assert not [name for name, entry in packages.items() if "resolved" in entry]
