from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "secretariat.retention"
    verbose_name = _("What is kept, and how long")

    def ready(self):
        autodiscover_modules("personal")
