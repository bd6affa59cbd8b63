"""Client agreements in the admin: to be found and read. They are written and offered on the firm's pages."""

from django.contrib import admin

from secretariat.books.models import Agreement, AgreementWord, LeavingStep
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["client", "version", "state", "from_on", "until_on", "term", "accepted_at"]
    list_filter = ["state", "term"]
    list_select_related = ["client"]
    search_fields = ["client__name", "accepted_name"]
    date_hierarchy = "from_on"


@admin.register(LeavingStep)
class LeavingStepAdmin(ReadOnlyAdmin):
    list_display = ["client", "kind", "words", "done_at", "done_by"]
    list_filter = ["kind", ("done_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "done_by"]
    search_fields = ["client__name", "words"]


@admin.register(AgreementWord)
class AgreementWordAdmin(ReadOnlyAdmin):
    list_display = ["client", "agreement", "by", "words", "said_at"]
    list_select_related = ["client", "agreement", "by"]
    search_fields = ["client__name", "words"]
    date_hierarchy = "said_at"
