from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "secretariat.live"
    verbose_name = "Live events"
