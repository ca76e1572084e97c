"""The editor's questions to the server, as JSON, and the drawings it offers as files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from builder import (
    connections,
    knowing,
    permissions,
    preview,
    problems,
    proofs,
    putaway,
    selectors,
    services,
    staffing,
    supplies,
)
from builder.models import Module
from builder.panel import spoken, tellings
from builder.panel.comparing import released
from schemas import parse


@require_POST
def check(request: HttpRequest, pk: int) -> JsonResponse:
    """Say what is wrong with the document in the body, and where in the editor that is."""
    if "change" not in permissions.actions(request.user):
        raise PermissionDenied
    module = get_object_or_404(Module.objects.select_related("region"), pk=pk)
    checked = parse.check(request.body)
    document = _decoded(request.body)
    found = [*services.weighed(checked.problems, module.region), *staffing.vacant(document, module.region)]
    if checked.module is not None:
        language = (get_language() or "id")[:2]
        found += connections.missing(checked.module, module.region, language=language)
        found += supplies.missing(checked.module, module.region)
        found += knowing.suggestions(checked.module)
        found += staffing.too_few(checked.module, module.region)
        proof = proofs.of(request.body, most=proofs.AT_ONCE)
        found += (one for one in proofs.problems(proof) if one.code != proofs.UNFINISHED)
        told = proofs.stories(checked.module, module.region)
        found += proofs.otherwise(told)
    found.sort(key=lambda problem: problem.severity != "error")
    shown = document if document is not None else problems.refused(tuple(found), request.body)
    told_of = zip(problems.described(tuple(found), shown), putaway.marks(found, document), strict=True)
    answer: dict[str, Any] = {"problems": [{**one, "mark": mark} for one, mark in told_of]}
    language = get_language() or "id"
    understood = checked.module or parse.understood(document)
    if understood is not None:
        answer["rules"] = spoken.rules(understood, language[:2])
    if isinstance(document, dict):
        number, changes = released.since(module, document, understood, language[:2])
        answer |= {"since": number, "changes": [asdict(change) for change in changes]}
    if checked.module is not None:
        answer["proof"] = proofs.summary(proofs.kept(proof, told))
        again = proofs.renewed(checked.module, module.region, told)
        answer["stories"] = [tellings.story(*each, language[:2]) for each in zip(told, again, strict=True)]
        answer["diagram"] = preview.diagram(checked.module, language)
    return JsonResponse(answer)


@require_safe
def drawing(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Send the steps of the newest draft as a file for other tools."""
    if "change" not in permissions.actions(request.user):
        raise PermissionDenied
    module = get_object_or_404(Module, pk=pk)
    if form not in preview.DRAWINGS:
        raise Http404
    draft: Module = module.get_latest_revision_as_object()
    drawn = selectors.parsed(draft.document)
    if drawn is None:
        words = _("The last draft that was saved still has something to put right. Then it can be drawn.")
        return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
    kind, ending = preview.DRAWINGS[form]
    language = (get_language() or "id")[:2]
    response = HttpResponse(preview.drawing(drawn, form, language), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{drawn.key}.{ending}"'
    return response


def _decoded(body: bytes) -> Any:
    value, _problems = parse.read_json(body)
    return value
