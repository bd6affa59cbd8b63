"""What work led to, on which commission is earned and owed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models.shift import OwnRowsQuerySet


class OutcomeQuerySet(OwnRowsQuerySet):
    def counting(self):
        """Those that earn commission, and that clients owe it for."""
        return self.filter(state=Outcome.State.COUNTS)


class Outcome(models.Model):
    """Something her work led to, as it was reported. It counts once the firm has said so."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("A meeting booked")
        ORDER = "order", _("An order")
        LEAD = "lead", _("A lead")

    class State(models.TextChoices):
        REPORTED = "reported", _("Waits for the firm")
        COUNTS = "counts", _("Counts")
        REFUSED = "refused", _("Does not count")
        TAKEN_BACK = "taken_back", _("Taken back")

    OPEN = (State.REPORTED, State.COUNTS)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="outcomes", verbose_name=_("secretary")
    )
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    on = models.DateField(_("on"))
    worth = models.DecimalField(_("worth"), max_digits=12, decimal_places=2, default=0)
    words = models.CharField(_("what it was"), max_length=240)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.COUNTS, db_default=State.COUNTS
    )
    subject_kind = models.CharField(max_length=60, blank=True, db_default="")  # out of what: "calls.call"
    subject_id = models.UUIDField(null=True, blank=True)
    reported_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    reported_at = models.DateTimeField(_("reported"), default=clock.now)
    decided_by = models.ForeignKey(
        "office.User", models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True, blank=True
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("why it does not count"), max_length=240, blank=True, db_default="")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome of work")
        verbose_name_plural = _("outcomes of work")
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(worth__gte=0), name="an_outcome_is_worth_something"),
            models.UniqueConstraint(
                fields=["subject_id", "kind"],
                condition=Q(subject_id__isnull=False, state__in=["reported", "counts"]),
                name="an_outcome_is_reported_once",
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def is_open(self) -> bool:
        """Whether it waits for the firm, or counts."""
        return self.state in self.OPEN
