"""Every address of a region's site: services, applications, tracking, the officers' desk, looks."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("runtime.modules.urls")),
    path("areas/", include("runtime.areas.urls")),
    path("lists/", include("runtime.datasets.urls")),
    path("", include("runtime.wizard.urls")),
    path("", include("runtime.tracking.urls")),
    path("", include("runtime.letters.urls")),
    path("", include("runtime.profiles.urls")),
    path("", include("runtime.account.urls")),
    path("api/", include("runtime.api.urls")),
    path("desk/", include("runtime.inbox.urls")),
    path("", include("runtime.look.urls")),
]
