"""The rota: shifts as they are planned, the usual week, and each change of the plan, to be undone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.rota.rules import Stretch, begins_on, said

from .firm import FirmQuerySet
from .secretary import Secretary, Skill


class Span(Func):
    """Half-open range of two moments: what touches does not overlap."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class PlannedShiftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm sees the whole rota; a secretary what is published: her own, and what anybody may take."""
        roles = user.roles
        if roles.firm_wide:
            return self
        if not roles.secretary:
            return self.none()
        told = self.exclude(published_at=None)
        return told.filter(Q(secretary=roles.secretary) | Q(secretary=None, state="published"))

    def standing(self):
        return self.exclude(state="cancelled")

    def published(self):
        return self.filter(state="published")

    def open(self):
        """Those anybody may take who can do it."""
        return self.published().filter(secretary=None)

    def between(self, begins, ends):
        """Those that lie in this time at least in part."""
        return self.filter(starts_at__lt=ends, ends_at__gt=begins)


class PlannedShift(models.Model):
    """Time somebody is to be at work. Without a secretary it is open: whoever takes it first has it.

    Its times are moments; `zone` is the one on whose clocks it was planned.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    class Because(models.TextChoices):
        """Why one was cancelled."""

        PLANNED = "planned", _("The plan changed")
        SICK = "sick", _("Sickness")
        AWAY = "away", _("Days off")
        UNDONE = "undone", _("A change was undone")
        ENDED = "ended", _("Her contract ended")
        SUSPENDED = "shut_out", _("She is suspended")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        Secretary,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="planned_shifts",
        verbose_name=_("secretary"),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    zone = models.CharField(_("time zone"), max_length=64)
    language = models.CharField(_("language it needs"), max_length=12, blank=True)
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("skill it needs")
    )
    note = models.CharField(_("note, for whoever works it"), max_length=240, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    despite = models.CharField(_("why, despite what speaks against it"), max_length=240, blank=True)
    cancelled_because = models.CharField(_("cancelled because"), max_length=8, choices=Because, blank=True)
    instead_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    version = models.PositiveIntegerField(default=0)

    # What became of it, where it was not as planned.
    late_noticed_at = models.DateTimeField(_("lateness noticed"), null=True, blank=True)
    late_settled_at = models.DateTimeField(null=True, blank=True)
    open_noticed_at = models.DateTimeField(_("found open shortly before"), null=True, blank=True)
    reason = models.CharField(_("why late, missed or left early"), max_length=240, blank=True)
    reason_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("said by")
    )
    reason_at = models.DateTimeField(null=True, blank=True)
    excused = models.BooleanField(_("excused"), default=False)

    objects = PlannedShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned shift")
        verbose_name_plural = _("planned shifts")
        ordering = ["starts_at", "id"]
        constraints = [
            ExclusionConstraint(
                name="one_secretary_is_in_one_shift",
                expressions=[
                    ("secretary", RangeOperators.EQUAL),
                    (Span("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="cancelled"),
                # Judged at the end of a statement: two may change places in one.
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("She has another shift then."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_planned_shift_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="a_published_shift_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") | Q(cancelled_because=""),
                name="only_a_cancelled_shift_says_why",
            ),
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="planned_shift_when")]

    def __str__(self):
        return f"{self.secretary or _('Open shift')} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.starts_at, self.ends_at)

    @property
    def on(self):
        """The day it belongs to, on the clocks it was planned by."""
        return begins_on(self.stretch, self.zone)

    @property
    def in_words(self) -> str:
        return said(self.stretch, self.zone)

    @property
    def local(self) -> tuple[datetime, datetime]:
        """Its beginning and end on those clocks."""
        zone = ZoneInfo(self.zone)
        return self.starts_at.astimezone(zone), self.ends_at.astimezone(zone)

    @property
    def is_open(self) -> bool:
        return self.secretary_id is None

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class UsualShift(models.Model):
    """One shift of the usual week, from which a week is filled. Local times of its zone; Monday is 0."""

    secretary = models.ForeignKey(
        Secretary, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("secretary")
    )
    weekday = models.PositiveSmallIntegerField(_("day"))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))  # not after `begins`: of the next day
    zone = models.CharField(_("time zone"), max_length=64)
    language = models.CharField(_("language it needs"), max_length=12, blank=True)
    skill = models.ForeignKey(
        Skill, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("skill it needs")
    )

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift of the usual week")
        verbose_name_plural = _("usual week")
        ordering = ["weekday", "begins", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_usual_shift_is_on_a_weekday")
        ]

    def __str__(self):
        return f"{self.secretary or _('Open shift')} {self.weekday} {self.begins:%H:%M}–{self.ends:%H:%M}"


class PlanChange(models.Model):
    """One act of planning: what the shifts concerned were before and after it, {id: facts or none}."""

    class What(models.TextChoices):
        ADDED = "added", _("A shift added")
        CHANGED = "changed", _("A shift changed")
        REMOVED = "removed", _("A shift removed")
        COPIED = "copied", _("A week copied")
        FILLED = "filled", _("A week filled from the usual one")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    what = models.CharField(_("what"), max_length=7, choices=What)
    week_on = models.DateField(_("week"))  # its Monday
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made"), default=clock.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the plan")
        verbose_name_plural = _("changes of the plan")
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["week_on", "made_at"], name="plan_change_of_week")]

    def __str__(self):
        return f"{self.get_what_display()} {self.week_on}"
