from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "secretariat.outbox"
    verbose_name = _("Outbox and inbox")

    def ready(self):
        from . import ending, working  # noqa: F401  their duties join the sweep

        autodiscover_modules("effects", "inbox", "rounds")
