"""A secretary's hours: raw intervals, corrections of them, and the week in which they are confirmed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import WorkRecord
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models.shift import OwnRowsQuerySet


class Week(models.Model):
    """Monday to Sunday of her zone. An approved week never changes again: the database holds that."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CONFIRMED = "confirmed", _("Confirmed")
        APPROVED = "approved", _("Approved, and closed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="weeks", verbose_name=_("secretary")
    )
    starts_on = models.DateField(_("from Monday"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    # By the firm in her place, where she is gone, suspended, or says nothing; else by herself.
    confirmed_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_because = models.CharField(
        _("why in her place"), max_length=240, blank=True, default="", db_default=""
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    sent_back_because = models.CharField(_("why it was sent back"), max_length=240, blank=True)
    confirming_asked_at = models.DateTimeField(_("reminded to confirm"), null=True, blank=True)
    approving_asked_at = models.DateTimeField(_("reminded to approve"), null=True, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("week worked")
        verbose_name_plural = _("weeks worked")
        ordering = ["-starts_on", "secretary"]
        constraints = [
            models.UniqueConstraint("secretary", "starts_on", name="a_week_is_kept_once"),
            models.CheckConstraint(condition=Q(starts_on__iso_week_day=1), name="a_week_starts_on_monday"),
            models.CheckConstraint(
                condition=Q(state="open", confirmed_at=None)
                | (~Q(state="open") & Q(confirmed_at__isnull=False)),
                name="what_is_not_open_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_because="")
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_because="") & ~Q(state="open")),
                name="who_confirms_in_her_place_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False, approved_by__isnull=False)
                | (~Q(state="approved") & Q(approved_at=None, approved_by=None)),
                name="an_approved_week_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.secretary} {self.starts_on:%Y-%m-%d}"

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.APPROVED


class Correction(models.Model):
    """An interval said to have been otherwise, by whom and why. What it was before stays beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(WorkRecord, models.PROTECT, related_name="corrections")
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, related_name="corrections")
    client = models.ForeignKey("clients.Client", models.PROTECT, null=True, related_name="+")
    was_from = models.DateTimeField(_("was from"))
    was_until = models.DateTimeField(_("was until"))
    started_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"))
    because = models.CharField(_("why"), max_length=240)
    made_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"), default=clock.now)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of time")
        verbose_name_plural = _("corrections of time")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(replaced_at=None), name="one_correction_holds"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_correction_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")), name="a_corrected_interval_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return self.because


class ConfirmedTime(models.Model):
    """An interval as she confirmed it, each record once: what is paid, and what a closed week holds."""

    week = models.ForeignKey(Week, models.PROTECT, related_name="times")
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, related_name="+")
    record = models.OneToOneField(WorkRecord, models.PROTECT, related_name="confirmed")
    client = models.ForeignKey("clients.Client", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=WorkRecord.Kind)
    started_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"))
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmed time")
        verbose_name_plural = _("confirmed time")
        ordering = ["started_at", "id"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M:%S}"
