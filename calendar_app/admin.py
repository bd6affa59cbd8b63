"""The diary in the admin: how diaries are set up, and what stands in them, to search and to read."""

from django.contrib import admin, messages
from django.db import models
from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin

from . import around, online, reminding
from .forms.around import AroundAdminForm
from .models import (
    Around,
    Calendar,
    Connection,
    Diary,
    DiaryHours,
    Feed,
    Guest,
    GuestLink,
    InvitedTo,
    Meeting,
    MeetingEvent,
    MeetingRequest,
    Occurrence,
    Paper,
    Place,
    PushChannel,
    Reminder,
    RemoteEvent,
    RequestEvent,
    RequestOption,
    RequestParty,
    RequestProposal,
    RequestYes,
    Series,
)

HTTPS = {"assume_scheme": "https"}  # of an address typed without


@admin.register(Diary)
class DiaryAdmin(ScopedAdmin):
    list_display = [
        "__str__",
        "client",
        "contact",
        "grid_minutes",
        "notice_minutes",
        "daily_limit",
        "is_active",
    ]
    list_filter = ["is_active"]
    list_select_related = ["client", "contact"]
    search_fields = ["name", "client__name", "contact__name"]


@admin.register(DiaryHours)
class DiaryHoursAdmin(ScopedAdmin):
    list_display = ["diary", "weekday", "opens", "closes", "kind"]
    list_filter = ["kind", "weekday"]
    list_select_related = ["diary__client", "diary__contact"]
    search_fields = ["diary__name", "client__name"]


@admin.register(Place)
class PlaceAdmin(ScopedAdmin):
    formfield_overrides = {models.URLField: HTTPS}
    list_display = ["name", "client", "kind", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["client"]
    search_fields = ["name", "address", "client__name"]


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    formfield_overrides = {models.URLField: HTTPS}
    list_display = ["starts_at", "client", "about", "manner", "state", "outcome", "writing", "arranged_by"]
    list_filter = ["state", "manner", "outcome", "writing"]
    list_select_related = ["client", "arranged_by"]
    search_fields = ["about", "guests__name", "guests__email", "client__name", "uid"]


@admin.register(Series)
class SeriesAdmin(ReadOnlyAdmin):
    list_display = ["client", "diary", "rule", "created_at"]
    list_select_related = ["client", "diary__client", "diary__contact"]
    search_fields = ["client__name", "uid"]


@admin.register(Guest)
class GuestAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "client", "meeting", "answer", "answered_at"]
    list_filter = ["answer"]
    list_select_related = ["client", "meeting"]
    search_fields = ["name", "email", "number", "meeting__about", "client__name"]


@admin.register(InvitedTo)
class InvitedToAdmin(ReadOnlyAdmin):
    list_display = ["starts_at", "client", "about", "organiser", "state", "sent", "answered_by"]
    list_filter = ["state", "sent"]
    list_select_related = ["client", "answered_by"]
    search_fields = ["about", "organiser", "client__name", "uid"]


@admin.register(MeetingEvent)
class MeetingEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "meeting", "verb", "by"]
    list_filter = ["verb"]
    list_select_related = ["client", "meeting", "by"]
    search_fields = ["meeting__about", "client__name"]


@admin.register(Connection)
class ConnectionAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "client", "kind", "state", "trouble", "synced_at", "due_at"]
    list_filter = ["kind", "state"]

    def changelist_view(self, request, extra_context=None):
        for kind in online.KINDS:
            if online.of(kind) is None:
                names = {"service": Connection.Kind(kind).label, "setting": kind.upper()}
                words = _(
                    "%(service)s is not set up, so no client can connect it. Register an app there, and set "
                    "%(setting)s_CLIENT_ID and %(setting)s_CLIENT_SECRET: see docs/operating/calendars.md."
                )
                messages.info(request, words % names)
        return super().changelist_view(request, extra_context)

    list_select_related = ["client"]
    search_fields = ["label", "client__name", "url"]


@admin.register(Calendar)
class CalendarAdmin(ReadOnlyAdmin):
    list_display = ["name", "client", "connection", "counts_as_busy", "is_written_to", "synced_at"]
    list_filter = ["counts_as_busy", "is_written_to"]
    list_select_related = ["client", "connection"]
    search_fields = ["name", "client__name"]


