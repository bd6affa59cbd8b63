from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "calls"
    verbose_name = "Calls"

    def ready(self):
        from . import (  # noqa: F401  receivers, and kinds of effects, register themselves
            diary_effects,
            reminder_calls,
            room_effects,
            suspended,
            telephone_meetings,
        )
        from .dictation import booking, effects, transcript_effects  # noqa: F401  likewise
