"""A stock form page and a bare row with its audit row, both as a Django project would write them."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class PeerFormField(AbstractFormField):
    page = ParentalKey("PeerFormPage", on_delete=models.CASCADE, related_name="form_fields")


class PeerFormPage(AbstractForm):
    template = "bench/form.html"
    landing_page_template = "bench/landing.html"


class BareRow(models.Model):
    status = models.CharField(max_length=40)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.status


class BareAudit(models.Model):
    row = models.ForeignKey(BareRow, models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=80)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.actor


class BlobCase(models.Model):
    """A case as an application of SpiffWorkflow keeps it: where it stands, and the engine's state."""

    status = models.CharField(max_length=40)
    state = models.TextField()

    def __str__(self) -> str:
        return self.status


class BlobAudit(models.Model):
    case = models.ForeignKey(BlobCase, models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=80)
    data = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.actor
