from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet
from .contact import Contact


class DeviceQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """The firm, and the person herself: which browsers she uses is nobody else's business."""
        if user.roles.firm_wide:
            return self
        return self.filter(contact__in=[contact.pk for contact in user.roles.contacts])

    def taking(self, mark: str):
        """Those that notices go to, signed with the firm's key of this mark."""
        return self.filter(ended_at=None, signed_by=mark)


class Device(models.Model):
    """A browser in which somebody at the client switched push on. What reaches it, an address that its own
    push service gave it and two keys, is sealed; once it takes nothing more that is thrown away."""

    class Ended(models.TextChoices):
        GONE = "gone", _("It takes no more notices")
        REFUSED = "refused", _("It cannot be reached")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="devices", verbose_name=_("whose"))
    name = models.CharField(_("name"), max_length=60)
    endpoint_hash = models.CharField(max_length=64)  # by which the browser knows itself again
    sealed = models.BinaryField()  # JSON: endpoint, p256dh, auth
    signed_by = models.CharField(max_length=16)  # the mark of the key it was switched on with
    added_at = models.DateTimeField(_("switched on"), default=clock.now)
    told_at = models.DateTimeField(_("last notice"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_because = models.CharField(_("because"), max_length=7, choices=Ended, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("browser told of messages")
        verbose_name_plural = _("browsers told of messages")
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                "contact", "endpoint_hash", name="a_browser_is_switched_on_once_for_each_person"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(sealed=b""), name="an_ended_browser_is_reached_by_nobody"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="a_browser_ends_because_of_something",
            ),
        ]

    def __str__(self):
        return f"{self.contact}: {self.name}"
