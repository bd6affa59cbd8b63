from django.contrib import admin

from clients.models import WorkItem, WorkRecord
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(WorkItem)
class WorkItemAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "client", "kind", "urgency", "promised_at", "owner", "done_at", "done_by"]
    list_filter = [("done_at", admin.EmptyFieldListFilter), "urgency", "kind"]
    list_select_related = ["client", "owner", "done_by"]
    search_fields = ["because", "client__name", "owner__name"]
    date_hierarchy = "created_at"


@admin.register(WorkRecord)
class WorkRecordAdmin(ReadOnlyAdmin):
    list_display = ["client", "secretary", "kind", "started_at", "ended_at"]
    list_filter = ["kind"]
    list_select_related = ["client", "secretary"]
    search_fields = ["client__name", "secretary__spoken_name"]
    date_hierarchy = "started_at"
