from django.apps import AppConfig


class LocalConfig(AppConfig):
    name = "secretariat.local"
    verbose_name = "Demo and tests"
