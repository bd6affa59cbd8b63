from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Channel, Client, ClientOwnedQuerySet
from secretariat.ids import uuid7


class LadderStep(models.Model):
    """One step until somebody acknowledges, as the ladder stood when the message was sent.

    The last step has no contact: when it is due, nobody has acknowledged in the client's time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TRIED = "tried", _("Tried")
        PASSED_OVER = "passed_over", _("Passed over")
        STOPPED = "stopped", _("Not needed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    message = models.ForeignKey("messages_app.Message", models.CASCADE, related_name="ladder_steps")
    run = models.PositiveSmallIntegerField()  # a message reopened begins its ladder anew
    place = models.PositiveSmallIntegerField(_("step"))
    turn = models.PositiveSmallIntegerField(_("time round"))
    contact = models.ForeignKey(
        "clients.Contact", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    channel = models.CharField(_("by"), max_length=6, choices=Channel, blank=True)
    because = models.CharField(_("because"), max_length=240, blank=True, db_default="")
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.WAITING)
    worked_at = models.DateTimeField(null=True, blank=True)
    delivery = models.ForeignKey(
        "messages_app.Delivery", models.SET_NULL, null=True, blank=True, related_name="ladder_steps"
    )

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("step until somebody acknowledges")
        verbose_name_plural = _("steps until somebody acknowledges")
        ordering = ["message", "run", "place"]
        constraints = [
            models.UniqueConstraint("message", "run", "place", name="a_step_of_a_ladder_is_there_once")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="ladder_steps_that_wait")
        ]

    def __str__(self):
        return f"{self.contact or _('the desk')}: {self.get_state_display()}"
