"""Pages are small on the wire, and say nothing by their length."""

from __future__ import annotations

import gzip

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from cms.compression import CompressionMiddleware

WORDS = "Surat Keterangan Domisili " * 200


def answered(response: HttpResponseBase, accepts: str = "gzip, deflate, br") -> HttpResponseBase:
    def view(_request: HttpRequest) -> HttpResponseBase:
        return response

    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return CompressionMiddleware(view)(request)


class TestCompression:
    """`cms.compression`."""

    def test_makes_a_page_small_for_a_browser_that_asks(self) -> None:
        response = answered(HttpResponse(WORDS))
        assert isinstance(response, HttpResponse)
        assert response["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in response["Vary"]
        assert len(response.content) < len(WORDS) / 5
        assert gzip.decompress(response.content).decode() == WORDS

    def test_hides_the_length_of_what_is_said(self) -> None:
        sizes = set()
        for _ in range(30):
            response = answered(HttpResponse(WORDS))
            assert isinstance(response, HttpResponse)
            sizes.add(len(response.content))
        assert len(sizes) > 5

    def test_leaves_pages_plain_for_others(self) -> None:
        assert "Content-Encoding" not in answered(HttpResponse(WORDS), accepts="identity").headers

    def test_leaves_files_alone(self) -> None:
        file = HttpResponse(WORDS.encode(), content_type="application/pdf")
        assert "Content-Encoding" not in answered(file).headers
        streamed = FileResponse(iter([WORDS.encode()]), content_type="text/html")
        assert "Content-Encoding" not in answered(streamed).headers
