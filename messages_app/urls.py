from django.urls import path

from . import history_urls, outgoing_urls
from . import webhooks as asked
from .asked_for import urls as asked_for_urls
from .dictated import urls as dictated_urls
from .incoming_post import urls as post_urls
from .letters import urls as letter_urls
from .views import (
    desk_form,
    desk_handwork,
    desk_inbox,
    desk_mail,
    desk_mail_files,
    desk_messages,
    desk_moving,
    desk_sorting,
    desk_taking_out,
    desk_texts,
)
from .views import notifications as told_how
from .views import portal as in_portal
from .views import portal_mail as her_mail
from .views import portal_mail_online as her_mail_online

desk = [
    *letter_urls.desk,
    *dictated_urls.desk,
    *post_urls.desk,
    *asked_for_urls.desk,
    path("messages/", desk_messages.index, name="messages"),
    path("messages/standing/", desk_messages.standing, name="messages-standing"),
    path("messages/list/", desk_taking_out.as_list, name="messages-list"),
    path("messages/<uuid:message_id>/paper/", desk_taking_out.on_paper, name="messages-paper"),
    path("messages/<uuid:message_id>/words/", desk_taking_out.as_words, name="messages-words"),
    path("texts/", desk_texts.index, name="messages-texts"),
    path("texts/<uuid:text_id>/", desk_texts.detail, name="messages-text-came"),
    path("texts/<uuid:text_id>/answer/", desk_texts.answer, name="messages-text-answer"),
    path("texts/<uuid:text_id>/done/", desk_texts.done, name="messages-text-done"),
    path("mail/<uuid:mail_id>/", desk_mail.detail, name="messages-mail"),
    path("mail/<uuid:mail_id>/done/", desk_mail.done, name="messages-mail-done"),
    path("inbox/", desk_inbox.index, name="inbox"),
    path("inbox/of/<uuid:client_id>/read/", desk_sorting.looked_through, name="inbox-looked-through"),
    path("inbox/<uuid:thread_id>/", desk_inbox.thread, name="inbox-thread"),
    path("inbox/<uuid:thread_id>/verdict/", desk_sorting.verdict, name="inbox-verdict"),
    path("inbox/<uuid:thread_id>/propose/", desk_sorting.propose, name="inbox-propose"),
    path("inbox/<uuid:thread_id>/done/", desk_sorting.done, name="inbox-done"),
    path("inbox/<uuid:thread_id>/reopen/", desk_sorting.reopen, name="inbox-reopen"),
    path("inbox/mail/<uuid:mail_id>/", desk_inbox.as_sent, name="inbox-mail"),
    path("inbox/mail/<uuid:mail_id>/frame/", desk_inbox.frame, name="inbox-frame"),
    path("inbox/mail/<uuid:mail_id>/pictures/", desk_inbox.frame_with_pictures, name="inbox-pictures"),
    path("inbox/mail/<uuid:mail_id>/part/", desk_mail_files.part, name="inbox-part"),
    path("inbox/mail/<uuid:mail_id>/within/", desk_mail_files.within, name="inbox-within"),
    *outgoing_urls.desk,
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
    path("messages/<uuid:message_id>/move/", desk_moving.move, name="messages-move"),
    path("messages/<uuid:message_id>/reopen/", desk_handwork.reopen, name="messages-reopen"),
    path("messages/<uuid:message_id>/deliver/", desk_handwork.deliver, name="messages-deliver"),
    path("messages/<uuid:message_id>/rang/", desk_handwork.rang, name="messages-rang"),
    path(
        "messages/<uuid:message_id>/replies/<uuid:reply_id>/read/",
        desk_messages.reply_read,
        name="messages-reply-read",
    ),
    path("messages/<uuid:call_id>/form/", desk_form.form, name="messages-form"),
    path("messages/<uuid:call_id>/plan/", desk_form.plan, name="messages-plan"),
    path("messages/<uuid:call_id>/draft/", desk_form.draft, name="messages-draft"),
    path("messages/<uuid:call_id>/take/", desk_form.take, name="messages-take"),
    path("messages/<uuid:call_id>/none/", desk_form.none, name="messages-none"),
    path("messages/<uuid:call_id>/taken/", desk_form.taken, name="messages-taken"),
]

