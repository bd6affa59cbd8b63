"""A call that a supervisor plays, to learn by before a real one. Nothing of it leaves this table."""

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

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        Secretary, models.CASCADE, related_name="practices", verbose_name=_("secretary")
    )
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name=_("client"))
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("played by"))
    part = models.TextField(_("who you play, and what that caller wants"), max_length=1000)
    # name, band, phrase; good_to_know, people: lists; call_types: a list of name, handling, is_default,
    # prompts (captions) and asks: a list of caption, help, say, kind, choices, required, of a Prompt
    copy = models.JSONField(default=dict, editable=False)
    begun_at = models.DateTimeField(_("begun"), default=clock.now)
    contact = models.CharField(_("for"), max_length=120, blank=True)
    call_type = models.CharField(_("about"), max_length=60, blank=True)
    caller_name = models.CharField(_("caller’s name"), max_length=120, blank=True)
    call_back_on = models.CharField(_("call back on"), max_length=40, blank=True)
    text = models.TextField(_("message"), max_length=2000, blank=True)
    # What she asked by the prompts of the call type: [caption, answer] each
    answers = models.JSONField(_("what was asked"), null=True, blank=True, editable=False)
    is_urgent = models.BooleanField(_("urgent"), default=False)
    written_at = models.DateTimeField(_("written"), null=True, blank=True)
    went_well = models.BooleanField(_("well enough for a real call"), null=True, blank=True)
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
