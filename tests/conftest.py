"""What every test may ask for: two regions, people, a client on a region's host, a browser, services."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Window

from runtime.modules import selectors as modules
from runtime.regions.models import Region, User
from tests import again, emptying, factories, garbage, order, prepared, statements, tables
from tests.browser import CHROMIUM, FLAGS
from tests.runtime.registers.registry import Registry, running

# Machines are noisy: how long an example takes is for benchmarks to say, never for a test.
# Continuous integration tries the same examples each time; at a desk each run tries others.
hypothesis.settings.register_profile(
    "rakit", deadline=None, derandomize=again.CI, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("rakit")
garbage.look_seldom()
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread
PHONE = {"width": 360, "height": 780}
BROKERS = {
    "redis": os.environ.get("RAKIT_TEST_REDIS_URL", "redis://127.0.0.1:6379/9"),
    "rabbitmq": os.environ.get("RAKIT_TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672//"),
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a repeated run need not try; name what may be tried twice; longest files first."""
    again.leave_out(config, items)
    again.try_twice(items)
    order.longest_first(config, items)


def pytest_collection_finish() -> None:
    """Leave alone what has been collected; it stays until the end."""
    garbage.spare_what_stays()


def pytest_runtest_logstart(nodeid: str) -> None:
    """Let what is sent to the database be noted for this test."""
    statements.begin(nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what was noted; remove what the processes of this run have shared, when the last has ended."""
    statements.keep()
    if not hasattr(session.config, "workerinput"):
        prepared.forget(os.environ.get("RAKIT_DATABASE_URL", ""))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Make the test database of this process from the tables that its run has migrated once."""
    with django_db_blocker.unblock():
        tables.share(os.environ.get("RAKIT_DATABASE_URL", ""))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Have what tests commit removed in our way."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(emptying.instead_of_django())
            statements.listen()
        yield


@pytest.fixture(autouse=True)
def _begin_anew() -> None:
    """Begin each test with no attempts counted, no lists found for modules, in the language of the site."""
    cache.clear()
    modules.forget()
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def tangerang(db: None) -> Region:
    """A city with one village, Sukasari."""
    city = factories.tenant("tangerang", short_code="TNG", code="36.71")
    district = factories.office(city, "tangerang-kecamatan", Region.Kind.DISTRICT, name="Kecamatan Tangerang")
    factories.office(district, "sukasari", name="Kelurahan Sukasari")
    return city


@pytest.fixture
def poso(db: None) -> Region:
    """A regency in another time zone, with one village, Bukit Bambu."""
    regency = factories.tenant(
        "poso",
        kind=Region.Kind.REGENCY,
        name="Kabupaten Poso",
        short_code="PSO",
        code="72.02",
        timezone="Asia/Makassar",
    )
    district = factories.office(
        regency, "poso-kota-selatan", Region.Kind.DISTRICT, name="Kecamatan Poso Kota Selatan"
    )
    factories.office(district, "bukit-bambu", name="Kelurahan Bukit Bambu")
    return regency


@pytest.fixture
def village(tangerang: Region) -> Region:
    """The village of the city."""
    return Region.objects.get(key="sukasari")


@pytest.fixture
def citizen(db: None) -> User:
    """Somebody without any membership."""
    return factories.person("warga")


@pytest.fixture
def clerk(tangerang: Region) -> User:
    """Somebody who builds services for the city."""
    return factories.staff("builder", tangerang, "perancang")


@pytest.fixture
def head(village: Region) -> User:
    """The head of the village."""
    return factories.staff("village_head", village, "lurah")


@pytest.fixture
def outsider(poso: Region) -> User:
    """The head of a village of the other region."""
    return factories.staff("village_head", Region.objects.get(key="bukit-bambu"), "orangluar")


@pytest.fixture
def registry(settings: Any) -> Iterator[Registry]:
    """A civil registry on loopback, known to the installation as dukcapil; it has a second to answer."""
    with running() as found:
        settings.RAKIT_FETCH_LOOPBACK = True
        settings.RAKIT_REGISTERS = {"dukcapil": found.entry(seconds=1)}
        yield found


ClientOn = Callable[..., Client]


@pytest.fixture
def client_on() -> ClientOn:
    """Make a test client that asks a region's host, logged in when a person is given."""

    def make(region: Region, user: User | None = None, **defaults: Any) -> Client:
        client = Client(headers={"host": region.host or "localhost"}, **defaults)
        if user:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


# --- the browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def site(transactional_db: None, live_server: Any, settings: Any) -> Callable[[Region | str], str]:
    """Return the address of a region's site on the running server."""
    port = urlsplit(live_server.url).port
    settings.RAKIT_BASE_PORT = str(port)
    settings.RAKIT_BASE_URL = f"http://localhost:{port}"

    def address(region: Region | str, path: str = "/") -> str:
        host = region if isinstance(region, str) else region.host
        return f"http://{host}:{port}{path}"

    return address


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Open a page in a fresh browser profile: a phone unless told otherwise."""
    with ExitStack() as stack:

        def make(*, javascript: bool = True, viewport: dict[str, int] | None = None, **more: Any) -> Window:
            context = browser.new_context(
                viewport=viewport or PHONE, locale="id-ID", java_script_enabled=javascript, **more
            )
            context.set_default_timeout(10_000)
            stack.callback(context.close)
            return context.new_page()

        yield make


# --- services --------------------------------------------------------------------------------------


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5672), timeout=1):
            return True
    except OSError:
        return False


def require(available: bool, what: str) -> None:
    """Skip a test whose service is missing on a user's machine; on CI that is an error."""
    if available:
        return
    if again.CI:
        pytest.fail(f"{what} does not answer; CI needs it.")
    pytest.skip(f"{what} does not answer on this machine, so this test is left out.")


@pytest.fixture(params=sorted(BROKERS))
def broker(request: pytest.FixtureRequest) -> str:
    """The address of a real broker, Redis and RabbitMQ in turn."""
    url = BROKERS[request.param]
    require(_listens(url), request.param)
    return url


def test_database_url() -> str:
    """Return the address of the database the tests are using, for a process of its own."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{values['NAME']}"
    password = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    return f"postgres://{values['USER']}{password}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


test_database_url.__test__ = False  # type: ignore[attr-defined]


def process_settings(**more: str) -> dict[str, str]:
    """Return the environment of a process that shares the tests' database and folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "RAKIT_DATABASE_URL": test_database_url(),
        **more,
    }


@pytest.fixture
def worker(transactional_db: None, broker: str, tmp_path: Any) -> Iterator[dict[str, str]]:
    """A real Celery worker on a real broker; yields the environment its clients need."""
    environment = process_settings(
        RAKIT_QUEUE="celery",
        RAKIT_BROKER_URL=broker,
        RAKIT_QUEUE_NAME=f"test-{os.getpid()}",
        RAKIT_SWEEP_SECONDS="1",
        RAKIT_EMAIL_URL=f"file://{tmp_path}",
    )
    command = [
        *(sys.executable, "-m", "celery", "-A", "cms", "worker", "--beat"),
        *("--schedule", str(tmp_path / "beat"), "--concurrency", "1", "--loglevel", "warning"),
        *("--without-gossip", "--without-mingle", "--hostname", f"test-{os.getpid()}@%h"),
    ]
    process = subprocess.Popen(command, env=environment)
    try:
        yield environment
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
