from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MediaConfig(AppConfig):
    name = "secretariat.media"
    verbose_name = "Files"

    def ready(self):
        autodiscover_modules("media_guards")
