"""One region, one officer, our module installed, and the peer's page with the same questions."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, Site

from runtime.modules import services as modules
from runtime.modules.models import Installation
from runtime.regions import scope
from runtime.regions.models import Membership, Region, Role, User
from tests.bench.peer.models import PeerFormField, PeerFormPage
from tests.bench.questions import OPTIONS, document, questions

HOST = "ukur.localhost"


@dataclass(frozen=True, slots=True)
class Scene:
    region: Region
    officer: User
    installation: Installation
    peer_url: str


def _peer_page() -> PeerFormPage:
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    page = PeerFormPage(title="Ukur", slug="ukur")
    root.add_child(instance=page)
    for key, _ours, theirs, *_ in questions():
        PeerFormField.objects.create(
            page=page,
            label=key,
            clean_name=key,
            field_type=theirs,
            required=theirs != "checkbox",
            choices="\n".join(OPTIONS),
        )
    Site.objects.all().delete()
    Site.objects.create(hostname=HOST, root_page=page, is_default_site=True)
    return page


def build() -> Scene:
    """Fill the empty database."""
    settings.ALLOWED_HOSTS = ["*"]
    region = Region.objects.create(
        key="ukur", kind=Region.Kind.CITY, name="Kota Ukur", short_code="UKR", host=HOST
    )
    officer = User.objects.create_user("petugas", "petugas@contoh.id", "petugas")
    with scope.use(region):
        installation = modules.install(
            region=region, document=json.dumps(document()), number=1, now=timezone.now()
        )
        role = Role.objects.get(region=region, key="officer")
        Membership.objects.create(region=region, office=region, user=officer, role=role)
    _peer_page()
    return Scene(region=region, officer=officer, installation=installation, peer_url="/peer/")
