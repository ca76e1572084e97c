from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "runtime.profiles"
    label = "profiles"
    default_auto_field = "django.db.models.BigAutoField"
