"""The editor's questions to the server, as JSON."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from builder import connections, permissions, preview, problems, proofs, staffing, supplies
from builder.models import Module
from builder.panel import spoken
from schemas import parse


@require_POST
def check(request: HttpRequest, pk: int) -> JsonResponse:
    """Say what is wrong with the document in the body, and where in the editor that is."""
    if "change" not in permissions.actions(request.user):
        raise PermissionDenied
    module = get_object_or_404(Module.objects.select_related("region"), pk=pk)
    checked = parse.check(request.body)
    document = _decoded(request.body)
    found = [*checked.problems, *staffing.vacant(document, module.region)]
    if checked.module is not None:
        language = (get_language() or "id")[:2]
        found += connections.missing(checked.module, module.region, language=language)
        found += supplies.missing(checked.module, module.region)
        found += staffing.too_few(checked.module, module.region)
        proof = proofs.of(request.body, most=proofs.AT_ONCE)
        found += (one for one in proofs.problems(proof) if one.code != proofs.UNFINISHED)
    found.sort(key=lambda problem: problem.severity != "error")
    answer: dict[str, Any] = {"problems": problems.described(tuple(found), document)}
    language = get_language() or "id"
    understood = checked.module or parse.understood(document)
    if understood is not None:
        answer["rules"] = spoken.rules(understood, language[:2])
    if checked.module is not None:
        answer["proof"] = proofs.summary(proofs.kept(proofs.of(request.body, most=proofs.AT_ONCE)))
        answer["diagram"] = preview.diagram(checked.module, language)
    return JsonResponse(answer)


def _decoded(body: bytes) -> Any:
    value, _problems = parse.read_json(body)
    return value
