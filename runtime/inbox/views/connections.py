"""Outgoing connections of a region, for its administrator: other systems and gateways, tried and switched."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runtime.effects import trouble
from runtime.inbox.access import Officer, administrators
from runtime.inbox.connectionforms import ConnectionForm, NewConnectionForm, TrialForm
from runtime.outside import calling, gateways, selectors, services, webhooks
from runtime.outside.models import Connection

Kind = Connection.Kind


@require_safe
@administrators
def connections(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the connections of the region and how each went last."""
    found = [{"row": row, "trouble": _trouble(row)} for row in selectors.connections(officer.region)]
    return render(request, "runtime/inbox/connections.html", {"connections": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def add(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask where the connection leads; a POST adds it and shows the secret of another system, once."""
    form = NewConnectionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, "add_connection", form)
    try:
        row, secret = services.add(region=officer.region, now=timezone.now(), **form.cleaned_data)
    except services.AlreadyOne:
        form.add_error("kind", _one_of_a_kind())
        return _form(request, "add_connection", form)
    if secret:
        return _secret(request, row, secret)
    messages.success(request, _("“%(name)s” was added and is switched on.") % {"name": row.name})
    return HttpResponseRedirect(reverse("inbox:connection", args=[row.key]))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def connection(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Show one connection; a POST changes its name, address or the token of a gateway."""
    row = _found(officer, key)
    given = request.POST if request.method == "POST" else None
    form = ConnectionForm(given, kind=row.kind, initial={"name": row.name, "address": row.address})
    if form.is_valid():
        services.change(row, **form.cleaned_data)
        messages.success(request, _("The connection was changed."))
        return HttpResponseRedirect(reverse("inbox:connection", args=[row.key]))
    more = {"row": row, "trouble": _trouble(row), "test": TrialForm(), "gateway": row.kind != Kind.WEBHOOK}
    return _form(request, "connection", form, **more)


@require_POST
@administrators
def try_out(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Send a test through the connection and say what came of it."""
    row = _found(officer, key)
    form = TrialForm(request.POST)
    if row.kind != Kind.WEBHOOK and not form.is_valid():
        messages.warning(request, _("Write the telephone number the test is to go to."))
        return HttpResponseRedirect(reverse("inbox:connection", args=[row.key]))
    try:
        _test(row, "" if row.kind == Kind.WEBHOOK else form.cleaned_data["number"])
    except calling.Undelivered as error:
        words = _("The test did not arrive. %(why)s") % {"why": trouble.sentence(error.reason)}
        messages.warning(request, words)
    else:
        messages.success(request, _("The test has arrived at “%(name)s”.") % {"name": row.name})
    return HttpResponseRedirect(reverse("inbox:connection", args=[row.key]))


@require_POST
@administrators
def switch(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Switch the connection off or on, as the button says."""
    row, wanted = _found(officer, key), request.POST.get("on") == "yes"
    try:
        services.switch(row, on=wanted)
    except services.AlreadyOne:
        messages.warning(request, _one_of_a_kind())
    else:
        words = _("“%(name)s” is switched on.") if wanted else _("“%(name)s” is switched off.")
        messages.success(request, words % {"name": row.name})
    return HttpResponseRedirect(reverse("inbox:connection", args=[row.key]))


@never_cache
@require_POST
@administrators
def renew(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Give another system a new secret and show it, once."""
    row = _found(officer, key)
    if row.kind != Kind.WEBHOOK:
        raise Http404
    return _secret(request, row, services.renew_secret(row))


def _found(officer: Officer, key: str) -> Connection:
    row = selectors.connection(officer.region, key)
    if row is None:
        raise Http404
    return row


def _test(row: Connection, number: str) -> None:
    now = timezone.now()
    if row.kind == Kind.WEBHOOK:
        webhooks.try_out(row, now=now)
        return
    words = _("This is a test from %(region)s.") % {"region": row.region.name}
    gateways.try_out(row, to=number, text=words, now=now)


def _trouble(row: Connection) -> str:
    """Return why it failed, if it failed last."""
    if row.failed_at is None or (row.succeeded_at and row.succeeded_at >= row.failed_at):
        return ""
    return trouble.sentence(row.failed_for)


def _one_of_a_kind() -> str:
    return _("There is a gateway of this kind already that is switched on. Switch it off first.")


def _secret(request: HttpRequest, row: Connection, secret: str) -> HttpResponse:
    return render(request, "runtime/inbox/connection_secret.html", {"row": row, "secret": secret})


def _form(request: HttpRequest, name: str, form: Any, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"runtime/inbox/{name}.html", {"form": form, **more}, status=status)
