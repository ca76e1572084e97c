"""Every text of the code and the templates has its Indonesian words, ours or those of the packages.

`manage.py texts --check` reads the catalogues; what nobody has written into one, only the sources tell.
"""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from django.utils.translation import trans_real

from cms.words.sources import key, of_code, of_template

ROOT = Path(__file__).parents[1]
CATALOGUES = [
    path
    for name in ("schemas", "runtime", "builder", "cms")
    for path in (ROOT / name).rglob("locale/id/LC_MESSAGES/*.po")
]
PLACES = [
    *((name, "*.py") for name in ("schemas", "runtime", "builder", "cms")),
    *((name, "templates/**/*.*") for name in ("runtime", "builder", "cms")),
]


def lacks(source: str, *, template: bool = False) -> list[str]:
    """Return the texts of a source that have no Indonesian words."""
    catalogue = trans_real.translation("id")._catalog
    found = [key(*call) for call in (of_template if template else of_code)(source)]
    return [text for text in found if text.strip() and not (text in catalogue or (text, 0) in catalogue)]


class TestTexts:
    @pytest.mark.parametrize(("package", "kind"), PLACES, ids=str)
    def test_have_indonesian_words(self, package: str, kind: str) -> None:
        found = {
            str(path): lacks(path.read_text(encoding="utf-8"), template=path.suffix != ".py")
            for path in (ROOT / package).rglob(kind)
        }
        assert {path: texts for path, texts in found.items() if texts} == {}
        assert len(found) > 5

    @pytest.mark.parametrize(
        "source",
        [
            "{% translate 'Nobody wrote this' %}",
            "{% blocktranslate trimmed %}\n  Nobody\n  wrote this\n{% endblocktranslate %}",
            "{% blocktranslate count n=n %}Nobody wrote this{% plural %}Nor these{% endblocktranslate %}",
            "{% include 'x.html' with words=_('Nobody wrote this') %}",
            "{% translate 'Nobody wrote this' context 'here' %}",
        ],
    )
    def test_are_found_missing_in_templates(self, source: str) -> None:
        assert [text.rpartition("\x04")[2] for text in lacks(source, template=True)] == ["Nobody wrote this"]

    @pytest.mark.parametrize(
        "source",
        [
            "_('Nobody wrote this')",
            "ngettext('Nobody wrote this', 'Nor these', n)",
            "pgettext_lazy('x', 'Nobody wrote this')",
        ],
    )
    def test_are_found_missing_in_code(self, source: str) -> None:
        assert [text.rpartition("\x04")[2] for text in lacks(source)] == ["Nobody wrote this"]


class TestCatalogues:
    """Of two catalogues with words for the same text, the site shows those of one everywhere."""

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_have_the_words_that_are_shown(self, path: Path) -> None:
        catalogue = trans_real.DjangoTranslation("id", domain=path.stem)
        others = []
        for entry in polib.pofile(str(path)):
            if entry.msgid_plural or entry.obsolete:
                continue
            kept = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
            shown = catalogue._catalog[kept]
            if shown != entry.msgstr:
                others.append(f"“{entry.msgid}” is “{entry.msgstr}” here and “{shown}” elsewhere")
        assert others == []
