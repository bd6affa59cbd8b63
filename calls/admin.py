"""Calls in the admin: to search and to read. What happened is never edited."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from secretariat.office.admin_base import ReadOnlyAdmin

from . import admin_dictation as _registers_itself  # noqa: F401
from . import routing
from .models import Call, CallEvent, DiaryLeg, Leg, MeetingCall, Offer, PutThrough, Voicemail


class ByRoute(admin.SimpleListFilter):
    """Where a call was led first. Said here: to ask which there are would read every call."""

    title = _("route")
    parameter_name = "route"

    def lookups(self, request, model_admin):
        return [
            (routing.OFFER, _("Offered to secretaries")),
            (routing.PUT_THROUGH, _("Put through at once")),
            (routing.VOICEMAIL, _("Voicemail")),
            (routing.REFUSE, _("Refused")),
            (routing.LOOPED, _("Came round in a loop")),
        ]

    def queryset(self, request, queryset):
        return queryset.filter(route=self.value()) if self.value() else queryset


@admin.register(Call)
class CallAdmin(ReadOnlyAdmin):
    list_display = ["rang_at", "client", "caller_name", "caller_number", "state", "outcome", "secretary"]
    list_filter = ["state", "outcome", ByRoute]
    list_select_related = ["client", "secretary"]
    search_fields = ["caller_number", "caller_name", "caller_firm", "carrier_id", "client__name"]
    date_hierarchy = "rang_at"


@admin.register(Leg)
class LegAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "client", "party", "secretary", "status", "in_room", "held"]
    list_filter = ["party", "status"]
    list_select_related = ["client", "secretary"]
    search_fields = ["carrier_id", "to", "client__name"]


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin):
    list_display = ["offered_at", "client", "secretary", "line", "round", "state"]
    list_filter = ["state", "line"]
    list_select_related = ["client", "secretary"]
    search_fields = ["client__name", "secretary__spoken_name"]


@admin.register(PutThrough)
class PutThroughAdmin(ReadOnlyAdmin):
    list_display = ["asked_at", "client", "to_name", "way", "state", "asked_by"]
    list_filter = ["way", "state"]
    list_select_related = ["client", "contact", "asked_by"]
    search_fields = ["client__name", "contact__name", "name"]


@admin.register(CallEvent)
class CallEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "verb", "secretary"]
    list_filter = ["verb"]
    list_select_related = ["client", "secretary"]
    search_fields = ["client__name", "call__carrier_id"]


@admin.register(Voicemail)
class VoicemailAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "client", "seconds", "state"]
    list_filter = ["state"]
    list_select_related = ["client"]
    search_fields = ["client__name", "recording_id"]


@admin.register(MeetingCall)
class MeetingCallAdmin(ReadOnlyAdmin):
    list_display = ["began_at", "client", "meeting", "state", "result", "talking_at", "ended_at"]
    list_filter = ["state", "result"]
    list_select_related = ["client", "meeting"]
    search_fields = ["client__name", "meeting__about"]


@admin.register(DiaryLeg)
class DiaryLegAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "client", "meeting", "party", "guest", "status", "nth"]
    list_filter = ["party", "status"]
    list_select_related = ["client", "meeting", "guest"]
    search_fields = ["carrier_id", "to", "client__name"]
