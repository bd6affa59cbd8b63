"""Who is on call for a client: lists, their people in order, and the days on which others are."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet


class OnCallListQuerySet(ClientOwnedQuerySet):
    def speaking_at(self, at):
        """The versions that held at `at`: what we had been told by then and not yet otherwise."""
        return self.filter(Q(replaced_at=None) | Q(replaced_at__gt=at), written_at__lte=at)


class OnCallList(models.Model):
    """One version of one on-call list. `series` outlives changes; an older version is replaced."""

    class Turns(models.TextChoices):
        STAYS = "stays", _("Always in this order")
        DAILY = "daily", _("Each is first for a day")
        WEEKLY = "weekly", _("Each is first for a week")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.UUIDField(default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="on_call_lists", verbose_name=_("client"))
    name = models.CharField(_("name"), max_length=60)
    turns = models.CharField(_("turns"), max_length=6, choices=Turns, default=Turns.STAYS)
    # Local wall time of the client.
    changes_over = models.TimeField(_("change-over at"), default="08:00")
    since = models.DateField(_("the first person’s turn began on"))
    from_time = models.TimeField(_("from, time of day"), null=True, blank=True)  # neither: all day
    until_time = models.TimeField(_("until, time of day"), null=True, blank=True)
    written_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    # This version no longer holds: the next of its series does, or it was withdrawn.
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = OnCallListQuerySet.as_manager()

    class Meta:
        verbose_name = _("on-call list")
        verbose_name_plural = _("on-call lists")
        ordering = ["name", "-written_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(replaced_at=None), name="one_version_of_an_on_call_list_holds"
            ),
            models.CheckConstraint(
                condition=Q(from_time=None, until_time=None)
                | Q(from_time__isnull=False, until_time__isnull=False),
                name="hours_on_call_have_both_ends",
            ),
        ]
        indexes = [models.Index(fields=["client"], condition=Q(replaced_at=None), name="on_call_lists_now")]

    def __str__(self):
        return self.name


class OnCallReplacement(models.Model):
    """For some days other people are on call in the place of all of a list’s; none: nobody is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.UUIDField(editable=False)  # of the list, whatever its version
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", verbose_name=_("client"))
    from_at = models.DateTimeField(_("from"))
    until_at = models.DateTimeField(_("until"))
    written_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("others on call for some days")
        verbose_name_plural = _("others on call for some days")
        ordering = ["from_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="others_on_call_end_after_they_start"
            )
        ]
        indexes = [models.Index(fields=["client", "until_at"])]

    def __str__(self):
        return f"{self.from_at:%d.%m.%Y}–{self.until_at:%d.%m.%Y}"


class OnCallPlace(models.Model):
    """Somebody’s place in the order of a list, or of those who are on call instead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    on_call_list = models.ForeignKey(OnCallList, models.CASCADE, null=True, blank=True, related_name="places")
    replacement = models.ForeignKey(
        OnCallReplacement, models.CASCADE, null=True, blank=True, related_name="places"
    )
    # PROTECT: somebody whom a list counts on, or counted on, is not deleted from under it.
    contact = models.ForeignKey(
        "clients.Contact", models.PROTECT, related_name="on_call_places", verbose_name=_("who")
    )
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in an on-call list")
        verbose_name_plural = _("places in on-call lists")
        ordering = ["rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on_call_list__isnull=False, replacement=None)
                | Q(on_call_list=None, replacement__isnull=False),
                name="a_place_is_in_one_order",
            )
        ]

    def __str__(self):
        return f"{self.rank + 1}. {self.contact}"
