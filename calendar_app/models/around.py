"""What is done around the meetings of a diary: reminders before, an agenda, a word on what came of it."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat.ids import uuid7

from .meeting import OfDiaryQuerySet

WEEK = tuple(range(7))


def every_day() -> list[int]:
    return list(WEEK)


class Way(models.TextChoices):
    """How a guest is reminded."""

    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text")
    CALL = "call", _("Call")


class Around(models.Model):
    """What a diary's client wants done before and after its meetings. A diary without a row has the defaults.

    Times are local wall times: the guest's for reminders, the diary's for the agenda. Weekdays count from
    Monday, 0.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    diary = models.OneToOneField("calendar_app.Diary", models.CASCADE, related_name="around")
    day_before_by = ArrayField(
        models.CharField(max_length=5, choices=Way),
        verbose_name=_("days before, by"),
        default=list,
        blank=True,
    )
    days_before = models.PositiveSmallIntegerField(
        _("how many days before"), default=1, validators=[MinValueValidator(1), MaxValueValidator(14)]
    )
    day_before_at = models.TimeField(_("at, on the guest’s clocks"), default=time(17))
    shortly_by = ArrayField(
        models.CharField(max_length=5, choices=Way),
        verbose_name=_("shortly before, by"),
        default=list,
        blank=True,
    )
    minutes_before = models.PositiveSmallIntegerField(
        _("how many minutes before"),
        default=120,
        validators=[MinValueValidator(10), MaxValueValidator(24 * 60)],
    )
    texts_guests = models.BooleanField(
        _("guests of whom only a mobile number is known are told by text"), default=True
    )
    rings_both = models.BooleanField(
        _("telephone meetings: we ring both sides at the time, unless said otherwise"), default=False
    )
    asks_outcome = models.BooleanField(_("the secretary is asked what came of each meeting"), default=False)
    sends_agenda = models.BooleanField(_("the agenda is sent the evening before"), default=False)
    agenda_at = models.TimeField(_("agenda at"), default=time(18))
    agenda_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("on the evenings of"),
        default=every_day,
        blank=True,
    )
    agenda_when_empty = models.BooleanField(_("an agenda also where nothing stands in it"), default=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OfDiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("what is done around meetings")
        verbose_name_plural = _("what is done around meetings")
        ordering = ["client", "diary"]

    def __str__(self):
        return str(self.diary)
