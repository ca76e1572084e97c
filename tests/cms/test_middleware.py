"""What happens to every request."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django_scopes.exceptions import ScopeError

from cms import middleware
from runtime.regions import scope
from runtime.regions.models import Region, Role, User
from tests import factories
from tests.conftest import ClientOn

pytestmark = pytest.mark.django_db


class TestHealthMiddleware:
    def test_says_alive_on_any_host_without_the_database(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert Client(headers={"host": "10.0.0.7"}).get("/health/live").json() == {"live": True}

    def test_says_ready_once_the_database_answers(self) -> None:
        assert Client(headers={"host": "10.0.0.7"}).get("/health/ready").json()["ready"] is True


class TestRegionMiddleware:
    def test_finds_the_region_of_the_host_whatever_its_spelling_and_port(
        self, tangerang: Region, rf: RequestFactory
    ) -> None:
        seen = []

        def view(request: HttpRequest) -> HttpResponse:
            seen.append((request.region, scope.current()))  # type: ignore[attr-defined]
            return HttpResponse()

        for host in ("tangerang.localhost", "TANGERANG.localhost:8000", "tangerang.localhost."):
            middleware.RegionMiddleware(view)(rf.get("/", headers={"host": host}))
        assert seen == [(tangerang, str(tangerang.pk))] * 3
        assert scope.current() == scope.NOWHERE

    def test_answers_an_unknown_host_with_a_friendly_404(self, tangerang: Region) -> None:
        response = Client(headers={"host": "tidakada.localhost"}).get("/")
        assert response.status_code == 404
        assert "tidakada.localhost" in response.content.decode()

    def test_refuses_a_host_outside_the_list(self, tangerang: Region) -> None:
        assert Client(headers={"host": "jahat.example"}).get("/").status_code == 400

    def test_keeps_the_scope_while_a_response_is_streamed(
        self, tangerang: Region, rf: RequestFactory
    ) -> None:
        with scope.use(tangerang):
            Role.objects.create(region=tangerang, key="loket", title={})

        def rows() -> Iterator[bytes]:
            for role in Role.objects.all():
                yield role.key.encode()

        def view(_request: HttpRequest) -> StreamingHttpResponse:
            return StreamingHttpResponse(rows())

        response = middleware.RegionMiddleware(view)(rf.get("/", headers={"host": "tangerang.localhost"}))
        assert isinstance(response, StreamingHttpResponse)
        assert b"".join(response) == b"loket"  # type: ignore[arg-type]
        assert scope.current() == scope.NOWHERE

    def test_a_query_outside_a_request_raises(self, tangerang: Region) -> None:
        with pytest.raises(ScopeError):
            list(Role.objects.all())


class TestTroubleMiddleware:
    def test_tells_honestly_that_nothing_was_saved_when_the_database_is_busy(
        self, rf: RequestFactory
    ) -> None:
        trouble = middleware.TroubleMiddleware(lambda _request: HttpResponse())
        response = trouble.process_exception(rf.get("/"), OperationalError("database is locked"))
        assert response is not None
        assert response.status_code == 503
        assert response["Retry-After"] == "5"

    @pytest.mark.parametrize(
        ("number", "status"), [(errno.ENOSPC, 503), (errno.EDQUOT, 503), (errno.EPERM, 0)]
    )
    def test_tells_honestly_that_a_disk_is_full(self, rf: RequestFactory, number: int, status: int) -> None:
        trouble = middleware.TroubleMiddleware(lambda _request: HttpResponse())
        response = trouble.process_exception(rf.get("/"), OSError(number, "no"))
        assert (response.status_code if response else 0) == status

    def test_tells_it_too_when_only_the_session_cannot_be_kept(self, rf: RequestFactory) -> None:
        class Lost(SessionBase):
            def is_empty(self) -> bool:
                return False

            def save(self, must_create: bool = False) -> None:
                raise OperationalError("the connection is lost")

        request = rf.get("/")
        middle = middleware.SessionMiddleware(lambda _request: HttpResponse())
        request.session = Lost()
        request.session.modified = True
        response = middle.process_response(request, HttpResponse())
        assert (response.status_code, response["Retry-After"]) == (503, "5")

    def test_leaves_other_mistakes_alone(self, rf: RequestFactory) -> None:
        trouble = middleware.TroubleMiddleware(lambda _request: HttpResponse())
        assert trouble.process_exception(rf.get("/"), ValueError()) is None


def _policy(response: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, _space, values in parts}


class TestHeadersMiddleware:
    @pytest.mark.parametrize("path", ["/", "/accounts/login/", "/services/", "/desk/"])
    def test_gives_citizens_and_officers_a_policy_without_anything_inline(
        self, path: str, tangerang: Region, client_on: ClientOn
    ) -> None:
        policy = _policy(client_on(tangerang).get(path))
        assert "unsafe" not in str(policy)
        assert policy["default-src"] == "'self'"
        assert policy["script-src"] == "'self'"
        assert policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["object-src"] == "'none'"

    def test_lets_the_editor_use_what_wagtail_needs(
        self, tangerang: Region, clerk: User, client_on: ClientOn
    ) -> None:
        policy = _policy(client_on(tangerang, clerk).get("/admin/"))
        assert "'unsafe-inline'" in policy["script-src"]
        assert policy["frame-ancestors"] == "'self'"

    def test_lets_no_other_site_frame_or_read_pages(self, tangerang: Region, client_on: ClientOn) -> None:
        response = client_on(tangerang).get("/accounts/login/", headers={"origin": "https://jahat.example"})
        assert response["X-Frame-Options"] == "DENY"
        assert "Access-Control-Allow-Origin" not in response
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_T27_keeps_pages_of_a_person_out_of_every_cache(
        self, tangerang: Region, citizen: User, client_on: ClientOn
    ) -> None:
        for path in ("/", "/accounts/email/", "/services/"):
            assert client_on(tangerang, citizen).get(path)["Cache-Control"] == "no-store, private"
        assert client_on(tangerang).get("/accounts/login/")["Cache-Control"] == "no-store, private"


class TestStaffMfaMiddleware:
    @pytest.fixture(autouse=True)
    def _demanded(self, settings: Any) -> None:
        settings.RAKIT_STAFF_MFA = True

    @pytest.mark.parametrize("path", ["/", "/desk/", "/admin/", "/services/"])
    def test_leads_staff_without_a_second_factor_to_set_one_up(
        self, path: str, tangerang: Region, head: User, client_on: ClientOn
    ) -> None:
        response = client_on(tangerang, head).get(path)
        assert response.status_code == 302
        assert response["Location"] == "/accounts/2fa/"

    def test_leads_an_installation_administrator_there_too(
        self, tangerang: Region, client_on: ClientOn
    ) -> None:
        root = factories.person("akar", is_staff=True, is_superuser=True)
        assert client_on(tangerang, root).get("/django-admin/")["Location"] == "/accounts/2fa/"

    def test_counts_work_in_another_region_as_well(
        self, tangerang: Region, outsider: User, client_on: ClientOn
    ) -> None:
        assert client_on(tangerang, outsider).get("/")["Location"] == "/accounts/2fa/"

    def test_leaves_citizens_alone(self, tangerang: Region, citizen: User, client_on: ClientOn) -> None:
        assert client_on(tangerang, citizen).get("/").status_code == 200

    def test_lets_staff_reach_the_pages_of_their_own_account(
        self, tangerang: Region, head: User, client_on: ClientOn
    ) -> None:
        assert client_on(tangerang, head).get("/accounts/2fa/").status_code == 200

    def test_lets_staff_through_who_showed_a_second_factor(
        self, tangerang: Region, head: User, client_on: ClientOn
    ) -> None:
        client = client_on(tangerang, head)
        session = client.session
        session["account_authentication_methods_user"] = str(head.pk)
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session.save()
        assert client.get("/").status_code == 200
