from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "runtime.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"
