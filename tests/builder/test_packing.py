"""The document of an autosave, packed: read like a plain one, refused with a sentence, never unpacked on."""

from __future__ import annotations

import base64
import gzip
import json
import tracemalloc
import zlib

import pytest

from builder import services
from builder.models import Module
from builder.panel import packing
from runtime.regions import scope
from runtime.regions.models import User
from schemas.reading import MAX_BYTES
from tests.builder.conftest import document
from tests.builder.test_views import url


def packed(content: bytes) -> str:
    return packing.MARK + base64.b64encode(gzip.compress(content)).decode()


def bomb(megabytes: int) -> str:
    """Return some thousand letters that unpack to as many megabytes."""
    packer = zlib.compressobj(9, wbits=31)
    parts = [packer.compress(b" " * 1_000_000) for _ in range(megabytes)]
    return packing.MARK + base64.b64encode(b"".join([*parts, packer.flush()])).decode()


DAMAGED = {
    "no base64": "gzip:{}",
    "no ASCII": "gzip:é",
    "no gzip": packing.MARK + base64.b64encode(b"{}").decode(),
    "cut off": packing.MARK + base64.b64encode(gzip.compress(b"{}")[:-4]).decode(),
    "altered": packing.MARK + base64.b64encode(gzip.compress(b"{}")[:-8] + bytes(8)).decode(),
    "more behind it": packing.MARK + base64.b64encode(gzip.compress(b"{}") * 2).decode(),
    "no UTF-8": packed(b"\xff"),
    "nothing": packing.MARK,
}


class TestUnpacked:
    @pytest.mark.parametrize("text", ["", "{}", '{"title": "gzip:"}', " gzip:"])
    def test_leaves_plain_text_alone(self, text: str):
        assert packing.unpacked(text) == text

    def test_gives_back_what_was_packed(self):
        text = json.dumps(document(title="Izin “Keramaian” 🎪"), ensure_ascii=False)
        assert packing.unpacked(packed(text.encode())) == text

    @pytest.mark.parametrize("sent", DAMAGED.values(), ids=DAMAGED)
    def test_refuses_what_is_damaged(self, sent: str):
        with pytest.raises(packing.Damaged):
            packing.unpacked(sent)

    def test_unpacks_as_much_as_a_document_may_have(self):
        assert len(packing.unpacked(packed(b" " * MAX_BYTES))) == MAX_BYTES
        with pytest.raises(services.NotADraft):
            packing.unpacked(packed(b" " * (MAX_BYTES + 1)))

    def test_stops_at_a_bomb_before_it_is_unpacked(self):
        sent = bomb(200)
        assert len(sent) < 300_000
        tracemalloc.start()
        try:
            with pytest.raises(services.NotADraft):
                packing.unpacked(sent)
            assert tracemalloc.get_traced_memory()[1] < 10 * MAX_BYTES
        finally:
            tracemalloc.stop()


@pytest.mark.django_db
class TestAutosave:
    def answer(self, client_on, module: Module, clerk: User, sent: str) -> dict[str, object]:
        response = client_on(module.region, clerk).post(
            url("edit", module.pk), {"document": sent, "note": ""}, headers={"accept": "application/json"}
        )
        assert response.status_code in {200, 400}
        found: dict[str, object] = response.json()
        return found

    def test_keeps_a_packed_document_as_it_keeps_a_plain_one(self, client_on, module: Module, clerk: User):
        text = json.dumps(document(title="Dari jauh"), ensure_ascii=False)
        kept = []
        for sent in (text, packed(text.encode())):
            assert self.answer(client_on, module, clerk, sent)["success"] is True
            with scope.use(module.region):
                kept.append(Module.objects.get().get_latest_revision_as_object())
        assert kept[0].document == kept[1].document
        assert kept[1].title == "Dari jauh"

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            (bomb(50), "1000000"),
            (DAMAGED["cut off"], "tiba dalam keadaan rusak"),
            (packed(b"[]"), "layanan lain"),
            (packed(b"{"), "baris 1"),
        ],
        ids=["a bomb", "cut off", "no object", "no JSON"],
    )
    def test_refuses_the_rest_with_a_sentence_and_keeps_the_draft(
        self, client_on, module: Module, clerk: User, sent: str, words: str
    ):
        with scope.use(module.region):
            before = module.get_latest_revision_as_object().document
        refused = self.answer(client_on, module, clerk, sent)
        assert refused["success"] is False
        assert refused["error_code"] == "validation_error"
        assert words in str(refused["error_message"])
        with scope.use(module.region):
            assert Module.objects.get().get_latest_revision_as_object().document == before
