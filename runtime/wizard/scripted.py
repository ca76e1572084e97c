"""What the script of a page asks for: keep what is typed, take a file piece by piece. Answers are data.

A file is begun (POST), continued from an offset (PATCH), asked about (GET) and given up (DELETE); every
cap is checked before the body is read.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from runtime.forms import sentences, uploads
from runtime.forms.blocks import Block, Holder
from runtime.forms.question import Question
from runtime.forms.spots import Spot
from runtime.modules import site
from runtime.wizard import drafts, filing, partials, posting, rowfiles, steps
from runtime.wizard.merging import Seen
from runtime.wizard.models import PartialUpload
from runtime.wizard.views import ApplyView
from schemas.definition import Field

OFFSET = "Upload-Offset"
MARK = "Page-Mark"  # what the page was drawn from, as in its `_revision`
LONGEST_NAME = 400


class Closed(Exception):
    """There is no such open page; `status` says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def _opened(request: HttpRequest, token: str, step: str) -> ApplyView:
    """Return the view of an open page of a draft; raise `Closed`."""
    view = ApplyView(form_list={}, url_name="wizard:step", done_step_name="done")
    view.setup(request, token=token, step=step)
    if view.find_draft(request, token) is not None:
        raise Closed(HTTPStatus.NOT_FOUND)
    view.prepare()
    if view.draft.submitted_at is not None or step not in steps.by_name(view.walked):
        raise Closed(HTTPStatus.CONFLICT)
    return view


@require_POST
def autosave(request: HttpRequest, token: str, step: str) -> JsonResponse:
    """Keep what stands on the page while it is being typed. Says nothing about mistakes."""
    try:
        view = _opened(request, token, step)
    except Closed as closed:
        return JsonResponse({"saved": False}, status=closed.status)
    view.keep_lacks(step)
    with rowfiles.held(view.draft, steps.by_name(view.walked)[step], request):
        form = view.get_form(step, data=request.POST, files={})
        if form.unknown:
            return JsonResponse({"saved": False}, status=400)
        return JsonResponse({"saved": True, "changed": view.save_page(step, form)})


@require_POST
def begin_file(request: HttpRequest, token: str, step: str) -> JsonResponse:
    """Make room for a file of a question, or say from where one that was cut off goes on."""
    try:
        view = _opened(request, token, step)
    except Closed as closed:
        return JsonResponse({}, status=closed.status)
    spot = _place(view, step, request.POST.get("field", ""))
    size, digest = request.POST.get("size", ""), request.POST.get("sha256", "")
    if spot is None or not (size.isascii() and size.isdecimal() and len(size) < 16):
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    try:
        rowfiles.must_stand(view.draft, spot, posting.seen(request))
        partial = partials.begin(
            draft=view.draft,
            spot=spot,
            name=request.POST.get("name", "")[:LONGEST_NAME],
            size=int(size),
            sha256=digest if len(digest) == 64 and digest.isalnum() else "",
            now=timezone.now(),
        )
    except rowfiles.Moved:
        return _moved()
    except partials.Refused as refused:
        return _refused(refused.refused, spot.question)
    return JsonResponse({"id": str(partial.pk), "offset": partial.received}, status=HTTPStatus.CREATED)


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
def file_piece(request: HttpRequest, token: str, step: str, pk: uuid.UUID) -> JsonResponse:
    """Take a piece, say what has arrived, or give the file up."""
    try:
        view = _opened(request, token, step)
    except Closed as closed:
        return JsonResponse({}, status=closed.status)
    partial = partials.by_id(view.draft, pk)
    spot = _place(view, step, partial.field) if partial else None
    if partial is None or spot is None:
        return JsonResponse({}, status=HTTPStatus.NOT_FOUND)
    if request.method == "DELETE":
        if not partial.finished:
            partials.cancel(partial)
        return JsonResponse({})
    if request.method == "PATCH" and not partial.finished:
        return _take(request, view, step, partial, spot)
    return _answer(view, step, partial)


