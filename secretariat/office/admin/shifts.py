from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.office import presence
from secretariat.office.admin_base import ReadOnlyAdmin
from secretariat.office.models import Break, NumberCheck, Presence, Shift


def end_shift(page, request, secretary) -> None:
    """End her shift by the word of somebody of the firm, unless a caller is with her."""
    try:
        ended = presence.end_shift(secretary, at=clock.now(), by=request.user)
    except presence.NotNow:
        page.message_user(
            request, _("%(name)s is on a call. Her shift goes on.") % {"name": secretary}, messages.WARNING
        )
    else:
        if ended:
            page.message_user(request, _("The shift of %(name)s has ended.") % {"name": secretary})


class Overdue(admin.SimpleListFilter):
    title = _("back from the break")
    parameter_name = "overdue"

    def lookups(self, request, model_admin):
        return [("yes", _("Late"))]

    def queryset(self, request, queryset):
        return queryset.overdue() if self.value() else queryset


@admin.register(Presence)
class PresenceAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "state", "since", "line", "break_reason", "back_at", "late", "missed_offers"]
    list_filter = ["state", "line", Overdue]
    actions = ["end_shift"]

    @admin.display(description=_("late, minutes"))
    def late(self, row):
        return row.minutes_overdue(clock.now()) or ""

    @admin.action(description=_("End the shift"), permissions=["view"])
    def end_shift(self, request, queryset):
        for row in queryset:
            end_shift(self, request, row.secretary)

    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]


@admin.register(Shift)
class ShiftAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "line", "started_at", "ends_at", "ended_at"]
    list_filter = ["line", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]
    date_hierarchy = "started_at"
    actions = ["end"]

    @admin.action(description=_("End the shift"), permissions=["view"])
    def end(self, request, queryset):
        for shift in queryset.filter(ended_at=None):
            end_shift(self, request, shift.secretary)


@admin.register(Break)
class BreakAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "reason", "started_at", "ended_at"]
    list_filter = ["reason"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name", "reason"]
    date_hierarchy = "started_at"


@admin.register(NumberCheck)
class NumberCheckAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "number", "by", "asked_at", "wrong_tries", "not_reached", "passed_at"]
    list_filter = ["by", ("passed_at", admin.EmptyFieldListFilter), "not_reached"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name", "number"]
    date_hierarchy = "asked_at"
