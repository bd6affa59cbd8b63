"""Being told by a service that something changed in a calendar."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .calendar import Calendar, OfCalendarQuerySet


class PushChannel(models.Model):
    """A channel (Google) or subscription (Microsoft). It ends by itself; before that another is asked for.

    What is told over it carries a word that only we can make of its id, so none is kept here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="channels")
    remote_id = models.CharField(max_length=255, blank=True)
    resource_id = models.CharField(max_length=255, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)  # null: not answered yet
    renew_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(_("last heard"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = OfCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("push channel of a calendar")
        verbose_name_plural = _("push channels of calendars")
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["calendar"], condition=Q(ended_at=None), name="channels_open")]

    def __str__(self):
        return self.calendar.name
