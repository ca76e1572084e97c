"""What happens to every request: health, headers, region and clock of its host, trouble, second factors."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions import middleware as sessions
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from cms import accounts, views
from runtime.look.offline import MARK
from runtime.regions import maps, scope
from runtime.regions.models import Region, User
from runtime.regions.prepared import Prepared
from runtime.wizard import grants

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]
PERSONAL = ("/accounts/", "/admin/", "/django-admin/", "/apply/", "/desk/", "/track/")
MAPPED = {"", "/admin/services/preview/"}  # areas whose pages may show the region's map
HARMLESS = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, grants.SHARED}
BY_HOST = Prepared(lambda late: Region.objects.filter(host=late("host")).order_by())
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}  # what the system says when a file cannot be kept
OUTSIDE_REGIONS = ("/theme.css", "/language/")  # what the page about an unknown host itself needs


class HealthMiddleware:
    """Answer `/health/live` and `/health/ready` on any host, before anything else can go wrong."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/health/live":
            return JsonResponse({"live": True})
        if request.path_info == "/health/ready":
            return self._ready()
        return self.get_response(request)

    def _ready(self) -> HttpResponse:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
                cursor.fetchone()
        except Error:
            return JsonResponse({"ready": False, "database": False}, status=503)
        return JsonResponse({"ready": True, "database": True})


class HeadersMiddleware:
    """Choose the content-security policy of the area and keep personal pages out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        area = max(
            (prefix for prefix in settings.RAKIT_POLICIES if request.path_info.startswith(prefix)), key=len
        )
        policy = settings.RAKIT_POLICIES[area]
        if area in MAPPED and (shown := maps.of(getattr(request, "region", None))):
            policy = {**policy, "img-src": [*policy["img-src"], shown.origin]}
        response._csp_config = policy  # type: ignore[attr-defined]  # where django-csp looks for it
        if MARK in response and (_is_personal(request, response) or set(request.COOKIES) - HARMLESS):
            del response[MARK]  # a greeting, a message or a draft may stand on it
        if not area:
            response["X-Frame-Options"] = "DENY"
        if "public" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store, private" if _is_personal(request, response) else "no-cache"
            patch_vary_headers(response, ["Cookie"])
        return response


def _is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether a response may hold what only one person should see."""
    session = settings.SESSION_COOKIE_NAME
    return (
        session in request.COOKIES
        or session in response.cookies
        or request.method not in {"GET", "HEAD"}
        or request.path_info.startswith(PERSONAL)
    )


class TroubleMiddleware:
    """Say honestly that nothing was saved when the database is busy or away, or a disk is full."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a failing database into a plain page that may be tried again."""
        if isinstance(exception, OperationalError | InterfaceError):
            logger.error("%s: the database failed", request.path, exc_info=exception)
            return views.busy(request)
        if isinstance(exception, OSError) and exception.errno in FULL:
            logger.error("%s: the disk is full", request.path, exc_info=exception)
            return views.busy(request)
        return None


class SessionMiddleware(sessions.SessionMiddleware):
    """Say the same when the session, which is written after the page is made, cannot be kept."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except (OperationalError, InterfaceError) as error:
            logger.error("%s: the session was not kept", request.path, exc_info=error)
            return views.busy(request)


class RegionMiddleware:
    """Find the region of the host; keep its scope open, and its clock, until the last byte is written."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = request.get_host().rsplit(":", 1)[0].lower().rstrip(".")
        try:
            region = BY_HOST.first(host=host)
        except (OperationalError, InterfaceError):
            return views.busy(request)
        request.region = region  # type: ignore[attr-defined]  # read by runtime.modules.site
        if region is None:
            bare = request.path_info in OUTSIDE_REGIONS
            return self.get_response(request) if bare else views.unknown_host(request)
        with scope.use(region), timezone.override(region.timezone):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _in_scope(region, cast(Iterator[bytes], response.streaming_content))
        return response


def _in_scope(region: Region, content: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the parts of a streamed response, each made inside the scope of `region`."""
    parts = iter(content)
    while True:
        with scope.use(region):
            try:
                part = next(parts)
            except StopIteration:
                return
        yield part


class StaffMfaMiddleware:
    """Lead staff without a second factor in this session to where they can set one up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user: User | AnonymousUser = request.user
        if (
            not settings.RAKIT_STAFF_MFA
            or isinstance(user, AnonymousUser)
            or request.path_info.startswith(("/accounts/", "/language/", "/theme.css"))
            or accounts.used_second_factor(request, user)
            or not accounts.is_staff(user)
        ):
            return self.get_response(request)
        messages.warning(request, _("Set up a second step for logging in before you go on with your work."))
        return redirect(reverse("mfa_index"))


class AdminClockMiddleware:
    """Let Wagtail's admin tell and take times by the clock of the region, as every other page does.

    By itself it goes by the clock of whoever looks, which nobody sets, or of the installation.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/admin/") and isinstance(request.user, User):
            user: User = request.user
            profile = getattr(user, "wagtail_userprofile", None) or UserProfile(user=user)
            profile.current_time_zone = timezone.get_current_timezone_name()
            user.wagtail_userprofile = profile  # type: ignore[attr-defined]  # where Wagtail looks; not kept
        return self.get_response(request)
