from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calls import routing
from clients.models import Client, ClientOwnedQuerySet, Served
from clients.numbers import spaced
from secretariat import clock
from secretariat.ids import uuid7


class IllegalMove(Exception):
    """The call is not in a state from which it can do this. Somebody else was first."""


class CallQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        """The firm, the client's secretaries, owners and delegates. A member sees no call."""
        roles = user.roles
        if roles.firm_wide:
            return self
        reach = Q(client__in=[contact.client_id for contact in roles.contacts if contact.sees_all])
        if roles.secretary:
            reach |= Q(client__in=Served(roles.secretary))
        return self.filter(reach)

    def on_the_line(self):
        """Calls somebody is holding a receiver for."""
        return self.filter(state__in=Call.ON_THE_LINE)

    def at_desk_of(self, secretary):
        """What lies on her desk: calls she talks on or holds, and those she is finishing.

        A caller she put through may talk on without her: that call is hers until she has finished it.
        """
        return self.filter(self._busy(), secretary=secretary)

    @staticmethod
    def _busy() -> Q:
        finishing = Q(state=Call.State.WRAP_UP) | Q(state=Call.State.THROUGH, outcome=Call.Outcome.NONE)
        return Q(state=Call.State.TALKING) | (finishing & Q(parked_at=None))

    def for_secretaries(self):
        """Calls a secretary was to answer, whether or not one was at work: the rest were refused, came round
        in a loop, or went where the client's hours and instructions send them."""
        return self.filter(self.is_for_secretaries())

    @staticmethod
    def is_for_secretaries() -> Q:
        return Q(route=routing.OFFER) | Q(reasons__contains=[{"step": routing.OFFERING}])

    def at_desk_of_or_lost_by(self, secretary):
        """Those, and the calls whose line she lost and that nobody has taken from her yet: they ring."""
        return self.filter(self._busy() | Q(state=Call.State.RINGING), secretary=secretary)

    def unfinished(self):
        """Calls put aside that nobody has finished yet."""
        return self.filter(state__in=Call.FINISHING, parked_at__isnull=False)


