"""The people of the demonstration and what they do. Their password is public: never use it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from runtime.regions.rules import STANDING

PASSWORD = "rakit-demo"  # noqa: S105 - printed on purpose, refused outside the demonstration

ROLES: dict[str, dict[str, str]] = {
    **STANDING,
    "loket": {"id": "Petugas loket", "en": "Counter officer"},
    "kasi": {"id": "Kepala seksi pemerintahan", "en": "Head of the government section"},
    "sekretaris": {"id": "Sekretaris kelurahan atau desa", "en": "Village secretary"},
    "lurah": {"id": "Lurah", "en": "Head of the village"},
    "petugas": {"id": "Petugas pengaduan", "en": "Report officer"},
    "koordinator": {"id": "Koordinator pengaduan", "en": "Report coordinator"},
    "instansi": {"id": "Pejabat penghubung instansi", "en": "Liaison officer of the agency"},
    "pemeriksa": {"id": "Pemeriksa hasil", "en": "Inspector of results"},
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. `posts` are (role, place): place is "" for the whole region,
    "desk" for the village of the demonstration, else the key of an agency."""

    username: str
    name: str
    does: str
    posts: tuple[tuple[str, str], ...] = ()


def _staff(suffix: str, names: tuple[str, ...]) -> tuple[Person, ...]:
    words = (
        ("warga", "warga", ()),
        ("perancang", "perancang dan penerbit layanan", (("builder", ""), ("publisher", ""))),
        ("loket", "petugas loket", (("loket", "desk"),)),
        ("loket2", "petugas loket kedua", (("loket", "desk"),)),
        ("kasi", "kepala seksi", (("kasi", "desk"),)),
        ("kasi2", "kepala seksi kedua", (("kasi", "desk"),)),
        ("sekretaris", "sekretaris kelurahan atau desa", (("sekretaris", "desk"),)),
        ("lurah", "lurah", (("lurah", "desk"),)),
        ("aduan", "petugas dan koordinator pengaduan", (("petugas", ""), ("koordinator", ""))),
        ("dpupr", "pejabat penghubung DPUPR", (("instansi", "dpupr"),)),
        ("dlh", "pejabat penghubung DLH", (("instansi", "dlh"),)),
        ("pemeriksa", "pemeriksa hasil", (("pemeriksa", ""),)),
        ("pengelola", "pengelola daerah", (("administrator", ""),)),
    )
    return tuple(
        Person(f"{word}.{suffix}", name, does, posts)
        for (word, does, posts), name in zip(words, names, strict=True)
    )


PEOPLE: dict[str, tuple[Person, ...]] = {
    "tangerang": _staff(
        "tangerang",
        (
            "Siti Rahmawati",
            "Rina Kusuma",
            "Budi Santoso",
            "Wulan Sari",
            "Dewi Lestari",
            "Agus Setiawan",
            "Ratna Puspita",
            "Hasan Basri",
            "Maya Anggraini",
            "Joko Prasetyo",
            "Tono Wijaya",
            "Nina Marlina",
            "Fajar Nugroho",
        ),
    ),
    "poso": _staff(
        "poso",
        (
            "Yuliana Tobondo",
            "Markus Lagonda",
            "Selvi Pasoki",
            "Adrian Mowemba",
            "Yohana Tadale",
            "Ferdinand Bungkundapu",
            "Meilan Tarumba",
            "Alfius Tolaba",
            "Novita Badjadji",
            "Rivai Lasimpo",
            "Irma Kabi",
            "Hengky Monoarfa",
            "Olvi Rantelino",
        ),
    ),
}

OUTSIDER = Person("orang.luar", "Orang Luar", "punya akun, tanpa tugas di daerah mana pun")
INSTALLER = Person("admin", "Admin Instalasi", "pengelola instalasi (superuser)")
