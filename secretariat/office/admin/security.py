"""The security rules of a shift. Once asked they keep their words: end one, and add the next."""

from django.contrib import admin

from secretariat.office.admin_base import ByAdministrators, ScopedAdmin
from secretariat.office.models import SecurityRule


@admin.register(SecurityRule)
class SecurityRuleAdmin(ByAdministrators, ScopedAdmin):
    list_display = ["words", "rank", "from_at", "until_at"]
    list_filter = [("until_at", admin.EmptyFieldListFilter)]
    search_fields = ["words"]
    fields = ["words", "rank", "from_at", "until_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["words", "from_at"] if obj else []
