"""The areas that a condition can name, and the names of those it names already."""

from __future__ import annotations

import pytest

from builder.panel import places
from tests import factories


@pytest.mark.django_db
class TestPlaces:
    def test_are_all_provinces_and_below_them_what_lies_around_the_region(self):
        factories.areas()
        offered = places.offered("36.71")
        assert offered["province"] == [["36", "Banten"], ["72", "Sulawesi Tengah"]]
        assert offered["regency"] == [["36.03", "Kabupaten Tangerang"], ["36.71", "Kota Tangerang"]]
        assert offered["district"] == [["36.71.09", "Cibodas"], ["36.71.01", "Tangerang"]]
        assert ["36.71.01.1002", "Sukaasih, Tangerang"] in offered["village"]
        assert set(places.offered("")) == {"province"}

    def test_are_none_where_no_list_was_loaded(self):
        assert places.offered("36.71") == {}

    def test_are_named_where_a_document_names_them(self):
        factories.areas()
        named = places.named(
            '{"==": [{"attr": [{"var": "a"}, "district"]}, "72.02.01"], "x": "99", "y": "12"}'
        )
        assert named == {"72.02.01": "Poso Kota"}
