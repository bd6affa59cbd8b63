from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from clients import suppressing
from clients.models import Suppression
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    list_display = ["address", "channel", "because", "since", "lifted_at", "lifted_by"]
    list_filter = [("lifted_at", admin.EmptyFieldListFilter), "channel", "because"]
    list_select_related = ["lifted_by"]
    search_fields = ["address"]
    date_hierarchy = "since"
    actions = ["lift"]

    @admin.action(description=_("Send to it again"), permissions=["view"])
    def lift(self, request, queryset):
        for row in queryset.filter(lifted_at=None):
            suppressing.lift(row.channel, row.address, by=request.user)
        self.message_user(request, _("They are sent to again from now on."), messages.SUCCESS)
