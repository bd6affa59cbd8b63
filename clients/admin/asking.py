"""What people at the client asked for themselves: to be read here, never made or changed."""

from django.contrib import admin

from clients.models import AddressCheck, DataCopy, Device
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(AddressCheck)
class AddressCheckAdmin(ReadOnlyAdmin):
    list_display = [
        "value",
        "kind",
        "contact",
        "client",
        "asked_at",
        "passed_at",
        "wrong_tries",
        "not_reached",
    ]
    list_filter = [("passed_at", admin.EmptyFieldListFilter), "kind", "not_reached"]
    list_select_related = ["contact", "client"]
    search_fields = ["value", "contact__name", "client__name"]
    date_hierarchy = "asked_at"


@admin.register(DataCopy)
class DataCopyAdmin(ReadOnlyAdmin):
    list_display = ["client", "state", "asked_at", "asked_by", "expires_at", "fetched_at", "fetched_by"]
    list_filter = ["state"]
    list_select_related = ["client", "asked_by", "fetched_by"]
    search_fields = ["client__name"]
    date_hierarchy = "asked_at"


@admin.register(Device)
class DeviceAdmin(ReadOnlyAdmin):
    """Without what reaches it: that is sealed."""

    list_display = ["name", "contact", "client", "added_at", "told_at", "ended_at", "ended_because"]
    fields = list_display
    list_filter = [("ended_at", admin.EmptyFieldListFilter), "ended_because"]
    list_select_related = ["contact", "client"]
    search_fields = ["name", "contact__name", "client__name"]
    date_hierarchy = "added_at"
