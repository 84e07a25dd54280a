from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "panah.library"
    default_auto_field = "django.db.models.BigAutoField"
