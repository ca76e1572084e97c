"""Three letters as villages and agencies write them, with everything that is known when they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from runtime.cases.signing import Signature
from runtime.forms.face import Circumstances
from runtime.letters.facts import Facts, Letterhead
from schemas import parse
from schemas.definition import Letter, Module
from tests.schemas.corpus import small_module

DAY = date(2026, 9, 7)
EMBLEM = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48"><path d="M20 2 38 8v18c0 10-8 16-18 20'
    b'C10 42 2 36 2 26V8z" fill="#e8eef7" stroke="#1d3d6b" stroke-width="2"/>'
    b'<circle cx="20" cy="22" r="8" fill="#1d3d6b"/></svg>'
)
HEAD = Letterhead(
    government="Pemerintah Kota Tangerang",
    above="Kecamatan Tangerang",
    office="Kelurahan Babakan",
    address="Jalan Perintis Kemerdekaan Nomor 1, Tangerang 15118\nTelepon (021) 555-1234, babakan@contoh.id",
    logo=EMBLEM,
    logo_type="image/svg+xml",
)
AGENCY = Letterhead(
    government="Pemerintah Kota Tangerang",
    office="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    address="Jalan Satria Sudirman Nomor 1, Tangerang 15111",
)
PERSON: list[dict[str, Any]] = [
    {"key": "nama", "type": "text", "label": "Nama lengkap", "privacy": "personal"},
    {"key": "nik", "type": "nik", "label": "NIK", "privacy": "personal"},
    {"key": "no_kk", "type": "no_kk", "label": "Nomor KK", "privacy": "personal"},
    {"key": "tempat_lahir", "type": "text", "label": "Tempat lahir", "privacy": "personal"},
    {"key": "tanggal_lahir", "type": "date", "label": "Tanggal lahir", "privacy": "personal"},
    {
        "key": "jenis_kelamin",
        "type": "choice",
        "label": "Jenis kelamin",
        "options": [{"value": "l", "label": "Laki-laki"}, {"value": "p", "label": "Perempuan"}],
    },
    {"key": "pekerjaan", "type": "text", "label": "Pekerjaan"},
    {"key": "alamat", "type": "longtext", "label": "Alamat", "privacy": "personal"},
]
SITI: dict[str, Any] = {
    "nama": "siti aminah",
    "nik": "3671014107030001",
    "no_kk": "3671010101100001",
    "tempat_lahir": "Tangerang",
    "tanggal_lahir": "2003-07-01",
    "jenis_kelamin": "p",
    "pekerjaan": "Karyawan swasta",
    "alamat": "Jalan Kisamaun Gang Mawar Nomor 12\nRT 003 RW 005, Kelurahan Babakan",
}
IDENTITY = {
    "details": [
        {"label": "Nama", "value": "**{nama|upper}**"},
        {"question": "nik"},
        {"question": "no_kk"},
        {"label": "Tempat, tanggal lahir", "value": "{tempat_lahir}, {tanggal_lahir}"},
        {"question": "jenis_kelamin"},
        {"question": "pekerjaan"},
        {"question": "alamat"},
    ],
    "numbered": True,
}


@dataclass(frozen=True)
class Printed:
    """A letter and the facts it is printed with."""

    letter: Letter
    facts: Facts


def made(fields: list[dict[str, Any]], letter: dict[str, Any], **facts: Any) -> Printed:
    """Return the letter of a service that asks `fields`, with facts of an ordinary day beside `facts`."""
    document = small_module(fields)
    document["letters"] = [{"key": "surat", "title": "Surat", **letter}]
    module = parse.understood(document)
    assert isinstance(module, Module)
    usual: dict[str, Any] = {
        "module": module,
        "answers": {},
        "around": Circumstances("id", DAY, tables=module.tables),
        "letterhead": HEAD,
        "issued": DAY,
        "place": "Tangerang",
        "said": {
            "case.applicant": "Siti Aminah",
            "letter.number": "400.12.2.1/015/Kel.Babakan",
            "letter.valid_until": date(2027, 3, 7),
            "office.name": "Kelurahan Babakan",
            "office.above": "Kecamatan Tangerang",
            "region.name": "Kota Tangerang",
        },
        "signature": Signature("Lurah Babakan", "Drs. H. Ahmad Fauzi, M.Si.", nip="19790101 200501 1 003"),
        "verification": "https://layanan.contoh.go.id/surat/AB12CD34",
    }
    return Printed(module.letters[0], Facts(**{**usual, **facts}))


def domicile() -> Printed:
    """Return a statement of where somebody lives: the letter most asked for in a village."""
    opening = (
        "Yang bertanda tangan di bawah ini Lurah Babakan, {office.above}, {region.name}, menerangkan bahwa:"
    )
    return made(
        [*PERSON, {"key": "keperluan", "type": "text", "label": "Keperluan"}],
        {
            "title": "Surat Keterangan Domisili",
            "signer": {"action": "selesaikan"},
            "body": [
                {"paragraph": opening, "indent": True},
                IDENTITY,
                {
                    "paragraph": "Nama tersebut di atas benar berdomisili pada alamat tersebut dan tercatat "
                    "sebagai warga {office.name}. Surat keterangan ini dibuat untuk keperluan "
                    "**{keperluan}**.",
                    "indent": True,
                },
                {
                    "paragraph": "Surat ini berlaku mulai {letter.date|day} sampai dengan "
                    "{letter.valid_until|day}.",
                    "indent": True,
                },
                {
                    "paragraph": "Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana "
                    "mestinya.",
                    "indent": True,
                },
            ],
        },
        answers={**SITI, "keperluan": "melamar pekerjaan"},
    )


def poverty() -> Printed:
    """Return a letter to a school, with its holder's signature, income in words, a stand-in and copies."""
    return made(
        [*PERSON, {"key": "penghasilan", "type": "money", "label": "Penghasilan sebulan"}],
        {
            "title": "Surat Pengantar",
            "subject": "Keterangan tidak mampu a.n. {nama|title}",
            "recipient": "Yth. Kepala SMP Negeri 1 Tangerang\ndi\n    Tangerang",
            "signer": {"action": "selesaikan", "mandate": "Camat Tangerang"},
            "holder": True,
            "copies": ["{office.above}", "Dinas Sosial {region.name}"],
            "body": [
                {"paragraph": "Dengan hormat, bersama ini kami terangkan bahwa:", "indent": True},
                IDENTITY,
                {
                    "paragraph": "berasal dari keluarga tidak mampu dengan penghasilan {penghasilan} "
                    "(_{penghasilan|words}_ rupiah) sebulan, sehingga:".replace("_", "*"),
                },
                {
                    "items": ["dapat dibebaskan dari biaya pendidikan;", "layak menerima bantuan seragam."],
                    "numbered": True,
                },
                {"paragraph": "Atas perhatian Saudara kami ucapkan terima kasih.", "indent": True},
            ],
        },
        answers={**SITI, "penghasilan": 1_250_000},
        signature=Signature("Plt. Lurah Babakan", "Rina Kartika, S.Sos.", "plt", mandate="Camat Tangerang"),
    )


