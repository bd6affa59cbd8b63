from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class CallQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """The firm, the client's secretaries, owners and delegates. A member sees no call."""
        roles = user.roles
        if roles.firm_wide:
            return self
        reach = Q(client__in=[contact.client_id for contact in roles.contacts if contact.sees_all])
        if roles.secretary:
            reach |= Q(client__in=Client.objects.served_by(roles.secretary).values("pk"))
        return self.filter(reach)


class Call(models.Model):
    """One telephone call, from its first ring to its named end."""

    class State(models.TextChoices):
        RINGING = "ringing", _("Ringing")
        TALKING = "talking", _("Talking")
        WRAP_UP = "wrap_up", _("Wrapping up")
        VOICEMAIL = "voicemail", _("Leaving a voicemail")
        CLOSED = "closed", _("Closed")

    class Outcome(models.TextChoices):
        NONE = "", _("None yet")
        MESSAGE = "message", _("Message taken")
        NO_MESSAGE = "no_message", _("No message")
        VOICEMAIL = "voicemail", _("Voicemail left")
        ABANDONED = "abandoned", _("Caller hung up before an answer")
        REFUSED = "refused", _("Refused")
        PUT_THROUGH = "put_through", _("Put through")
        LOOPED = "looped", _("Came round in a loop")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="calls", verbose_name=_("client"))
    line = models.ForeignKey("clients.Line", models.PROTECT, related_name="calls", verbose_name=_("line"))
    carrier = models.CharField(max_length=12, default="twilio")
    carrier_id = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.RINGING)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome, blank=True, default=Outcome.NONE)
    no_message_reason = models.CharField(_("why no message"), max_length=40, blank=True)

    # The caller, copied when it rang: later edits cannot blank the screen.
    caller_number = models.CharField(
        _("caller's number"), max_length=16, blank=True
    )  # E.164; empty: withheld
    caller_as_sent = models.CharField(max_length=80, blank=True)
    caller_name = models.CharField(_("caller"), max_length=120, blank=True)
    caller_firm = models.CharField(_("caller's firm"), max_length=120, blank=True)
    caller_say = models.CharField(max_length=120, blank=True)
    correspondent = models.ForeignKey(
        "clients.Correspondent", models.SET_NULL, null=True, blank=True, related_name="calls"
    )
    nth_call = models.PositiveIntegerField(_("how many times she has called"), default=1)
    forwarded_from = models.CharField(max_length=32, blank=True)

    # The decision, as it was taken.
    route = models.CharField(max_length=12, blank=True)
    reasons = models.JSONField(default=list, blank=True)  # [{question, answer, because, decided}]
    passed_over = models.JSONField(default=list, blank=True)  # [{what, because}]
    guidance = models.JSONField(default=dict, blank=True)  # phrase, today, instructions as they stood

    secretary = models.ForeignKey(
        "office.Secretary",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("answered by"),
    )
    call_type = models.ForeignKey(
        "clients.CallType", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    conference_id = models.CharField(max_length=64, blank=True)

    rang_at = models.DateTimeField(_("rang"), default=clock.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    held_at = models.DateTimeField(_("on hold since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)  # nobody is on the line any more
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    voicemail_at = models.DateTimeField(null=True, blank=True)  # when nobody answers by then
    more_time = models.BooleanField(default=False)
    parked_at = models.DateTimeField(_("put aside"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-rang_at", "-id"]
        constraints = [
            models.UniqueConstraint("carrier", "carrier_id", name="a_call_is_kept_once"),
            models.UniqueConstraint(
                fields=["secretary"],
                condition=Q(state="talking", held_at=None),
                name="one_unheld_call_per_secretary",
            ),
            models.CheckConstraint(
                condition=~Q(state="talking") | Q(secretary__isnull=False), name="somebody_talks"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="closed_calls_have_closed_at",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-rang_at", "-id"]),
            models.Index(fields=["client", "caller_number", "-rang_at"]),
            models.Index(fields=["state"], condition=~Q(state="closed"), name="open_calls"),
        ]

    def __str__(self):
        return f"{self.client} {self.rang_at:%Y-%m-%d %H:%M}"

    @property
    def room(self) -> str:
        """The conference's name at the carrier: unique in the account, nothing personal in it."""
        return f"room-{self.pk.hex}"


class Leg(models.Model):
    """One line of a call: the caller's, the secretary's, a contact's. `status` is the carrier's last word."""

    class Party(models.TextChoices):
        CALLER = "caller", _("Caller")
        SECRETARY = "secretary", _("Secretary")
        CONTACT = "contact", _("Person at the client")

    class Status(models.TextChoices):
        ASKED = "asked", _("Asked for")
        QUEUED = "queued", _("Queued")
        INITIATED = "initiated", _("Initiated")
        RINGING = "ringing", _("Ringing")
        IN_PROGRESS = "in-progress", _("Connected")
        COMPLETED = "completed", _("Ended")
        BUSY = "busy", _("Busy")
        NO_ANSWER = "no-answer", _("No answer")
        FAILED = "failed", _("Failed")
        CANCELED = "canceled", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="legs")
    party = models.CharField(_("party"), max_length=9, choices=Party)
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey("clients.Contact", models.PROTECT, null=True, blank=True, related_name="+")
    to = models.CharField(max_length=130, blank=True)  # E.164 or client:sec_…
    carrier = models.CharField(max_length=12, default="twilio")
    carrier_id = models.CharField(max_length=64, blank=True)
    status = models.CharField(_("carrier's last word"), max_length=11, choices=Status, default=Status.ASKED)
    rank = models.PositiveSmallIntegerField(default=0)
    sequence = models.IntegerField(default=-1)  # the highest SequenceNumber seen
    in_room = models.BooleanField(default=False)
    held = models.BooleanField(default=False)
    moving_to = models.CharField(max_length=64, blank=True)  # a room it was sent to and has not joined yet
    created_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("leg")
        verbose_name_plural = _("legs")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "carrier_id"], condition=~Q(carrier_id=""), name="a_leg_is_kept_once"
            )
        ]

    def __str__(self):
        return f"{self.get_party_display()}: {self.get_status_display()}"


class Offer(models.Model):
    """A call offered to one secretary. Only an expired one counts as missed."""

    class State(models.TextChoices):
        PENDING = "pending", _("Ringing")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Not now")
        EXPIRED = "expired", _("Missed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="offers")
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, related_name="offers")
    leg = models.OneToOneField(Leg, models.SET_NULL, null=True, blank=True, related_name="offer")
    line = models.CharField(_("by"), max_length=8)  # office.LineKind
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PENDING)
    because = models.CharField(_("because"), max_length=240, blank=True)
    offered_at = models.DateTimeField(_("offered"), default=clock.now)
    expires_at = models.DateTimeField(_("until"))
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["offered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["secretary"], condition=Q(state="pending"), name="one_pending_offer_per_secretary"
            ),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="accepted"), name="one_winner_per_call"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("offered_at")), name="an_offer_lasts"),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state="pending"), name="pending_offers")]

    def __str__(self):
        return f"{self.secretary}: {self.get_state_display()}"


