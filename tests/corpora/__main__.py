"""`python -m tests.corpora`: take the forms of others all the way, and write the tables of the guide."""

from __future__ import annotations

import os
import sys

from tests.corpora import ROOT

GUIDE = ROOT / "docs/guide/json-schema-import.md"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    import django

    django.setup()
    from tests.corpora import table  # after the settings are known

    GUIDE.write_text(table.inserted(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
    for line in table.summary():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
