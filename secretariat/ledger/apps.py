from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "secretariat.ledger"
    verbose_name = "Ledger"
