"""Who may come in and how: rules for allauth and axes, and what makes somebody staff."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from runtime.regions import selectors as regions
from runtime.regions.models import Region, User

LONGEST_LOGIN = 254  # of an e-mail address; the journal of failed logins holds 255


def is_staff(user: User) -> bool:
    """Tell whether `user` works for a region, or administers the installation."""
    return regions.works_anywhere(user)


def used_second_factor(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Tell whether a second factor was shown in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def address(region: Region, path: str) -> str:
    """Return the absolute address of `path` on the site of `region`, whatever host was asked."""
    port = f":{settings.RAKIT_BASE_PORT}" if settings.RAKIT_BASE_PORT else ""
    return f"{settings.RAKIT_BASE_SCHEME}://{region.host}{port}{path}"


def client_address(request: HttpRequest) -> str:
    """Return the address of who asks; forwarded ones count only behind as many known proxies."""
    known = settings.RAKIT_PROXIES
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part]
    if known and len(forwarded) >= known:
        return str(forwarded[-known])
    return str(request.META.get("REMOTE_ADDR", ""))


def is_local(url: str | None, request: HttpRequest | None) -> bool:
    """Tell whether an address to go on to is a page of the same site."""
    if not url or "\\" in url or any(ord(letter) < 32 for letter in url):
        return False
    hosts = {request.get_host()} if request else set()
    return url_has_allowed_host_and_scheme(url, allowed_hosts=hosts)


def login_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the name somebody tried to log in with, in one spelling that the journal of tries can hold."""
    given = credentials or {}
    name = given.get("username") or given.get("email") or request.POST.get("login") or ""
    return str(name).replace("\x00", "").strip().lower()[:LONGEST_LOGIN]


class AccountAdapter(DefaultAccountAdapter):
    """Accounts live on the region's site; links are made from its settings, not from the request."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return whoever the credentials fit. An address is not given twice, as name and as address: a wrong
        password would be judged twice where the address is known, and the time would tell that it is.
        """
        if credentials.get("username"):  # the backend takes it for an address as well
            credentials.pop("email", None)
        return super().authenticate(request, **credentials)

    def is_safe_url(self, url: str | None) -> bool:
        """Accept only addresses on the same host to continue at."""
        return is_local(url, self.request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes who was on the way nowhere: to their desk, or to the builder."""
        region, user = getattr(request, "region", None), request.user
        if region is not None and isinstance(user, User):
            if regions.at_desk(region, user):
                return reverse("inbox:work")
            if regions.capacities(region, user) and user.has_perm("wagtailadmin.access_admin"):
                return reverse("wagtailadmin_home")
        return str(super().get_login_redirect_url(request))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the link of the mail for a forgotten password."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return self._on_site(path.replace("UID-KEY", key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the link that confirms an address."""
        return self._on_site(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def _on_site(self, path: str) -> str:
        region: Region = self.request.region
        return address(region, path)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail that names the region's site."""
        region = getattr(self.request, "region", None)
        site = urlsplit(address(region, "/") if region else settings.RAKIT_BASE_URL).netloc
        name = region.name if region else settings.WAGTAIL_SITE_NAME
        named = {"current_site": SimpleNamespace(name=name, domain=site)}
        super().send_mail(template_prefix, email, context | named)


class MfaAdapter(DefaultMFAAdapter):
    """Second factors; the authenticator app shows the name of the region."""

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Return what the authenticator app writes below its code."""
        return str(user)


class SignupForm(AllauthSignupForm):
    """A citizen's own account: a name, an address, a password."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1", "password2"]

    def try_save(self, request: HttpRequest) -> Any:
        """Open the account, or write to whoever has it. Both take the time in which a password is kept."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name given with the account."""
        first, _space, last = self.cleaned_data["name"].partition(" ")
        user.first_name, user.last_name = first[:150], last[:150]
        user.save(update_fields=["first_name", "last_name"])


class LoginForm(AllauthLoginForm):
    """Logging in with an e-mail address or a user name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail address or user name")
        login.max_length = LONGEST_LOGIN
        login.validators.append(MaxLengthValidator(LONGEST_LOGIN))
        login.widget.attrs["maxlength"] = LONGEST_LOGIN
