"""What holds everywhere. `dev`, `test` and `production` build on it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.settings import env, registers, signing, urls

# Workbooks are parsed with defusedxml alone, also where lxml is installed beside it for tests.
os.environ["OPENPYXL_LXML"] = "False"

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("RAKIT_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.text("RAKIT_SECRET_KEY", "")
SECRET_KEY_FALLBACKS = env.words("RAKIT_OLD_SECRET_KEYS")
DEBUG = False
ALLOWED_HOSTS = env.words("RAKIT_HOSTS", "localhost,.localhost,127.0.0.1,[::1]")
INTERNAL_IPS: list[str] = []

# How links in mails are written: scheme://host-of-the-region[:port]
RAKIT_BASE_SCHEME = env.choice("RAKIT_BASE_SCHEME", "http", ("http", "https"))
RAKIT_BASE_PORT = env.text("RAKIT_BASE_PORT", "")
RAKIT_BASE_URL = env.text("RAKIT_BASE_URL", f"{RAKIT_BASE_SCHEME}://localhost:{RAKIT_BASE_PORT or 8000}")

INSTALLED_APPS = [
    "cms",
    "cms.demo",
    "builder",
    "runtime.api",
    "runtime.inbox",
    "runtime.account",
    "runtime.tracking",
    "runtime.wizard",
    "runtime.profiles",
    "runtime.letters",
    "runtime.moves",
    "runtime.batches",
    "runtime.exports",
    "runtime.viewlog",
    "runtime.digests",
    "runtime.cases",
    "runtime.jobs",
    "runtime.effects",
    "runtime.notices",
    "runtime.forms",
    "runtime.modules",
    "runtime.datasets",
    "runtime.areas",
    "runtime.registers",
    "runtime.outside",
    "runtime.regions",
    "runtime.look",
    "formtools",
    "wagtail.snippets",
    "wagtail.users",
    # Wagtail's other pages ask for the tags and addresses of these two; cms/rooms.py shuts their own.
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "cms.apps.OperatorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.HeadersMiddleware",
    "runtime.api.door.ApiMiddleware",
    "cms.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cms.middleware.TroubleMiddleware",
    "cms.middleware.RegionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.StaffMfaMiddleware",
    "cms.middleware.AdminClockMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
AUTH_USER_MODEL = "regions.User"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", ["cms.words.loader.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

# How long a statement waits for somebody else's lock before the page says that nothing was saved. Below the
# three seconds after which people press the button again.
RAKIT_LOCK_SECONDS = 2.5
DATABASES: dict[str, Any] = {
    "default": urls.database(
        env.text("RAKIT_DATABASE_URL", f"sqlite://{VAR_DIR / 'rakit.sqlite3'}"), RAKIT_LOCK_SECONDS
    )
}

# The queue: outside effects and timers are rows in the database. `embedded` works them off in a
# thread of the web process; `celery` sends hints about them to workers through a broker.
RAKIT_QUEUE = env.choice("RAKIT_QUEUE", "embedded", ("embedded", "celery"))
RAKIT_BROKER_URL = env.text("RAKIT_BROKER_URL", "")
RAKIT_QUEUE_NAME = env.text("RAKIT_QUEUE_NAME", "rakit")
RAKIT_SWEEP_SECONDS = env.number("RAKIT_SWEEP_SECONDS", 5)
if RAKIT_QUEUE == "celery" and not RAKIT_BROKER_URL:
    raise env.BadSetting("RAKIT_QUEUE=celery needs RAKIT_BROKER_URL, redis://… or amqp://….")

# Outside registers that answers may be taken from; docs/guide/registers.md. Loopback addresses are for tests.
RAKIT_REGISTERS = registers.read(env.text("RAKIT_REGISTERS", ""))
RAKIT_FETCH_LOOPBACK = False

# How regions sign their letters; docs/guide/surat.md. Others: name, title and QR code.
RAKIT_SIGNING = signing.read(env.text("RAKIT_SIGNING", ""))

# Connections that regions add themselves: which private networks they may lead to (comma-separated, as in
# 10.20.0.0/16; none unless named), and whether messages to telephones go through the region's gateway, to
# files in a folder or to the console.
RAKIT_CONNECTION_NETWORKS = env.networks("RAKIT_CONNECTION_NETWORKS")
RAKIT_MESSAGES = env.choice("RAKIT_MESSAGES", "gateway", ("gateway", "file", "console"))
RAKIT_MESSAGES_FOLDER = VAR_DIR / "messages"

CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if _cache := env.text("RAKIT_CACHE_URL", ""):
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache}

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# How much one address may ask of the API: reads, checks and searches in lists in a minute (a form searches
# while somebody types), submissions and files in an hour. Copies are counted for one account, or one
# case, in an hour: each PDF is typeset anew.
RAKIT_LIMITS = {
    "reads": env.number("RAKIT_API_READS", 600),
    "checks": env.number("RAKIT_API_CHECKS", 120),
    "lists": env.number("RAKIT_API_LISTS", 600),
    "submissions": env.number("RAKIT_API_SUBMISSIONS", 120),
    "files": env.number("RAKIT_API_FILES", 600),
    "copies": env.number("RAKIT_COPIES", 20),
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
# Our words for other packages' texts win over theirs, which are few.
LOCALE_PATHS = [BASE_DIR / "cms" / "words" / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
FORMAT_MODULE_PATH: list[str] = []

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [folder for folder in (BASE_DIR / "build" / "static",) if folder.exists()]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.staticfiles.Storage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    *("jpg", "jpeg", "png", "gif", "webp", "avif", "woff", "woff2", "br", "gz", "zip"),
    *("map", "txt", "md", "scss", "ts"),
)
MEDIA_ROOT = VAR_DIR / "files"
MEDIA_URL = "/files/"

locals().update(urls.mail(env.text("RAKIT_EMAIL_URL", "console:")))
DEFAULT_FROM_EMAIL = env.text("RAKIT_EMAIL_FROM", "Rakit <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

WAGTAIL_SITE_NAME = "Rakit"
WAGTAILADMIN_BASE_URL = RAKIT_BASE_URL
WAGTAIL_AUTOSAVE_INTERVAL = 2000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # nothing to choose: a region's clock counts, cms.middleware

# How many applications may be begun from one network address within an hour; 0 sets no limit. Many
# telephones share the address of their network, so keep it well above what one office sees in an hour.
RAKIT_DRAFTS_PER_ADDRESS = env.number("RAKIT_DRAFTS_PER_ADDRESS", 300)
RAKIT_DRAFTS_PER_CLERK = env.number("RAKIT_DRAFTS_PER_CLERK", 60)

# Whether phones keep a service worker, so that public pages can be read without a connection. Switched
# off, the worker they have removes itself and all it kept at their next visit.
RAKIT_OFFLINE = env.flag("RAKIT_OFFLINE", True)

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_HANDLERS = [
    "runtime.forms.uploadhandler.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.views.lapsed"
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

from cms.settings.login import *  # noqa: E402, F403 - settings by topic, some need those above
from cms.settings.policies import *  # noqa: E402, F403 - as above
