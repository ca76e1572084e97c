"""The page on which a person keeps and deletes their own facts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from runtime.forms.pageform import PageForm, page_form
from runtime.look.unsent import members
from runtime.modules import site
from runtime.profiles import selectors, services
from runtime.regions import calendar
from runtime.regions.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@members
def edit(request: HttpRequest) -> HttpResponse:
    """Show the profile as a form; keep it when it is right."""
    user, region, now = _person(request), site.region(request), timezone.now()
    form = _form(request, user)
    if request.method == "POST" and form.is_valid():
        services.save(region=region, user=user, facts=form.answers(), now=now)
        messages.success(request, _("Your profile has been saved."))
        return redirect("profiles:edit")
    opening = bool(form.command)  # a button between the questions: the next list of areas
    form = form.again() if opening else form
    context = {"form": form, "kept": selectors.exists(region, user)}
    status = 422 if request.method == "POST" and not opening else 200
    response = render(request, "runtime/profiles/edit.html", context, status=status)
    patch_cache_control(response, no_store=True, private=True)
    return response


@require_POST
@members
def forget(request: HttpRequest) -> HttpResponse:
    """Delete the profile."""
    services.forget(region=site.region(request), user=_person(request))
    messages.success(request, _("Your profile has been deleted."))
    return redirect("profiles:edit")


def _form(request: HttpRequest, user: User) -> PageForm:
    module, region = selectors.definition(), site.region(request)
    facts = selectors.facts(region, user) or selectors.account_facts(user)
    typed = selectors.typed(facts)
    return page_form(
        module,
        module.pages[0],
        answers={key: value for key, value in facts.items() if key not in typed},
        typed=typed,
        language=site.language(),
        region=region,
        today=calendar.local(timezone.now(), region).date(),
        data=request.POST if request.method == "POST" else None,
    )


def _person(request: HttpRequest) -> User:
    user = site.person(request)
    assert user is not None, "the page is for people who are logged in"
    return user
