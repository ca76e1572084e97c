"""`python3 -m cms.bootstrap COMMAND`: what the Makefile calls.

This file must also be readable by a Python that is too old, to say so in a sentence.
"""

import os
import shutil
import sys

NEEDED = (3, 11)


def _with_newer_python() -> None:
    """Start again with a newer Python when the machine has one under another name."""
    for minor in range(20, NEEDED[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            os.execv(found, [found, "-m", "cms.bootstrap", *sys.argv[1:]])  # noqa: S606 - no shell is wanted
    sys.exit(
        f"Rakit needs Python {NEEDED[0]}.{NEEDED[1]} or newer; this is Python {sys.version.split()[0]}. "
        "Please install a newer one, or name it: make run PYTHON=/path/to/python3"
    )


if sys.version_info[:2] < NEEDED:
    _with_newer_python()

from cms.bootstrap import commands  # noqa: E402 - an old Python cannot read it

sys.exit(commands.main(sys.argv[1:]))
