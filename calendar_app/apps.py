from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "calendar_app"
    verbose_name = "Diary"

    def ready(self):
        from . import (  # noqa: F401 - receivers connect themselves
            asking,
            confirming,
            inviting,
            inviting_series,
            outcomes,
            recording,
            reminding,
        )
