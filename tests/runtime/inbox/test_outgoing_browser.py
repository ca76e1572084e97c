"""The administrator's pages of what goes outside, in a real browser: on a phone, readable for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings as configured
from django.utils import timezone
from playwright.sync_api import Page

from runtime.effects.models import EffectRun
from runtime.outside import services
from runtime.regions import scope
from runtime.regions.models import Region
from tests import axe, factories
from tests.conftest import ClientOn
from tests.runtime.conftest import Village

PAGES = ("connections/", "connections/add/", "connections/keuangan/", "connections/sms/", "deliveries/")


@pytest.mark.browser
def test_tries_a_failed_delivery_again_with_one_click(
    desk: Village,
    site: Callable[..., str],
    open_page: Callable[..., Page],
    client_on: ClientOn,
) -> None:
    tangerang: Region = desk.region
    desk.submit()
    EffectRun.objects.update(state=EffectRun.State.FAILED, reason="mailbox", attempts=5)
    for name, kind in (("Keuangan", "webhook"), ("SMS", "sms")):
        address = "https://system.example.go.id/kabar"
        services.add(
            region=tangerang, name=name, kind=kind, address=address, token="kunci", now=timezone.now()
        )
    client = client_on(tangerang, factories.staff("administrator", tangerang, "pengelola"))
    session = client.cookies[configured.SESSION_COOKIE_NAME].value
    page = open_page(viewport={"width": 360, "height": 740})
    page.context.add_cookies(
        [{"name": configured.SESSION_COOKIE_NAME, "value": session, "domain": tangerang.host, "path": "/"}]
    )
    for path in PAGES:
        page.goto(site(tangerang, f"/desk/{path}"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        seen = axe.run(page, options=axe.WCAG)
        assert seen.violations_count == 0, seen.generate_report()
    page.get_by_role("button", name="Coba lagi Email ke pemohon").click()
    page.get_by_text("1 kiriman dicoba lagi.").wait_for()
    with scope.use(tangerang):
        assert EffectRun.objects.get().state != EffectRun.State.FAILED