def _take(
    request: HttpRequest, view: ApplyView, step: str, partial: PartialUpload, spot: Spot
) -> JsonResponse:
    nothing = "0" if partial.received == partial.size else ""  # only the judgement is still missing
    offset, length = request.headers.get(OFFSET, ""), request.META.get("CONTENT_LENGTH") or nothing
    if not (offset.isascii() and offset.isdecimal()):
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    if not (length.isascii() and length.isdecimal()):
        return JsonResponse({}, status=HTTPStatus.LENGTH_REQUIRED)
    if int(length) > min(partials.PIECE_BYTES, partial.size - partial.received):
        return JsonResponse({"offset": partial.received}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        if int(length):
            content = request.read(int(length))
            partials.append(partial, offset=int(offset), content=content, now=view.now)
    except UnreadablePostError:
        return JsonResponse({"offset": partial.received}, status=HTTPStatus.BAD_REQUEST)
    except partials.Elsewhere as elsewhere:
        return JsonResponse({"offset": elsewhere.offset}, status=HTTPStatus.CONFLICT)
    if partial.received == partial.size:
        try:
            _keep(view, step, partial, spot, Seen.read(request.headers.get(MARK, "")))
        except rowfiles.Moved:
            return _moved()
        except partials.Refused as refused:
            partials.cancel(partial)
            return _refused(refused.refused, spot.question)
    return _answer(view, step, partial)


def _keep(view: ApplyView, step: str, partial: PartialUpload, spot: Spot, seen: Seen | None) -> None:
    """Judge a file that has arrived whole and put it into the draft, beside what other windows add.

    It is the page's own: a later post of the same window knows it. What waits for its page to be opened
    again (`rowfiles.Moved`) has not to be sent again.
    """
    rowfiles.must_stand(view.draft, spot, seen)
    accepted = partials.judged(partial, spot.question)
    with closing(accepted.content):
        stored = filing.keeper(view.draft, now=view.now)(spot.question, accepted)
    with transaction.atomic():
        drafts.hold(draft=view.draft)
        rowfiles.must_stand(view.draft, spot, seen)
        page = rowfiles.added(view.draft, spot, dict(stored))
        if partials.finish(partial):
            drafts.save(draft=view.draft, page=page, seen=seen, step=step, now=view.now)
    partial.refresh_from_db()
    view.draft.refresh_from_db()


def _answer(view: ApplyView, step: str, partial: PartialUpload) -> JsonResponse:
    """Say how much has arrived; of a file that is kept also how its question looks now."""
    if not partial.finished:
        return JsonResponse({"offset": partial.received})
    view.walked = filing.walk(view.draft, now=view.now)
    drawn = _drawn(view.get_form(step).blocks, partial.field)
    return JsonResponse({"offset": partial.size, "html": "".join(question.html for question in drawn)})


def _drawn(blocks: Iterable[Block], place: str) -> Iterator[Question]:
    """Yield the question at `place` as it stands on its page, also in groups and rows."""
    for block in blocks:
        if isinstance(block, Holder):
            yield from _drawn(block.blocks, place)
        elif isinstance(block, Question) and block.place == place:
            yield block


def _place(view: ApplyView, step: str, name: str) -> Spot | None:
    """Return the place of a page that takes files, if `name` is one."""
    return rowfiles.place(steps.by_name(view.walked)[step].page.fields, name, view.draft)


def _moved() -> JsonResponse:
    return JsonResponse({"problem": rowfiles.moved_words()}, status=HTTPStatus.CONFLICT)


def _refused(refused: uploads.Refused, question: Field) -> JsonResponse:
    data = {"name": refused.name, **refused.data}
    if refused.code == "file.excess":
        words = filing.excess_words()
    else:
        words = sentences.sentence(question, refused.code, data, site.language())
    large = refused.code == "file.large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else HTTPStatus.UNPROCESSABLE_ENTITY
    return JsonResponse({"problem": words}, status=status)
