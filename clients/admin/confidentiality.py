"""Terms and lapses in the admin: to be found and read. They are written on the firm's pages."""

from django.contrib import admin

from clients.models import ClientTerms, Lapse, LapseNote, TermsAcceptance
from secretariat.office.admin_base import ReadOnlyAdmin


@admin.register(ClientTerms)
class ClientTermsAdmin(ReadOnlyAdmin):
    list_display = ["client", "version", "from_at", "until_at", "written_by"]
    list_filter = [("until_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "written_by"]
    search_fields = ["client__name", "words"]


@admin.register(TermsAcceptance)
class TermsAcceptanceAdmin(ReadOnlyAdmin):
    list_display = ["secretary", "client", "terms", "accepted_at"]
    list_select_related = ["secretary", "client", "terms__client"]
    search_fields = ["secretary__spoken_name", "client__name"]
    date_hierarchy = "accepted_at"


@admin.register(Lapse)
class LapseAdmin(ReadOnlyAdmin):
    list_display = ["kind", "client", "reported_by", "reported_at", "state", "consequence", "about"]
    list_filter = ["state", "kind", "consequence"]
    list_select_related = ["client", "reported_by", "about"]
    search_fields = ["what", "findings", "client__name", "reported_by__name"]
    date_hierarchy = "reported_at"


@admin.register(LapseNote)
class LapseNoteAdmin(ReadOnlyAdmin):
    list_display = ["lapse", "by", "words", "at"]
    list_select_related = ["lapse", "by"]
    search_fields = ["words"]
