"""A signature in the PDF itself (PAdES), with the region's own certificate.

Entry of the settings: `certificate` (path of a PKCS#12 file) or `pkcs12` (what is in it), `password`.
After signing it is verified by the same certificate, also that nothing in the file was changed since.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from runtime.letters.adapters.contract import About, Adapter, Config, Failed, Secret

T = TypeVar("T")


class Certificate:
    """Signs by itself; the region answers for it."""

    asks = False

    def __init__(self, config: Config) -> None:
        self._config = config

    def sign(self, pdf: bytes, about: About, secret: Secret | None) -> bytes:
        """Return the file with a signature added behind what was there."""
        metadata = PdfSignatureMetadata(
            field_name="Signature1",
            name=about.name or None,
            reason=about.reason or None,
            location=about.place or None,
            subfilter=SigSeedSubFilter.PADES,
        )
        out = BytesIO()
        try:
            signer, writer = self._signer(), IncrementalPdfFileWriter(BytesIO(pdf))
            _apart(lambda: sign_pdf(writer, metadata, signer, output=out))
        except PdfError:
            raise Failed("letter.file") from None
        return out.getvalue()

    def verify(self, pdf: bytes) -> None:
        """Accept one signature of the region's certificate over the whole file."""
        try:
            signatures = PdfFileReader(BytesIO(pdf)).embedded_signatures
        except PdfError:
            raise Failed("letter.file") from None
        if len(signatures) != 1:
            raise Failed("letter.unsigned")
        own = ValidationContext(trust_roots=[self._signer().signing_cert], allow_fetching=False)
        if not _apart(lambda: validate_pdf_signature(signatures[0], own).bottom_line):
            raise Failed("letter.unverified")

    def _signer(self) -> SimpleSigner:
        content, password = self._content(), str(self._config.get("password", ""))
        load: Callable[..., SimpleSigner | None] = SimpleSigner.load_pkcs12_data
        try:
            signer = load(content, other_certs=[], passphrase=password.encode())
        except ValueError:
            raise Failed("letter.certificate") from None
        if signer is None:
            raise Failed("letter.certificate")
        return signer

    def _content(self) -> bytes:
        if self._config.get("pkcs12"):
            return bytes(self._config["pkcs12"])
        try:
            return Path(str(self._config.get("certificate", ""))).read_bytes()
        except OSError:
            raise Failed("letter.certificate") from None


def _apart(work: Callable[[], T]) -> T:
    """Do the work, which runs an event loop, in a thread of its own: the caller may be in one already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def adapter(config: Config) -> Adapter:
    """Return the way of the region's certificate."""
    return Certificate(config)
