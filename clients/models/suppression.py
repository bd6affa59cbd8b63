from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .contact import Channel, Contact, ContactAddress


class SuppressionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of addresses she may see: an address is written down with its contact."""
        if user.roles.firm_wide:
            return self
        people = Contact.objects.visible_to(user).values("pk")
        return self.filter(address__in=ContactAddress.objects.filter(contact__in=people).values("value"))

    def standing(self):
        return self.filter(lifted_at=None)

    def at(self, words: str):
        """Those of addresses that hold these letters."""
        return self.filter(address__icontains=words.strip())


class Suppression(models.Model):
    """An address to which nothing is sent by this channel: its owner said stop, or it does not exist.

    It holds for the firm, whichever client's contact the address is: the texts all come from one number.
    """

    class Because(models.TextChoices):
        STOP = "stop", _("Texted STOP")
        REFUSED = "refused", _("The carrier says that they opted out")
        BOUNCED = "bounced", _("Mail came back for good")
        COMPLAINED = "complained", _("Marked our mail as unwanted")

    # What the firm can find out to hold no longer. Who said stop takes it back herself, by her own telephone.
    FOR_THE_FIRM = (Because.BOUNCED, Because.COMPLAINED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(_("by"), max_length=6, choices=Channel)
    address = models.CharField(_("number or address"), max_length=254)  # E.164, or e-mail in lower case
    because = models.CharField(_("because"), max_length=10, choices=Because)
    since = models.DateTimeField(_("since"), default=clock.now)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_why = models.CharField(_("why it is sent to again"), max_length=240, blank=True, db_default="")

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("address we do not send to")
        verbose_name_plural = _("addresses we do not send to")
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                "channel", "address", condition=Q(lifted_at=None), name="an_address_is_suppressed_once"
            )
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.address}: {self.get_because_display()}"

    @property
    def may_be_lifted(self) -> bool:
        return self.lifted_at is None and self.because in self.FOR_THE_FIRM
