"""The pages for lists: which there are, uploading, looking through before storing, the rows of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from builder import permissions
from builder.lists.forms import TypesForm, UploadForm
from runtime.datasets import reading, selectors, services, writing
from runtime.datasets.models import Dataset, Edition, Upload
from runtime.modules import site
from runtime.regions.models import Region, User

PREVIEWED = 10
PER_PAGE = 50


class ListView(WagtailAdminTemplateMixin, View):
    """A page about lists; `right` is what somebody must be allowed with services to open it."""

    right = "view"
    header_icon = "list-ul"
    page_title: Any = gettext_lazy("Lists to choose from")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.right not in permissions.actions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def region(self) -> Region:
        return site.region(self.request)

    @cached_property
    def person(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = [{"url": reverse("builder_lists"), "label": _("Lists to choose from")}, *self.crumbs()]
        return [*self.breadcrumbs_items, *own]

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title()}]

    def draw(self, status: int = 200, **context: Any) -> HttpResponse:
        allowed = permissions.actions(self.request.user)
        context |= {"may_add": "add" in allowed, "may_delete": "delete" in allowed}
        response: HttpResponse = self.render_to_response(self.get_context_data(**context), status=status)
        return response


class IndexView(ListView):
    """The region's lists with their editions, and those that regions above share."""

    template_name = "builder/lists/index.html"

    def crumbs(self) -> list[dict[str, Any]]:
        return []

    def get(self, request: HttpRequest) -> HttpResponse:
        found = selectors.datasets(self.region)
        return self.draw(
            own=[dataset for dataset in found if dataset.region_id == self.region.pk],
            shared=[dataset for dataset in found if dataset.region_id != self.region.pk],
        )


