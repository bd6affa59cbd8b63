from django.contrib import admin

from secretariat.office.admin_base import ReadOnlyAdmin

from .models import ConfirmedTime, Correction, Week


@admin.register(Week)
class WeekAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "starts_on", "state", "confirmed_at", "approved_at", "approved_by"]
    list_filter = ["state"]
    list_select_related = ["secretary", "approved_by"]
    search_fields = ["secretary__spoken_name"]
    date_hierarchy = "starts_on"


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = [
        *("secretary", "client", "was_from", "was_until", "started_at", "ended_at"),
        *("because", "made_by", "made_at"),
    ]
    list_select_related = ["secretary", "client", "made_by"]
    search_fields = ["secretary__spoken_name", "client__name", "because"]
    date_hierarchy = "made_at"


@admin.register(ConfirmedTime)
class ConfirmedTimeAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "client", "kind", "started_at", "ended_at", "correction"]
    list_filter = ["kind"]
    list_select_related = ["secretary", "client", "correction"]
    search_fields = ["secretary__spoken_name", "client__name"]
    date_hierarchy = "started_at"
