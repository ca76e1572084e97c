"""What a question reads is what its format allows: faces and field types never drift apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from runtime.forms import fields
from runtime.forms.face import Circumstances
from runtime.forms.pageform import page_form
from runtime.forms.uploads import Accepted
from runtime.regions.models import Region
from schemas import answers, fieldtypes, parse
from tests import factories
from tests.runtime import permit
from tests.runtime.forms.kinds import KINDS

TODAY = date(2026, 11, 24)


def one_question(kind: str) -> Any:
    """Return a service whose filing pages ask one question of a type."""
    question = KINDS[kind].question("q", "Isi", "Fill in")
    pages = [{"key": "data", "title": {"id": "Data"}, "fields": [question]}]
    pages.append(next(page for page in permit.document()["pages"] if page["key"] == "check"))
    document = permit.document(pages=pages, applicant={})
    document["workflow"]["office"] = "q" if kind == "office" else None
    if kind != "office":
        del document["workflow"]["office"]
        for role in document["workflow"]["roles"]:
            role["where"] = "region"
    document["workflow"]["actions"] = [
        {key: value for key, value in action.items() if key != "when"}
        for action in document["workflow"]["actions"]
    ]
    return parse.check_value(document)


def posted(kind: str) -> dict[str, Any]:
    """Return what a page posts for the example of a kind."""
    parts = KINDS[kind].typed.items()
    return {f"q-{part}" if part else "q": _sent(value) for part, value in parts}


def _sent(value: Any) -> Any:
    if isinstance(value, dict):
        return SimpleUploadedFile(value["name"], value["buffer"], value["mimeType"])
    return value


@pytest.mark.django_db
class TestEveryFieldType:
    @pytest.mark.parametrize("kind", [kind.name for kind in fieldtypes.all()])
    def test_reads_an_answer_its_own_format_allows(self, kind: str, village: Region) -> None:
        factories.areas()
        checked = one_question(kind)
        assert checked.module is not None, checked.problems
        module = checked.module
        page = module.filing_pages()[0]
        face, around = fields.face(kind), Circumstances(language="id", today=TODAY, region=village.tenant)
        if not face.has_answer:
            return
        typed = {name: value if isinstance(value, list) else [value] for name, value in posted(kind).items()}
        answer = face.clean(page.fields[0], face.read(lambda name: typed.get(name, []), "q"), around)
        if face.takes_files:
            answer = [item.described() for item in answer if isinstance(item, Accepted)]
        assert answers.validate(module, {"q": answer}, [page]) == ()
        assert face.say(page.fields[0], answer, around)


class TestLocation:
    @pytest.mark.django_db
    def test_with_coordinates_can_be_given_on_a_page(self, village: Region) -> None:
        module = one_question("location").module
        page = module.filing_pages()[0]
        data = {"q-landmark": "Depan SDN 3", "q-lat": "-6,1783", "q-lon": "106.6319"}
        form = page_form(module, page, answers={}, language="id", region=village, today=TODAY, data=data)
        assert form.is_valid(), form.errors
        assert form.answers() == {"q": {"landmark": "Depan SDN 3", "lat": -6.1783, "lon": 106.6319}}
