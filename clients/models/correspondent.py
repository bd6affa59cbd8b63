from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet


class Correspondent(models.Model):
    """A person outside, as one client knows her: caller, writer, guest, lead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="correspondents")
    name = models.CharField(_("name"), max_length=120, blank=True)
    firm = models.CharField(_("firm"), max_length=120, blank=True)
    pronunciation = models.CharField(_("how the name is said"), max_length=120, blank=True)
    vip = models.BooleanField(_("VIP"), default=False)
    blocked = models.BooleanField(_("blocked"), default=False)
    note = models.CharField(_("note"), max_length=240, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("correspondent")
        verbose_name_plural = _("correspondents")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name or self.firm or str(_("Somebody"))


class CorrespondentAddress(models.Model):
    class Kind(models.TextChoices):
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("E-mail")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="addresses")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    value = models.CharField(_("number or address"), max_length=254)  # E.164 or lower case

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("number or address")
        verbose_name_plural = _("numbers and addresses")
        constraints = [
            models.UniqueConstraint("client", "kind", "value", name="an_address_means_one_correspondent")
        ]

    def __str__(self):
        return self.value


class PostalAddress(models.Model):
    """Where letters to somebody go. Written as it is typed; how it is laid out is the letters' affair."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    correspondent = models.ForeignKey(Correspondent, models.CASCADE, related_name="postal_addresses")
    street = models.TextField(_("street, a line each"), max_length=240)
    city = models.CharField(_("town"), max_length=120)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    region = models.CharField(_("region or state"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2)
    noted_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("postal address")
        verbose_name_plural = _("postal addresses")
        ordering = ["-noted_at", "-id"]

    def __str__(self):
        return ", ".join(filter(None, (*self.street.splitlines(), self.city)))
