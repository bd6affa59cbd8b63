from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .call import Call, CallQuerySet, IllegalMove
from .leg import Leg

_IS_OPEN = Q(state__in=["dialling", "ringing", "announced", "joined", "three", "crossing"])


class PutThroughQuerySet(CallQuerySet):
    def open(self):
        """Those that have no end yet."""
        return self.filter(state__in=PutThrough.OPEN)


class PutThrough(models.Model):
    """One attempt to put a caller through to somebody at the client, over her numbers in order.

    What the far end does is heard from the carrier; what it decides, from a key it presses.
    """

    class Way(models.TextChoices):
        ASK = "ask", _("Asked first")
        STRAIGHT = "straight", _("Put straight through")
        RULE = "rule", _("By instruction, without a secretary")

    class State(models.TextChoices):
        DIALLING = "dialling", _("Dialling")
        RINGING = "ringing", _("Ringing")
        ANNOUNCED = "announced", _("Picked up, and hears who calls")
        JOINED = "joined", _("Took the call, and talks with the secretary")
        THREE = "three", _("Three of us")
        CROSSING = "crossing", _("Going through")
        DONE = "done", _("Put through")
        REFUSED = "refused", _("Refused")
        UNANSWERED = "unanswered", _("Not answered")
        TAKEN_BACK = "taken_back", _("Taken back")
        LOOPED = "looped", _("Came back to us")
        FAILED = "failed", _("Could not be rung")
        ABANDONED = "abandoned", _("The call ended first")

    TRYING = (State.DIALLING, State.RINGING, State.ANNOUNCED)  # nobody has pressed a key
    OPEN = (*TRYING, State.JOINED, State.THREE, State.CROSSING)
    IN_VAIN = (State.REFUSED, State.UNANSWERED, State.LOOPED, State.FAILED)  # and the caller came back

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, models.CASCADE, related_name="put_throughs")
    contact = models.ForeignKey(
        "clients.Contact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="put_throughs",
        verbose_name=_("to"),
    )
    # Whose number it is, as the secretary typed it, where it is nobody's whom the client entered.
    name = models.CharField(
        _("to somebody not entered"), max_length=80, blank=True, default="", db_default=""
    )
    way = models.CharField(_("how"), max_length=8, choices=Way)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DIALLING)
    leg = models.ForeignKey(Leg, models.SET_NULL, null=True, blank=True, related_name="put_throughs")
    # Her numbers as they stood: [{number, label, seconds, no_key}], and what became of those tried:
    # [{number, label, result, seconds}], seconds of ringing or null.
    numbers = models.JSONField(default=list)
    tried = models.JSONField(default=list, blank=True)
    who = models.CharField(_("who calls"), max_length=240, blank=True)  # as it was said to her
    why = models.CharField(_("why"), max_length=240, blank=True)
    asked_by = models.ForeignKey(
        "office.Secretary",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    # Of the number being tried, as the carrier tells it.
    dialled_at = models.DateTimeField(null=True, blank=True)
    rang_at = models.DateTimeField(null=True, blank=True)
    picked_up_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(_("took the call"), null=True, blank=True)
    give_up_at = models.DateTimeField(null=True, blank=True)  # should the carrier fall silent
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = PutThroughQuerySet.as_manager()

    class Meta:
        verbose_name = _("putting through")
        verbose_name_plural = _("putting through")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=_IS_OPEN,
                name="a_caller_is_put_through_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(_IS_OPEN, ended_at=None) | Q(~_IS_OPEN, ended_at__isnull=False),
                name="a_put_through_that_is_over_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | ~Q(name=""), name="a_put_through_is_to_somebody"
            ),
        ]
        indexes = [
            models.Index(
                fields=["give_up_at"],
                condition=Q(state__in=["dialling", "ringing", "announced"]),
                name="put_throughs_being_tried",
            )
        ]

    def __str__(self):
        return f"{self.to_name}: {self.get_state_display()}"

    @property
    def to_name(self) -> str:
        """Whom the caller is put through to."""
        return self.contact.name if self.contact else self.name

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_trying(self) -> bool:
        return self.state in self.TRYING

    @property
    def number(self) -> dict:
        """The number being tried, or tried last."""
        return self.numbers[min(len(self.tried), len(self.numbers) - 1)]

    @property
    def needs_key(self) -> bool:
        return not self.number["no_key"]

    # Each verb asks the row, as those of the call do.

    def dial(self, leg, *, give_up_at) -> None:
        """The next number is being rung by this leg."""
        self._change(
            self.TRYING,
            self.State.DIALLING,
            leg=leg,
            tried=self.tried,
            give_up_at=give_up_at,
            dialled_at=None,
            rang_at=None,
            picked_up_at=None,
        )

    def hear(self, status: str, *, at) -> bool:
        """What the carrier says of the number being tried. Returns whether it was news."""
        match status:
            case Leg.Status.INITIATED:
                return self._hear((self.State.DIALLING,), self.State.DIALLING, dialled_at=at)
            case Leg.Status.RINGING:
                return self._hear((self.State.DIALLING,), self.State.RINGING, rang_at=at)
            case Leg.Status.IN_PROGRESS:
                before = (self.State.DIALLING, self.State.RINGING)
                return self._hear(before, self.State.ANNOUNCED, picked_up_at=at)
        return False

    def take(self, to, *, at) -> None:
        """She takes the call; `to` is what follows of it."""
        self._change(self.TRYING, to, taken_at=at, give_up_at=None)

    def three(self) -> None:
        self._change((self.State.JOINED,), self.State.THREE)

    def cross(self) -> None:
        self._change((self.State.JOINED, self.State.THREE), self.State.CROSSING)

    def end(self, state, *, at) -> None:
        self._change(self.OPEN, state, ended_at=at, tried=self.tried, give_up_at=None)

    def _hear(self, before, state, **facts) -> bool:
        try:
            self._change(before, state, **facts)
        except IllegalMove:
            return False
        return True

    def _change(self, before, to, **facts) -> None:
        row = PutThrough.objects.filter(pk=self.pk, state__in=before)
        if not row.update(state=to, **facts):
            raise IllegalMove(f"putting through {self.pk} is past that")
        self.refresh_from_db(fields=["state", *facts])
