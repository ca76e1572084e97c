"""The way of signing that a region's administrators choose: judged before it is kept, sealed, tried out."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils.translation import gettext

from runtime.letters import typesetting, ways
from runtime.letters.adapters.contract import About, Secret
from runtime.letters.models import IssuedLetter, SigningWay
from runtime.outside import sealing
from runtime.regions.models import Region, User

MOST_BYTES = 100_000  # a PKCS#12 file has a few thousand
NEARLY = timedelta(days=30)
_TEMPLATE = """#let data = json(bytes(sys.inputs.letter))
#set document(title: data.text)
#set text(font: "Libertinus Serif", lang: "id")
#data.text
"""


class Unfit(Exception):
    """The certificate cannot be used; `code` is a word that a sentence belongs to."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key, judged: whose, by whom, until when."""

    file: bytes = field(repr=False)
    password: str = field(repr=False)
    subject: str
    issuer: str
    expires_at: datetime


def of(region: Region) -> SigningWay | None:
    """Return what the region chose here, None where the installation's settings count."""
    found: SigningWay | None = SigningWay.objects.filter(region=region).select_related("changed_by").first()
    return found


def judged(file: bytes, password: str, *, now: datetime) -> Certificate:
    """Return the certificate of a PKCS#12 file. Raises `Unfit` when it is unreadable, or cannot sign now."""
    if len(file) > MOST_BYTES:
        raise Unfit("large")
    try:
        key, certificate, _chain = pkcs12.load_key_and_certificates(file, password.encode())
    except (ValueError, TypeError):
        raise Unfit("unreadable") from None
    if key is None or certificate is None:
        raise Unfit("no_key")
    _may_sign(certificate)
    if certificate.not_valid_after_utc <= now:
        raise Unfit("expired")
    if certificate.not_valid_before_utc > now:
        raise Unfit("not_yet")
    subject, issuer = _name(certificate.subject), _name(certificate.issuer)
    return Certificate(file, password, subject, issuer, certificate.not_valid_after_utc)


def waiting(region: Region) -> int:
    """Return how many letters wait for a passphrase: as long as some do, the service stays chosen."""
    waiting = IssuedLetter.objects.filter(region=region, state=IssuedLetter.State.SENT)
    return sum(ways.adapter(region, name).asks for name in waiting.values_list("adapter", flat=True))


def choose_plain(*, region: Region, by: User, now: datetime) -> None:
    """Sign with name and QR code from now on; what was secret of another way is deleted."""
    _keep(region, by, now, way=ways.PLAIN)


def choose_certificate(*, region: Region, certificate: Certificate, by: User, now: datetime) -> None:
    """Sign in the file with the certificate from now on."""
    secret = {"file": base64.b64encode(certificate.file).decode(), "password": certificate.password}
    _keep(
        region,
        by,
        now,
        way="pdf",
        sealed=sealing.seal(json.dumps(secret)),
        subject=certificate.subject[:300],
        issuer=certificate.issuer[:300],
        expires_at=certificate.expires_at,
    )


def choose_service(
    *, region: Region, address: str, user: str, password: str, version: int, by: User, now: datetime
) -> None:
    """Have the officers sign at a service from now on; without a `password` the one that is kept stays."""
    kept = of(region)
    if password or kept is None or kept.way != "bsre":
        sealed = sealing.seal(json.dumps({"password": password}))
    else:
        sealed = kept.sealed
    _keep(region, by, now, way="bsre", address=address, user=user, version=version, sealed=sealed)


def try_out(region: Region, secret: Secret | None) -> None:
    """Sign a page that is no letter, the way the region chose, and verify it. Raises `Failed`."""
    chosen = ways.adapter(region, ways.name(region))
    text = gettext("A page for trying out the signature. It is no letter.")
    (page,) = typesetting.printed({"text": text}, 0, "pdf", source=_TEMPLATE)
    chosen.verify(chosen.sign(page, About("", text, region.name), secret))


def _may_sign(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise Unfit("purpose")


def _name(name: x509.Name) -> str:
    """Return a name as people read it: who, then of what."""
    wanted = (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME)
    parts = [str(one.value) for kind in wanted for one in name.get_attributes_for_oid(kind)]
    return ", ".join(dict.fromkeys(parts)) or name.rfc4514_string()


def _keep(region: Region, by: User, now: datetime, **values: Any) -> None:
    none = {
        "address": "",
        "user": "",
        "version": 2,
        "sealed": "",
        "subject": "",
        "issuer": "",
        "expires_at": None,
    }
    defaults = none | values | {"changed_at": now, "changed_by": by}
    SigningWay.objects.update_or_create(region=region, defaults=defaults)
