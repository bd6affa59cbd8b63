from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet
from .served import Served


class Channel(models.TextChoices):
    """The ways a message can reach a contact."""

    PORTAL = "portal", _("Portal")
    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text")
    CALL = "call", _("Call")
    PUSH = "push", _("Push")


# What is sent by a delivery rule. Ringing somebody up is the ladder's: it is for what is urgent.
WRITTEN = [choice for choice in Channel.choices if choice[0] != Channel.CALL]


class ContactQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """Owners and delegates see all people at the client; a member sees herself."""
        roles = user.roles
        if roles.firm_wide:
            return self
        reach = Q(pk__in=[contact.pk for contact in roles.contacts])
        reach |= Q(client__in=[contact.client_id for contact in roles.contacts if contact.sees_all])
        if roles.secretary:
            reach |= Q(client__in=Served(roles.secretary))
        return self.filter(reach)


class OfContactQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """As other rows of a client; a member sees her own as well."""
        if user.roles.firm_wide:
            return self
        everybodys = super().visible_to(user).values("pk")
        return self.filter(Q(pk__in=everybodys) | Q(contact__in=[each.pk for each in user.roles.contacts]))


class Contact(models.Model):
    """A person at the client: somebody we deliver to, and who may sign in to the portal."""

    class Standing(models.TextChoices):
        OWNER = "owner", _("Owner: sees and changes everything")
        DELEGATE = "delegate", _("Delegate: sees and changes everything but people")
        MEMBER = "member", _("Member: sees what is addressed to them")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="contacts", verbose_name=_("client"))
    user = models.ForeignKey(
        "office.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("signs in as"),
    )
    name = models.CharField(_("name"), max_length=120)
    job = models.CharField(_("role"), max_length=80, blank=True)
    pronunciation = models.CharField(_("how the name is said"), max_length=120, blank=True)
    standing = models.CharField(_("standing"), max_length=8, choices=Standing, default=Standing.MEMBER)
    zone = models.CharField(_("time zone, where it differs"), max_length=64, blank=True)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)  # local wall time
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("still there"), default=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("person at the client")
        verbose_name_plural = _("people at the client")
        ordering = ["rank", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def sees_all(self) -> bool:
        return self.standing != self.Standing.MEMBER

    @property
    def is_owner(self) -> bool:
        return self.standing == self.Standing.OWNER


class ContactAddress(models.Model):
    """A number or mailbox of a contact."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Telephone")
        MOBILE = "mobile", _("Mobile, for calls and texts")
        EMAIL = "email", _("E-mail")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="addresses")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    value = models.CharField(_("number or address"), max_length=254)  # E.164 or an e-mail address
    label = models.CharField(_("label"), max_length=40, blank=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)
    # What putting a caller through needs to know of a number.
    for_calls = models.BooleanField(_("callers may be put through to it"), default=True, db_default=True)
    ring_seconds = models.PositiveSmallIntegerField(
        _("rings at most, seconds"),
        default=25,
        db_default=25,
        validators=[MinValueValidator(5), MaxValueValidator(120)],
    )
    no_key = models.BooleanField(
        _("whoever picks up has the call, without a key"),
        default=False,
        db_default=False,
        help_text=_("A mailbox that picks up counts as reached, too."),
    )

    objects = OfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("number or address")
        verbose_name_plural = _("numbers and addresses")
        ordering = ["rank", "id"]
        constraints = [models.UniqueConstraint("contact", "kind", "value", name="an_address_is_listed_once")]

    def __str__(self):
        return self.value


class DeliveryRule(models.Model):
    """What goes to whom: messages of this call type and at least this urgency, by this channel."""

    class Urgency(models.IntegerChoices):
        NORMAL = 1, _("Normal")
        TODAY = 2, _("Today")
        URGENT = 3, _("Urgent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="delivery_rules")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="delivery_rules", verbose_name=_("to"))
    call_type = models.ForeignKey(
        "clients.CallType",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for"),
    )
    at_least = models.PositiveSmallIntegerField(_("from urgency"), choices=Urgency, default=Urgency.NORMAL)
    channel = models.CharField(_("by"), max_length=6, choices=WRITTEN)
    even_if_not_addressed = models.BooleanField(
        _("also when the message is for somebody else"), default=False
    )

    objects = OfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery rule")
        verbose_name_plural = _("delivery rules")

    def __str__(self):
        return f"{self.contact}: {self.get_channel_display()}"
