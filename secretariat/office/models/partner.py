"""Outsourcing companies through which the firm engages people, and who of them signs in here."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .firm import FirmQuerySet


class Partner(models.Model):
    """A company through which the firm engages people: it is paid, and never sees a client's content."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    address = models.TextField(_("address"), max_length=400, blank=True)
    rules = models.TextField(
        _("its own rules for her work"),
        max_length=2000,
        blank=True,
        help_text=_("Where they are stricter than the firm’s, they hold."),
    )

    rest_hours = models.PositiveSmallIntegerField(
        _("rest due within 24 hours, hours"), null=True, blank=True, validators=[MaxValueValidator(20)]
    )
    weekly_rest_hours = models.PositiveSmallIntegerField(
        _("rest due in one piece every week, hours"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(120)],
    )
    longest_shift_hours = models.PositiveSmallIntegerField(_("longest shift, hours"), null=True, blank=True)
    max_hours_week = models.DecimalField(
        _("hours a week, at most"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    max_hours_month = models.DecimalField(
        _("hours a month, at most"), max_digits=5, decimal_places=2, null=True, blank=True
    )

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("outsourcing company")
        verbose_name_plural = _("outsourcing companies")
        ordering = ["name"]

    def __str__(self):
        return self.name


class PartnerPersonQuerySet(FirmQuerySet):
    def current(self):
        now = clock.Now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=now), from_at__lte=now)


class PartnerPerson(models.Model):
    """Somebody of an outsourcing company who signs in here."""

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="people", verbose_name=_("outsourcing company")
    )
    user = models.ForeignKey("office.User", models.CASCADE, related_name="+", verbose_name=_("person"))
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = PartnerPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of an outsourcing company")
        verbose_name_plural = _("people of outsourcing companies")
        ordering = ["partner", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(until_at=None), name="somebody_is_of_one_company"
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.partner}"
