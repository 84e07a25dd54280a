from django.apps import AppConfig


class DossierConfig(AppConfig):
    name = "panah.dossier"
    default_auto_field = "django.db.models.BigAutoField"
