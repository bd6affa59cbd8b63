from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "secretariat.office"
    verbose_name = "Office"
