"""Finds a browser for the tests, or gets one in the way this machine allows."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from cms.bootstrap.machine import run, step, tool

# The shell without windows first: a page costs it a sixth of what it costs the whole browser.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
)  # fmt: skip
_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def ensure() -> dict[str, str]:
    """Return the environment that tells the tests which browser to use, after getting one if needed."""
    found = os.environ.get("RAKIT_CHROMIUM") or _system() or _from_package_manager()
    if found:
        return {"RAKIT_CHROMIUM": found}
    with step("Fetching a browser for the tests"):
        run(
            [tool("playwright"), "install", "chromium"],
            trouble=(
                "The tests need a browser and none could be had. Please install Chromium or Chrome "
                "(on Debian or Ubuntu: sudo apt install chromium), or name one: "
                "make test RAKIT_CHROMIUM=/path/to/chromium"
            ),
            quiet=True,
        )
    return {}


def _system() -> str | None:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (str(_MAC) if _MAC.exists() else None)


def _from_package_manager() -> str | None:
    """Install Debian's Chromium when that needs no password."""
    if not shutil.which("apt-get"):
        return None
    before: list[str] = []
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if not sudo or subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
            return None
        before = [sudo, "-n"]
    with step("Installing Chromium for the tests with apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run([*before, "apt-get", "update", "-qq"], quiet=True, env=quiet)
        for package in NAMES[:2]:  # not every edition of Debian has the first
            install = [*before, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
            if run(install, quiet=True, env=quiet) == 0:
                break
    return _system()
