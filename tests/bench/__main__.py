"""`python -m tests.bench [NAME …]`: measure in a database of its own and print ratios."""

from __future__ import annotations

import os
import sys
import tempfile


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
    with tempfile.TemporaryDirectory(prefix="rakit-bench-") as folder:
        os.environ.setdefault("RAKIT_VAR", folder)
        from tests.bench import run  # after the settings are known

        return run.everything(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
