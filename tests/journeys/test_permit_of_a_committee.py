"""A permit to its end: two agencies, one by a substitute; a holiday; a committee; moved to a new version.

The clock of the process is moved on, so the site runs in it; every page is walked in a browser and judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as configured
from django.utils import timezone
from playwright.sync_api import Browser

from runtime.cases import chain
from runtime.cases.models import Case, CaseEvent, Task
from runtime.effects import heartbeat
from runtime.effects import services as effects
from runtime.regions import scope
from runtime.regions.models import Region, User
from tests import factories
from tests.conftest import ClientOn
from tests.journeys import committee
from tests.journeys.people import Citizen, Officer, person

pytestmark = pytest.mark.browser
JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=JAKARTA)


@dataclass
class Clock:
    """What time it is in this process."""

    now: datetime = MONDAY

    def move_to(self, now: datetime) -> None:
        """Let time pass, and what has come due be done."""
        self.now = now
        self.work()

    def work(self) -> None:
        """Let the runner do what is due and what waits in the outbox."""
        with scope.everywhere("the runner works"):
            while heartbeat.all_beats(self.now) + effects.run_due(now=self.now):
                pass


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now.astimezone(ZoneInfo("UTC")))
    return made


@dataclass
class Site:
    """The site in this process, as the people of the journeys know one."""

    address: Callable[..., str]

    def url(self, region: str, path: str) -> str:
        return self.address(f"{region}.localhost", path)


@dataclass
class City:
    """A region with everybody who has a part in the permit, each at a browser when asked for."""

    region: Region
    people: dict[str, User]
    browser: Browser
    site: Site
    client_on: ClientOn

    @contextmanager
    def at_desk(self, name: str) -> Iterator[Officer]:
        """Sit somebody down who is logged in."""
        session = self.client_on(self.region, self.people[name]).cookies[configured.SESSION_COOKIE_NAME].value
        with person(Officer, self.browser, self.site) as officer:
            officer.page.context.add_cookies(
                [
                    {
                        "name": configured.SESSION_COOKIE_NAME,
                        "value": session,
                        "domain": self.region.host,
                        "path": "/",
                    }
                ]
            )
            yield officer

    @contextmanager
    def before(self, name: str, reference: str) -> Iterator[Officer]:
        """Sit somebody down before a case that lies on their desk."""
        with self.at_desk(name) as officer:
            officer.open_case(reference)
            officer.judge()
            yield officer

    def case(self, reference: str) -> Case:
        with scope.use(self.region):
            found: Case = Case.objects.select_related("version").get(reference=reference)
        return found


@pytest.fixture
def city(
    tangerang: Region, browser: Browser, site: Callable[..., str], client_on: ClientOn, clock: Clock
) -> City:
    village = factories.office(tangerang, "kelurahan", name="Kelurahan Kelapa")
    factories.installed(tangerang, committee.first())
    agencies = [
        factories.office(tangerang, key, kind=Region.Kind.AGENCY, name=name)
        for key, name in (("dlh", "Dinas Lingkungan Hidup"), ("dishub", "Dinas Perhubungan"))
    ]
    people = {
        "petugas": factories.staff("petugas", village, "petugas"),
        "lingkungan": factories.staff("teknis", agencies[0], "lingkungan"),
        "perhubungan": factories.staff("teknis", agencies[1], "perhubungan"),
        "asisten": factories.staff("teknis", tangerang, "asisten"),
        "wakil": factories.staff("guard", tangerang, "wakil"),
        "kepala": factories.staff("kepala", tangerang, "kepala"),
        "pengelola": factories.staff("administrator", tangerang, "pengelola"),
        **{f"panitia{n}": factories.staff("panitia", tangerang, f"panitia{n}") for n in (1, 2, 3)},
    }
    return City(tangerang, people, browser, Site(site), client_on)


class TestPermitOfACommittee:
    def test_is_advised_voted_on_moved_and_granted(self, city: City, clock: Clock) -> None:
        self._a_holiday_is_announced(city)
        granted, vetoed = self._is_applied_for(city, "Ani"), self._is_applied_for(city, "Budi")
        self._somebody_is_away(city)
        for reference in (granted, vetoed):
            self._agencies_are_asked(city, reference)
            self._the_substitute_advises(city, reference)
        self._the_other_agency_lets_time_pass(city, clock, granted)
        for reference in (granted, vetoed):
            self._the_office_above_advises(city, reference)
        self._a_member_votes(city, "panitia1", granted)
        factories.installed(city.region, committee.second(), 2)
        before = {reference: self._standing(city, reference) for reference in (granted, vetoed)}
        plan = self._is_moved(city, clock)
        assert [self._standing(city, one)[:3] for one in before] == [(2, "rapat", None)] * 2
        self._is_brought_back(city, clock, plan)
        assert {reference: self._standing(city, reference) for reference in before} == before
        self._is_moved(city, clock)
        self._the_head_objects(city, vetoed)
        self._a_member_votes(city, "panitia2", granted)
        self._the_head_decides(city, granted)
        self._history_is_whole(city)

    def _a_holiday_is_announced(self, city: City) -> None:
        with city.at_desk("pengelola") as administrator:
            administrator.open("/desk/calendar/day/")
            administrator.page.get_by_label("Tanggal").fill("2026-11-25")
            administrator.page.get_by_label("Nama hari").fill("Hari Jadi Kota")
            administrator.page.get_by_label("Dasar penetapan").fill("Perwali 9/2026")
            administrator.judge()
            administrator.press("Lanjut")
            administrator.judge()
            administrator.press("Simpan perubahan")
            administrator.sees("Hari Jadi Kota")
            administrator.judge()

    def _is_applied_for(self, city: City, name: str) -> str:
        with person(Citizen, city.browser, city.site) as citizen:
            citizen.begin(committee.TITLE)
            citizen.write("Nama", name)
            citizen.write("Email", f"{name.lower()}@contoh.id")
            citizen.date("Tanggal lahir", "2-1-1990")
            citizen.go_on()
            citizen.choose("Baru")
            citizen.page.get_by_label("Jumlah").fill("7")
            citizen.page.get_by_label("Luas").fill("40")
            citizen.choose("Kelurahan Kelapa")
            citizen.page.get_by_label("Saya setuju").check()
            citizen.judge()
            citizen.go_on()
            return citizen.send()

    def _somebody_is_away(self, city: City) -> None:
        with city.at_desk("pengelola") as administrator:
            administrator.open("/desk/staff/standins/")
            administrator.follow("Tunjuk Plh.")
            administrator.page.get_by_label("Jabatan siapa yang digantikan").select_option(
                label="Instansi teknis · Dinas Lingkungan Hidup · Lingkungan"
            )
            administrator.page.get_by_label("Siapa yang menggantikan").select_option(label="Wakil")
            administrator.page.get_by_label("Hari terakhir").fill("2026-12-04")
            administrator.page.get_by_label("Nomor keputusan atau surat perintah").fill("SP 12/2026")
            administrator.judge()
            administrator.press("Tunjuk")
            administrator.sees("Wakil menggantikan Lingkungan")

    def _agencies_are_asked(self, city: City, reference: str) -> None:
        with city.before("petugas", reference) as clerk:
            clerk.choose_action("Minta saran")
            for n, office in enumerate(("Dinas Lingkungan Hidup", "Dinas Perhubungan")):
                clerk.press("Tambah: Instansi")
                clerk.page.get_by_label(office, exact=True).nth(n).check()
            clerk.judge()
            clerk.carry_out("Minta saran")

    def _the_substitute_advises(self, city: City, reference: str) -> None:
        with city.before("wakil", reference) as substitute:
            substitute.sees("Anda bertindak sebagai Plh.")
            substitute.decide("Saran teknis: Setuju")

    def _the_other_agency_lets_time_pass(self, city: City, clock: Clock, reference: str) -> None:
        friday = MONDAY + timedelta(days=4, hours=7)  # late, were Wednesday not a holiday
        clock.move_to(friday)
        assert self._escalated(city) == 0
        with city.before("perhubungan", reference):
            pass
        clock.move_to(friday + timedelta(days=4))
        assert self._escalated(city) == 2
        with city.at_desk("perhubungan") as adviser:
            adviser.open("/desk/")
            assert reference not in adviser.page.content()

    def _escalated(self, city: City) -> int:
        with scope.use(city.region):
            return CaseEvent.objects.filter(action="naikkan").count()

    def _the_office_above_advises(self, city: City, reference: str) -> None:
        with city.before("asisten", reference) as above:
            above.sees("Naikkan ke atasan")
            above.decide("Saran teknis: Setuju")
        assert city.case(reference).status == "sidang"

    def _a_member_votes(self, city: City, name: str, reference: str) -> None:
        with city.before(name, reference) as member:
            member.decide("Suara panitia: Setuju")

    def _standing(self, city: City, reference: str) -> tuple[Any, ...]:
        """Return the version, the status, an answer, the clocks and the tasks of a case."""
        case = city.case(reference)
        with scope.use(city.region):
            tasks = sorted(
                Task.objects.filter(case=case).values_list("key", "seat", "outcome", "closed_by"), key=str
            )
        return (
            case.version.number,
            case.status,
            case.answers.get("luas"),
            case.due_at,
            case.deadline_at,
            tasks,
        )

    def _is_moved(self, city: City, clock: Clock) -> str:
        """Plan the move, look at what it would do, agree to what is lost, and move; return the plan."""
        with city.at_desk("pengelola") as administrator:
            page = administrator.page
            administrator.open("/desk/account/")
            administrator.follow("Versi permohonan berjalan")
            administrator.judge()
            administrator.follow(re.compile("^Rencanakan pemindahan ke versi 2"))
            administrator.judge()
            page.get_by_label("Sidang panitia").select_option(label="Rapat panitia")
            administrator.press("Buat rencana")
            page.wait_for_url("**/versions/plans/**")
            clock.work()
            page.reload()
            administrator.sees("Jawaban atas “Luas” tidak ada tempatnya pada versi 2.")
            administrator.judge()
            page.get_by_role("checkbox", name=re.compile("Luas")).check()
            administrator.press("Pindahkan semua yang tidak kehilangan hal lain")
            clock.work()
            page.reload()
            administrator.judge()
            return page.url

    def _is_brought_back(self, city: City, clock: Clock, plan: str) -> None:
        with city.at_desk("pengelola") as administrator:
            administrator.page.goto(plan)
            administrator.follow(re.compile("^Dipindahkan"))
            administrator.judge()
            administrator.press("Kembalikan semua (2)")
            clock.work()
            administrator.page.reload()
            administrator.judge()

    def _the_head_objects(self, city: City, reference: str) -> None:
        with city.before("kepala", reference) as head:
            head.choose_action("Pertimbangan kepala: Tidak setuju")
            head.page.get_by_label("Alasan").fill("Lokasinya di jalur hijau.")
            head.judge()
            head.carry_out("Pertimbangan kepala: Tidak setuju")
        refused = city.case(reference)
        assert (refused.status, refused.outcome) == ("ditolak", "refused")

    def _the_head_decides(self, city: City, reference: str) -> None:
        with city.before("kepala", reference) as head:
            head.decide("Tetapkan")
        granted = city.case(reference)
        assert (granted.status, granted.outcome) == ("terbit", "granted")

    def _history_is_whole(self, city: City) -> None:
        with scope.use(city.region):
            for case in Case.objects.all():
                assert chain.verify(case) == []
