from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "secretariat.overview"
    verbose_name = "Overview"
