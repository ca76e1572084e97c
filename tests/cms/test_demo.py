"""The demonstration: complete, repeatable, and impossible where citizens are real."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from cms.demo.people import PASSWORD, PEOPLE
from runtime.cases import selectors as cases
from runtime.regions import scope
from runtime.regions.models import Membership, Region, User

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def table(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The demonstration, loaded once for this file; what was printed."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        output = StringIO()
        call_command("demo", stdout=output)
        yield output.getvalue()
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def _everything() -> dict[str, int]:
    from django.apps import apps

    from runtime.regions import rls

    with scope.everywhere("the test counts"):
        counts = {model._meta.label: model._default_manager.count() for model in rls.scoped_models()}
    return (
        counts
        | {"regions": Region.objects.count(), "users": User.objects.count()}
        | {"revisions": apps.get_model("wagtailcore", "Revision").objects.count()}
    )


@pytest.mark.django_db
class TestDemo:
    def test_adds_nothing_when_it_is_loaded_again(self, table: str) -> None:
        before = _everything()
        call_command("demo", stdout=StringIO())
        assert _everything() == before

    def test_prints_addresses_and_the_password(self, table: str) -> None:
        assert "http://tangerang.localhost:" in table
        assert "http://poso.localhost:" in table
        assert PASSWORD in table
        for people in PEOPLE.values():
            assert all(person.username in table for person in people)

    @pytest.mark.parametrize("key", ["tangerang", "poso"])
    def test_opens_both_services_in_each_region(self, key: str, table: str) -> None:
        client = Client(headers={"host": f"{key}.localhost"})
        for service in ("surat-domisili", "aduan-warga"):
            assert client.get(f"/services/{service}/").status_code == 200

    @pytest.mark.parametrize("key", ["tangerang", "poso"])
    def test_gives_every_role_of_a_service_somebody_who_holds_it(self, key: str, table: str) -> None:
        from runtime.modules import selectors as modules

        region = Region.objects.get(key=key)
        with scope.use(region):
            held = set(Membership.objects.values_list("role__key", flat=True))
            for installation in modules.installations(region):
                module = modules.definition(installation.version)
                assert {role.key for role in module.workflow.roles} <= held

    @pytest.mark.parametrize("name", ["loket", "kasi", "aduan", "dpupr"])
    @pytest.mark.parametrize("key", ["tangerang", "poso"])
    def test_leaves_work_on_the_desks(self, key: str, name: str, table: str) -> None:
        region = Region.objects.get(key=key)
        with scope.use(region):
            assert cases.work(region, User.objects.get(username=f"{name}.{key}")).exists()

    def test_lets_its_people_log_in(self, table: str) -> None:
        client = Client(headers={"host": "tangerang.localhost"})
        answer = client.post("/accounts/login/", {"login": "loket.tangerang", "password": PASSWORD})
        assert answer.status_code == 302

    def test_sends_no_mail_about_what_never_happened(self, table: str) -> None:
        assert mail.outbox == []

    def test_is_refused_with_production_settings(self, settings: Any) -> None:
        settings.RAKIT_DEMO = False
        with pytest.raises(CommandError, match="refused"):
            call_command("demo")


class TestProductionSettings:
    GOOD = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "RAKIT_SECRET_KEY": "s" * 60,
        "RAKIT_HOSTS": "layanan.example",
        "RAKIT_EMAIL_URL": "smtp://mail.example",
        "RAKIT_EMAIL_FROM": "layanan@layanan.example",
        "RAKIT_PROXIES": "1",
    }

    def _start(self, tmp_path: Path, **changes: str | None) -> Any:
        values = {**self.GOOD, "RAKIT_VAR": str(tmp_path), **changes}
        environment = {key: value for key, value in values.items() if value is not None}
        command = [
            sys.executable,
            "-c",
            "import django; django.setup(); from django.conf import settings as s; ",
        ]
        command[2] += "print(s.RAKIT_STAFF_MFA, s.RAKIT_DEMO, s.DEBUG, s.SESSION_COOKIE_SECURE)"
        return run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    def test_demand_a_second_factor_and_secure_cookies_and_refuse_the_demonstration(
        self, tmp_path: Path
    ) -> None:
        result = self._start(tmp_path)
        assert result.stdout.strip() == "True False False True", result.stderr

    @pytest.mark.parametrize("name", [name for name in GOOD if name.startswith("RAKIT")])
    def test_do_not_start_without_a_decision(self, name: str, tmp_path: Path) -> None:
        result = self._start(tmp_path, **{name: None})
        assert result.returncode
        assert name in result.stderr.splitlines()[-1]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("RAKIT_SECRET_KEY", "short"),
            ("RAKIT_HOSTS", "*"),
            ("RAKIT_DATABASE_URL", "mysql://a/b"),
            ("RAKIT_DATABASE_URL", "postgres://a:b@c:port/d"),
            ("RAKIT_EMAIL_URL", "pigeon://x"),
            ("RAKIT_QUEUE", "carrier"),
            ("RAKIT_QUEUE", "celery"),
            ("RAKIT_PROXIES", "one"),
            ("RAKIT_STAFF_MFA", "perhaps"),
        ],
    )
    def test_do_not_start_with_a_value_that_does_not_fit(self, name: str, value: str, tmp_path: Path) -> None:
        result = self._start(tmp_path, **{name: value})
        assert result.returncode
        assert name in result.stderr.splitlines()[-1]
