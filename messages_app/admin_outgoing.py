"""Mails in clients' names, questions, templates and domains in the admin: to search and to read."""

from django.contrib import admin

from secretariat.office.admin_base import ReadOnlyAdmin

from .models import ClientQuestion, Enclosure, MailTemplate, OutgoingMail, OutgoingVersion, SendingDomain


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = ["began_at", "client", "subject", "state", "author", "leaves_at", "settled_at", "error"]
    list_filter = ["state", "kind", "copy"]
    list_select_related = ["client", "author"]
    search_fields = ["subject", "=message_id", "=receipt", "client__name", "author__name"]
    date_hierarchy = "began_at"


@admin.register(OutgoingVersion)
class OutgoingVersionAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "subject", "number", "by", "decision", "decided_by"]
    list_filter = ["decision"]
    list_select_related = ["client", "by", "decided_by"]
    search_fields = ["subject", "client__name"]
    date_hierarchy = "at"


@admin.register(Enclosure)
class EnclosureAdmin(ReadOnlyAdmin):
    list_display = ["added_at", "client", "name", "content_type", "size", "added_by"]
    list_filter = ["content_type"]
    list_select_related = ["client", "added_by"]
    search_fields = ["name", "client__name"]
    date_hierarchy = "added_at"


@admin.register(ClientQuestion)
class ClientQuestionAdmin(ReadOnlyAdmin):
    list_display = ["asked_at", "client", "contact", "asked_by", "answered_at", "answered_how", "not_reached"]
    list_filter = ["answered_how", ("answered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "contact", "asked_by"]
    search_fields = ["question", "client__name", "contact__name"]
    date_hierarchy = "asked_at"


@admin.register(MailTemplate)
class MailTemplateAdmin(ReadOnlyAdmin):
    """Written at the desk: another takes the place of one, and none is changed."""

    list_display = ["name", "client", "by", "since", "ended_at"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "by"]
    search_fields = ["name", "subject", "words", "client__name"]
    date_hierarchy = "since"


@admin.register(SendingDomain)
class SendingDomainAdmin(ReadOnlyAdmin):
    list_display = ["domain", "client", "stands", "checked_at", "due_at"]
    list_filter = ["stands"]
    list_select_related = ["client"]
    search_fields = ["domain", "client__name"]
