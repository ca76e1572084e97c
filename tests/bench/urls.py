"""The product's addresses, and the peer's pages below /peer/."""

from django.urls import include, path

from cms.urls import urlpatterns as product

urlpatterns = [path("peer/", include("wagtail.urls")), *product]
