"""Addresses in the environment become settings; Celery carries hints and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cms import checks
from cms.celery import app
from cms.settings import env, urls


class TestDatabase:
    @pytest.mark.parametrize(
        "url", ["sqlite:///srv/a b.sqlite3", "sqlite:////srv/a%20b.sqlite3", "/srv/a b.sqlite3"]
    )
    def test_reads_a_file(self, url: str) -> None:
        found = urls.database(url)
        assert found["ENGINE"] == "cms.db.sqlite3"
        assert found["NAME"] == Path("/srv/a b.sqlite3")
        assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"

    def test_reads_a_server_with_odd_letters_and_options(self) -> None:
        found = urls.database("postgres://rakit:p%40ss%2Fword@db.example:5433/kota?sslmode=require")
        assert found["ENGINE"] == "cms.db.postgresql"
        assert (found["USER"], found["PASSWORD"]) == ("rakit", "p@ss/word")
        assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "kota")
        assert found["OPTIONS"]["sslmode"] == "require"
        assert found["CONN_HEALTH_CHECKS"] is True

    @pytest.mark.parametrize("url", ["", "mysql://a/b", "postgres://a", "postgres://a/"])
    def test_refuses_what_it_cannot_use(self, url: str) -> None:
        with pytest.raises(env.BadSetting, match="RAKIT_DATABASE_URL"):
            urls.database(url)


class TestMail:
    def test_encrypts_unless_told_not_to(self) -> None:
        assert urls.mail("smtp://u:p@mail.example")["EMAIL_USE_TLS"] is True
        assert urls.mail("smtps://mail.example")["EMAIL_USE_SSL"] is True
        assert urls.mail("smtp://localhost:25?tls=no")["EMAIL_USE_TLS"] is False

    @pytest.mark.parametrize("url", ["smtp:", "smtp://", "http://mail.example", "x"])
    def test_refuses_what_it_cannot_use(self, url: str) -> None:
        with pytest.raises(env.BadSetting, match="RAKIT_EMAIL_URL"):
            urls.mail(url)


class TestCelery:
    def test_takes_and_gives_json_only_and_keeps_no_results(self) -> None:
        assert app.conf.accept_content == ["json"]
        assert app.conf.task_serializer == "json"
        assert app.conf.task_ignore_result is True
        assert app.conf.result_backend in (None, "disabled")

    def test_repeats_what_a_dead_worker_held(self) -> None:
        assert app.conf.task_acks_late is True
        assert app.conf.task_reject_on_worker_lost is True
        assert app.conf.worker_prefetch_multiplier == 1

    def test_ends_a_job_before_the_lease_of_its_rows(self) -> None:
        from runtime.effects import services

        assert app.conf.task_soft_time_limit < app.conf.task_time_limit < services.LEASE.total_seconds()

    def test_lets_another_take_over_within_a_minute_of_a_death(self) -> None:
        from runtime.effects import services

        assert services.LEASE.total_seconds() + settings.RAKIT_SWEEP_SECONDS < 60

    def test_waits_for_its_broker_however_long_it_is_away(self) -> None:
        assert app.conf.broker_connection_max_retries is None

    def test_knows_the_job_its_clock_wakes(self) -> None:
        app.loader.import_default_modules()
        for entry in app.conf.beat_schedule.values():
            assert entry["task"] in app.tasks


class TestChecks:
    def test_warn_about_an_old_sqlite_in_production_only(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
        monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "cms.db.sqlite3")
        settings.RAKIT_DEMO = False
        assert [found.id for found in checks.sqlite_version()] == ["cms.W001"]
        settings.RAKIT_DEMO = True
        assert checks.sqlite_version() == []

    def test_warn_about_a_distant_broker_without_password(self, settings: Any) -> None:
        settings.RAKIT_QUEUE = "celery"
        settings.RAKIT_BROKER_URL = "redis://broker.example/0"
        assert [found.id for found in checks.celery_settings()] == ["cms.W002"]
        settings.RAKIT_BROKER_URL = "redis://:secret@broker.example/0"
        assert checks.celery_settings() == []

    @pytest.mark.django_db
    def test_find_the_database_role_of_the_tests_in_order(self) -> None:
        assert checks.database_role(["default"]) == []


class TestNetworks:
    def test_are_read_from_a_list(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RAKIT_CONNECTION_NETWORKS", "10.20.0.0/16, fd00:1::/64")
        assert env.networks("RAKIT_CONNECTION_NETWORKS") == ["10.20.0.0/16", "fd00:1::/64"]
        monkeypatch.delenv("RAKIT_CONNECTION_NETWORKS")
        assert env.networks("RAKIT_CONNECTION_NETWORKS") == []

    @pytest.mark.parametrize("wrong", ["intranet", "10.20.0.0/33", "10.20.3.4/16"])
    def test_are_refused_when_they_are_none(self, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
        monkeypatch.setenv("RAKIT_CONNECTION_NETWORKS", wrong)
        with pytest.raises(env.BadSetting, match="RAKIT_CONNECTION_NETWORKS"):
            env.networks("RAKIT_CONNECTION_NETWORKS")
