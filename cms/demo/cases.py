"""A few cases in different stages, made the way real ones are: filed, then acted on."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from cms.demo import rows
from cms.demo.places import TENANTS, Tenant
from runtime.cases import selectors as cases
from runtime.cases import services
from runtime.modules import selectors as modules
from runtime.regions import scope
from runtime.regions.models import Region, User
from schemas.definition import Module
from schemas.fieldtypes import wording


@dataclass(frozen=True, slots=True)
class Act:
    """One action: what, by whom (a user name without its region), and what is given with it."""

    action: str
    by: str = ""
    comment: str = ""
    corrections: tuple[str, ...] = ()
    answers: dict[str, Any] = field(default_factory=dict)
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One case: the service, what the citizen answered, and what happened since."""

    key: str
    module: str
    answers: dict[str, Any]
    acts: tuple[Act, ...] = ()
    files: tuple[str, ...] = ()
    hours_ago: int = 30


AGREED = "agreed"
"""Stands for an agreement to the words of a statement as the published module has them."""

_RESIDENT = {
    "no_kk": "3671010101200001",
    "tempat_lahir": "Tangerang",
    "jenis_kelamin": "P",
    "agama": "islam",
    "status_kawin": "kawin",
    "pekerjaan": "Guru",
    "kewarganegaraan": "WNI",
    "hp": "+6281234567890",
    "jenis": "penduduk",
    "jalan": "Jalan Melati Nomor 12",
    "rt": "003",
    "rw": "005",
    "tinggal_sejak": "2019-06-01",
    "status_hunian": "milik",
    "benar": AGREED,
}
_CHECKED = {"berkas_cocok": AGREED}


def _domicile(name: str, nik: str, born: str, purpose: str) -> dict[str, Any]:
    return _RESIDENT | {
        "nama": name,
        "nik": nik,
        "tanggal_lahir": born,
        "keperluan": purpose,
        "email": f"{name.split()[0].lower()}@rakit.example",
    }


def _report(kind: str, title: str, words: str, landmark: str, name: str) -> dict[str, Any]:
    return {
        "klasifikasi": "pengaduan",
        "kategori": kind,
        "judul": title,
        "isi": words,
        "lokasi": {"landmark": landmark},
        "anonim": False,
        "rahasia": False,
        "nama": name,
        "hp": "+6281298765432",
        "email": f"{name.split()[0].lower()}@rakit.example",
    }


STORIES = (
    Story(
        "domisili-1",
        "surat-domisili",
        _domicile("Siti Rahmawati", "3671014107030001", "2003-07-01", "Membuka rekening bank"),
        files=("ktp", "kk"),
        hours_ago=5,
    ),
    Story(
        "domisili-2",
        "surat-domisili",
        _domicile("Lina Marlina", "3671015209900002", "1990-09-12", "Melamar pekerjaan"),
        (
            Act(
                "minta_perbaikan",
                "loket",
                "Foto KTP buram, mohon unggah ulang yang terbaca.",
                corrections=("ktp",),
            ),
        ),
        files=("ktp", "kk"),
    ),
    Story(
        "domisili-3",
        "surat-domisili",
        _domicile("Andi Wirawan", "3671011503850003", "1985-03-15", "Mengurus beasiswa anak")
        | {"jenis_kelamin": "L"},
        (Act("teruskan", "loket", answers=_CHECKED), Act("paraf", "kasi")),
        files=("ktp", "kk"),
        hours_ago=50,
    ),
    Story(
        "domisili-4",
        "surat-domisili",
        _domicile("Mega Puspita", "3671016501950004", "1995-01-25", "Mendaftar sekolah anak"),
        (Act("teruskan", "loket", answers=_CHECKED),),
        files=("ktp", "kk"),
        hours_ago=28,
    ),
    Story(
        "domisili-8",
        "surat-domisili",
        _domicile("Dewi Kartika", "3671014404870008", "1987-04-04", "Mengurus kredit rumah"),
        (Act("teruskan", "loket", answers=_CHECKED), Act("paraf", "kasi"), Act("tanda_tangani", "lurah")),
        files=("ktp", "kk"),
        hours_ago=52,
    ),
    *(
        Story(
            f"domisili-{number}", "surat-domisili", _domicile(*person), files=("ktp", "kk"), hours_ago=hours
        )
        for number, hours, person in (
            (5, 2, ("Nur Aini", "3671015005880005", "1988-05-10", "Mengurus BPJS Kesehatan")),
            (6, 21, ("Ratih Kumala", "3671014811920006", "1992-11-08", "Melamar pekerjaan")),
            (7, 75, ("Yuni Astuti", "3671016202800007", "1980-02-22", "Membuka rekening bank")),
        )
    ),
    Story(
        "aduan-1",
        "aduan-warga",
        _report(
            "jalan",
            "Jalan berlubang di depan pasar",
            "Lubang cukup dalam dan sudah dua pengendara motor terjatuh minggu ini.",
            "Depan gerbang pasar, sisi kiri jalan",
            "Rudi Hartono",
        ),
        hours_ago=8,
    ),
    Story(
        "aduan-2",
        "aduan-warga",
        _report(
            "lampu",
            "Lampu jalan padam tiga malam",
            "Tiga tiang berturut-turut padam sehingga gang menjadi sangat gelap.",
            "Gang Mawar, dekat pos ronda",
            "Sri Wahyuni",
        ),
        (
            Act("terima", "aduan"),
            Act(
                "disposisikan",
                "aduan",
                answers={"instansi": "dpupr", "bobot": "biasa", "arahan": "Mohon diperiksa malam ini."},
            ),
        ),
        hours_ago=40,
    ),
    Story(
        "aduan-3",
        "aduan-warga",
        _report(
            "sampah",
            "Sampah menumpuk di tepi kali",
            "Tumpukan sampah menutup aliran air dan berbau.",
            "Jembatan kecil di belakang sekolah",
            "Dodi Pratama",
        ),
        (
            Act("terima", "aduan"),
            Act("disposisikan", "aduan", answers={"instansi": "dlh", "bobot": "sederhana"}),
            Act("mulai", "dlh", answers={"rencana_tindakan": "Pembersihan dengan dua truk."}),
            Act("laporkan_hasil", "dlh", answers={"tindakan": "Sampah diangkut."}, photo="foto_bukti"),
        ),
        hours_ago=60,
    ),
)