class UploadView(ListView):
    """A file for a new list, or for a new edition of one; the next page shows what is in it."""

    right = "add"
    template_name = "builder/lists/upload.html"
    header_icon = "upload"

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        dataset = self.dataset(pk)
        initial = {"edition": self.free_edition(dataset)}
        return self.show(UploadForm(initial=initial, titled=dataset is None), dataset)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        dataset = self.dataset(pk)
        form = UploadForm(request.POST, request.FILES, titled=dataset is None)
        if (
            form.is_valid()
            and dataset
            and dataset.editions.filter(name=form.cleaned_data["edition"]).exists()
        ):
            form.add_error("edition", _("There is an edition with this name already. Choose another name."))
        if not form.is_valid():
            return self.show(form, dataset, status=422)
        file = form.cleaned_data["file"]
        services.keep_upload(
            region=self.region,
            user=self.person,
            dataset=dataset,
            title=form.cleaned_data.get("title", ""),
            edition=form.cleaned_data["edition"],
            filename=file.name,
            content=file.read(),
            now=timezone.now(),
        )
        return redirect("builder_list_review")

    def dataset(self, pk: int | None) -> Dataset | None:
        if pk is None:
            return None
        found = selectors.own_dataset(self.region, pk)
        if found is None:
            raise Http404
        return found

    def free_edition(self, dataset: Dataset | None) -> str:
        """Return this year as the name of the edition, numbered when it is taken."""
        year = str(timezone.localdate().year)
        taken = set(dataset.editions.values_list("name", flat=True)) if dataset else set[str]()
        names = (year, *(f"{year}-{number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def show(self, form: UploadForm, dataset: Dataset | None, status: int = 200) -> HttpResponse:
        words = _("New edition of “%(title)s”") % {"title": dataset} if dataset else _("New list")
        self.page_title = words
        return self.draw(status, form=form, dataset=dataset, list_url=reverse("builder_lists"))


class ReviewView(ListView):
    """What the uploaded file holds, or what has to be put right in it; only here it is stored."""

    right = "add"
    template_name = "builder/lists/review.html"
    header_icon = "check"
    page_title = gettext_lazy("Look through before storing")

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.upload is None:
            return redirect("builder_lists")
        read = reading.read(bytes(self.upload.content), self.upload.types)
        titles = {column.key: column.title for column in read.columns if column.is_cell}
        return self.draw(
            upload=self.upload,
            reading=read,
            languages=[column.language for column in read.columns if column.key == "label"],
            types=TypesForm(types=dict(read.types), titles=titles),
            entries=[_cells(read, entry) for entry in read.entries[:PREVIEWED]],
            again_url=self.again_url(self.upload),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        upload = self.upload
        if upload is None:
            return redirect("builder_lists")
        if request.POST.get("do") == "discard":
            upload.delete()
            return redirect("builder_lists")
        read = reading.read(bytes(upload.content), upload.types)
        form = TypesForm(request.POST, types=dict(read.types), titles={})
        if form.is_valid() and {**read.types, **form.chosen()} != read.types:
            upload.types = {**upload.types, **form.chosen()}
            upload.save(update_fields=["types"])
            if request.POST.get("do") == "store":
                messages.warning(request, _("The types have changed. Look through the list once more."))
            return redirect("builder_list_review")
        return self.store(upload, read)

    def store(self, upload: Upload, read: reading.Reading) -> HttpResponse:
        key = upload.dataset.key if upload.dataset else services.free_key(self.region, upload.title)
        try:
            edition = services.import_edition(
                region=self.region,
                key=key,
                title={"id": upload.title},
                edition=upload.edition,
                reading=read,
                by=self.person,
                now=timezone.now(),
            )
        except services.Refused as refused:
            messages.error(self.request, refused.sentence)
            return redirect("builder_list_review")
        upload.delete()
        words = _("“%(title)s”, edition %(edition)s, is stored. Services can use it now.")
        messages.success(self.request, words % {"title": edition.dataset, "edition": edition})
        return redirect("builder_list_edition", edition.pk)

    @cached_property
    def upload(self) -> Upload | None:
        return selectors.upload(self.region, self.person)

    def again_url(self, upload: Upload) -> str:
        if upload.dataset_id:
            return reverse("builder_list_upload_edition", args=[upload.dataset_id])
        return reverse("builder_list_upload")


def _cells(read: reading.Reading, entry: reading.Entry) -> list[Any]:
    """Return one entry as the cells of a table: value, labels, then the other columns."""
    languages = [column.language for column in read.columns if column.key == "label"]
    return _line(entry.value, entry.label, entry.cells, languages, read.types)


def _line(
    value: str,
    label: Mapping[str, str],
    cells: Mapping[str, Any],
    languages: Iterable[str],
    keys: Iterable[str],
) -> list[Any]:
    return [value, *(label.get(code, "") for code in languages), *(_said(cells.get(key)) for key in keys)]


def _said(cell: Any) -> Any:
    return (_("yes") if cell else _("no")) if isinstance(cell, bool) else "" if cell is None else cell


class EditionView(ListView):
    """The rows of an edition, searchable; also of one that a region above shares."""

    template_name = "builder/lists/edition.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.edition(pk)
        query = request.GET.get("q", "").strip()[:100]
        page = None
        if query:
            found = selectors.search(edition, query, limit=PER_PAGE)
        else:
            page = Paginator(range(edition.count), PER_PAGE).get_page(request.GET.get("p"))
            found = selectors.rows(edition, start=max(0, page.start_index() - 1), limit=PER_PAGE)
        words = _("%(title)s, edition %(edition)s")
        self.page_title = words % {"title": edition.dataset, "edition": edition}
        languages = list(dict.fromkeys(code for row in found for code in row.label))
        rows = [_line(row.value, row.label, row.cells, languages, edition.types) for row in found]
        return self.draw(
            edition=edition, own=self.is_own(edition), languages=languages, rows=rows, page=page, query=query
        )

    def edition(self, pk: int) -> Edition:
        found = selectors.visible_edition(self.region, pk)
        if found is None:
            raise Http404
        return found

    def is_own(self, edition: Edition) -> bool:
        return edition.region_id == self.region.pk


class DownloadView(EditionView):
    """An edition as CSV."""

    def get(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:  # type: ignore[override]  # not a page
        edition = self.edition(pk)
        response = StreamingHttpResponse(writing.lines(edition), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{edition.dataset.key}-{edition.name}.csv"'
        return response


class DeleteView(EditionView):
    """Asks before an edition that no service uses is deleted."""

    right = "delete"
    template_name = "builder/lists/delete.html"
    header_icon = "bin"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.own_edition(pk)
        self.page_title = _("Delete the edition “%(name)s”?") % {"name": edition.name}
        return self.draw(edition=edition, back=reverse("builder_list_edition", args=[pk]))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.own_edition(pk)
        try:
            services.delete_edition(region=self.region, edition=edition)
        except services.Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("builder_list_edition", pk)
        messages.success(request, _("The edition “%(name)s” is deleted.") % {"name": edition.name})
        return redirect("builder_lists")

    def own_edition(self, pk: int) -> Edition:
        edition = self.edition(pk)
        if not self.is_own(edition):
            raise Http404
        return edition
