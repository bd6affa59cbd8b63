"""The calendars a client really uses, and our copy of what stands in them."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .meeting import OfDiaryQuerySet


class Connection(models.Model):
    """How we reach calendars that lie elsewhere. What opens them is sealed."""

    class Kind(models.TextChoices):
        CALDAV = "caldav", _("CalDAV")
        GOOGLE = "google", _("Google Calendar")
        MICROSOFT = "microsoft", _("Microsoft 365")
        FEED = "feed", _("Published feed (.ics)")

    class State(models.TextChoices):
        NEW = "new", _("Connecting")
        WORKING = "working", _("Connected")
        TROUBLED = "troubled", _("Not reached just now")
        REFUSED = "refused", _("Must be connected again")
        ENDED = "ended", _("Disconnected")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="calendar_connections")
    diary = models.ForeignKey("calendar_app.Diary", models.CASCADE, related_name="connections")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    label = models.CharField(_("name"), max_length=120, blank=True)
    url = models.CharField(_("address"), max_length=1024, blank=True)
    username = models.CharField(_("user name"), max_length=254, blank=True)
    # JSON: {"password"} or {"access_token", "refresh_token", "expires_at"}
    sealed_secret = models.BinaryField(blank=True, default=b"", editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW)
    trouble = models.CharField(
        _("what is wrong"), max_length=240, blank=True
    )  # plain words: and who must act
    troubled_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(_("looked at again"), default=clock.now)
    renewing_until = models.DateTimeField(null=True, blank=True, editable=False)  # lease of who renews tokens
    synced_at = models.DateTimeField(_("as of"), null=True, blank=True)
    connected_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    connected_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfDiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("connection to calendars")
        verbose_name_plural = _("connections to calendars")
        ordering = ["connected_at"]
        indexes = [models.Index(fields=["due_at"], condition=Q(ended_at=None), name="connections_due")]

    def __str__(self):
        return self.label or self.get_kind_display()


class Calendar(models.Model):
    """One calendar of a diary: through a connection, or our own (none)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="calendars")
    diary = models.ForeignKey("calendar_app.Diary", models.CASCADE, related_name="calendars")
    connection = models.ForeignKey(
        Connection, models.CASCADE, null=True, blank=True, related_name="calendars"
    )
    remote_id = models.CharField(max_length=1024, blank=True)  # address or id over there
    name = models.CharField(_("name"), max_length=200)
    counts_as_busy = models.BooleanField(_("what stands there counts as busy"), default=True)
    is_written_to = models.BooleanField(_("meetings are written here"), default=False)
    read_only = models.BooleanField(_("cannot be written to"), default=False)
    # Who tells guests: the server over there, or we (never both).
    server_invites = models.BooleanField(_("its server sends the invitations"), default=False)
    sync_token = models.TextField(blank=True)  # the server's own word for "what you have seen"
    window_from = models.DateTimeField(null=True, blank=True)  # where a token holds for a window only
    window_until = models.DateTimeField(null=True, blank=True)
    # What somebody said the name of a time zone means: {"Customized Time Zone": "Europe/Paris"}
    zones_meant = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    synced_at = models.DateTimeField(_("as of"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfDiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["diary"], condition=Q(is_written_to=True), name="meetings_are_written_to_one_calendar"
            ),
            models.UniqueConstraint(
                fields=["connection", "remote_id"],
                condition=~Q(connection=None),
                name="a_calendar_is_connected_once",
            ),
            models.CheckConstraint(
                condition=Q(is_written_to=False) | Q(read_only=False), name="only_what_can_be_written_is"
            ),
        ]

    def __str__(self):
        return self.name


class OfCalendarQuerySet(OfDiaryQuerySet):
    of_diary = "calendar__diary"


class RemoteEvent(models.Model):
    """One object of a calendar elsewhere, as it came: a single event, or a series with its exceptions."""

    class State(models.TextChoices):
        READ = "read", _("Read")
        UNREADABLE = "unreadable", _("Could not be read")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="events")
    remote_id = models.CharField(max_length=1024)
    etag = models.CharField(max_length=255, blank=True)
    uid = models.CharField(max_length=1024, blank=True)
    raw = models.TextField(blank=True)  # iCalendar, or the service's JSON: what everything here follows from
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READ)
    because = models.CharField(_("why it could not be read"), max_length=240, blank=True)
    unknown_zone = models.CharField(
        _("the time zone nobody knows"), max_length=120, blank=True, db_default=""
    )
    summary = models.CharField(_("title"), max_length=500, blank=True)
    private = models.BooleanField(default=False)
    expanded_until = models.DateTimeField(null=True, blank=True)  # null: it does not repeat further
    seen_at = models.DateTimeField(default=clock.now)

    objects = OfCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a calendar elsewhere")
        verbose_name_plural = _("entries of calendars elsewhere")
        ordering = ["calendar", "remote_id"]
        constraints = [
            models.UniqueConstraint("calendar", "remote_id", name="an_entry_has_one_row"),
        ]
        indexes = [
            models.Index(fields=["calendar", "uid"]),
            models.Index(
                fields=["expanded_until"], condition=Q(expanded_until__isnull=False), name="to_expand"
            ),
        ]

    def __str__(self):
        return self.summary or self.uid


class Occurrence(models.Model):
    """One moment at which an entry takes place, worked out ahead as far as diaries look."""

    class Busy(models.TextChoices):
        BUSY = "busy", _("Busy")
        TENTATIVE = "tentative", _("Tentative")
        FREE = "free", _("Free")

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="occurrences")
    event = models.ForeignKey(RemoteEvent, models.CASCADE, related_name="occurrences")
    during = DateTimeRangeField(_("when"))  # half-open; all day: midnight to midnight
    busy = models.CharField(_("counts as"), max_length=9, choices=Busy, default=Busy.BUSY)
    all_day = models.BooleanField(_("all day"), default=False)
    summary = models.CharField(_("title"), max_length=500, blank=True)
    where = models.CharField(_("where"), max_length=240, blank=True)

    objects = OfCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("time of an entry elsewhere")
        verbose_name_plural = _("times of entries elsewhere")
        ordering = ["during"]
        indexes = [
            GistIndex(fields=["calendar", "during"], name="occurrences_by_time"),
            # A ringing call asks what the client is busy with just now.
            GistIndex(fields=["client", "during"], name="occurrences_of_client"),
        ]

    def __str__(self):
        return self.summary
