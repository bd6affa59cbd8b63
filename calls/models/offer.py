from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .call import Call, CallQuerySet
from .leg import Leg


class OfferQuerySet(CallQuerySet):
    def pending(self):
        return self.filter(state=Offer.State.PENDING)


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
    # She is on a call and would hold it: nothing rings at the carrier, so there is no leg.
    is_second = models.BooleanField(_("second call"), default=False, db_default=False)
    unreached = models.BooleanField(default=False, db_default=False)  # withdrawn: her line did not ring
    because = models.CharField(_("because"), max_length=240, blank=True)
    offered_at = models.DateTimeField(_("offered"), default=clock.now)
    expires_at = models.DateTimeField(_("until"))
    settled_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)  # accepted, and then her line was lost

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["offered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["secretary"], condition=Q(state="pending"), name="one_pending_offer_per_secretary"
            ),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="accepted", lost_at=None), name="one_winner_per_call"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("offered_at")), name="an_offer_lasts"),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(state="pending"), name="pending_offers")]

    def __str__(self):
        return f"{self.secretary}: {self.get_state_display()}"

    def settle(self, state, *, at, because="") -> bool:
        """Give a pending offer its end. Returns whether it was still pending."""
        settled = Offer.objects.pending().filter(pk=self.pk)
        if not settled.update(state=state, settled_at=at, because=because or self.because):
            return False
        self.refresh_from_db(fields=["state", "settled_at", "because"])
        return True
