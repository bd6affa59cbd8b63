"""Incoming post in the admin: where a client's post comes to is the firm's to write; what came is read."""

from django.contrib import admin

from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin

from .models import PostRules, ReceivedPost


@admin.register(PostRules)
class PostRulesAdmin(ScopedAdmin):
    list_display = ["client", "opens", "then", "days", "promised_minutes"]
    list_filter = ["opens", "then"]
    list_select_related = ["client"]
    search_fields = ["client__name", "address"]


@admin.register(ReceivedPost)
class ReceivedPostAdmin(ReadOnlyAdmin):
    list_display = ["came_at", "client", "number", "kind", "state", "promised_at", "passed_on_at", "paper"]
    list_filter = ["state", "kind", "paper"]
    list_select_related = ["client"]
    search_fields = ["=number", "client__name", "sender", "tracking"]
    date_hierarchy = "came_at"
