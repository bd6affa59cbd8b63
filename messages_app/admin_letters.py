"""Letters in the admin: what stands on a client's paper is the firm's to write; letters are read here."""

from django.contrib import admin

from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin

from .forms.letterhead import LetterheadForm
from .letters import logo
from .models import (
    Letter,
    LetterFile,
    Letterhead,
    LetterTemplate,
    LetterVersion,
    Posting,
    PrintRun,
    PrintRunLetter,
    SerialLetter,
)


@admin.register(Letterhead)
class LetterheadAdmin(ScopedAdmin):
    form = LetterheadForm
    list_display = ["client", "name", "layout", "signs", "needs_approval"]
    list_filter = ["layout", "signs", "needs_approval"]
    list_select_related = ["client"]
    search_fields = ["name", "client__name"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if content := form.cleaned_data.get("logo"):
            logo.keep(obj, content)
        elif form.cleaned_data.get("without_logo") and obj.logo_id:
            logo.drop(obj)


@admin.register(LetterTemplate)
class LetterTemplateAdmin(ScopedAdmin):
    """Tokens: letters/tokens.py names them."""

    list_display = ["name", "client", "subject", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["client"]
    search_fields = ["name", "subject", "client__name"]


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "client", "number", "state", "written_by", "pages"]
    list_filter = ["state"]
    list_select_related = ["client", "written_by"]
    search_fields = ["=number", "client__name", "versions__subject", "versions__name"]
    date_hierarchy = "created_at"


@admin.register(LetterVersion)
class LetterVersionAdmin(ReadOnlyAdmin):
    list_display = ["saved_at", "client", "letter", "number", "subject", "asked_at", "agreed"]
    list_filter = ["agreed", "layout"]
    list_select_related = ["client", "letter__client"]
    search_fields = ["subject", "name", "firm", "client__name"]
    date_hierarchy = "saved_at"


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    list_display = ["posted_at", "client", "contents", "kind", "postage", "paper", "currency", "posted_by"]
    list_filter = ["kind", "carrier", ("returned_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "letter__client", "received__client", "posted_by"]
    search_fields = ["tracking", "client__name"]
    date_hierarchy = "posted_at"


@admin.register(SerialLetter)
class SerialLetterAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "client", "subject", "state", "written_by", "made_at"]
    list_filter = ["state"]
    list_select_related = ["client", "written_by"]
    search_fields = ["subject", "client__name"]
    date_hierarchy = "created_at"


@admin.register(LetterFile)
class LetterFileAdmin(ReadOnlyAdmin):
    list_display = ["added_at", "client", "letter", "name", "pages", "joined"]
    list_filter = ["joined"]
    list_select_related = ["client", "letter__client"]
    search_fields = ["name", "client__name"]


@admin.register(PrintRun)
class PrintRunAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "client", "number", "state", "made_by", "pages", "posted_at"]
    list_filter = ["state"]
    list_select_related = ["client", "made_by"]
    search_fields = ["=number", "client__name"]
    date_hierarchy = "made_at"


@admin.register(PrintRunLetter)
class PrintRunLetterAdmin(ReadOnlyAdmin):
    list_display = ["run", "place", "letter", "kind", "first_page"]
    list_filter = ["kind"]
    list_select_related = ["run__client", "letter__client"]
    search_fields = ["=letter__number", "client__name"]
