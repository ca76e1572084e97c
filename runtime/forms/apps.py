"""The app `forms`: what it registers with the others when the site starts."""

from django.apps import AppConfig

from runtime.forms.uploadhandler import refuse_encoded_parts


class FormsConfig(AppConfig):
    name = "runtime.forms"
    label = "forms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Judge every posted form before it is unpacked."""
        refuse_encoded_parts()
