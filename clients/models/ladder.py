from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet
from .contact import Channel


class Ladder(models.Model):
    """Who is tried, and how, until somebody acknowledges an urgent message. None set: by people's order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.OneToOneField(Client, models.CASCADE, related_name="ladder", verbose_name=_("client"))
    wait_minutes = models.PositiveSmallIntegerField(
        _("minutes until the next is tried"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    passes = models.PositiveSmallIntegerField(
        _("times round"), default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("ladder for urgent messages")
        verbose_name_plural = _("ladders for urgent messages")
        ordering = ["client"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wait_minutes__gte=1, passes__gte=1), name="a_ladder_has_an_end"
            )
        ]

    def __str__(self):
        return str(self.client)


class Rung(models.Model):
    """One step of a ladder: this person, or whoever is on call then, by this channel."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="rungs")
    # PROTECT: somebody whom a ladder counts on is not deleted from under it.
    contact = models.ForeignKey(
        "clients.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rungs",
        verbose_name=_("who"),
    )
    on_call = models.BooleanField(_("whoever is on call"), default=False, db_default=False)
    channel = models.CharField(_("by"), max_length=6, choices=Channel)
    wait_minutes = models.PositiveSmallIntegerField(
        _("minutes until the next, where it differs"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    every_pass = models.BooleanField(_("each time round"), default=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ["rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, on_call=False) | Q(contact=None, on_call=True),
                name="a_step_is_for_somebody_or_for_whoever_is_on_call",
            )
        ]

    def __str__(self):
        return f"{self.contact or _('whoever is on call')}: {self.get_channel_display()}"
