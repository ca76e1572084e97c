"""Logging in: django-allauth is the only door, for citizens, staff, Wagtail and Django's admin."""

from __future__ import annotations

from cms.settings import env

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = "/admin/login/"  # our door, which knows who may not come in
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# Everyone with a membership in a region must have a second factor. Off in development only.
RAKIT_STAFF_MFA = env.flag("RAKIT_STAFF_MFA", False)

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "builder.permissions.MembershipBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "cms.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "cms.accounts.SignupForm",
    "login": "cms.accounts.LoginForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = env.text("RAKIT_BASE_SCHEME", "http")
ACCOUNT_REAUTHENTICATION_REQUIRED = True

MFA_ADAPTER = "cms.accounts.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Rakit"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False

# allauth limits tries per account from anywhere; axes locks a name from one address after a few.
# A forwarded address is believed only behind as many proxies as RAKIT_PROXIES says.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,20/5m/key"}
AXES_FAILURE_LIMIT = env.number("RAKIT_LOGIN_FAILURES", 5)
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "cms.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_USERNAME_CALLABLE = "cms.accounts.login_name"
AXES_CLIENT_IP_CALLABLE = "cms.accounts.client_address"
AXES_VERBOSE = False
RAKIT_PROXIES = env.number("RAKIT_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = RAKIT_PROXIES
