"""Whose time it is, and how it may be given away."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class DiaryQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """As other rows of a client; and a member sees the diary that is hers."""
        roles = user.roles
        if roles.firm_wide:
            return self
        return self.filter(self.reach(roles) | Q(contact__in=[contact.pk for contact in roles.contacts]))


class Diary(models.Model):
    """The time of one person at the client, or of the client as a whole (no contact).

    No two meetings of one diary overlap. Lengths are whole minutes of real time; hours are local wall times
    of `zone`.
    """

    class WhenInvited(models.TextChoices):
        ASK = "ask", _("Ask me, by the secretary")
        ACCEPT = "accept", _("Accept if the time is free, else ask me")
        DECLINE = "decline", _("Decline, with these words")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="diaries")
    contact = models.ForeignKey(
        "clients.Contact",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="diaries",
        verbose_name=_("whose time"),
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True)  # empty: the client's
    grid_minutes = models.PositiveSmallIntegerField(
        _("meetings begin every, minutes"),
        default=15,
        validators=[MinValueValidator(5), MaxValueValidator(120)],
    )
    usual_minutes = models.PositiveSmallIntegerField(
        _("a meeting usually takes, minutes"), default=30, validators=[MinValueValidator(5)]
    )
    # Two neighbours share their gap: the larger of the two is kept, not the sum.
    gap_before_minutes = models.PositiveSmallIntegerField(_("kept free before, minutes"), default=0)
    gap_after_minutes = models.PositiveSmallIntegerField(_("kept free after, minutes"), default=0)
    travel_minutes = models.PositiveSmallIntegerField(_("between two different places, minutes"), default=30)
    notice_minutes = models.PositiveIntegerField(_("no sooner than in, minutes"), default=120)
    days_ahead = models.PositiveSmallIntegerField(
        _("no later than in, days"), default=90, validators=[MinValueValidator(1), MaxValueValidator(540)]
    )
    daily_limit = models.PositiveSmallIntegerField(
        _("meetings a day at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    all_day_is_busy = models.BooleanField(_("all-day entries count as busy"), default=True)
    tentative_is_busy = models.BooleanField(_("tentative entries count as busy"), default=True)
    holds_last_hours = models.PositiveSmallIntegerField(
        _("a time offered is held for, hours"), default=48, validators=[MinValueValidator(1)]
    )
    not_put_through = models.BooleanField(
        _("during meetings nobody is put through, unless an instruction says so"), default=True
    )
    when_invited = models.CharField(
        _("when others invite"),
        max_length=7,
        choices=WhenInvited,
        default=WhenInvited.ASK,
        db_default=WhenInvited.ASK,
    )
    invited_words = models.CharField(
        _("what is said when declining"), max_length=240, blank=True, default="", db_default=""
    )
    guests_may_move = models.BooleanField(
        _("guests may move or cancel by their link, until the notice"), default=True, db_default=True
    )
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = DiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("diary")
        verbose_name_plural = _("diaries")
        ordering = ["client", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "contact"], nulls_distinct=False, name="one_diary_for_each_person"
            ),
        ]

    def __str__(self):
        return self.name or (self.contact.name if self.contact else self.client.name)

    @property
    def zone_name(self) -> str:
        """IANA name of the zone its hours are told in."""
        return self.zone or self.client.zone


class DiaryHours(models.Model):
    """One stretch of a weekday in which meetings may lie. Several a day make a day with gaps; none at all:
    the client's opening hours."""

    class Kind(models.TextChoices):
        WORKING = "working", _("meetings may be arranged")
        PREFERRED = "preferred", _("best")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    diary = models.ForeignKey(Diary, models.CASCADE, related_name="hours")
    kind = models.CharField(_("these hours are"), max_length=9, choices=Kind, default=Kind.WORKING)
    weekday = models.PositiveSmallIntegerField(_("weekday"), validators=[MaxValueValidator(6)])  # Monday is 0
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))  # 00:00 is the day's end

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("hours of a diary")
        verbose_name_plural = _("hours of diaries")
        ordering = ["weekday", "opens", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes="00:00"),
                name="diary_hours_end_after_they_begin",
            ),
        ]

    def __str__(self):
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Place(models.Model):
    """Where the client meets people: a room, an address, a standing video room."""

    class Kind(models.TextChoices):
        ROOM = "room", _("Room")
        ADDRESS = "address", _("Address")
        VIDEO = "video", _("Video room")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="places")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.ADDRESS)
    name = models.CharField(_("name"), max_length=120)
    address = models.TextField(_("address"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name
