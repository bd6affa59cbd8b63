"""Meetings, those who come, and what happened to them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class Span(Func):
    """Half-open range of two moments: what touches does not overlap."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class OfDiaryQuerySet(ClientOwnedQuerySet):
    """Rows of one diary: its client's rows, and for a member those of the diary that is hers."""

    of_diary = "diary"

    def visible_to(self, user):
        roles = user.roles
        if roles.firm_wide:
            return self
        reach = self.reach(roles)
        if roles.contacts:
            reach |= Q(**{f"{self.of_diary}__contact__in": [contact.pk for contact in roles.contacts]})
        return self.filter(reach)


class OfMeetingQuerySet(OfDiaryQuerySet):
    of_diary = "meeting__diary"


class Series(models.Model):
    """Meetings that repeat. Each is a row of its own, so that none can overlap unseen."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    diary = models.ForeignKey("calendar_app.Diary", models.CASCADE, related_name="series")
    uid = models.CharField(max_length=255, unique=True)
    rule = models.CharField(_("repeats"), max_length=240)  # RRULE value, RFC 5545 §3.3.10, always bounded
    zone = models.CharField(_("time zone"), max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OfDiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["-created_at"]

    def __str__(self):
        return self.rule


class MeetingQuerySet(OfDiaryQuerySet):
    def standing(self):
        """Those that take time: held or confirmed."""
        return self.filter(state__in=Meeting.STANDING)

    def between(self, begins, ends):
        """Those that lie at least in part between these moments."""
        return self.filter(starts_at__lt=ends, ends_at__gt=begins)


class Meeting(models.Model):
    """Time of a diary that is given away: a meeting, a time held for somebody, or time blocked.

    `starts_at` and `ends_at` follow from `on`, `at`, `minutes` and `zone`, which are what was agreed; should
    a zone's law change, the wall time stays and the moment moves.
    """

    class State(models.TextChoices):
        HELD = "held", _("Held")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")
        LAPSED = "lapsed", _("No longer held")

    class Manner(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        TELEPHONE = "telephone", _("By telephone")
        VIDEO = "video", _("By video")
        BLOCK = "block", _("Time kept free")

    class Outcome(models.TextChoices):
        TOOK_PLACE = "took_place", _("Took place")
        NO_SHOW = "no_show", _("Guest did not come")
        CLIENT_ABSENT = "client_absent", _("Client did not come")

    class Writing(models.TextChoices):
        OURS = "ours", _("Kept here")
        WAITING = "waiting", _("Being written")
        WRITTEN = "written", _("In the client’s calendar")
        CHANGED = "changed", _("Changed in the client’s calendar")
        FAILED = "failed", _("Not written")

    STANDING = (State.HELD, State.CONFIRMED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="meetings")
    diary = models.ForeignKey("calendar_app.Diary", models.CASCADE, related_name="meetings")
    series = models.ForeignKey(Series, models.CASCADE, null=True, blank=True, related_name="meetings")
    instance_at = models.DateTimeField(null=True, blank=True)  # RECURRENCE-ID: when the rule meant it to be
    about = models.CharField(_("about"), max_length=200)
    notes = models.TextField(_("notes"), blank=True)
    preparation = models.TextField(_("what to prepare"), blank=True, default="", db_default="")
    private = models.BooleanField(_("private: others see only that she is busy"), default=False)
    we_ring = models.BooleanField(_("we ring both sides at the time"), default=False, db_default=False)
    manner = models.CharField(_("how"), max_length=9, choices=Manner, default=Manner.IN_PERSON)
    place = models.ForeignKey(
        "calendar_app.Place",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )
    where = models.CharField(_("where"), max_length=240, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)

    on = models.DateField(_("day"))
    at = models.TimeField(_("time"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    zone = models.CharField(_("time zone"), max_length=64)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    gap_before_minutes = models.PositiveSmallIntegerField(default=0)
    gap_after_minutes = models.PositiveSmallIntegerField(default=0)

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.CONFIRMED)
    expires_at = models.DateTimeField(_("held until"), null=True, blank=True)
    overlaps = models.BooleanField(
        _("stands beside another"), default=False
    )  # by somebody's word, not by chance
    despite = models.CharField(_("arranged despite a clash, because"), max_length=240, blank=True)
    cancelled_because = models.CharField(_("cancelled because"), max_length=240, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=13, choices=Outcome, blank=True)
    outcome_note = models.CharField(_("note on it"), max_length=240, blank=True)

    uid = models.CharField(max_length=255)  # iCalendar's, the same for all of a series
    sequence = models.PositiveIntegerField(default=0)
    calendar = models.ForeignKey(
        "calendar_app.Calendar", models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    remote_id = models.CharField(max_length=1024, blank=True)  # address or id over there
    etag = models.CharField(max_length=255, blank=True)
    writing = models.CharField(_("in the calendar"), max_length=7, choices=Writing, default=Writing.OURS)

    arranged_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("arranged by")
    )
    subject_kind = models.CharField(max_length=60, blank=True)  # out of what it came: "calls.call"
    subject_id = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["starts_at", "id"]
        constraints = [
            ExclusionConstraint(
                name="no_two_meetings_at_once",
                expressions=[
                    ("diary", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                # What was arranged despite a clash, with a reason, stands beside the other.
                condition=Q(state__in=["held", "confirmed"], overlaps=False),
                violation_error_message=_("There is already something at that time."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(expires_at__isnull=False), name="a_hold_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["diary", "uid", "instance_at"], nulls_distinct=False, name="a_meeting_has_one_row"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "starts_at"]),
            # What lies ahead is looked for far more often than what is past, of which there is ever more.
            models.Index(fields=["client", "ends_at"], name="meetings_ahead_of_client"),
            models.Index(fields=["diary", "ends_at"], name="meetings_ahead_in_diary"),
            models.Index(fields=["expires_at"], condition=Q(state="held"), name="holds_by_end"),
            models.Index(fields=["starts_at"], condition=Q(we_ring=True), name="meetings_we_ring"),
        ]

    def __str__(self):
        return self.about

    @property
    def uid_there(self) -> str:
        """What its entry in the client's own calendar is called: each of a series is one by itself there."""
        return str(self.pk) if self.series_id else self.uid


