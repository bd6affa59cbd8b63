from django.contrib import admin

from clients.forms.admin import RungFormSet
from clients.models import Ladder, Rung
from secretariat.office.admin_base import ReadOnlyAdmin

from .base import OwnedAdmin, OwnedInline


class RungInline(OwnedInline):
    model = Rung
    formset = RungFormSet
    fk_name = "ladder"


@admin.register(Ladder)
class LadderAdmin(OwnedAdmin):
    """Which client it is for comes first: its steps name only her people."""

    list_display = ["client", "wait_minutes", "passes"]
    list_select_related = ["client"]
    search_fields = ["client__name"]

    def get_inlines(self, request, obj):
        return [RungInline] if obj else []

    def get_readonly_fields(self, request, obj=None):
        return ["client"] if obj else []


@admin.register(Rung)
class RungAdmin(ReadOnlyAdmin):
    list_display = ["client", "rank", "contact", "channel", "wait_minutes", "every_pass"]
    list_filter = ["channel"]
    list_select_related = ["client", "contact"]
    search_fields = ["client__name", "contact__name"]
