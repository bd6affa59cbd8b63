"""When a secretary cannot work, would rather not, or is away; and what she agrees on with a colleague."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.rota import rules

from .planned_shift import PlannedShift
from .secretary import Secretary
from .shift import OwnRowsQuerySet


class Wish(models.Model):
    """When she cannot, would rather not, or would like to work: every week on a day, or on one date.

    Local times of her zone; without hours the whole day. Taken back, never deleted.
    """

    class Kind(models.TextChoices):
        CANNOT = "cannot", _("I cannot work")
        RATHER_NOT = "rather_not", _("I would rather not work")
        LIKE = "like", _("I would like to work")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(Secretary, models.CASCADE, related_name="wishes")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    weekday = models.PositiveSmallIntegerField(_("every week on"), choices=Weekday, null=True, blank=True)
    on = models.DateField(_("day"), null=True, blank=True)
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("until"), null=True, blank=True)  # not after `begins`: of the next day
    note = models.CharField(_("note"), max_length=240, blank=True)
    made_at = models.DateTimeField(_("said"), default=clock.now)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["on", "weekday", "begins", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday=None, on__isnull=False) | Q(weekday__isnull=False, on=None),
                name="a_wish_is_weekly_or_for_a_day",
            ),
            models.CheckConstraint(
                condition=Q(begins=None, ends=None) | Q(begins__isnull=False, ends__isnull=False),
                name="a_wish_has_both_hours_or_none",
            ),
        ]

    def __str__(self):
        return f"{self.secretary}: {self.get_kind_display()}"

    def stretches(self, first, last, zone: str) -> list[rules.Stretch]:
        """Each time it holds that begins on a day from `first` to `last`."""
        if self.on is not None:
            days = [self.on] if first <= self.on <= last else []
        else:
            every = (first + n * rules.DAY for n in range((last - first).days + 1))
            days = [day for day in every if day.weekday() == self.weekday]
        return [self._on(day, zone) for day in days]

    def _on(self, day, zone: str) -> rules.Stretch:
        if self.begins is None or self.ends is None:
            return rules.days(day, day, zone)
        try:
            return rules.stretch(day, self.begins, self.ends, zone)
        except rules.ClocksSkip:
            return rules.days(day, day, zone)


class AbsenceQuerySet(OwnRowsQuerySet):
    def standing(self):
        """Asked for or settled."""
        return self.filter(state__in=["asked", "approved"])


class Absence(models.Model):
    """Days she is away, of her zone, the last one included. Sickness is reported and holds at once."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        SICKNESS = "sickness", _("Sickness")
        OTHER = "other", _("Other days off")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(Secretary, models.CASCADE, related_name="absences")
    kind = models.CharField(_("what"), max_length=8, choices=Kind)
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=240, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answer = models.CharField(_("answer"), max_length=240, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="an_absence_ends_after_it_begins"
            )
        ]

    def __str__(self):
        return f"{self.secretary} {self.from_on}–{self.until_on}"

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days + 1

    def stretch(self, zone: str) -> rules.Stretch:
        return rules.days(self.from_on, self.until_on, zone)


class SwapQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The two concerned, and the firm."""
        roles = user.roles
        if roles.firm_wide:
            return self
        if not roles.secretary:
            return self.none()
        return self.filter(Q(asked_by=roles.secretary) | Q(asked=roles.secretary))

    def open(self):
        return self.filter(state__in=["proposed", "accepted"])


class Swap(models.Model):
    """One gives another her shift, or for one of hers: proposed, accepted by her, approved by the firm."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted, waits for approval")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back")
        EXPIRED = "expired", _("Ran out")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asked_by = models.ForeignKey(Secretary, models.CASCADE, related_name="+", verbose_name=_("proposed by"))
    asked = models.ForeignKey(Secretary, models.CASCADE, related_name="+", verbose_name=_("proposed to"))
    gives = models.ForeignKey(PlannedShift, models.CASCADE, related_name="+", verbose_name=_("gives"))
    takes = models.ForeignKey(
        PlannedShift, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("takes")
    )
    note = models.CharField(_("note"), max_length=240, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PROPOSED)
    asked_at = models.DateTimeField(_("proposed"), default=clock.now)
    expires_at = models.DateTimeField(_("runs out"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    ended_at = models.DateTimeField(_("settled"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    answer = models.CharField(_("answer"), max_length=240, blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = _("swap")
        verbose_name_plural = _("swaps")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gives"],
                condition=Q(state__in=["proposed", "accepted"]),
                name="a_shift_is_offered_in_one_swap",
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("asked")), name="a_swap_is_between_two"),
        ]

    def __str__(self):
        return f"{self.asked_by} → {self.asked}"


class ShiftFeed(models.Model):
    """The secret address at which a calendar program reads her shifts. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(Secretary, models.CASCADE, related_name="shift_feeds")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256, hexadecimal
    made_at = models.DateTimeField(_("made"), default=clock.now)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("last fetched"), null=True, blank=True)
    fetched_times = models.PositiveIntegerField(_("times fetched"), default=0)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("secret address of shifts")
        verbose_name_plural = _("secret addresses of shifts")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["secretary"], condition=Q(ended_at=None), name="one_address_of_her_shifts"
            )
        ]

    def __str__(self):
        return str(self.secretary)
