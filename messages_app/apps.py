from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "messages_app"
    verbose_name = "Messages"

    def ready(self):
        from anymail.signals import inbound
        from anymail.signals import tracking as tracked

        from calendar_app import giving_back

        from . import receivers, tracking

        tracked.connect(tracking.keep, dispatch_uid="messages_app.tracking")
        giving_back.still_needed.append(receivers.mailbox_needs_consent)
        inbound.connect(tracking.keep_mail, dispatch_uid="messages_app.mail")
