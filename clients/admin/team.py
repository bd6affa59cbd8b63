from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from clients import team
from clients.models import Access, Assignment
from secretariat import clock
from secretariat.office.admin_base import ReadOnlyAdmin

from .base import OwnedAdmin


@admin.register(Assignment)
class AssignmentAdmin(OwnedAdmin):
    """An assignment begins here, and ends by its action; both with the sight it gives."""

    list_display = ["secretary", "client", "turn", "from_at", "until_at", "terms_accepted_at"]
    list_filter = [("until_at", admin.EmptyFieldListFilter), "turn"]
    list_select_related = ["secretary", "client"]
    search_fields = ["secretary__spoken_name", "client__name"]
    fields = ["secretary", "client", "turn", "terms_accepted_at"]
    actions = ["end"]

    def has_change_permission(self, request, obj=None):
        return False if obj else super().has_change_permission(request)

    def save_model(self, request, obj, form, change):
        assigned = team.assign(
            obj.secretary,
            obj.client,
            by=request.user,
            at=clock.now(),
            turn=obj.turn,
            terms_accepted_at=obj.terms_accepted_at,
        )
        obj.pk = assigned.pk

    @admin.action(description=_("Take off the team"), permissions=["view"])
    def end(self, request, queryset):
        for assignment in queryset.filter(until_at=None):
            team.end(assignment, by=request.user, at=clock.now())
        self.message_user(request, _("Off the team. What it let them see is closed."), messages.SUCCESS)


@admin.register(Access)
class AccessAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "client", "because", "from_at", "until_at"]
    list_filter = ["because", ("until_at", admin.EmptyFieldListFilter)]
    list_select_related = ["secretary", "client"]
    search_fields = ["secretary__spoken_name", "client__name"]
    date_hierarchy = "from_at"
