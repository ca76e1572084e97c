"""The world the access matrix asks in: the demonstration, with one open draft and one filed case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.test import Client
from django.utils import timezone

from builder.models import BankEntry, Module
from cms.demo import cases as stories
from cms.demo import rows
from runtime.cases import selectors as cases
from runtime.cases.selectors import Case
from runtime.datasets import addresses, reading
from runtime.datasets import services as datasets
from runtime.letters import storing
from runtime.letters.models import IssuedLetter
from runtime.modules import selectors as modules
from runtime.modules.models import ModuleVersion
from runtime.moves import services as moves
from runtime.outside import services as outside
from runtime.regions import scope
from runtime.regions.models import Membership, Region, Substitution, User
from runtime.wizard import drafts
from tests import factories

ACTORS = {
    "anonymous": "",
    "citizen": "warga.tangerang",  # filed the case
    "stranger": "orang.luar",  # has an account and nothing else
    "counter": "loket.tangerang",  # may act on the case now
    "head": "lurah.tangerang",  # may see it, acts later
    "agency": "dlh.tangerang",  # an officer of the region without any part in the case
    "clerk": "perancang.tangerang",
    "administrator": "pengelola.tangerang",
    "outsider": "loket.poso",  # the same work in another region
    "outside_clerk": "perancang.poso",
    "root": "admin",  # administers the installation
}


@dataclass(frozen=True, slots=True)
class World:
    """Two regions full of data, and the names of what the addresses speak of."""

    here: Region
    there: Region
    reference: str
    token: str
    file: str
    module: int
    revision: int
    person: int
    post: int
    office: int
    substitution: int
    dataset: int
    edition: int
    kept: int
    signed: str
    plan: str
    personal: tuple[bytes, ...]
    """What the case knows about its applicant: as answered, as pages write it, and a file's bytes."""
    letter: int

    @cache  # noqa: B019 - one world per run
    def client(self, actor: str, region: Region) -> Client:
        """Return a client of one of `ACTORS` on a region's host."""
        client = Client(headers={"host": region.host or ""}, raise_request_exception=False)
        if ACTORS[actor]:
            user = User.objects.get(username=ACTORS[actor])
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def _pk(self, pattern: str) -> str:
        """Return the id of what an address speaks of: an edition, a list, a file, else a service."""
        if "/bank/" in pattern:
            return str(self.kept)
        if "/lists/" in pattern:
            return str(self.edition if "editions" in pattern else self.dataset)
        return self.file if "files" in pattern else str(self.module)

    def path(self, pattern: str) -> str:
        """Fill the parts of an address with what is in this world."""
        values = {
            "key": "surat-domisili",
            "token": self.token,
            "step": "pemohon",
            "version": "1",
            "old": "1",
            "new": "2",
            "plan": self.plan,
            "rest": "nothing/here",
            "reference": self.reference,
            "action": "teruskan",
            "role": "loket",
            "office": str(self.office),
            "task": "saran",
            "task_id": "999999",
            "outcome": "setuju",
            "pk": self._pk(pattern),
            "letter": str(self.letter),
            "consent": "none",
            "revision_id": str(self.revision),
            "edition": "0" * 12,
            "signed": self.signed,
            "field": "keperluan",
            "form": "bpmn",
            "code": "36",
            "size": "192",
            "language": "id",
            "person": str(self.person),
            "object_id": str(self.here.pk),
            "post": str(self.post),
            "substitution": str(self.substitution),
            "view": "999999",
            "way": "bsre",
            "number": "1",
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
        }
        plain = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", pattern)
        if "/bulk/" in pattern or "/exports/" in pattern or "/letters/jobs/" in pattern:
            values["key"] = "00000000-0000-4000-8000-000000000000"
        if "verify/" in pattern:
            values["code"] = "7K4M92QX5F3HA"
        if "/connections/" in pattern:
            values["key"] = "keuangan"
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: values[part[1]], plain)
        return "/" + filled.replace("\\", "").rstrip("$")


def _personal(case: Case) -> tuple[bytes, ...]:
    said = (case.applicant_name, case.contact_email, case.answers["nik"], case.answers["jalan"])
    attachment = cases.attachment(case, str(case.answers["ktp"][0]["id"]))
    assert attachment is not None
    return (*(text.encode() for text in said), attachment.file.read())


def build() -> World:
    """Load the demonstration and begin one application."""
    now = timezone.now()
    rows.write(now)
    stories.write(now)
    here, there = Region.objects.get(key="tangerang"), Region.objects.get(key="poso")
    with scope.use(here):
        case = cases.case_of_draft(here, "demo-tangerang-domisili-1")
        assert case is not None
        installation = modules.installation(here, "surat-domisili")
        assert installation is not None
        draft = drafts.start(region=here, version=installation.version, language="id", owner=None, now=now)
        module = Module.objects.get(key="surat-domisili")
        post = Membership.objects.get(user__username="loket.tangerang")
        outside.add(
            region=here,
            name="Keuangan",
            kind="webhook",
            address="https://127.0.0.1:9/",
            token="",
            now=now,
        )
        factories.areas()
        edition = datasets.import_edition(
            region=here,
            key="kelas",
            title={"id": "Kelas makam"},
            edition="2026",
            reading=reading.read(b"value,label\nA,Kelas A\n"),
            by=None,
            now=now,
        )
        newer = ModuleVersion.objects.create(
            region=here,
            key=installation.key,
            number=2,
            digest=installation.version.digest,
            document=installation.version.document,
            published_at=now,
        )
        plan = moves.begin(region=here, old=installation.version, new=newer, now=now)
        return World(
            plan=plan.key,
            personal=_personal(case),
            letter=_letter(case, now).pk,
            here=here,
            there=there,
            reference=case.reference,
            token=draft.token,
            file=str(case.answers["ktp"][0]["id"]),
            module=module.pk,
            revision=module.latest_revision_id,
            person=post.user_id,
            post=post.pk,
            office=post.office_id,
            substitution=Substitution.objects.get(region=here).pk,
            dataset=edition.dataset_id,
            edition=edition.pk,
            kept=BankEntry.objects.create(region=here, name="Nama", bundle="{}", count=1, saved_at=now).pk,
            signed=addresses.named(edition, ()),
        )


def _letter(case: Case, now: datetime) -> IssuedLetter:
    """Return a letter of the case, signed by the head; it names whoever applied."""
    content = b"%PDF- " + case.applicant_name.encode()
    letter = IssuedLetter(
        region=case.region,
        case=case,
        version=case.version,
        letter="domisili",
        source="world",
        code="7K4M92QX5F3HA",
        number="1",
        state=IssuedLetter.State.VERIFIED,
        signer=User.objects.get(username="lurah.tangerang"),
        issued_on=now.date(),
        adapter="plain",
        prepared_at=now,
        sha256=storing.digest(content),
    )
    letter.save()
    letter.file = storing.put(letter, "signed", content)
    letter.save()
    return letter