class Guest(models.Model):
    """Somebody who is to come: a correspondent, a person at the client, or only a name."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("Not answered")
        ACCEPTED = "accepted", _("Coming")
        TENTATIVE = "tentative", _("Perhaps")
        DECLINED = "declined", _("Not coming")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    correspondent = models.ForeignKey(
        "clients.Correspondent", models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    contact = models.ForeignKey("clients.Contact", models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)  # lower case
    number = models.CharField(_("telephone"), max_length=16, blank=True)  # E.164
    # Somebody of ours: where she is rung the firm knows, and it stands nowhere in the client's diary.
    is_ours = models.BooleanField(_("works for the firm"), default=False, db_default=False)
    zone = models.CharField(_("time zone"), max_length=64, blank=True)  # empty: the meeting's
    language = models.CharField(_("language"), max_length=12, blank=True)  # empty: the client's
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    # iTIP orders answers by these two (RFC 5546 §2.1.5); an older one never lowers a newer.
    answered_sequence = models.IntegerField(default=-1)
    answered_stamp = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "email"], condition=~Q(email=""), name="an_address_is_invited_once"
            ),
        ]

    def __str__(self):
        return self.name or self.email or self.number


class MeetingEvent(models.Model):
    """What was done about a meeting, when and by whom: its thread, in order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=40)  # booked, moved, cancelled, invited, answered, written …
    by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    guest = models.ForeignKey(Guest, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(_("in words"), max_length=240, blank=True)
    detail = models.JSONField(default=dict, blank=True)  # names, ids, moments; nobody's words

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a meeting")
        verbose_name_plural = _("events of meetings")
        ordering = ["at", "id"]

    def __str__(self):
        return self.verb
