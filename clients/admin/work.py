from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clients import work
from clients.models import WorkItem, WorkRecord
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(WorkItem)
class WorkItemAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "client", "kind", "urgency", "promised_at", "owner", "done_at", "done_by"]
    list_filter = [("done_at", admin.EmptyFieldListFilter), "urgency", "kind"]
    list_select_related = ["client", "owner", "done_by"]
    search_fields = ["because", "client__name", "owner__name"]
    date_hierarchy = "created_at"
    actions = ["take_over", "put_back"]

    @admin.action(description=_("Take over"), permissions=["view"])
    def take_over(self, request, queryset):
        """Hers from now on, whoever had it; it stands on her own list."""
        taken = sum(work.take_over(item, to=request.user, by=request.user) for item in queryset)
        said = ngettext("%(n)d piece of work is yours.", "%(n)d pieces of work are yours.", taken)
        self.message_user(request, said % {"n": taken}, messages.SUCCESS)

    @admin.action(description=_("Put back for whoever takes it next"), permissions=["view"])
    def put_back(self, request, queryset):
        for item in queryset.filter(done_at=None, owner__isnull=False):
            work.release(item, by=request.user)
        self.message_user(request, _("Back on the list."), messages.SUCCESS)


@admin.register(WorkRecord)
class WorkRecordAdmin(ReadOnlyAdmin):
    list_display = ["client", "secretary", "kind", "started_at", "ended_at"]
    list_filter = ["kind"]
    list_select_related = ["client", "secretary"]
    search_fields = ["client__name", "secretary__spoken_name"]
    date_hierarchy = "started_at"
