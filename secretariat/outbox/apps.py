from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "secretariat.outbox"
    verbose_name = "Outbox and inbox"
