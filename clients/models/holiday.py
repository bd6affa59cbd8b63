from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet


class HolidayQuerySet(ClientOwnedQuerySet):
    def asked(self):
        """Those of which the client has not said yet whether she is open."""
        return self.filter(says=Holiday.Says.ASKED)

    def from_day(self, on):
        """Those that are not over on that day."""
        return self.filter(Q(until_on=None, on__gte=on) | Q(until_on__gte=on))


class Holiday(models.Model):
    """Days on which the client's hours are not the usual ones: a public holiday, or a closure of her own."""

    class Says(models.TextChoices):
        CLOSED = "closed", _("Closed all day")
        HALF = "half", _("Open for part of the day")
        OPEN = "open", _("Open as usual")
        ASKED = "asked", _("Not answered yet")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="holidays", verbose_name=_("client"))
    line = models.ForeignKey(
        "clients.Line",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only on this line"),
    )
    on = models.DateField(_("day"))
    until_on = models.DateField(_("last day, where there are several"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    says = models.CharField(
        _("the client is"), max_length=6, choices=Says, default=Says.CLOSED, db_default=Says.CLOSED
    )
    # Local wall time, for part of a day. Either may be left out: then as usual.
    opens = models.TimeField(_("open from"), null=True, blank=True)
    closes = models.TimeField(_("open until"), null=True, blank=True)
    is_public = models.BooleanField(_("a public holiday"), default=False, db_default=False, editable=False)
    said_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    said_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday or closure")
        verbose_name_plural = _("holidays and closures")
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                "client", "on", condition=Q(is_public=True), name="a_public_holiday_is_asked_about_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("on")), name="a_closure_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(says="half", opens__isnull=False)
                | Q(says="half", closes__isnull=False)
                | (~Q(says="half") & Q(opens=None, closes=None)),
                name="part_of_a_day_has_hours",
            ),
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gt=F("opens")),
                name="part_of_a_day_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.on} {self.name}"

    @property
    def last_on(self):
        return self.until_on or self.on
