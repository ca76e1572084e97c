"""The steps of a draft as files for other tools."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from builder.models import Module
from runtime import preview
from runtime.regions import scope
from runtime.regions.models import User
from tests.builder.conftest import broken, document

BEGINNINGS = {"svg": "<svg", "bpmn": "<?xml", "mermaid": "---"}


class TestDrawing:
    @pytest.mark.parametrize("form", preview.DRAWINGS)
    def test_sends_the_newest_draft(self, form: str, client_on, module: Module, clerk: User):
        title = {"id": "Judul yang belum terbit"}
        with scope.use(module.region):
            module.document = json.dumps(document() | {"title": title})
            module.save_revision()
        response = client_on(module.region, clerk).get(reverse("builder_drawing", args=[module.pk, form]))
        assert response["Content-Disposition"].startswith("attachment")
        assert response.text.startswith(BEGINNINGS[form])
        assert title["id"] in response.text

    def test_says_that_a_draft_has_something_to_put_right(self, client_on, module: Module, clerk: User):
        with scope.use(module.region):
            module.document = json.dumps(broken())
            module.save_revision()
        response = client_on(module.region, clerk).get(reverse("builder_drawing", args=[module.pk, "svg"]))
        assert (response.status_code, "perlu diperbaiki" in response.text) == (409, True)

    def test_knows_no_other_form(self, client_on, module: Module, clerk: User):
        address = reverse("builder_drawing", args=[module.pk, "pdf"])
        assert client_on(module.region, clerk).get(address).status_code == 404
