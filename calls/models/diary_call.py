"""What we ring on the diary's behalf: a guest who is reminded, and both sides of a meeting by telephone."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_app.models.meeting import OfMeetingQuerySet
from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .leg import Leg


class MeetingCall(models.Model):
    """A meeting by telephone that we ring at its time: the client first, then the guests, into one room.

    One row for each time of a meeting, so that it is rung once. `of` is that time.
    """

    class State(models.TextChoices):
        CLIENT = "client", _("Ringing the client")
        GUESTS = "guests", _("Ringing the guests")
        TALKING = "talking", _("Talking")
        OVER = "over", _("Over")

    class Result(models.TextChoices):
        NONE = "", _("None yet")
        TALKED = "talked", _("They talked")
        NO_CLIENT = "no_client", _("The client was not reached")
        NO_GUEST = "no_guest", _("No guest was reached")
        CLIENT_LEFT = "client_left", _("The client hung up before a guest was there")
        LOST = "lost", _("The secretary’s line was lost, and she was not reached again")
        NO_NUMBER = "no_number", _("A number to ring was missing")
        CALLED_OFF = "called_off", _("The meeting was moved or cancelled")
        MISSED = "missed", _("We could not ring at the time")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    meeting = models.ForeignKey("calendar_app.Meeting", models.CASCADE, related_name="calls")
    of = models.DateTimeField(_("of the meeting at"))
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.CLIENT)
    result = models.CharField(_("what came of it"), max_length=11, choices=Result, blank=True)
    # Our number that is shown, and the client's numbers in order as they stood: [{number, label, seconds}].
    line = models.CharField(max_length=16, blank=True)
    numbers = models.JSONField(default=list, blank=True)
    tried = models.PositiveSmallIntegerField(default=0)  # of those, in this round
    round = models.PositiveSmallIntegerField(default=1)
    again_at = models.DateTimeField(null=True, blank=True)  # when the client is rung once more
    began_at = models.DateTimeField(_("began to ring"), default=clock.now)
    talking_at = models.DateTimeField(_("talking since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting rung by us")
        verbose_name_plural = _("meetings rung by us")
        ordering = ["-began_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "of"], name="a_meeting_is_rung_once"),
            models.CheckConstraint(
                condition=Q(state="over", ended_at__isnull=False) | (~Q(state="over") & Q(ended_at=None)),
                name="a_meeting_call_that_is_over_has_its_end",
            ),
        ]
        indexes = [
            models.Index(fields=["again_at"], condition=~Q(state="over"), name="meeting_calls_open"),
        ]

    def __str__(self):
        return f"{self.meeting}: {self.get_state_display()}"

    @property
    def room(self) -> str:
        """The conference's name at the carrier: unique in the account, nothing personal in it."""
        return f"meeting-{self.pk.hex}"

    @property
    def is_over(self) -> bool:
        return self.state == self.State.OVER


class DiaryLeg(models.Model):
    """One line we ring for the diary. `status` is the carrier's last word, and never of a lower rank."""

    class Party(models.TextChoices):
        CLIENT = "client", _("Person at the client")
        GUEST = "guest", _("Guest")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    meeting = models.ForeignKey("calendar_app.Meeting", models.CASCADE, related_name="legs")
    meeting_call = models.ForeignKey(MeetingCall, models.CASCADE, null=True, blank=True, related_name="legs")
    reminder = models.ForeignKey(
        "calendar_app.Reminder", models.CASCADE, null=True, blank=True, related_name="legs"
    )
    guest = models.ForeignKey("calendar_app.Guest", models.SET_NULL, null=True, blank=True, related_name="+")
    party = models.CharField(_("party"), max_length=6, choices=Party)
    to = models.CharField(_("number"), max_length=130)  # E.164, or client:sec_… for a browser of ours
    carrier_id = models.CharField(max_length=64, blank=True)
    status = models.CharField(
        _("carrier's last word"), max_length=11, choices=Leg.Status, default=Leg.Status.ASKED
    )
    rank = models.PositiveSmallIntegerField(default=0)
    nth = models.PositiveSmallIntegerField(_("try"), default=1)
    created_at = models.DateTimeField(default=clock.now)
    heard_at = models.DateTimeField(default=clock.now)  # when the carrier last spoke of it
    took_at = models.DateTimeField(_("pressed the key"), null=True, blank=True)
    refused_at = models.DateTimeField(_("could not"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("line rung for a diary")
        verbose_name_plural = _("lines rung for diaries")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting_call__isnull=False, reminder=None)
                | Q(meeting_call=None, reminder__isnull=False),
                name="a_diary_leg_is_for_one_thing",
            ),
            models.UniqueConstraint(
                fields=["carrier_id"], condition=~Q(carrier_id=""), name="a_diary_leg_is_kept_once"
            ),
        ]
        indexes = [models.Index(fields=["heard_at"], condition=Q(ended_at=None), name="live_diary_legs")]

    def __str__(self):
        return f"{self.get_party_display()}: {self.get_status_display()}"

    @property
    def lane(self) -> str:
        """What is done to one leg is done in order."""
        return f"diary-leg:{self.pk}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None

    @property
    def is_browser(self) -> bool:
        """Whether it rings in a browser of ours, where being signed in is proof enough of who picks up."""
        return self.to.startswith("client:")

    def hear_status(self, status: str, *, at: datetime) -> bool:
        """Take the carrier's word for it. Returns whether this was news. An unknown status is no news."""
        rank = Leg.RANK.get(status, -1)
        if rank <= self.rank:
            DiaryLeg.objects.filter(pk=self.pk).update(heard_at=at)
            return False
        facts = {"status": status, "rank": rank, "heard_at": at}
        if rank == Leg.ENDED:
            facts["ended_at"] = at
        DiaryLeg.objects.filter(pk=self.pk).update(**facts)
        for name, value in facts.items():
            setattr(self, name, value)
        return True
