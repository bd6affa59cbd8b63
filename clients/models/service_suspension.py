"""That the firm stops answering for a client who has not paid: announced, and only then in force."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client

NOTICE = timedelta(days=7)  # at least so long before the day the client was told


class ServiceSuspensionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What it is about is between those who keep the firm's books and who speak for the client."""
        if user.roles.keeps_books:
            return self
        return self.filter(client__in=[each.client_id for each in user.roles.contacts if each.sees_all])

    def open(self):
        """Announced or in force."""
        return self.filter(ended="")

    def standing_at(self, at):
        """In force at `at`, which may be to come. Nobody is suspended who was not told of it in time."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), notified_at__isnull=False, from_at__lte=at)


class ServiceSuspension(models.Model):
    """Callers to every line of the client hear `callers_hear` from `from_at` on, in place of a secretary."""

    class Ended(models.TextChoices):
        OPEN = "", _("Announced or in force")
        PAID = "paid", _("Paid")
        ASKED = "asked", _("What is left of it is questioned")
        WITHDRAWN = "withdrawn", _("Taken back")
        UNTOLD = "untold", _("The client could not be told in time")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(
        Client, models.PROTECT, related_name="service_suspensions", verbose_name=_("client")
    )
    bills = ArrayField(models.UUIDField())  # what is unpaid; the books know them
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=3)
    currency = models.CharField(_("currency"), max_length=3)
    from_at = models.DateTimeField(_("from"))
    callers_hear = models.CharField(_("what callers hear"), max_length=300)
    urgent_callers = models.CharField(_("what urgent callers can still do"), max_length=300)
    announced_at = models.DateTimeField(_("announced"), default=clock.now)
    announced_by = models.ForeignKey(
        "office.User", models.PROTECT, related_name="+", verbose_name=_("announced by")
    )
    notified_at = models.DateTimeField(_("the notice left"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)  # when everybody was told that it had
    ended = models.CharField(_("ended"), max_length=9, choices=Ended, blank=True, default=Ended.OPEN)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    because = models.CharField(_("why it was taken back"), max_length=240, blank=True)

    objects = ServiceSuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension of a client")
        verbose_name_plural = _("suspensions of clients")
        ordering = ["-announced_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(ended=""), name="a_client_is_suspended_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(notified_at=None) | Q(from_at__gte=F("notified_at") + NOTICE),
                name="no_suspension_without_notice",
            ),
            models.CheckConstraint(
                condition=Q(ended="", ended_at=None) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="a_suspension_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(callers_hear="") & ~Q(urgent_callers=""), name="callers_are_told_of_a_suspension"
            ),
        ]

    def __str__(self):
        return f"{self.client} {self.from_at:%Y-%m-%d}"

    @property
    def is_in_force(self) -> bool:
        return not self.ended and self.begun_at is not None

    @property
    def spoken(self) -> str:
        """All that a caller hears, word for word as the client was told."""
        return f"{self.callers_hear} {self.urgent_callers}"
