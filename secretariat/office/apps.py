from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OfficeConfig(AppConfig):
    name = "secretariat.office"
    verbose_name = "Office"

    def ready(self):
        autodiscover_modules("roles")
        from .vacancies import joined  # noqa: F401  its receiver registers itself
