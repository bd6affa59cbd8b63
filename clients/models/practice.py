"""A call that a supervisor plays, to learn by before a real one. Nothing of it leaves this table."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models import Secretary
from secretariat.office.models.shift import OwnRowsQuerySet

from .client import Client


class Practice(models.Model):
    """One practice call: what is played, the copy of the client before her, and what she made of it."""

    class Stage(models.TextChoices):
        WAITING = "waiting", _("not answered yet")
        RINGING = "ringing", _("it rings")
        TALKING = "talking", _("on the call")  # on hold while `held_at` is set
        ASKING = "asking", _("she asks somebody")
        JOINED = "joined", _("somebody has taken it")
        WRAP_UP = "wrap_up", _("she finishes it")
        OVER = "over", _("over")

    IN_CALL = (Stage.TALKING, Stage.ASKING, Stage.JOINED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        Secretary, models.CASCADE, related_name="practices", verbose_name=_("secretary")
    )
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name=_("client"))
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("played by"))
    part = models.TextField(_("who you play, and what that caller wants"), max_length=1000)
    # See practising.copy_of
    copy = models.JSONField(default=dict, editable=False)
    begun_at = models.DateTimeField(_("begun"), default=clock.now)
    stage = models.CharField(
        _("stage"),
        max_length=8,
        choices=Stage,
        default=Stage.WAITING,
        db_default=Stage.WAITING,
        editable=False,
    )
    version = models.PositiveIntegerField(_("version"), default=0, db_default=0, editable=False)
    ring_until = models.DateTimeField(_("rings until"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    held_at = models.DateTimeField(_("on hold since"), null=True, editable=False)
    ended_at = models.DateTimeField(_("call ended"), null=True, editable=False)
    has_more_time = models.BooleanField(_("more time"), default=False, db_default=False, editable=False)
    # Whom she puts the caller through to: name, why, who, way, asked_at; taken_at once it was taken, and
    # through_at once the two talk; refused_at where it was not taken
    put = models.JSONField(_("put through"), null=True, editable=False)
    # What was done, in order: [moment, deed, words] each
    story = models.JSONField(_("what was done"), null=True, editable=False)
    # The slip while she types: revision, saved_at, values (by field) and shown: [caption, words] each
    draft = models.JSONField(_("typed so far"), null=True, editable=False)
    contact = models.CharField(_("for"), max_length=120, blank=True)
    call_type = models.CharField(_("about"), max_length=60, blank=True)
    caller_name = models.CharField(_("caller’s name"), max_length=120, blank=True)
    call_back_on = models.CharField(_("call back on"), max_length=40, blank=True)
    text = models.TextField(_("message"), max_length=2000, blank=True)
    # What she asked by the prompts of the call type, and the rest of the slip: [caption, answer] each
    answers = models.JSONField(_("what was asked"), null=True, blank=True, editable=False)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    written_at = models.DateTimeField(_("written"), null=True, blank=True)
    went_well = models.BooleanField(_("well enough for a real call"), null=True, blank=True)
    # What it was written up against, and how each went: {"greeting": "well", …}
    points = models.JSONField(_("points"), null=True, blank=True, editable=False)
    judgement = models.TextField(_("what was good, and what to do otherwise"), max_length=1000, blank=True)
    judged_at = models.DateTimeField(_("talked through"), null=True, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice call")
        verbose_name_plural = _("practice calls")
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(judged_at=None, went_well=None)
                | Q(judged_at__isnull=False, went_well__isnull=False, written_at__isnull=False),
                name="a_practice_is_judged_once_it_is_written",
            )
        ]

    def __str__(self):
        return f"{self.secretary}, {self.begun_at:%Y-%m-%d %H:%M}"

    def stage_at(self, at: datetime) -> str:
        """The stage by now: a ring that she lets pass ends by itself."""
        if self.stage == self.Stage.RINGING and self.ring_until and at >= self.ring_until:
            return self.Stage.WAITING
        return self.stage

    @property
    def is_going_on(self) -> bool:
        return self.stage in self.IN_CALL
