from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "secretariat.media"
    verbose_name = "Private media"
