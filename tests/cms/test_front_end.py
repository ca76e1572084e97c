"""What the compiled style sheet keeps of govuk-frontend: the classes that pages name, and no others."""

from __future__ import annotations

import re

import pytest

from cms.bootstrap.machine import ROOT

SHEET = ROOT / "build" / "static" / "runtime" / "look" / "site.css"


@pytest.fixture(scope="module")
def classes() -> set[str]:
    """Return the classes for which the sheet has rules."""
    return set(re.findall(r"\.(govuk-[\w-]+)", SHEET.read_text(encoding="utf-8")))


class TestStyleSheet:
    @pytest.mark.parametrize(
        "name",
        [
            *("govuk-input", "govuk-radios__input", "govuk-checkboxes__item", "govuk-error-summary__list"),
            *(
                "govuk-input--error",
                "govuk-select--error",
                "govuk-textarea--error",
                "govuk-form-group--error",
            ),
            *("govuk-input--width-2", "govuk-input--width-10", "govuk-character-count__message"),
        ],
    )
    def test_keeps_what_pages_name_whole_or_put_together(self, name: str, classes: set[str]) -> None:
        assert name in classes

    @pytest.mark.parametrize("name", ["govuk-drop-zone", "govuk-label--xl", "govuk-file-upload-button"])
    def test_leaves_out_what_no_page_names(self, name: str, classes: set[str]) -> None:
        assert name not in classes
