"""Requests of clients in the admin: read here, answered on the desk."""

from django.contrib import admin

from secretariat.office.admin_base import ReadOnlyAdmin

from .models import ClientRequest, RequestFile


@admin.register(ClientRequest)
class ClientRequestAdmin(ReadOnlyAdmin):
    list_display = [
        "asked_at",
        "client",
        "number",
        "contact",
        "state",
        "urgent",
        "promised_at",
        "answered_by",
    ]
    list_filter = ["state", "urgent"]
    list_select_related = ["client", "contact", "answered_by"]
    search_fields = ["=number", "client__name", "contact__name", "words"]
    date_hierarchy = "asked_at"


@admin.register(RequestFile)
class RequestFileAdmin(ReadOnlyAdmin):
    list_display = ["request", "client", "kind", "seconds"]
    list_filter = ["kind"]
    list_select_related = ["client", "request__client"]
    search_fields = ["client__name"]
