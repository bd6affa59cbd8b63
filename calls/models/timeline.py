from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock

from .call import Call, CallQuerySet


class CallEvent(models.Model):
    """A line of the call's timeline."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=40)  # "rang", "offered", "answered", "held", …
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey("clients.Contact", models.PROTECT, null=True, blank=True, related_name="+")
    detail = models.JSONField(default=dict, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the timeline")
        verbose_name_plural = _("timeline")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["call", "at"])]

    def __str__(self):
        return self.verb
