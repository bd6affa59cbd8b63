from django.contrib import admin

from secretariat.office.admin_base import ReadOnlyAdmin
from secretariat.office.models import (
    Absence,
    PlanChange,
    PlannedShift,
    ShiftFeed,
    Swap,
    UsualShift,
    Wish,
)


class RotaAdmin(ReadOnlyAdmin):
    """Read here; planned, answered and settled on pages of their own, which judge what is done."""


@admin.register(PlannedShift)
class PlannedShiftAdmin(RotaAdmin):
    list_display = ["starts_at", "ends_at", "secretary", "state", "language", "despite", "reason"]
    list_filter = ["state", "excused", ("secretary", admin.EmptyFieldListFilter)]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]
    date_hierarchy = "starts_at"


@admin.register(UsualShift)
class UsualShiftAdmin(RotaAdmin):
    list_display = ["weekday", "begins", "ends", "zone", "secretary", "language"]
    list_filter = ["weekday"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]


@admin.register(PlanChange)
class PlanChangeAdmin(RotaAdmin):
    list_display = ["made_at", "what", "week_on", "made_by", "undone_at"]
    list_filter = ["what", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["made_by"]
    search_fields = ["made_by__name"]
    date_hierarchy = "made_at"


@admin.register(Absence)
class AbsenceAdmin(RotaAdmin):
    list_display = ["secretary", "kind", "from_on", "until_on", "state", "answered_by"]
    list_filter = ["kind", "state"]
    list_select_related = ["secretary", "answered_by"]
    search_fields = ["secretary__spoken_name"]
    date_hierarchy = "from_on"


@admin.register(Wish)
class WishAdmin(RotaAdmin):
    list_display = ["secretary", "kind", "weekday", "on", "begins", "ends", "ended_at"]
    list_filter = ["kind", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]


@admin.register(Swap)
class SwapAdmin(RotaAdmin):
    list_display = ["asked_at", "asked_by", "asked", "state", "expires_at", "ended_by"]
    list_filter = ["state"]
    list_select_related = ["asked_by", "asked", "ended_by"]
    search_fields = ["asked_by__spoken_name", "asked__spoken_name"]
    date_hierarchy = "asked_at"


@admin.register(ShiftFeed)
class ShiftFeedAdmin(RotaAdmin):
    list_display = ["secretary", "made_at", "ended_at", "fetched_at", "fetched_times"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]
