"""The diary in the admin: how diaries are set up, and what stands in them, to search and to read."""

from django.contrib import admin
from django.db import models

from secretariat.office.admin_base import ReadOnlyAdmin, ScopedAdmin

from .models import (
    Calendar,
    Connection,
    Diary,
    DiaryHours,
    Feed,
    Guest,
    Meeting,
    MeetingEvent,
    Occurrence,
    Place,
    PushChannel,
    RemoteEvent,
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
