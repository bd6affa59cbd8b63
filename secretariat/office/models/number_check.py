from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .secretary import Secretary
from .shift import OwnRowsQuerySet


class NumberCheck(models.Model):
    """A code told at a number, to be typed at the desk. The code itself is written down nowhere."""

    class By(models.TextChoices):
        CALL = "call", _("A call")
        TEXT = "text", _("A text")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        Secretary, models.CASCADE, related_name="number_checks", verbose_name=_("secretary")
    )
    number = models.CharField(_("number"), max_length=16)  # E.164
    by = models.CharField(_("by"), max_length=4, choices=By)
    asked_by = models.ForeignKey("office.User", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=clock.now)
    expires_at = models.DateTimeField(_("good until"))
    wrong_tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    not_reached = models.BooleanField(_("could not be reached"), default=False)
    passed_at = models.DateTimeField(_("verified"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)  # replaced, locked or passed

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a number")
        verbose_name_plural = _("checks of numbers")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["secretary"], condition=Q(ended_at=None), name="one_open_number_check"
            ),
            models.CheckConstraint(
                condition=Q(passed_at=None) | Q(ended_at=F("passed_at")), name="a_passed_check_has_ended"
            ),
        ]

    def __str__(self):
        return f"{self.secretary}: {self.number}"
