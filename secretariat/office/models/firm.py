from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7


class SecondCalls(models.TextChoices):
    """Who, being on a call with nobody free, is offered a second one."""

    NOBODY = "nobody", _("Nobody: the caller waits")
    OWN = "own", _("The client's own secretaries")
    EVERYBODY = "everybody", _("Everybody who answers for the client")


class FirmQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm's own rows: for those who hold a post in it."""
        return self if user.roles.firm_wide else self.none()


class Firm(models.Model):
    """The firm itself: one row, with what holds for every client unless the client says otherwise."""

    only = models.BooleanField(primary_key=True, default=True, editable=False)
    name = models.CharField(_("name"), max_length=120, default="Secretariat")
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    country = models.CharField(_("country"), max_length=2, default="GB")
    offer_seconds = models.PositiveSmallIntegerField(_("an offered call rings for, seconds"), default=15)
    wrap_up_seconds = models.PositiveSmallIntegerField(_("time to finish a call, seconds"), default=60)
    answer_within_seconds = models.PositiveSmallIntegerField(
        _("a call is to be answered within, seconds"), default=20, db_default=20
    )
    hand_over_after_minutes = models.PositiveSmallIntegerField(
        _("what somebody absent still has goes to the team after, minutes"), default=30, db_default=30
    )
    missed_offers_until_away = models.PositiveSmallIntegerField(_("missed calls until away"), default=2)
    second_calls = models.CharField(
        _("a second call, when nobody is free, is offered to"),
        max_length=9,
        choices=SecondCalls,
        default=SecondCalls.OWN,
        db_default=SecondCalls.OWN,
    )
    rejoin_seconds = models.PositiveSmallIntegerField(
        _("time to come back after a dropped line, seconds"), default=45, db_default=45
    )

    # Shifts, as long as nothing else is agreed.
    rest_hours = models.PositiveSmallIntegerField(
        _("rest due within 24 hours, hours"),
        default=11,
        db_default=11,
        validators=[MaxValueValidator(20)],
    )
    weekly_rest_hours = models.PositiveSmallIntegerField(
        _("rest due in one piece every week, hours"),
        default=24,
        db_default=24,
        validators=[MaxValueValidator(120)],
    )
    longest_shift_hours = models.PositiveSmallIntegerField(
        _("longest shift, hours"), default=12, db_default=12
    )
    late_after_minutes = models.PositiveSmallIntegerField(
        _("somebody who has not come is late after, minutes"), default=5, db_default=5
    )
    swap_hours = models.PositiveSmallIntegerField(
        _("a proposed swap stands for, hours"), default=72, db_default=72
    )

    # What a secretary may take out of the product: off at first, but for what came with the mail she answers;
    # and a client may forbid it again.
    may_download = models.BooleanField(
        _("secretaries may download recordings"), default=False, db_default=False
    )
    may_download_attachments = models.BooleanField(
        _("secretaries may download what is attached to mail"), default=True, db_default=True
    )
    may_print = models.BooleanField(_("secretaries may print messages"), default=False, db_default=False)
    may_export = models.BooleanField(_("secretaries may export lists"), default=False, db_default=False)
    may_copy_out = models.BooleanField(
        _("secretaries may copy messages out"), default=False, db_default=False
    )

    contracts_from = models.DateField(
        _("work only under a signed contract, from"),
        null=True,
        blank=True,
        help_text=_(
            "From this day on nobody comes to work or is put on a team without one. Empty: contracts are "
            "not asked for. Pay follows from contracts in any case."
        ),
    )

    # How long what callers said is kept. Empty: until the firm gives a figure again, as in a dispute.
    conversations_kept_days = models.PositiveIntegerField(
        _("calls, messages and texts keep their words for, days"),
        null=True,
        blank=True,
        default=730,
        db_default=730,
        validators=[MinValueValidator(30)],
        help_text=_("Counted from their end. Times and results stay. Empty: for good."),
    )
    recordings_kept_days = models.PositiveIntegerField(
        _("voicemails are kept for, days"),
        null=True,
        blank=True,
        default=90,
        db_default=90,
        validators=[MinValueValidator(30)],
        help_text=_("Counted from when they were left; one that waits for somebody stays. Empty: for good."),
    )

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("firm")
        constraints = [models.CheckConstraint(condition=Q(only=True), name="firm_is_one_row")]

    def __str__(self):
        return self.name

    @classmethod
    def current(cls) -> "Firm":
        """The firm's row, made on first use."""
        return cls.objects.get_or_create(pk=True)[0]

    @classmethod
    def figure(cls, name: str):
        """One value of the firm's row, or what it is to begin with while there is no row."""
        row = cls.objects.values_list(name).first()
        return row[0] if row else cls._meta.get_field(name).get_default()

    @classmethod
    def day(cls, at: datetime) -> date:
        """The day it is where the firm is, at this moment."""
        return at.astimezone(ZoneInfo(cls.figure("zone"))).date()

    @classmethod
    def column(cls, name: str) -> Subquery:
        """One value of the firm's row, for a query of something else. NULL while there is no row."""
        return Subquery(cls.objects.values(name)[:1])


class PostQuerySet(models.QuerySet):
    def current(self):
        now = clock.Now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=now), from_at__lte=now)

    def running_the_firm(self):
        return self.current().filter(post__in=RUN_THE_FIRM)

    def visible_to(self, user):
        return self if user.roles.firm_wide else self.filter(user=user)


RUN_THE_FIRM = ("supervisor", "admin")  # the posts whose holders see everything of the firm


class Post(models.Model):
    """A post somebody holds in the firm itself. A bookkeeper sees money, and nothing callers said."""

    class Kind(models.TextChoices):
        SUPERVISOR = "supervisor", _("Supervisor")
        ADMIN = "admin", _("Administrator")
        BOOKKEEPER = "bookkeeper", _("Bookkeeper")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey("office.User", models.CASCADE, related_name="posts", verbose_name=_("person"))
    post = models.CharField(_("post"), max_length=12, choices=Kind)
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    # The last day, where she lives. Of whoever takes no calls there are no days off in the rota.
    away_until_on = models.DateField(_("away until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self):
        return f"{self.user}, {self.get_post_display()}"
