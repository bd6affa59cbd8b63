"""Practice calls in the admin: to be found and read."""

from django.contrib import admin

from clients.models import Practice
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(Practice)
class PracticeAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "client", "by", "begun_at", "written_at", "went_well"]
    list_filter = ["went_well"]
    list_select_related = ["secretary", "client", "by"]
    search_fields = ["secretary__spoken_name", "client__name"]
    date_hierarchy = "begun_at"
