from django.contrib import admin

from clients.models import ServiceSuspension
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(ServiceSuspension)
class ServiceSuspensionAdmin(ReadOnlyAdmin):
    list_display = ["client", "from_at", "amount", "currency", "announced_by", "notified_at", "ended"]
    list_filter = ["ended"]
    list_select_related = ["client", "announced_by"]
    search_fields = ["client__name"]
    date_hierarchy = "announced_at"
