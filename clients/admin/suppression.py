from django.contrib import admin

from clients.models import Suppression
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    """To be looked at. It is lifted on the firm's own page, which asks why."""

    list_display = ["address", "channel", "because", "since", "lifted_at", "lifted_by", "lifted_why"]
    list_filter = [("lifted_at", admin.EmptyFieldListFilter), "channel", "because"]
    list_select_related = ["lifted_by"]
    search_fields = ["address"]
    date_hierarchy = "since"