@admin.register(RemoteEvent)
class RemoteEventAdmin(ReadOnlyAdmin):
    list_display = ["uid", "client", "calendar", "state", "because", "seen_at"]
    list_filter = ["state"]
    list_select_related = ["client", "calendar"]
    search_fields = ["uid", "client__name"]


@admin.register(Occurrence)
class OccurrenceAdmin(ReadOnlyAdmin):
    list_display = ["during", "client", "calendar", "busy", "all_day"]
    list_filter = ["busy", "all_day"]
    list_select_related = ["client", "calendar"]
    search_fields = ["client__name", "event__uid"]


@admin.register(PushChannel)
class PushChannelAdmin(ReadOnlyAdmin):
    list_display = ["calendar", "client", "ends_at", "heard_at", "ended_at"]
    list_select_related = ["client", "calendar"]
    search_fields = ["client__name", "calendar__name"]


@admin.register(Around)
class AroundAdmin(ScopedAdmin):
    list_display = ["diary", "client", "day_before_at", "minutes_before", "sends_agenda", "asks_outcome"]
    list_filter = ["sends_agenda", "asks_outcome", "texts_guests"]
    list_select_related = ["diary__client", "diary__contact", "client"]
    search_fields = ["diary__name", "client__name"]
    form = AroundAdminForm
    fields = ["diary", *around.NAMES]

    def get_readonly_fields(self, request, obj=None):
        return ["diary"] if obj else []

    def save_model(self, request, obj, form, change):
        obj.client_id = obj.diary.client_id
        super().save_model(request, obj, form, change)
        reminding.plan_all(obj.diary, at=clock.now())


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ["due_at", "client", "meeting", "guest", "kind", "way", "state", "because"]
    list_filter = ["state", "kind", "way"]
    list_select_related = ["client", "meeting", "guest"]
    search_fields = ["guest__name", "meeting__about", "client__name"]


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    list_display = ["added_at", "client", "meeting", "name", "size", "added_by"]
    list_select_related = ["client", "meeting", "added_by"]
    search_fields = ["name", "meeting__about", "client__name"]


@admin.register(MeetingRequest)
class MeetingRequestAdmin(ReadOnlyAdmin):
    formfield_overrides = {models.URLField: HTTPS}
    list_display = ["about", "client", "state", "promised_at", "expires_at", "asked_by"]
    list_filter = ["state"]
    list_select_related = ["client", "asked_by"]
    search_fields = ["about", "client__name", "parties__name", "parties__email"]


@admin.register(RequestParty)
class RequestPartyAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "client", "request", "way", "asked_at", "answer"]
    list_filter = ["way", "answer"]
    list_select_related = ["client", "request"]
    search_fields = ["name", "email", "number", "client__name"]


@admin.register(RequestOption)
class RequestOptionAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "client", "request", "created_at"]
    list_select_related = ["client", "request", "meeting"]
    search_fields = ["request__about", "client__name"]


@admin.register(RequestYes)
class RequestYesAdmin(ReadOnlyAdmin):
    list_display = ["party", "client", "option", "at"]
    list_select_related = ["client", "party", "option__meeting"]
    search_fields = ["party__name", "client__name"]


@admin.register(RequestProposal)
class RequestProposalAdmin(ReadOnlyAdmin):
    list_display = ["starts_at", "client", "party", "state"]
    list_filter = ["state"]
    list_select_related = ["client", "party"]
    search_fields = ["party__name", "client__name"]


@admin.register(RequestEvent)
class RequestEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "client", "request", "verb", "by"]
    list_filter = ["verb"]
    list_select_related = ["client", "request", "by"]
    search_fields = ["request__about", "client__name"]


@admin.register(GuestLink)
class GuestLinkAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "client", "created_at"]
    list_select_related = ["client", "party", "guest"]
    search_fields = ["party__name", "guest__name", "client__name"]


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    list_display = [
        "diary",
        "client",
        "words",
        "made_by",
        "made_at",
        "fetched_at",
        "fetched_times",
        "ended_at",
    ]
    list_filter = ["words"]
    list_select_related = ["client", "diary__client", "diary__contact", "made_by"]
    search_fields = ["client__name", "diary__name"]
