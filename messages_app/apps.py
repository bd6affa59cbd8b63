from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "messages_app"
    verbose_name = "Messages"

    def ready(self):
        from anymail.signals import tracking as tracked

        from . import tracking

        tracked.connect(tracking.keep, dispatch_uid="messages_app.tracking")
