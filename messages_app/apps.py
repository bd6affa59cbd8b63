from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "messages_app"
    verbose_name = "Messages"

    def ready(self):
        from anymail.signals import inbound
        from anymail.signals import tracking as tracked

        from . import receivers, tracking  # noqa: F401  receivers connect themselves

        tracked.connect(tracking.keep, dispatch_uid="messages_app.tracking")
        inbound.connect(tracking.keep_mail, dispatch_uid="messages_app.mail")