class CallEvent(models.Model):
    """A line of the call's timeline."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now)
    verb = models.CharField(max_length=40)  # "rang", "offered", "answered", "held", …
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.ForeignKey("clients.Contact", models.PROTECT, null=True, blank=True, related_name="+")
    detail = models.JSONField(default=dict, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the timeline")
        verbose_name_plural = _("timeline")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["call", "at"])]

    def __str__(self):
        return self.verb


class Voicemail(models.Model):
    """What a caller left when nobody answered. Its audio lies in private media."""

    class State(models.TextChoices):
        RECORDING = "recording", _("Being recorded")
        FETCHING = "fetching", _("Being fetched from the carrier")
        READY = "ready", _("Ready")
        ABSENT = "absent", _("Nothing was recorded")
        FAILED = "failed", _("Could not be fetched")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    call = models.OneToOneField(Call, models.CASCADE, related_name="voicemail")
    recording_id = models.CharField(max_length=64, blank=True)
    seconds = models.PositiveIntegerField(_("length, seconds"), null=True, blank=True)
    media_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.RECORDING)
    notice = models.CharField(_("recording notice the caller heard"), max_length=240, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("voicemail")
        verbose_name_plural = _("voicemails")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["recording_id"], condition=~Q(recording_id=""), name="a_recording_is_kept_once"
            )
        ]

    def __str__(self):
        return f"{self.call}: {self.get_state_display()}"
