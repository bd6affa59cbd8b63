"""The security rules of a shift, which keep their words once they were asked, and tests of home offices."""

from django.contrib import admin

from secretariat.office.admin_base import ByAdministrators, ReadOnlyAdmin, ScopedAdmin
from secretariat.office.models import LineTest, SecurityRule


@admin.register(SecurityRule)
class SecurityRuleAdmin(ByAdministrators, ScopedAdmin):
    list_display = ["words", "rank", "from_at", "until_at"]
    list_filter = [("until_at", admin.EmptyFieldListFilter)]
    search_fields = ["words"]
    fields = ["words", "rank", "from_at", "until_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["words", "from_at"] if obj else []


@admin.register(LineTest)
class LineTestAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "at", "trip_ms", "lost", "heard", "quiet", "unseen", "spare"]
    list_select_related = ["secretary"]
    search_fields = ["secretary__spoken_name"]
    date_hierarchy = "at"
