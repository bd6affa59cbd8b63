from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, DeskQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class InboundText(models.Model):
    """A text that answers no message of ours. Whose it is, is told by the line or the number it came from.

    Of no client at all, it is the firm's to read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey("clients.Contact", models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(_("from"), max_length=40)  # E.164, or what the network gave
    to_number = models.CharField(_("to"), max_length=40)
    words = models.TextField(_("words"), max_length=2000, blank=True)
    attachments = models.PositiveSmallIntegerField(_("pictures and the like"), default=0)
    carrier_id = models.CharField(max_length=64, unique=True)
    came_at = models.DateTimeField(_("came"), default=clock.now)
    read_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    read_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("text that came in")
        verbose_name_plural = _("texts that came in")
        ordering = ["-came_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(read_at=None) | Q(read_by=None), name="a_text_read_by_somebody_has_its_moment"
            )
        ]
        indexes = [models.Index(fields=["client", "-came_at"])]

    def __str__(self):
        return f"{self.number} {self.came_at:%H:%M}"


class TextAnswer(models.Model):
    """What we texted back: typed by somebody at the desk, or asked by the product which message was meant."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Arrived")
        FAILED = "failed", _("Did not arrive")
        UNKNOWN = "unknown", _("Not known whether it arrived")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="+")
    to_text = models.ForeignKey(
        InboundText, models.CASCADE, null=True, blank=True, related_name="answers", verbose_name=_("answers")
    )
    number = models.CharField(_("to"), max_length=40)
    words = models.TextField(_("words"), max_length=480)
    by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    receipt = models.CharField(_("receipt"), max_length=64, blank=True)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("text sent back")
        verbose_name_plural = _("texts sent back")
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.number} {self.at:%H:%M}"
