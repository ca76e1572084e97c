"""The commands of the Makefile."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from glob import glob

from cms.bootstrap import browser, machine, packages, site
from cms.bootstrap.machine import CODE, ROOT, Trouble, heard, run, say, tool

JUDGES = 2  # who judge the code at the same time


def main(arguments: list[str]) -> int:
    """Run one command; trouble with the machine is told in a sentence."""
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        say(f"Commands: {', '.join(COMMANDS)}")
        return 2
    machine.keep_compiled()
    try:
        return COMMANDS[name]()
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    except KeyboardInterrupt:
        return 130


def start_site() -> int:
    """`make run`: install, prepare, serve."""
    port = site.chosen_port()
    packages.install("run")
    packages.compile_front_end()
    if os.environ.get("RESET", "") not in {"", "0", "no"}:
        site.reset()
    site.prepare(port)
    say("· Starting the site …")
    return site.serve(port)


def _ready_for_tests() -> None:
    packages.install("dev")
    packages.compile_front_end()
    run(
        [tool("python"), "manage.py", "texts"],
        trouble="The translations could not be compiled; the lines above say why.",
        quiet=True,
        env={"DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )


def test() -> int:
    """`make test`: install what the tests need and run them all, a few files at a time.

    There are two processes more than there are cores: tests wait for browsers, servers and databases about
    half of their time. The longest files begin first: tests/conftest.py puts them so, and nothing may
    reorder them.
    """
    _ready_for_tests()
    chosen = browser.ensure()
    all_of_them = ["-n", str((os.cpu_count() or 1) + 2), "--dist", "loadfile", "--no-loadscope-reorder"]
    wanted = shlex.split(os.environ.get("ARGS", "")) or all_of_them
    return run([tool("python"), "-m", "pytest", *wanted], env=chosen)


def check() -> int:
    """`make check`: judge the code, two judges at a time; every one is heard before the verdict."""
    _ready_for_tests()
    templates = sorted(
        file for name in CODE for file in glob(f"{name}/**/templates/**/*.html", recursive=True)
    )
    judges = {
        "mypy": [tool("mypy"), *CODE],  # the slowest begins first
        # Compiles the tests beside it, which the processes of `make test` would each do again.
        "tests": [tool("pytest"), "--collect-only", "-qq"],
        "ruff check": [tool("ruff"), "check", "."],
        "ruff format": [tool("ruff"), "format", "--check", "."],
        "import-linter": [tool("lint-imports"), "--no-logo"],
        "djade": [tool("djade"), "--check", "--target-version", "5.2", *templates],
        "typos": [tool("typos")],
        "migrations": [tool("python"), "manage.py", "makemigrations", "--check", "--dry-run"],
        "texts": [tool("python"), "manage.py", "texts", "--check"],
        "modules": [tool("python"), "-m", "schemas", "check", *sorted(glob("builder/starters/*.json"))],
    }
    settings, wrong = {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}, []
    with ThreadPoolExecutor(JUDGES) as bench:
        verdicts = bench.map(lambda command: heard(command, settings), judges.values())
        for name, (status, words) in zip(judges, verdicts, strict=True):
            say(f"== {name}\n{words.rstrip()}")
            if status:
                wrong.append(name)
    say(f"Not in order: {', '.join(wrong)}" if wrong else "All in order.")
    return 1 if wrong else 0


def tidy() -> int:
    """`make format`: bring code and templates into shape."""
    packages.install("dev")
    templates = sorted(
        file for name in CODE for file in glob(f"{name}/**/templates/**/*.html", recursive=True)
    )
    run([tool("ruff"), "check", "--fix", "--quiet", "."])
    run([tool("djade"), "--target-version", "5.2", *templates], quiet=True)
    return run([tool("ruff"), "format", "."])


def bench() -> int:
    """`make bench`: print figures beside a named peer."""
    _ready_for_tests()
    wanted = shlex.split(os.environ.get("ARGS", ""))
    return run([tool("python"), "-m", "tests.bench", *wanted], env=packages.install_peers())


def faults() -> int:
    """`make faults`: bring faults about and count what was lost; `ARGS="F7 races"` names some."""
    _ready_for_tests()
    return run([tool("python"), "-m", "tests.faults", *shlex.split(os.environ.get("ARGS", ""))])


def conformance() -> int:
    """`make conformance`: the official suite of JSON Schema through our validator; `SUITE` names a copy."""
    packages.install("dev")
    return run([tool("python"), "-m", "tests.conformance"])


def fuzz() -> int:
    """`make fuzz`: hold browser, server and compiled schema against each other, `N` times; walk cases."""
    packages.install("dev")
    return run([tool("python"), "-m", "tests.fuzz"])


def screenshots() -> int:
    """`make screenshots`: take the pictures of the README from real pages."""
    _ready_for_tests()
    return run([tool("python"), "-m", "tests.screenshots"], env=browser.ensure())


def lock() -> int:
    """`make lock`: write the locks anew after a change of `pyproject.toml`."""
    packages.install("dev")
    packages.lock()
    return 0


def install() -> int:
    """Install everything for working on the code, and run nothing."""
    _ready_for_tests()
    say(f"Ready in {ROOT}.")
    return 0


COMMANDS: dict[str, Callable[[], int]] = {
    "run": start_site,
    "test": test,
    "check": check,
    "bench": bench,
    "faults": faults,
    "conformance": conformance,
    "fuzz": fuzz,
    "format": tidy,
    "screenshots": screenshots,
    "lock": lock,
    "install": install,
}
