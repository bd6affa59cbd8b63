"""What the client tells us to do: where she is, what is different today, and what stands."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client, ClientOwnedQuerySet


class StatusQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """As other rows of a client, and everyone sees her own."""
        own = Q(contact__in=[contact.pk for contact in user.roles.contacts])
        if user.roles.firm_wide:
            return self
        return self.filter(Q(pk__in=super().visible_to(user).values("pk")) | own)

    def standing_at(self, at):
        """Those that speak at `at` or later: neither over nor ended by then."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), until_at__gt=at)


class Status(models.Model):
    """Where a contact is, until when. Ended early by `until_at`, never overwritten."""

    class Kind(models.TextChoices):
        AVAILABLE = "available", _("Available")
        MEETING = "meeting", _("In a meeting")
        OUT = "out", _("Out")
        LUNCH = "lunch", _("At lunch")
        BUSY = "busy", _("Do not disturb")
        GONE = "gone", _("Gone for the day")
        AWAY = "away", _("Away")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="statuses")
    contact = models.ForeignKey("clients.Contact", models.CASCADE, related_name="statuses")
    kind = models.CharField(_("where"), max_length=9, choices=Kind)
    text = models.CharField(_("in words"), max_length=120, blank=True)  # “In court”
    note = models.CharField(_("what to tell callers"), max_length=240, blank=True)
    stand_in = models.ForeignKey(
        "clients.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who stands in"),
    )
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"))
    set_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)  # withdrawn before its time, or replaced

    objects = StatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("where somebody is")
        verbose_name_plural = _("where people are")
        ordering = ["-set_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("from_at")), name="a_status_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(stand_in=None) | ~Q(stand_in=F("contact")), name="nobody_stands_in_for_herself"
            ),
        ]
        indexes = [models.Index(fields=["client", "until_at"])]

    def __str__(self):
        return f"{self.contact}: {self.text or self.get_kind_display()}"


class InstructionQuerySet(ClientOwnedQuerySet):
    def speaking_at(self, at):
        """The versions that spoke at `at`: what we had been told by then and not yet otherwise."""
        return self.filter(Q(replaced_at=None) | Q(replaced_at__gt=at), written_at__lte=at)


class Instruction(models.Model):
    """One version of one instruction. `series` outlives changes; an older version is replaced."""

    class Callers(models.TextChoices):
        ANYONE = "anyone", _("Anyone")
        PEOPLE = "people", _("These people")
        NUMBERS = "numbers", _("These numbers")
        COMPANIES = "companies", _("These firms")
        VIPS = "vips", _("VIPs")
        UNKNOWN = "unknown", _("Unknown callers")

    class Meetings(models.TextChoices):
        AS_USUAL = "", _("As usual: nobody in a meeting is put through")
        ALSO = "also", _("Also during meetings")
        ONLY = "only", _("During meetings only")

    class Action(models.TextChoices):
        MESSAGE = "message", _("Take a message")
        PUT_THROUGH = "put_through", _("Put through")
        VOICEMAIL = "voicemail", _("Voicemail")
        REFUSE = "refuse", _("Refuse")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.UUIDField(default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="instructions")
    line = models.ForeignKey(
        "clients.Line",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only on this line"),
    )
    callers = models.CharField(_("for"), max_length=9, choices=Callers, default=Callers.ANYONE)
    people = models.ManyToManyField(
        "clients.Correspondent", blank=True, related_name="+", verbose_name=_("people")
    )
    numbers = ArrayField(models.CharField(max_length=16), default=list, blank=True, verbose_name=_("numbers"))
    companies = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("firms")
    )
    action = models.CharField(_("then"), max_length=11, choices=Action, default=Action.MESSAGE)
    put_through_to = models.ForeignKey(
        "clients.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("put through to"),
    )
    directly = models.BooleanField(_("without a secretary"), default=False, db_default=False)
    call_type = models.ForeignKey(
        "clients.CallType",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only when the call is about"),
    )
    in_meetings = models.CharField(
        _("during meetings"), max_length=4, choices=Meetings, blank=True, default="", db_default=""
    )
    text = models.CharField(_("for the secretary"), max_length=480, blank=True)
    # Local wall time, every week between those dates. No days: every day; no hours: the whole day.
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, db_default=[], blank=True, verbose_name=_("on")
    )
    from_time = models.TimeField(_("from, time of day"), null=True, blank=True)
    until_time = models.TimeField(_("until, time of day"), null=True, blank=True)
    from_at = models.DateTimeField(_("from"), null=True, blank=True)  # both empty: standing
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    written_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    # This version no longer speaks: the next of its series does, or it was withdrawn.
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InstructionQuerySet.as_manager()

    class Meta:
        verbose_name = _("instruction")
        verbose_name_plural = _("instructions")
        ordering = ["-written_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(replaced_at=None), name="one_version_of_an_instruction_speaks"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(from_at=None) | Q(until_at__gt=F("from_at")),
                name="an_instruction_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=list(range(7))), name="a_week_has_seven_days"
            ),
            models.CheckConstraint(
                condition=Q(call_type=None) | Q(action__in=["message", "put_through"]),
                name="a_call_type_is_known_once_answered",
            ),
            models.CheckConstraint(
                condition=~Q(action="put_through") | Q(put_through_to__isnull=False),
                name="put_through_names_somebody",
            ),
            models.CheckConstraint(
                condition=Q(directly=False) | Q(action="put_through"),
                name="only_put_through_goes_without_a_secretary",
            ),
            models.CheckConstraint(
                condition=~Q(replaced_at=None) | Q(replaced_by=None),
                name="a_version_that_speaks_has_no_replacer",
            ),
        ]
        indexes = [models.Index(fields=["client"], condition=Q(replaced_at=None), name="spoken_instructions")]

    def __str__(self):
        return self.text or self.get_action_display()

    @property
    def is_standing(self) -> bool:
        return self.from_at is None and self.until_at is None and not self.has_window

    @property
    def has_window(self) -> bool:
        return bool(self.weekdays) or self.from_time is not None or self.until_time is not None


class CallType(models.Model):
    """A reason people call, with what to ask."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="call_types")
    name = models.CharField(_("name"), max_length=60)
    handling = models.CharField(_("how it is handled, for the secretary"), max_length=240, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency to begin with"), default=1)
    takes_message = models.BooleanField(_("ends in a message"), default=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)
    is_default = models.BooleanField(_("chosen to begin with"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("call type")
        verbose_name_plural = _("call types")
        ordering = ["rank", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(is_default=True), name="one_default_call_type"
            )
        ]

    def __str__(self):
        return self.name


class Prompt(models.Model):
    """One question of a call type, and the field for its answer."""

    class Kind(models.TextChoices):
        SHORT = "short", _("A line")
        LONG = "long", _("Several lines")
        PHONE = "phone", _("Telephone number")
        EMAIL = "email", _("E-mail address")
        DATE = "date", _("Day")
        TIME = "time", _("Time")
        CHOICE = "choice", _("One of several")
        YES_NO = "yes_no", _("Yes or no")
        NUMBER = "number", _("Number")
        ADDRESS = "address", _("Address")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    call_type = models.ForeignKey(CallType, models.CASCADE, related_name="prompts")
    caption = models.CharField(_("caption"), max_length=80)
    help = models.CharField(_("help"), max_length=160, blank=True)
    say = models.CharField(_("line to say"), max_length=240, blank=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.SHORT)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("choices"))
    required = models.BooleanField(_("required"), default=False)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ClientOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("prompt")
        verbose_name_plural = _("prompts")
        ordering = ["rank", "id"]

    def __str__(self):
        return self.caption
