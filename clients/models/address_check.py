from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet
from .contact import Contact, ContactAddress


class AddressCheckQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """The firm, and the person herself: nobody else types her code."""
        if user.roles.firm_wide:
            return self
        return self.filter(contact__in=[contact.pk for contact in user.roles.contacts])


class AddressCheck(models.Model):
    """A mobile or mailbox somebody gave as hers, and the code told there. Until it is typed nothing else goes
    there, for it is none of her addresses yet. The code itself is written down nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="address_checks")
    kind = models.CharField(_("kind"), max_length=6, choices=ContactAddress.Kind)
    value = models.CharField(_("number or address"), max_length=254)  # E.164 or an e-mail address
    asked_by = models.ForeignKey("office.User", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=clock.now)
    expires_at = models.DateTimeField(_("good until"))
    wrong_tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    not_reached = models.BooleanField(_("could not be reached"), default=False)
    passed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)  # replaced, too many tries, or passed

    objects = AddressCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of an address")
        verbose_name_plural = _("checks of addresses")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind"],
                condition=Q(ended_at=None),
                name="one_open_address_check_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(passed_at=None) | Q(ended_at=F("passed_at")),
                name="a_passed_address_check_has_ended",
            ),
        ]

    def __str__(self):
        return f"{self.contact}: {self.value}"
