"""Addresses of the portal's history of mail."""

from django.urls import path

from .views import portal_mail_history as history

portal = [
    path("mail/history/", history.index, name="mail-history"),
    path("mail/history/file/", history.as_file, name="mail-history-file"),
    path("mail/history/<uuid:thread_id>/", history.thread, name="mail-history-thread"),
    path("mail/history/mail/<uuid:mail_id>/", history.as_sent, name="mail-history-mail"),
    path("mail/history/mail/<uuid:mail_id>/frame/", history.frame, name="mail-history-frame"),
    path(
        "mail/history/mail/<uuid:mail_id>/pictures/",
        history.frame_with_pictures,
        name="mail-history-pictures",
    ),
    path("mail/history/mail/<uuid:mail_id>/part/", history.part, name="mail-history-part"),
    path("mail/history/mail/<uuid:mail_id>/within/", history.within, name="mail-history-within"),
]
