"""Mailboxes, rules and correspondence in the admin: to search and to read."""

from django.contrib import admin

from secretariat.office.admin_base import ReadOnlyAdmin

from .models import Mail, Mailbox, MailFolder, MailPlace, MailRule, MailThread


@admin.register(Mailbox)
class MailboxAdmin(ReadOnlyAdmin):
    """Connected, changed and disconnected in the portal, where what opens them is typed and sealed."""

    list_display = ["address", "client", "incoming", "from_mode", "state", "looked_at", "trouble"]
    list_filter = ["state", "incoming", "from_mode"]
    list_select_related = ["client"]
    search_fields = ["address", "our_address", "client__name"]
    date_hierarchy = "connected_at"


@admin.register(MailFolder)
class MailFolderAdmin(ReadOnlyAdmin):
    list_display = ["mailbox", "client", "name", "role", "last_uid", "looked_at"]
    list_filter = ["role"]
    list_select_related = ["mailbox", "client"]
    search_fields = ["name", "mailbox__address", "client__name"]


@admin.register(MailRule)
class MailRuleAdmin(ReadOnlyAdmin):
    list_display = ["client", "mailbox", "verdict", "sender", "subject", "state", "rank", "by", "since"]
    list_filter = ["state", "verdict"]
    list_select_related = ["client", "mailbox", "by"]
    search_fields = ["sender", "subject", "words", "client__name"]
    date_hierarchy = "since"


@admin.register(MailThread)
class MailThreadAdmin(ReadOnlyAdmin):
    list_display = ["last_at", "client", "who", "subject", "verdict", "state", "promised_at", "claimed_by"]
    list_filter = ["state", "verdict"]
    list_select_related = ["client", "claimed_by"]
    search_fields = ["subject", "who", "address", "client__name"]
    date_hierarchy = "last_at"


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "direction", "sender", "subject", "automatic", "trouble"]
    list_filter = ["direction", "automatic"]
    list_select_related = ["client"]
    search_fields = ["sender", "subject", "=message_id", "client__name"]
    date_hierarchy = "at"
    exclude = ["found"]


@admin.register(MailPlace)
class MailPlaceAdmin(ReadOnlyAdmin):
    list_display = ["client", "mail", "folder", "uid"]
    list_select_related = ["client", "mail", "folder"]
    search_fields = ["client__name", "mail__sender"]
