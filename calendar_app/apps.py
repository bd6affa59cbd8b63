from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "calendar_app"
    verbose_name = "Diary"

    def ready(self):
        from . import recording  # noqa: F401 - what is arranged is written into the client's own calendar
