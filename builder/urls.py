"""Addresses inside Wagtail's admin that are not Wagtail's own."""

from __future__ import annotations

from django.urls import path

from builder import xlsviews
from builder.governance import views as governance
from builder.lists import views as lists
from builder.panel import approvalviews, bankviews, letterviews, views, writing
from builder.sharing import views as sharing
from builder.translation import views as translation
from builder.tryout.stage import StageView
from builder.tryout.views import TryoutView

urlpatterns = [
    path("builder/panel/<int:pk>/check/", views.check, name="builder_check"),
    path("builder/panel/<int:pk>/drawing/<slug:form>/", views.drawing, name="builder_drawing"),
    path("builder/panel/<int:pk>/letter/<slug:letter>/", letterviews.pictures, name="builder_letter"),
    path("builder/panel/<int:pk>/letter/<slug:letter>/file/", letterviews.file, name="builder_letter_file"),
    path("builder/session/", writing.session, name="builder_session"),
    path("builder/returned/", writing.returned, name="builder_returned"),
    path("builder/approvals/", approvalviews.index, name="builder_approvals"),
    path("builder/rules/", governance.RulesView.as_view(), name="builder_rules"),
    path("builder/bank/", bankviews.index, name="builder_bank"),
    path("builder/bank/<int:pk>/", bankviews.questions, name="builder_bank_entry"),
    path("builder/bank/<int:pk>/remove/", bankviews.remove, name="builder_bank_remove"),
    path("builder/workbook/<int:pk>/", xlsviews.ExportView.as_view(), name="builder_workbook"),
    path("builder/workbook/<int:pk>/file/", xlsviews.ExportFileView.as_view(), name="builder_workbook_file"),
    path("builder/translation/<int:pk>/", translation.TranslationView.as_view(), name="builder_translation"),
    path(
        "builder/translation/<int:pk>/file/", translation.FileView.as_view(), name="builder_translation_file"
    ),
    path(
        "builder/translation/<int:pk>/language/",
        translation.LanguageView.as_view(),
        name="builder_translation_language",
    ),
    path("builder/tryout/<int:pk>/", TryoutView.as_view(), name="builder_tryout"),
    path("builder/stage/<int:pk>/", StageView.as_view(), name="builder_stage"),
    path("builder/sharing/<int:pk>/", sharing.SharingView.as_view(), name="builder_sharing"),
    path("lists/", lists.IndexView.as_view(), name="builder_lists"),
    path("lists/upload/", lists.UploadView.as_view(), name="builder_list_upload"),
    path("lists/review/", lists.ReviewView.as_view(), name="builder_list_review"),
    path("lists/<int:pk>/upload/", lists.UploadView.as_view(), name="builder_list_upload_edition"),
    path("lists/editions/<int:pk>/", lists.EditionView.as_view(), name="builder_list_edition"),
    path("lists/editions/<int:pk>/download/", lists.DownloadView.as_view(), name="builder_list_download"),
    path("lists/editions/<int:pk>/delete/", lists.DeleteView.as_view(), name="builder_list_delete"),
]