class Call(models.Model):
    """One telephone call, from its first ring to its named end."""

    class State(models.TextChoices):
        RINGING = "ringing", _("Ringing")
        TALKING = "talking", _("Talking")
        THROUGH = "through", _("Put through, and talking")
        WRAP_UP = "wrap_up", _("Wrapping up")
        VOICEMAIL = "voicemail", _("Leaving a voicemail")
        CLOSED = "closed", _("Closed")

    class Outcome(models.TextChoices):
        NONE = "", _("None yet")
        MESSAGE = "message", _("Message taken")
        NO_MESSAGE = "no_message", _("No message")
        VOICEMAIL = "voicemail", _("Voicemail left")
        ABANDONED = "abandoned", _("Caller hung up before an answer")
        UNANSWERED = "unanswered", _("Nobody could answer, and nothing was left")
        REFUSED = "refused", _("Refused")
        PUT_THROUGH = "put_through", _("Put through")
        LOOPED = "looped", _("Came round in a loop")
        FAILED = "failed", _("Failed")

    class NoMessage(models.TextChoices):
        """The trade's reasons for closing a call without a message."""

        HUNG_UP = "hung_up", _("Caller hung up")
        DEAD_AIR = "dead_air", _("Nobody spoke")
        AUTOMATED = "automated", _("Automated call")
        SALES = "sales", _("Sales call")
        CALL_TYPE = "call_type", _("This kind of call needs no message")
        WRONG_NUMBER = "wrong_number", _("Wrong number")
        INFORMED = "informed", _("Wanted basic information, and has it")
        FORWARDING = "forwarding", _("The client was forwarding the line")
        TEST = "test", _("Test call")
        UNRULY = "unruly", _("Caller was abusive")
        REPEATED = "repeated", _("Called again and would leave nothing")
        CLIENT_CALLED = "client_called", _("The client rang for messages")
        ELSEWHERE = "elsewhere", _("Will try elsewhere")
        LOOPED = "looped", _("Came round in a loop")
        WEB_FORM = "web_form", _("Used the form on the website")
        CALLS_BACK = "calls_back", _("Will call back")

    MAY_BECOME = {
        State.RINGING: {State.TALKING, State.THROUGH, State.VOICEMAIL, State.WRAP_UP, State.CLOSED},
        State.TALKING: {State.THROUGH, State.WRAP_UP, State.RINGING},  # ringing again: her line was lost
        State.THROUGH: {State.WRAP_UP},
        State.VOICEMAIL: {State.CLOSED},
        State.WRAP_UP: {State.CLOSED},
        State.CLOSED: {State.WRAP_UP},  # reopened
    }
    ON_THE_LINE = (State.RINGING, State.TALKING, State.THROUGH, State.VOICEMAIL)
    FINISHING = (State.WRAP_UP, State.THROUGH)  # the secretary has left the line

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="calls", verbose_name=_("client"))
    line = models.ForeignKey("clients.Line", models.PROTECT, related_name="calls", verbose_name=_("line"))
    carrier = models.CharField(max_length=12, default="twilio")
    carrier_id = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.RINGING)
    outcome = models.CharField(_("outcome"), max_length=11, choices=Outcome, blank=True, default=Outcome.NONE)
    no_message_reason = models.CharField(_("why no message"), max_length=40, choices=NoMessage, blank=True)

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
    # Lets a leg on this caller's behalf show her number; of no use once the call is closed.
    call_token = models.TextField(blank=True, default="", db_default="")
    # The leg of ours that came back as this call.
    loop_of = models.ForeignKey("calls.Leg", models.SET_NULL, null=True, blank=True, related_name="came_back")

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
    # Since when caller and client talk without us; the secretary, if there was one, wraps up from then on.
    through_at = models.DateTimeField(_("put through"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)  # nobody is on the line any more
    ended_by = models.CharField(max_length=9, blank=True)  # caller, secretary or contact: who hung up
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    voicemail_at = models.DateTimeField(null=True, blank=True)  # when nobody answers by then
    more_time = models.BooleanField(default=False)
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)  # who called is no longer kept
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
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(outcome=""), name="closed_calls_have_an_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-rang_at", "-id"]),
            models.Index(fields=["client", "caller_number", "-rang_at"]),
            models.Index(fields=["state"], condition=~Q(state="closed"), name="open_calls"),
            models.Index(fields=["-rang_at", "-id"], name="calls_by_time"),
            models.Index(
                fields=["closed_at"],
                condition=Q(closed_at__isnull=False, emptied_at=None),
                name="calls_not_emptied",
            ),
        ]

    def __str__(self):
        return f"{self.client} {self.rang_at:%Y-%m-%d %H:%M}"

    @property
    def room(self) -> str:
        """The conference's name at the carrier: unique in the account, nothing personal in it."""
        return f"room-{self.pk.hex}"

    @property
    def caller(self) -> str:
        """Whom to call her, as far as we know."""
        if self.emptied_at:
            return str(_("A caller of long ago"))
        return self.caller_name or spaced(self.caller_number) or str(_("Number withheld"))

    @property
    def is_held(self) -> bool:
        return self.state == self.State.TALKING and self.held_at is not None

    @property
    def is_parked(self) -> bool:
        return self.state in self.FINISHING and self.parked_at is not None

    @property
    def wrap_up_since(self):
        """From when on she who answered has been finishing it."""
        return self.through_at or self.ended_at

    @property
    def nobody_answered(self) -> bool:
        """It is over, and nobody of ours ever talked to the caller."""
        left = (self.Outcome.VOICEMAIL, self.Outcome.UNANSWERED, self.Outcome.ABANDONED, self.Outcome.FAILED)
        return self.state == self.State.CLOSED and self.outcome in left

    @property
    def may_reopen(self) -> bool:
        without = (self.Outcome.NO_MESSAGE, self.Outcome.PUT_THROUGH)
        return self.state == self.State.CLOSED and self.outcome in without and self.secretary_id is not None

    # Each verb asks the row, not this copy: of two at once, one wins and the other hears IllegalMove.

    def answer(self, *, secretary, at):
        """`secretary` has the caller from `at` on."""
        first = {} if self.answered_at else {"answered_at": at}
        self._move(self.State.TALKING, secretary=secretary, voicemail_at=None, held_at=None, **first)

    def hold(self, *, at):
        self._change(Q(state=self.State.TALKING, held_at=None), held_at=at)

    def resume(self):
        try:
            with transaction.atomic():
                self._change(Q(state=self.State.TALKING, held_at__isnull=False), held_at=None)
        except IntegrityError as talking:  # another call of hers was resumed in this very moment
            raise IllegalMove(f"call {self.pk}: she talks on another call") from talking

    def note_outcome(self, outcome, *, no_message_reason=""):
        """Say what the call comes to before its line ends, which then closes it.

        A message taken stays taken.
        """
        with_us = Q(state__in=[self.State.TALKING, self.State.THROUGH])
        with_us |= Q(state=self.State.RINGING, answered_at__isnull=False)
        undecided = Q(outcome__in=[self.Outcome.NONE, self.Outcome.NO_MESSAGE, self.Outcome.PUT_THROUGH])
        self._change(with_us & undecided, outcome=outcome, no_message_reason=no_message_reason)

    def go_through(self, *, at):
        """Caller and client talk from `at` on, and nobody of ours with them."""
        self._move(self.State.THROUGH, through_at=at, held_at=None, voicemail_at=None)

    def fall_back(self, *, reasons, voicemail_at):
        """Nobody at the client took the call: it rings on for the secretaries, for a while."""
        self._change(Q(state=self.State.RINGING), reasons=reasons, voicemail_at=voicemail_at)

    def lose_line(self, *, voicemail_at):
        """Her line has gone while the caller waits: the call rings again, for a while.

        That there is no message is for the next one to say anew.
        """
        undecided = self.outcome == self.Outcome.NO_MESSAGE
        facts = {"outcome": self.Outcome.NONE, "no_message_reason": ""} if undecided else {}
        self._move(self.State.RINGING, held_at=None, voicemail_at=voicemail_at, **facts)

    def end(self, *, at, by):
        """Nobody is on the line any more. `by` is the party that hung up."""
        self._move(self.State.WRAP_UP, ended_at=at, ended_by=by, held_at=None)

    def leave_voicemail(self):
        self._move(self.State.VOICEMAIL, voicemail_at=None)

    def close(self, outcome, *, at, **facts):
        """The call's named end. What ended on the line before keeps that time."""
        ended = {} if self.ended_at else {"ended_at": at}
        self._move(
            self.State.CLOSED,
            outcome=outcome,
            closed_at=at,
            held_at=None,
            parked_at=None,
            voicemail_at=None,
            call_token="",
            **ended,
            **facts,
        )

    def park(self, *, at):
        """Put aside, to be finished later."""
        self._change(Q(state__in=self.FINISHING, parked_at=None), parked_at=at)

    def take_up(self):
        """Back on the desk after it was put aside."""
        put_aside = Q(state__in=self.FINISHING, parked_at__isnull=False)
        self._change(put_aside, parked_at=None, more_time=True)

    def reopen(self, *, at):
        """Closed too early: it waits among the unfinished again."""
        if not self.may_reopen:
            raise IllegalMove(f"call {self.pk} is {self.state} as {self.outcome}: nothing to reopen")
        self._move(
            self.State.WRAP_UP,
            outcome=self.Outcome.NONE,
            no_message_reason="",
            closed_at=None,
            parked_at=at,
        )

    def take_more_time(self):
        self._change(Q(state__in=self.FINISHING), more_time=True)

    def correct_outcome(self, outcome):
        """It ended otherwise than we thought: what we were told of it came late."""
        self._change(Q(state=self.State.CLOSED), outcome=outcome)

    def touch(self):
        """Something the screen shows has changed."""
        self._change(Q())

    def _move(self, to, **facts):
        came_from = [state for state, nexts in self.MAY_BECOME.items() if to in nexts]
        self._change(Q(state__in=came_from), state=to, **facts)

    def _change(self, condition, **facts):
        row = Call.objects.filter(condition, pk=self.pk)
        if not row.update(version=F("version") + 1, **facts):
            raise IllegalMove(f"call {self.pk} is past that")
        self.refresh_from_db(fields=["state", "version", "outcome", *facts])
