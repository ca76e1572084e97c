"""Matrix, signature, declaration, tiles and place work in the rows of a repeat as they do on a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schemas.fieldtypes.signature import drawable
from tests.runtime.forms.asking import Asked
from tests.runtime.forms.test_signature import draw

OPTIONS = [{"value": "a", "label": "Ya"}, {"value": "b", "label": "Tidak"}]
WITNESSES: dict[str, Any] = {
    "key": "saksi",
    "type": "repeat",
    "label": "Saksi",
    "item": "Saksi",
    "minItems": 1,
    "maxItems": 3,
    "required": True,
    "fields": [
        {"key": "tahu", "type": "matrix", "label": "Tahu", "rows": [{"value": "r", "label": "Melihat"}],
         "options": OPTIONS, "required": True},
        {"key": "cara", "type": "choice", "style": "tiles", "label": "Cara", "options": OPTIONS},
        {"key": "di", "type": "location", "label": "Tempat"},
        {"key": "benar", "type": "consent", "label": "Ini benar", "required": True},
        {"key": "ttd", "type": "signature", "label": "Tanda tangan", "required": True},
        {"key": "catatan", "type": "text", "label": "Catatan",
         "visible": {"==": [{"attr": [{"var": "tahu"}, "r"]}, "a"]}},
    ],
}  # fmt: skip


@pytest.mark.browser
class TestRows:
    @pytest.mark.parametrize("javascript", [True, False])
    def test_hold_every_kind_that_is_picked(self, ask: Callable[..., Asked], javascript: bool) -> None:
        asked = ask([WITNESSES], javascript=javascript)
        page = asked.page
        page.get_by_role("radiogroup", name="Melihat").get_by_label("Ya").check()
        page.get_by_role("group", name="Cara").get_by_label("Tidak").check()
        page.get_by_label("Alamat atau patokan terdekat").fill("Depan pasar")
        page.get_by_label("Ini benar").check()
        page.get_by_label("Nama lengkap sebagai tanda tangan").fill("Siti")
        if javascript:
            draw(asked, page.locator("[data-sign-pad]"), (0.2, 0.2), (0.6, 0.6))
            page.get_by_label("Catatan").fill("Ada")
            asked.judge()
        asked.go_on()
        (row,) = asked.answers()["saksi"]
        assert row["tahu"] == {"r": "a"}
        assert row["cara"] == "b"
        assert row["di"] == {"landmark": "Depan pasar"}
        assert row["benar"]["accepted"] is True
        assert row["ttd"]["name"] == "Siti"
        assert drawable(row["ttd"]["strokes"]) if javascript else "strokes" not in row["ttd"]
        assert row.get("catatan") == ("Ada" if javascript else None)
