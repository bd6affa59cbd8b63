"""What is wanted for a meeting beforehand: papers beside the notes of the meeting itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .meeting import Meeting, OfMeetingQuerySet


class Paper(models.Model):
    """A file for a meeting. Its bytes are kept as `media.MediaFile`; the name is what it was called."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="papers")
    media_id = models.UUIDField()
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("bytes"))
    added_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added"), default=clock.now)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper for a meeting")
        verbose_name_plural = _("papers for meetings")
        ordering = ["added_at", "id"]

    def __str__(self):
        return self.name
