"""The people of a region, for its administrator: who works where; adding, giving and taking roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from runtime.inbox import accounts
from runtime.inbox.access import Officer, administrators
from runtime.inbox.people import people
from runtime.inbox.staffforms import CivilServantForm, PersonForm, PostForm
from runtime.regions import selectors as regions
from runtime.regions import services
from runtime.regions.models import User
from runtime.regions.refused import Refused
from runtime.regions.rules import NOT_AT_DESK, STANDING


@require_safe
@administrators
def staff(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show who works in the region, office by office."""
    found = people(officer.region, request.GET.dict())
    return render(request, "runtime/inbox/staff.html", {"people": found})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def roles(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the roles of the region; a POST says which file at the counter, and which head their office."""
    if request.method == "POST":
        given = request.POST.getlist
        with transaction.atomic():
            services.set_counter(region=officer.region, keys=given("counter"), by=officer.user)
            services.set_heads(region=officer.region, keys=given("heads"), by=officer.user)
        messages.success(request, _("What the roles may do is saved."))
        return HttpResponseRedirect(reverse("inbox:roles"))
    context = {"roles": regions.roles(officer.region), "elsewhere": NOT_AT_DESK}
    return render(request, "runtime/inbox/roles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def add(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask who is new; a POST gives them an account, if they have none, and their first role."""
    form = PersonForm(request.POST if request.method == "POST" else None, region=officer.region)
    if not form.is_valid():
        return _show(request, "add_person", form)
    given = form.cleaned_data
    try:
        with transaction.atomic():
            known = accounts.find(given["email"])
            user = known or accounts.create(email=given["email"], name=given["name"])
            _give(officer, user, form)
    except Refused as refused:
        form.add_error(_field(form, refused), refused.sentence)
        return _show(request, "add_person", form)
    if known:
        words = _("%(email)s already has an account, of %(name)s. It now holds the role; no mail was sent.")
        messages.success(request, words % {"email": given["email"], "name": user.get_full_name()})
    else:
        _invite(request, officer, user)
    return HttpResponseRedirect(reverse("inbox:person", args=[user.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def person(request: HttpRequest, officer: Officer, person: int) -> HttpResponse:
    """Show somebody's posts in this region; a POST gives one more."""
    user = _staff_member(officer, person)
    form = PostForm(request.POST if request.method == "POST" else None, region=officer.region)
    if form.is_valid():
        try:
            post = _give(officer, user, form)
        except Refused as refused:
            form.add_error(_field(form, refused), refused.sentence)
        else:
            words = _("%(name)s now works in %(office)s with a new role.")
            messages.success(request, words % {"name": user.get_full_name(), "office": post.office.name})
            return HttpResponseRedirect(reverse("inbox:person", args=[user.pk]))
    held = regions.memberships(officer.region, user)
    waiting = accounts.is_waiting(user)
    return _show(request, "person", form, person=user, posts=held, waiting=waiting, standing=STANDING)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def civil_servant(request: HttpRequest, officer: Officer, person: int) -> HttpResponse:
    """Ask for rank and NIP of somebody who works here; a POST keeps them."""
    user = _staff_member(officer, person)
    known = {"rank": user.rank, "nip": user.nip}
    form = CivilServantForm(request.POST if request.method == "POST" else None, initial=known)
    if not form.is_valid():
        return _show(request, "civil_servant", form, person=user)
    services.set_civil_servant(region=officer.region, user=user, by=officer.user, **form.cleaned_data)
    messages.success(request, _("Rank and NIP of %(name)s are saved.") % {"name": user.get_full_name()})
    return HttpResponseRedirect(reverse("inbox:person", args=[user.pk]))


@require_POST
@administrators
def invite(request: HttpRequest, officer: Officer, person: int) -> HttpResponse:
    """Send the link for choosing a password again, while none was chosen."""
    user = _staff_member(officer, person)
    if accounts.is_waiting(user):
        _invite(request, officer, user)
    else:
        messages.warning(request, _("A password was chosen already, so no mail was sent."))
    return HttpResponseRedirect(reverse("inbox:person", args=[user.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def remove(request: HttpRequest, officer: Officer, post: int) -> HttpResponse:
    """Say what taking a role away means; a POST takes it."""
    held = regions.post(officer.region, post)
    if held is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            services.take_post(region=officer.region, post=held, by=officer.user)
        except Refused as refusal:
            refused = refusal.sentence
        else:
            words = _("%(name)s no longer holds that role in %(office)s.")
            named = {"name": held.user.get_full_name(), "office": held.office.name}
            messages.success(request, words % named)
            return HttpResponseRedirect(_after(officer, held.user))
    context = {
        "post": held,
        "own": held.user_id == officer.user.pk,
        "last": not regions.is_shared(held),
        "refused": refused,
    }
    return render(request, "runtime/inbox/remove_post.html", context, status=409 if refused else 200)


def _staff_member(officer: Officer, pk: int) -> User:
    user = regions.staff_member(officer.region, pk)
    if user is None:
        raise Http404
    return user


def _after(officer: Officer, user: User) -> str:
    """Return where to go on: to the person while they still work here, else to the list."""
    if not regions.administers(officer.region, officer.user):
        return reverse("inbox:account")
    still = regions.staff_member(officer.region, user.pk)
    return reverse("inbox:person", args=[user.pk]) if still else reverse("inbox:staff")


def _give(officer: Officer, user: User, form: PostForm) -> Any:
    return services.give_post(
        region=officer.region,
        office=form.cleaned_data["office"],
        user=user,
        role=form.cleaned_data["role"],
        by=officer.user,
    )


def _field(form: PostForm, refused: Refused) -> str:
    """Return the question that a refusal is about."""
    if refused.field in form.fields:
        return refused.field
    return "email" if "email" in form.fields else "role"


def _invite(request: HttpRequest, officer: Officer, user: User) -> None:
    named = {"name": user.get_full_name(), "email": user.email}
    if accounts.invite(request, user, region=officer.region):
        words = _("A mail with the link for choosing a password is on its way to %(name)s, %(email)s.")
        messages.success(request, words % named)
    else:
        words = _("%(name)s has an account, but the mail to %(email)s could not be sent. Try again later.")
        messages.warning(request, words % named)


def _show(request: HttpRequest, name: str, form: forms.Form, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"runtime/inbox/{name}.html", {"form": form, **more}, status=status)
