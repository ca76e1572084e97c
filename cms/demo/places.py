"""The regions of the demonstration. Names of places are real, everything about them is made up."""

from __future__ import annotations

from dataclasses import dataclass, field

from runtime.regions.models import Region

Kind = Region.Kind


@dataclass(frozen=True, slots=True)
class District:
    """A district with the villages that the demonstration knows by name."""

    name: str
    villages: tuple[str, ...] = ()
    village_word: str = "Kelurahan"


@dataclass(frozen=True, slots=True)
class Tenant:
    """A region with a site of its own."""

    key: str
    name: str
    kind: str
    host: str
    short_code: str
    code: str
    parent: str
    timezone: str = "Asia/Jakarta"
    theme: dict[str, str] = field(default_factory=dict)
    map: dict[str, str | float] = field(default_factory=dict)
    contact: str = ""
    districts: tuple[District, ...] = ()
    agencies: tuple[tuple[str, str], ...] = ()
    desk: str = ""  # the village where the demonstration's officers work


NATION = Tenant(
    key="nasional",
    name="Indonesia",
    kind=Kind.NATION,
    host="localhost",
    short_code="NAS",
    code="",
    parent="",
    theme={"brand": "#7a1f2b", "accent": "#d9a441"},
)

_MAP = {
    "tiles": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "credit": "© OpenStreetMap",
    "link": "https://www.openstreetmap.org/copyright",
}

PROVINCES = (("banten", "Banten", "36"), ("sulawesi-tengah", "Sulawesi Tengah", "72"))

_AGENCIES = (
    ("dpupr", "Dinas Pekerjaan Umum dan Penataan Ruang"),
    ("dlh", "Dinas Lingkungan Hidup"),
    ("dishub", "Dinas Perhubungan"),
    ("satpol-pp", "Satuan Polisi Pamong Praja"),
    ("dinkes", "Dinas Kesehatan"),
    ("diskominfo", "Dinas Komunikasi dan Informatika"),
)

TANGERANG = Tenant(
    key="tangerang",
    name="Kota Tangerang",
    kind=Kind.CITY,
    host="tangerang.localhost",
    short_code="TNG",
    code="36.71",
    parent="banten",
    theme={"brand": "#0b6b53", "accent": "#e8a317", "crest": "TNG"},
    map={**_MAP, "lat": -6.1783, "lon": 106.6319, "zoom": 13},
    contact="Pemerintah Kota Tangerang\nData peragaan, bukan layanan resmi.",
    districts=(
        District(
            "Tangerang",
            (
                "Sukarasa",
                "Sukaasih",
                "Tanah Tinggi",
                "Buaran Indah",
                "Cikokol",
                "Kelapa Indah",
                "Sukasari",
                "Babakan",
            ),
        ),
        *(District(name) for name in ("Jatiuwung", "Batuceper", "Benda")),
        District("Cipondoh", ("Cipondoh Makmur", "Poris Plawad", "Ketapang")),
        District("Ciledug"),
        District("Karawaci", ("Karawaci Baru", "Cimone", "Gerendeng")),
        *(
            District(name)
            for name in ("Periuk", "Cibodas", "Neglasari", "Pinang", "Karang Tengah", "Larangan")
        ),
    ),
    agencies=_AGENCIES,
    desk="Sukasari",
)

POSO = Tenant(
    key="poso",
    name="Kabupaten Poso",
    kind=Kind.REGENCY,
    host="poso.localhost",
    short_code="PSO",
    code="72.02",
    parent="sulawesi-tengah",
    timezone="Asia/Makassar",
    theme={"brand": "#1b4f8a", "accent": "#e07a3f", "crest": "PSO"},
    map={**_MAP, "lat": -1.3959, "lon": 120.7524, "zoom": 12},
    contact="Pemerintah Kabupaten Poso\nData peragaan, bukan layanan resmi.",
    districts=(
        District("Poso Kota", ("Kasintuwu", "Kayamanya")),
        District("Poso Pesisir"),
        District("Lage", ("Tongko", "Toyado", "Silanca", "Pandiri"), "Desa"),
        District("Pamona Puselemba", ("Buyumpondoli", "Peura", "Dulumai"), "Desa"),
        *(District(name) for name in ("Pamona Timur", "Pamona Selatan")),
        District("Lore Utara", ("Wuasa", "Watumaeta", "Sedoa"), "Desa"),
        *(
            District(name)
            for name in (
                "Lore Tengah",
                "Lore Selatan",
                "Poso Pesisir Utara",
                "Poso Pesisir Selatan",
                "Pamona Barat",
                "Poso Kota Selatan",
                "Poso Kota Utara",
                "Lore Barat",
                "Lore Timur",
                "Lore Peore",
                "Pamona Tenggara",
                "Pamona Utara",
            )
        ),
    ),
    agencies=_AGENCIES,
    desk="Tongko",
)

TENANTS = (TANGERANG, POSO)
