from django.urls import path

from .views import desk_form, desk_messages
from .views import portal as in_portal
from .webhooks import text, text_status

desk = [
    path("messages/", desk_messages.index, name="messages"),
    path("messages/<uuid:message_id>/", desk_messages.detail, name="messages-message"),
    path("messages/<uuid:message_id>/correct/", desk_messages.correct, name="messages-correct"),
    path("messages/<uuid:message_id>/urgency/", desk_messages.raise_urgency, name="messages-raise"),
    path(
        "messages/<uuid:message_id>/deliveries/<uuid:delivery_id>/send/",
        desk_messages.send_again,
        name="messages-send-again",
    ),
    path(
        "messages/<uuid:message_id>/deliveries/<uuid:delivery_id>/told/",
        desk_messages.told,
        name="messages-told",
    ),
    path(
        "messages/<uuid:message_id>/replies/<uuid:reply_id>/read/",
        desk_messages.reply_read,
        name="messages-reply-read",
    ),
    path("messages/<uuid:call_id>/form/", desk_form.form, name="messages-form"),
    path("messages/<uuid:call_id>/draft/", desk_form.draft, name="messages-draft"),
    path("messages/<uuid:call_id>/take/", desk_form.take, name="messages-take"),
    path("messages/<uuid:call_id>/none/", desk_form.none, name="messages-none"),
    path("messages/<uuid:call_id>/taken/", desk_form.taken, name="messages-taken"),
]

portal = [
    path("messages/", in_portal.index, name="messages-portal"),
    path("messages/<uuid:message_id>/", in_portal.detail, name="messages-portal-message"),
    path(
        "messages/<uuid:message_id>/acknowledge/", in_portal.acknowledge, name="messages-portal-acknowledge"
    ),
    path("messages/<uuid:message_id>/reply/", in_portal.reply, name="messages-portal-reply"),
]

site = [
    path("m/<str:token>/", in_portal.link, name="messages-link"),
    path("m/<str:token>/acknowledge/", in_portal.link_acknowledge, name="messages-link-acknowledge"),
    path("m/<str:token>/reply/", in_portal.link_reply, name="messages-link-reply"),
]

webhooks = [
    path("sms/", text, name="messages-text"),
    path("message-status/", text_status, name="messages-text-status"),
]
