from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .call import Call, CallQuerySet


class Voicemail(models.Model):
    """What a caller left when nobody answered. Its audio lies in private media."""

    class State(models.TextChoices):
        RECORDING = "recording", _("Being recorded")
        FETCHING = "fetching", _("Being fetched from the carrier")
        READY = "ready", _("Ready")
        ABSENT = "absent", _("Nothing was recorded")
        FAILED = "failed", _("Could not be fetched")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    call = models.OneToOneField(Call, models.CASCADE, related_name="voicemail")
    recording_id = models.CharField(max_length=64, blank=True)
    seconds = models.PositiveIntegerField(_("length, seconds"), null=True, blank=True)
    media_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.RECORDING)
    notice = models.CharField(_("recording notice the caller heard"), max_length=240, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("voicemail")
        verbose_name_plural = _("voicemails")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording_id"], condition=~Q(recording_id=""), name="a_recording_is_kept_once"
            )
        ]

    def __str__(self):
        return f"{self.call}: {self.get_state_display()}"

    @property
    def is_settled(self) -> bool:
        return self.state in (self.State.READY, self.State.ABSENT, self.State.FAILED)
