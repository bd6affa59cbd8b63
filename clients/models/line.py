from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet

MIDNIGHT = time(0)


class Line(models.Model):
    """A number callers reach us by. `number` is what the carrier sends as To."""

    class Kind(models.TextChoices):
        FORWARDED = "forwarded", _("The client's own line, forwarded to us")
        PUBLISHED = "published", _("Our number, published by the client")

    class Answers(models.TextChoices):
        ALWAYS = "always", _("Always")
        WHEN_CLOSED = "when_closed", _("When the client is closed")
        LISTED = "listed", _("In the hours listed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="lines", verbose_name=_("client"))
    number = models.CharField(_("number at the carrier"), max_length=16, unique=True)  # E.164
    forwarded_from = models.CharField(_("the client's own number"), max_length=16, blank=True)  # E.164
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.FORWARDED)
    label = models.CharField(_("label"), max_length=60, blank=True)
    answers = models.CharField(_("we answer"), max_length=11, choices=Answers, default=Answers.ALWAYS)
    ring_seconds = models.PositiveSmallIntegerField(_("rings before the greeting, seconds"), default=20)
    voicemail_after_seconds = models.PositiveSmallIntegerField(
        _("voicemail when nobody answered, seconds"), default=60
    )
    greeting = models.CharField(_("greeting while a caller waits"), max_length=480, blank=True)
    voicemail_greeting = models.CharField(_("voicemail greeting"), max_length=480, blank=True)
    recording_notice = models.CharField(
        _("recording notice; without one nothing is recorded"), max_length=240, blank=True
    )
    announce_place = models.BooleanField(_("tell callers their place in the queue"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["number"]

    def __str__(self):
        return self.label or self.number


class LineHours(models.Model):
    """One interval of a weekday, local wall time. `closes` at 00:00 means the day's end."""

    class Kind(models.TextChoices):
        OPEN = "open", _("The client is open")
        ANSWERED = "answered", _("We answer")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    line = models.ForeignKey(Line, models.CASCADE, related_name="hours")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        ordering = ["kind", "weekday", "opens"]
        constraints = [
            # Hours over midnight are two intervals: until 00:00, and from 00:00 of the day after.
            models.CheckConstraint(
                condition=models.Q(closes=MIDNIGHT) | models.Q(closes__gt=models.F("opens")),
                name="hours_close_after_they_open",
            )
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"