def write(now: datetime) -> None:
    """File every story in both regions that does not have it yet."""
    for tenant in TENANTS:
        region = Region.objects.get(key=tenant.key)
        with scope.use(region):
            for story in STORIES:
                _tell(region, tenant, story, now)


def _tell(region: Region, tenant: Tenant, story: Story, now: datetime) -> None:
    filed = now - timedelta(hours=story.hours_ago)
    installation = modules.installation(region, story.module)
    key = f"demo-{region.key}-{story.key}"
    if installation is None or cases.case_of_draft(region, key):
        return
    module = modules.definition(installation.version)
    answers = _agreed(module, story.answers)
    if story.module == "surat-domisili":
        answers["kelurahan"] = rows.office(region, "desk", tenant).key
    for question in story.files:
        answers[question] = [_picture(region, key, question, filed)]
    receipt = services.submit_case(
        region=region,
        version=installation.version,
        answers=answers,
        language="id",
        submit_key=key,
        draft_token=key,
        applicant=User.objects.get(username=f"warga.{region.key}") if story.key.endswith("-1") else None,
        now=filed,
    )
    for turn, act in enumerate(story.acts, start=1):
        given = replace(act, answers=_agreed(module, act.answers))
        _act(region, tenant, receipt.reference, given, key, filed + timedelta(hours=turn))


def _agreed(module: Module, answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers with each agreement tied to the words that were agreed to."""
    asked = {question.key: question for _page, question in module.fields()}
    return {
        key: {"accepted": True, "text": wording.of(asked[key])} if value is AGREED else value
        for key, value in answers.items()
    }


def _act(region: Region, tenant: Tenant, reference: str, act: Act, key: str, now: datetime) -> None:
    answers = dict(act.answers)
    if "instansi" in answers:
        answers["instansi"] = rows.office(region, answers["instansi"], tenant).key
    if act.action == "mulai":
        answers["target_selesai"] = (now + timedelta(days=30)).date().isoformat()
    token = f"{key}-{act.action}"
    if act.photo:
        answers[act.photo] = [_picture(region, token, act.photo, now)]
    services.perform(
        region=region,
        case_reference=reference,
        action=act.action,
        key=token,
        actor_user=User.objects.get(username=f"{act.by}.{region.key}"),
        comment=act.comment,
        corrections=act.corrections,
        answers=answers,
        draft_token=token,
        now=now,
    )


def _picture(region: Region, token: str, question: str, now: datetime) -> dict[str, Any]:
    """Store a drawn picture that says what it stands for, and return the answer that names it."""
    image = Image.new("RGB", (640, 400), "#e6ece9")
    ImageDraw.Draw(image).text((40, 180), f"PERAGAAN - {question}", fill="#17211e", font_size=36)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=70)
    content = buffer.getvalue()
    stored = services.store_upload(
        region=region,
        draft_token=token,
        field=question,
        name=f"{question}.jpg",
        type="image/jpeg",
        content=ContentFile(content),
        sha256=hashlib.sha256(content).hexdigest(),
        now=now,
    )
    answer: dict[str, Any] = stored.as_answer()
    return answer