portal = [
    *letter_urls.portal,
    *dictated_urls.portal,
    *post_urls.portal,
    *asked_for_urls.portal,
    path("messages/", in_portal.index, name="messages-portal"),
    path("messages/<uuid:message_id>/", in_portal.detail, name="messages-portal-message"),
    path(
        "messages/<uuid:message_id>/acknowledge/", in_portal.acknowledge, name="messages-portal-acknowledge"
    ),
    path("messages/<uuid:message_id>/reply/", in_portal.reply, name="messages-portal-reply"),
    path("mail/", her_mail.page, name="mail-portal"),
    path("mail/connect/", her_mail.connect, name="mail-connect"),
    path("mail/online/back/", her_mail_online.back, name="mail-online-back"),
    path("mail/online/google/", her_mail_online.start, {"kind": "google"}, name="mail-google"),
    path("mail/online/microsoft/", her_mail_online.start, {"kind": "microsoft"}, name="mail-microsoft"),
    path("mail/forward/", her_mail.forward, name="mail-forward"),
    path("mail/ours/", her_mail.ours, name="mail-ours"),
    path("mail/rehearse/", her_mail.rehearse, name="mail-rehearse"),
    path("mail/rules/new/", her_mail.rule, name="mail-rule"),
    path("mail/rules/<uuid:rule_id>/", her_mail.rule, name="mail-rule-change"),
    path("mail/rules/<uuid:rule_id>/end/", her_mail.end_rule, name="mail-rule-end"),
    path("mail/rules/<uuid:rule_id>/sooner/", her_mail.sooner, name="mail-rule-sooner"),
    path("mail/rules/<uuid:rule_id>/decide/", her_mail.decide, name="mail-rule-decide"),
    path("mail/<uuid:mailbox_id>/", her_mail.change, name="mail-settings"),
    path("mail/<uuid:mailbox_id>/again/", her_mail.connect, name="mail-again"),
    path("mail/<uuid:mailbox_id>/end/", her_mail.end, name="mail-end"),
    *outgoing_urls.portal,
    *history_urls.portal,
    path("notifications/", told_how.page, name="notifications"),
    path("notifications/address/", told_how.new_address, name="notifications-address"),
    path("notifications/address/code/", told_how.code, name="notifications-code"),
    path("notifications/address/<uuid:address_id>/test/", told_how.send_test, name="notifications-test"),
    path("notifications/address/<uuid:address_id>/again/", told_how.again, name="notifications-again"),
    path("notifications/push/", told_how.switch_on, name="notifications-push"),
    path("notifications/push/<uuid:device_id>/off/", told_how.switch_off, name="notifications-push-off"),
    path("notifications/push/<uuid:device_id>/test/", told_how.test_push, name="notifications-push-test"),
    path("notifications/<uuid:contact_id>/", told_how.of_member, name="notifications-of"),
]

site = [
    path("sw.js", told_how.worker, name="push-worker"),
    path("push/renewed/", told_how.renewed, name="push-renewed"),
    *dictated_urls.site,
    path("mail/picture/<str:token>/", desk_mail_files.picture, name="mail-picture"),
    path("m/<str:token>/", in_portal.link, name="messages-link"),
    path("m/<str:token>/acknowledge/", in_portal.link_acknowledge, name="messages-link-acknowledge"),
    path("m/<str:token>/reply/", in_portal.link_reply, name="messages-link-reply"),
]

webhooks = [
    path("sms/", asked.text, name="messages-text"),
    path("lob/events/", asked.letters_carried, name="letters-lob-events"),
    path("message-status/", asked.text_status, name="messages-text-status"),
    path("voice/message/<uuid:delivery_id>/", asked.call, name="messages-call"),
    path("voice/message/<uuid:delivery_id>/hear/", asked.call_hear, name="messages-call-hear"),
    path("voice/message/<uuid:delivery_id>/accept/", asked.call_accept, name="messages-call-accept"),
    path("voice/message/<uuid:delivery_id>/ended/", asked.call_status, name="messages-call-status"),
]
