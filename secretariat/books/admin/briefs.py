"""Work by proposal in the admin: to be found and read. It is done on the pages of its three sides."""

from django.contrib import admin

from secretariat.books.models import (
    Brief,
    BriefCharge,
    BriefFile,
    BriefInvitation,
    BriefQuestion,
    BriefTerms,
    BriefWord,
    ClosingNote,
    Milestone,
    MilestoneWord,
    Proposal,
    ProposedPart,
)
from secretariat.office.admin_base import ReadOnlyAdmin

OF_CLIENT, OF_HER = "client__name", "secretary__spoken_name"


@admin.register(Brief)
class BriefAdmin(ReadOnlyAdmin):
    list_display = ["title", "client", "kind", "state", "due_on", "budget", "currency", "posted_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["client"]
    search_fields = ["title", OF_CLIENT]
    date_hierarchy = "posted_at"


@admin.register(BriefInvitation)
class BriefInvitationAdmin(ReadOnlyAdmin):
    list_display = ["brief", "client", "secretary", "score", "invited_at"]
    list_select_related = ["brief", "client", "secretary"]
    search_fields = ["brief__title", OF_CLIENT, OF_HER]


@admin.register(BriefQuestion)
class BriefQuestionAdmin(ReadOnlyAdmin):
    list_display = ["brief", "client", "words", "asked_by", "asked_at", "answered_at"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["brief", "client", "asked_by"]
    search_fields = ["brief__title", OF_CLIENT, "words"]


@admin.register(BriefFile)
class BriefFileAdmin(ReadOnlyAdmin):
    list_display = ["name", "brief", "milestone", "client", "added_by", "added_at"]
    list_select_related = ["brief", "milestone", "client", "added_by"]
    search_fields = ["name", "brief__title", OF_CLIENT]


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["brief", "number", "client", "secretary", "state", "pays", "made_at"]
    list_filter = ["state", "pays"]
    list_select_related = ["brief", "client", "secretary"]
    search_fields = ["brief__title", OF_CLIENT, OF_HER]
    date_hierarchy = "made_at"


@admin.register(ProposedPart)
class ProposedPartAdmin(ReadOnlyAdmin):
    list_display = ["proposal", "client", "title", "due_on", "hours", "amount"]
    list_select_related = ["proposal__brief", "client"]
    search_fields = ["title", OF_CLIENT]


@admin.register(BriefTerms)
class BriefTermsAdmin(ReadOnlyAdmin):
    list_display = ["brief", "version", "client", "secretary", "state", "asked_of", "asked_at"]
    list_filter = ["state"]
    list_select_related = ["brief", "client", "secretary"]
    search_fields = ["brief__title", OF_CLIENT, OF_HER]


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    list_display = ["title", "brief", "client", "secretary", "state", "due_on", "amount", "counts_at"]
    list_filter = ["state", "pays"]
    list_select_related = ["brief", "client", "secretary"]
    search_fields = ["title", "brief__title", OF_CLIENT, OF_HER]
    date_hierarchy = "due_on"


@admin.register(MilestoneWord)
class MilestoneWordAdmin(ReadOnlyAdmin):
    list_display = ["milestone", "client", "what", "of", "by", "at"]
    list_filter = ["what", "of"]
    list_select_related = ["milestone", "client", "by"]
    search_fields = ["milestone__title", OF_CLIENT]


@admin.register(BriefWord)
class BriefWordAdmin(ReadOnlyAdmin):
    list_display = ["brief", "client", "secretary", "of", "by", "at"]
    list_filter = ["of"]
    list_select_related = ["brief", "client", "secretary", "by"]
    search_fields = ["brief__title", OF_CLIENT, OF_HER]


@admin.register(BriefCharge)
class BriefChargeAdmin(ReadOnlyAdmin):
    list_display = [
        "milestone",
        "client",
        "secretary",
        "because",
        "amount",
        "hers",
        "firms",
        "currency",
        "on",
    ]
    list_filter = ["because"]
    list_select_related = ["milestone", "client", "secretary"]
    search_fields = ["milestone__title", OF_CLIENT, OF_HER]
    date_hierarchy = "on"


@admin.register(ClosingNote)
class ClosingNoteAdmin(ReadOnlyAdmin):
    list_display = ["brief", "client", "of", "again", "by", "at"]
    list_filter = ["of", "again"]
    list_select_related = ["brief", "client", "by"]
    search_fields = ["brief__title", OF_CLIENT]
