"""Installs the Python packages from the locks and compiles the front end with the Node among them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

from cms.bootstrap.machine import BIN, COMPILED, ROOT, VENV, Stamp, Trouble, run, step, tool

_LOCKS = ROOT / "requirements"
_PEERS = VENV / "bench"
_OFFLINE = (
    "{what} could not be installed. Is this machine connected to the internet? The lines above say what "
    "failed. Nothing is half done: run the same command again."
)


def install(lock: str) -> None:
    """Bring `.venv` in line with `requirements/<lock>.txt`; does nothing when it already is."""
    _make_environment()
    stamp = Stamp(VENV / f".{lock}.stamp", _LOCKS / "uv.txt", _LOCKS / f"{lock}.txt")
    if stamp.fresh():
        return
    with step("Installing Python packages"):
        shutil.rmtree(COMPILED, ignore_errors=True)
        _install_installer()
        _install(lock)
        stamp.set()


def install_peers() -> dict[str, str]:
    """Install what `make bench` measures beside us; return the environment that lets a program find it.

    It lies in a folder of its own: no other program sees packages we may not ship.
    """
    stamp = Stamp(_PEERS / ".stamp", _LOCKS / "uv.txt", _LOCKS / "dev.txt", _LOCKS / "bench.txt")
    if not stamp.fresh():
        with step("Installing the peers to measure beside"):
            shutil.rmtree(_PEERS, ignore_errors=True)
            _install("bench", "--no-deps", "--target", str(_PEERS))
            stamp.set()
    return {"PYTHONPATH": os.pathsep.join(filter(None, [str(_PEERS), os.environ.get("PYTHONPATH", "")]))}


def _install(lock: str, *flags: str) -> None:
    command = [tool("uv"), "pip", "install", "--python", tool("python"), "--require-hashes", "--quiet"]
    run(
        [*command, *flags, "-r", str(_LOCKS / f"{lock}.txt")],
        trouble=_OFFLINE.format(what="The Python packages"),
        env={"UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy")},
        quiet=True,
    )


def _make_environment() -> None:
    if _works():
        return
    with step("Making a virtual environment in .venv"):
        shutil.rmtree(VENV, ignore_errors=True)
        if run([sys.executable, "-m", "venv", str(VENV)], quiet=True) or not _works():
            raise Trouble(
                "Python cannot make a virtual environment here. Its venv module is probably missing; "
                "on Debian or Ubuntu: sudo apt install python3-venv"
            )


def _works() -> bool:
    """Tell whether `.venv` exists with a Python that starts and has pip."""
    if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
        return False
    probe = [tool("python"), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _install_installer() -> None:
    command = [tool("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        [*command, "--require-hashes", "-r", str(_LOCKS / "uv.txt")],
        trouble=_OFFLINE.format(what="The installer (uv)"),
        quiet=True,
    )


def compile_front_end() -> None:
    """Fetch the front-end packages and compile style sheets and scripts; only after a change."""
    fetched = Stamp(ROOT / "node_modules" / ".rakit.stamp", ROOT / "package-lock.json", _LOCKS / "run.txt")
    if not fetched.fresh():
        with step("Fetching front-end packages"):
            run(
                [tool("npm"), "ci", "--no-progress", "--loglevel=error"],
                trouble=_OFFLINE.format(what="The front-end packages"),
                env=_with_node(),
                quiet=True,
            )
            fetched.set()
    sources = [*ROOT.glob("runtime/*/assets"), *ROOT.glob("builder/**/assets"), *ROOT.glob("*/*/build.mjs")]
    built = Stamp(ROOT / "build" / ".stamp", ROOT / "package.json", ROOT / "package-lock.json", *sources)
    if not built.fresh():
        with step("Compiling style sheets and scripts"):
            run(
                [tool("npm"), "run", "--silent", "build"],
                trouble="The style sheets and scripts could not be compiled; the lines above say why.",
                env=_with_node(),
                quiet=True,
            )
            built.set()


def _with_node() -> dict[str, str]:
    """Put the environment's own Node first on the path."""
    return {"PATH": os.pathsep.join([str(BIN), os.environ.get("PATH", "")])}


def lock() -> None:
    """Write the locks anew from `pyproject.toml`; `bench` and `xlsform` hold only what others do not."""
    _compile("base", "pyproject.toml")
    _compile("run", "pyproject.toml", "--extra", "xlsform", *_of("assets"))
    _compile("dev", "pyproject.toml", *_of("assets", "test", "check"))
    _compile("uv", *_of("installer"))
    _compile("bench", *_of("bench"), "--constraint", "requirements/dev.txt", *_without("dev"))
    beside = ("--constraint", "requirements/run.txt", *_without("base"))
    _compile("xlsform", "pyproject.toml", "--extra", "xlsform", *beside)


def _without(name: str) -> list[str]:
    """Return the flags that leave out what the lock `name` holds."""
    known = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", (_LOCKS / f"{name}.txt").read_text(), re.MULTILINE)
    return [flag for package in known for flag in ("--no-emit-package", package)]


def _of(*groups: str) -> list[str]:
    return [flag for group in groups for flag in ("--group", group)]


def _compile(name: str, *wanted: str) -> None:
    run(
        [
            *(tool("uv"), "pip", "compile", *wanted, "--universal", "--generate-hashes"),
            *("--no-header", "--no-annotate", "--quiet", "-o", f"requirements/{name}.txt"),
        ],
        trouble=_OFFLINE.format(what=f"The lock of {name}"),
    )