def permit(members: int = 6) -> Printed:
    """Return a permit on A4 with a table that goes on over pages, a conditional part and a.n. with u.b."""
    family = {
        "key": "keluarga",
        "type": "repeat",
        "label": "Anggota keluarga",
        "fields": [
            {"key": "nama_anggota", "type": "text", "label": "Nama"},
            {"key": "hubungan", "type": "text", "label": "Hubungan"},
            {"key": "umur", "type": "integer", "label": "Umur"},
        ],
    }
    kind = {
        "key": "jenis",
        "type": "choice",
        "label": "Jenis izin",
        "options": [{"value": "baru", "label": "Baru"}, {"value": "ulang", "label": "Perpanjangan"}],
    }
    return made(
        [*PERSON, kind, {"key": "nomor_lama", "type": "text", "label": "Nomor lama"}, family],
        {
            "title": "Izin Usaha Kecil",
            "subject": "{jenis} izin usaha keluarga",
            "paper": "a4",
            "signer": {
                "action": "selesaikan",
                "mandate": "Wali Kota Tangerang",
                "through": "Sekretaris Daerah",
            },
            "body": [
                {"heading": "Pemegang izin"},
                {"paragraph": "Izin ini diberikan kepada __{nama|title}__ (NIK {nik|mask})."},
                {
                    "when": {"==": [{"var": "jenis"}, "ulang"]},
                    "paragraph": "Izin ini memperpanjang izin nomor {nomor_lama}.",
                },
                {
                    "when": {"==": [{"var": "jenis"}, "baru"]},
                    "paragraph": "Izin ini diberikan untuk pertama kali.",
                },
                {"heading": "Anggota keluarga yang bekerja"},
                {
                    "table": "keluarga",
                    "numbered": True,
                    "columns": [
                        {"title": "Nama", "value": "{nama_anggota|title}"},
                        {"title": "Hubungan", "value": "{hubungan}"},
                        {"title": "Umur", "value": "{umur} tahun", "align": "right"},
                    ],
                },
                {
                    "each": "keluarga",
                    "body": [
                        {
                            "when": {"<": [{"var": "umur"}, 18]},
                            "paragraph": "{nama_anggota|title} belum dewasa dan hanya boleh membantu.",
                        }
                    ],
                },
            ],
        },
        answers={
            **SITI,
            "jenis": "ulang",
            "nomor_lama": "503/7/2021",
            "keluarga": [
                {
                    "nama_anggota": f"anggota ke-{at}",
                    "hubungan": "Anak" if at % 2 else "Keponakan",
                    "umur": 12 + at,
                }
                for at in range(1, members + 1)
            ],
        },
        letterhead=AGENCY,
        signature=Signature(
            "Plt. Kepala Dinas",
            "Ir. Budi Santoso, M.T.",
            "plt",
            mandate="Wali Kota Tangerang",
            through="Sekretaris Daerah",
            nip="19700817 199503 1 002",
        ),
    )


LETTERS = {"domisili": domicile, "pengantar": poverty, "izin": permit}
