from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from clients import forwarding
from clients.forms.admin import LineForm
from clients.models import Line, LineHours
from secretariat.office.admin_base import ScopedAdmin

from .base import OwnedAdmin, OwnedInline


class HoursInline(OwnedInline):
    model = LineHours
    verbose_name_plural = _("hours; over midnight, until 00:00 and from 00:00 the day after")


@admin.register(Line)
class LineAdmin(OwnedAdmin):
    form = LineForm
    list_display = ["number", "client", "label", "kind", "answers", "is_active"]
    list_filter = ["is_active", "kind", "answers"]
    list_select_related = ["client"]
    search_fields = ["number", "forwarded_from", "label", "client__name"]
    inlines = [HoursInline]
    readonly_fields = ["forwarding"]

    @admin.display(description=_("what the client dials to forward her calls here"))
    def forwarding(self, line):
        if not line.number:
            return "-"
        steps = forwarding.steps(line.number, country=line.client.country, own=line.forwarded_from)
        return render_to_string("clients/_forwarding_steps.html", {"steps": steps})


@admin.register(LineHours)
class LineHoursAdmin(ScopedAdmin):
    list_display = ["line", "client", "kind", "weekday", "opens", "closes"]
    list_filter = ["kind", "weekday"]
    list_select_related = ["line", "client"]
    search_fields = ["line__number", "client__name"]

    def has_add_permission(self, request):
        return False  # on the line's own page

    def has_change_permission(self, request, obj=None):
        return False
