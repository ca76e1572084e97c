"""The public pages: front page, catalogue, and what a service asks and promises."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from runtime.look.offline import readable_offline
from runtime.modules import offers, selectors, site
from runtime.modules.categories import category
from runtime.regions.models import Region
from schemas.definition import Module
from schemas.lookups import parameters

MOST_SHELVES = 7
MOST_ROWS = 6
MOST_CARRIED = 50
LONGEST_CARRIED = 200


@require_safe
@readable_offline
def home(request: HttpRequest) -> HttpResponse:
    """Show the region's front page; on the nation's host the list of regions."""
    region = site.region(request)
    if region.kind == Region.Kind.NATION:
        return render(request, "runtime/modules/nation.html", {"sites": _sites(request)})
    found = offers.offers(region, site.language())
    context = {
        "offers": found[:MOST_ROWS],
        "shelves": offers.shelves(found)[:MOST_SHELVES],
        "count": len(found),
    }
    return render(request, "runtime/modules/home.html", context)


@require_safe
@readable_offline
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show all services, or those that fit a search and a category."""
    query = request.GET.get("q", "").strip()[:100]
    shelf = request.GET.get("category", "")[:40]
    every = offers.offers(site.region(request), site.language())
    context = {
        "offers": offers.matching(every, query=query, shelf=shelf),
        "shelves": offers.shelves(every),
        "query": query,
        "shelf": category(shelf) if shelf else None,
        "count": len(every),
    }
    return render(request, "runtime/modules/catalogue.html", context)


@require_safe
@readable_offline
def service(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a service asks for, costs and promises, and the button that begins it."""
    found = selectors.installation(site.region(request), key)
    if found is None or found.state == found.State.CLOSED:
        return render(request, "runtime/modules/unknown.html", status=404)
    module = selectors.definition(found.version)
    context = {
        "module": module,
        "state": found.state,
        "carried": _carried(request, module),
        "category": category(module.category),
        "standard": offers.described(found.version, site.language()),
    }
    return render(request, "runtime/modules/service.html", context)


def _carried(request: HttpRequest, module: Module) -> str:
    """Return the parameters that the module's questions name, to go along to its first page."""
    known = sorted(parameters(module.filing_pages()))
    pairs = [(name, value) for name in known for value in request.GET.getlist(name)[:MOST_CARRIED]]
    return urlencode([pair for pair in pairs if len(pair[1]) <= LONGEST_CARRIED])


def _sites(request: HttpRequest) -> list[tuple[Region, str]]:
    """Return the regions that have a site, with its address on the port that was asked."""
    port = urlsplit(f"//{request.get_host()}").port
    tail = f":{port}" if port else ""
    rows = Region.objects.exclude(host=None).exclude(kind=Region.Kind.NATION)
    return [(row, f"{request.scheme}://{row.host}{tail}/") for row in rows]
