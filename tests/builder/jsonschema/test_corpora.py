"""Forms of others, all the way: imported, checked, drawn, filled in with their own data, filed, and back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder.jsonschema.answers import to_data
from runtime.cases.models import Case
from runtime.regions import scope
from runtime.regions.models import Region
from tests import corpora, factories
from tests.corpora import table
from tests.corpora.__main__ import GUIDE
from tests.corpora.walk import Walk, posts, walk
from tests.runtime.wizard.forms import Applicant

LEAST_FULL = 0.8
GOVERNMENTS = Path(corpora.__file__).parent / "governments"


class TestTable:
    def test_is_as_the_guide_shows_it(self) -> None:
        guide = GUIDE.read_text(encoding="utf-8")
        assert table.inserted(guide) == guide, "run: python -m tests.corpora"

    @pytest.mark.parametrize("corpus", corpora.NAMES)
    def test_shows_that_at_least_four_of_five_forms_are_taken_whole(self, corpus: str) -> None:
        verdicts = Counter(one.verdict for one in table.walks(corpus))
        assert verdicts["full"] >= LEAST_FULL * sum(verdicts.values()), verdicts

    @pytest.mark.parametrize("corpus", corpora.NAMES)
    def test_gives_a_reason_for_every_form_that_is_not_full(self, corpus: str) -> None:
        for one in table.walks(corpus):
            lost = [e for s in ("partial", "refused") for e in one.conversion.entries(s) if e.about == "data"]
            assert one.verdict == "full" or lost, one.name


class TestWizard:
    """The same through the real addresses, with the real database."""

    @pytest.mark.parametrize("corpus", corpora.NAMES)
    def test_files_what_the_pages_took(
        self, corpus: str, tangerang: Region, client_on: Callable[..., Any]
    ) -> None:
        seen: set[str] = set()
        filed = 0
        for number, one in enumerate(table.walks(corpus)):
            same = json.dumps(one.conversion.document and one.conversion.document["pages"])
            if one.module is None or one.faults or same in seen:
                continue
            seen.add(same)
            self._file(one, f"form-{number}", tangerang, client_on(tangerang))
            filed += 1
        assert filed > 40

    def _file(self, one: Walk, key: str, region: Region, client: Any) -> None:
        assert one.module is not None
        assert one.conversion.document is not None
        document = {**one.conversion.document, "key": key}
        factories.installed(region, json.dumps(document))
        applicant = Applicant(client, key)
        for page, data in posts(one.module, one.answers):
            assert applicant.get(page.key).status_code == 200, (one.name, page.key)
            answer = applicant.post(page.key, **data)
            assert answer.status_code == 302, (one.name, page.key, data)
        assert applicant.send().status_code == 302, one.name
        with scope.use(region):
            case = Case.objects.order_by("pk").last()
            assert case is not None
            assert case.answers == one.answers, one.name
            assert to_data(document, case.answers) == to_data(document, one.answers)


class TestGovernments:
    """Forms in the style of real offices, of several countries and drafts."""

    @pytest.mark.parametrize("file", sorted(GOVERNMENTS.glob("*.json")), ids=lambda file: file.stem)
    def test_are_taken_whole_with_all_their_data(self, file: Path) -> None:
        form = json.loads(file.read_text(encoding="utf-8"))
        one = walk(form)
        assert (one.verdict, one.faults, one.invalid, one.unasked) == ("full", [], [], [])
        assert one.conversion.document is not None
        back = to_data(one.conversion.document, one.answers)
        assert json.dumps(back, sort_keys=True) == json.dumps(form["data"], sort_keys=True)
