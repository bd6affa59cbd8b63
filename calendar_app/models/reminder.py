"""A guest is reminded once of each time of a meeting, in each way that is wanted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .around import Way
from .meeting import Guest, Meeting, OfMeetingQuerySet


class Reminder(models.Model):
    """Planned when a meeting is arranged, and again when it moves. `of` is the time it speaks of."""

    class Kind(models.TextChoices):
        DAY_BEFORE = "day_before", _("The day before")
        SHORTLY = "shortly", _("Shortly before")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        LEAVING = "leaving", _("On its way")
        SENT = "sent", _("Sent")
        CONFIRMED = "confirmed", _("Confirmed")
        CALL_BACK = "call_back", _("Wants to be called back")
        FAILED = "failed", _("Did not reach them")
        DROPPED = "dropped", _("No longer needed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reminders")
    guest = models.ForeignKey(Guest, models.CASCADE, related_name="reminders")
    kind = models.CharField(_("when"), max_length=10, choices=Kind)
    way = models.CharField(_("how"), max_length=5, choices=Way)
    of = models.DateTimeField(_("of the meeting at"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    because = models.CharField(_("because"), max_length=240, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "guest", "kind", "way", "of"], name="a_guest_is_reminded_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="planned"), name="reminders_due"),
        ]

    def __str__(self):
        return f"{self.get_way_display()}: {self.get_state_display()}"
