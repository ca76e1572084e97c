"""Every address of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language
from wagtail.admin import urls as wagtailadmin_urls

from cms import rooms, views

handler400 = "cms.views.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", set_language, name="set_language"),
    # The doors of Wagtail and of Django's admin lead to the one login.
    path("admin/login/", views.door, name="wagtail_door"),
    path("admin/logout/", views.way_out),
    path("admin/password_reset/", views.forgotten),
    path("admin/account/", rooms.account),
    *rooms.shut("admin/documents/", "admin/images/"),
    *rooms.shut("admin/api/main/documents/", "admin/api/main/images/"),
    *rooms.shut("admin/bulk/wagtaildocs/", "admin/bulk/wagtailimages/"),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/login/", views.door),
    path("django-admin/logout/", views.way_out),
    path("django-admin/password_change/", views.change_password),
    path("django-admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("builder.sharing.urls")),
    path("", include("runtime.urls")),
]
