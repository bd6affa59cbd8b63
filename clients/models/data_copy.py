from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client


class DataCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm, and whoever owns the client."""
        if user.roles.firm_wide:
            return self
        return self.filter(client__in=[each.client_id for each in user.roles.contacts if each.is_owner])


class DataCopy(models.Model):
    """A copy of what we keep for a client, as one file: asked for, made by a worker, fetched once."""

    class State(models.TextChoices):
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FETCHED = "fetched", _("Fetched")
        FAILED = "failed", _("Could not be made")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.MAKING)
    asked_by = models.ForeignKey("office.User", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=clock.now)
    media_id = models.UUIDField(null=True, blank=True)
    size = models.BigIntegerField(_("bytes"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)
    fetched_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DataCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of a client’s data")
        verbose_name_plural = _("copies of clients’ data")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(state="making"), name="one_data_copy_is_made_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "fetched"])
                | Q(media_id__isnull=False, expires_at__isnull=False),
                name="a_data_copy_that_is_ready_is_kept_somewhere",
            ),
        ]

    def __str__(self):
        return f"{self.client} {self.asked_at:%Y-%m-%d %H:%M}"
