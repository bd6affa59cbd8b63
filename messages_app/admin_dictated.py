"""Drafts of dictations in the admin: read here, typed on the desk."""

from django.contrib import admin

from secretariat.office.admin_base import ReadOnlyAdmin

from .models import DictatedDraft, DictatedVersion


@admin.register(DictatedDraft)
class DictatedDraftAdmin(ReadOnlyAdmin):
    list_display = ["began_at", "client", "dictation", "nth", "kind", "wording", "state", "author", "made_at"]
    list_filter = ["state", "kind", "wording"]
    list_select_related = ["client", "dictation__client", "author"]
    search_fields = ["=dictation__number", "client__name"]
    date_hierarchy = "began_at"


@admin.register(DictatedVersion)
class DictatedVersionAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "draft", "number", "kind", "by", "agreed", "decided_by", "how"]
    list_filter = ["agreed", "kind", "how"]
    list_select_related = ["client", "draft__dictation", "by", "decided_by"]
    search_fields = ["client__name"]
    date_hierarchy = "at"
