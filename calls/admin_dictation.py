"""Dictation in the admin: the firm enters its lines; what was dictated is read here, and no PIN shown."""

from django.contrib import admin

from calls.forms.admin_dictation import DictationLineForm
from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin

from .models import BookedDictation, Dictation, DictationCall, DictationKey, DictationLine, DictationPart


@admin.register(DictationLine)
class DictationLineAdmin(ScopedAdmin):
    form = DictationLineForm
    list_display = ["number", "label", "language", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["number", "label"]


@admin.register(DictationKey)
class DictationKeyAdmin(ReadOnlyAdmin):
    list_display = ["contact", "client", "set_at", "used_at", "locked_at"]
    list_filter = [("locked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["client", "contact"]
    search_fields = ["contact__name", "client__name"]
    exclude = ["pin_hash", "failed"]


@admin.register(DictationCall)
class DictationCallAdmin(ReadOnlyAdmin):
    list_display = ["began_at", "line", "client", "contact", "tries", "ended_at"]
    list_filter = ["line"]
    list_select_related = ["line", "client", "contact"]
    search_fields = ["caller_number", "carrier_id", "client__name", "contact__name"]
    date_hierarchy = "began_at"


@admin.register(Dictation)
class DictationAdmin(ReadOnlyAdmin):
    list_display = ["began_at", "client", "number", "contact", "source", "state", "urgent", "promised_at"]
    list_filter = ["state", "source", "urgent"]
    list_select_related = ["client", "contact"]
    search_fields = ["=number", "client__name", "contact__name"]
    date_hierarchy = "began_at"


@admin.register(DictationPart)
class DictationPartAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "client", "dictation", "rank", "seconds", "state"]
    list_filter = ["state"]
    list_select_related = ["client", "dictation__client"]
    search_fields = ["recording_id", "client__name"]


@admin.register(BookedDictation)
class BookedDictationAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "client", "contact", "secretary"]
    list_select_related = ["client", "meeting__client", "contact", "secretary__user"]
    search_fields = ["client__name", "contact__name"]
