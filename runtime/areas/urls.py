"""Addresses of the lists of areas."""

from __future__ import annotations

from django.urls import path

from runtime.areas import views

app_name = "areas"

urlpatterns = [
    path("<slug:edition>/", views.children, name="children"),
    path("<slug:edition>/<str:code>/", views.children, name="children"),
]
