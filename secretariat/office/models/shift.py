from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .secretary import LineKind, Secretary

# A browser that has not been heard from for so long is not there. On the database's own clock.
SILENCE = timedelta(seconds=45)


class OwnRowsQuerySet(models.QuerySet):
    """Rows of one secretary: hers and the firm's to see."""

    def visible_to(self, user):
        if user.roles.firm_wide:
            return self
        return self.filter(secretary__user=user)


class Shift(models.Model):
    """Time she is at work. `ends_at` is planned; `ended_at` is what happened."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        Secretary, models.PROTECT, related_name="shifts", verbose_name=_("secretary")
    )
    line = models.CharField(_("line"), max_length=8, choices=LineKind)
    started_at = models.DateTimeField(_("started"), default=clock.now)
    ends_at = models.DateTimeField(_("planned end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    declared_at = models.DateTimeField(_("home office declared"), null=True, blank=True)
    rules_kept = models.JSONField(  # the security rules she ticked, in words
        _("security rules ticked"), default=list, db_default=models.Value([], models.JSONField()), blank=True
    )

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["secretary"], condition=Q(ended_at=None), name="one_open_shift"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="a_shift_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.secretary} {self.started_at:%Y-%m-%d %H:%M}"


class PresenceQuerySet(OwnRowsQuerySet):
    def reachable(self):
        """Those a call may be offered to: ready, and heard from lately unless her own telephone rings."""
        return self.filter(Q(line=LineKind.PHONE) | Q(heartbeat_at__gt=Now() - SILENCE), state="ready")

    def gone_silent(self):
        """Ready by browser, but the browser has not been heard from."""
        fresh = Q(heartbeat_at__gt=Now() - SILENCE)
        return self.filter(~fresh | Q(heartbeat_at=None), line=LineKind.BROWSER, state="ready")

    def overdue(self):
        """On a break that was to be over by now."""
        return self.filter(state="break", back_at__lt=clock.Now())


class Presence(models.Model):
    """Where a secretary is just now. Ringing is not here: it is a pending offer."""

    class State(models.TextChoices):
        READY = "ready", _("Ready")
        ON_CALL = "on_call", _("On call")
        WRAP_UP = "wrap_up", _("Wrapping up")
        BREAK = "break", _("On a break")
        AWAY = "away", _("Away")
        OFF = "off", _("Off shift")

    class AwayBecause(models.TextChoices):
        ASKED = "asked", _("She said so")
        MISSED = "missed", _("She missed calls")
        SILENT = "silent", _("Her browser was not heard from")

    # From each state the states that may follow.
    MAY_BECOME = {
        State.OFF: {State.READY},
        State.READY: {State.ON_CALL, State.BREAK, State.AWAY, State.OFF},
        State.ON_CALL: {State.WRAP_UP, State.READY},
        State.WRAP_UP: {State.READY, State.ON_CALL, State.BREAK, State.AWAY, State.OFF},
        State.BREAK: {State.READY, State.AWAY, State.OFF},
        State.AWAY: {State.READY, State.BREAK, State.ON_CALL, State.OFF},
    }

    secretary = models.OneToOneField(Secretary, models.CASCADE, primary_key=True, related_name="presence")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OFF)
    since = models.DateTimeField(_("since"), default=clock.now)
    line = models.CharField(_("line"), max_length=8, choices=LineKind, default=LineKind.BROWSER)
    heartbeat_at = models.DateTimeField(null=True, blank=True)  # the computer's clock, unshifted
    phone_registered = models.BooleanField(default=False)
    line_lost_at = models.DateTimeField(null=True, blank=True)  # it cannot ring since; the computer's clock
    break_reason = models.CharField(_("reason of the break"), max_length=60, blank=True)
    back_at = models.DateTimeField(_("planned return"), null=True, blank=True)
    away_because = models.CharField(_("why away"), max_length=6, choices=AwayBecause, blank=True)
    missed_offers = models.PositiveSmallIntegerField(_("calls missed in a row"), default=0)
    version = models.PositiveIntegerField(default=0)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presence")
        constraints = [
            models.CheckConstraint(
                condition=Q(away_because="") | Q(state="away"), name="only_somebody_away_says_why"
            )
        ]

    def __str__(self):
        return f"{self.secretary}: {self.get_state_display()}"

    def minutes_overdue(self, at: datetime) -> int:
        """Whole minutes since she meant to be back from her break; nought while she need not be."""
        if self.state != self.State.BREAK or self.back_at is None:
            return 0
        return max(0, int((at - self.back_at).total_seconds() // 60))


class Break(models.Model):
    """A break that was taken, for the record of hours."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(Secretary, models.PROTECT, related_name="breaks")
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="breaks")
    reason = models.CharField(_("reason"), max_length=60)
    started_at = models.DateTimeField(_("started"), default=clock.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["-started_at"]

    def __str__(self):
        return f"{self.secretary} {self.reason}"
