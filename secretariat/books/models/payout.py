"""What becomes of a statement once it is approved: told to the bank, paid, come back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .pay import BankDetails, OfStatementQuerySet, PayStatement


class Payout(models.Model):
    """One try to pay a statement. What came back may be paid again, by another row."""

    class State(models.TextChoices):
        ORDERED = "ordered", _("In a file for the bank")
        PAID = "paid", _("Paid")
        RETURNED = "returned", _("Came back")
        DUE = "due", _("Not paid yet")  # a person's word: what was approved without an account may be paid

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statement = models.ForeignKey(
        PayStatement, models.PROTECT, related_name="payouts", verbose_name=_("pay statement")
    )
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    bank = models.ForeignKey(
        BankDetails, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bank details")
    )
    file = models.UUIDField(_("file for the bank"), null=True, blank=True)  # none: paid by other ways
    state = models.CharField(_("state"), max_length=8, choices=State)
    because = models.CharField(_("why it came back"), max_length=240, blank=True)
    made_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"), default=clock.now)
    marked_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("marked by")
    )
    marked_at = models.DateTimeField(_("marked"), null=True, blank=True)

    objects = OfStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment of a statement")
        verbose_name_plural = _("payments of statements")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement"],
                condition=~Q(state__in=["returned", "due"]),
                name="a_statement_is_paid_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="ordered") | Q(file__isnull=False, bank__isnull=False),
                name="what_the_bank_is_told_is_in_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state="returned") & ~Q(because="") | ~Q(state="returned") & Q(because=""),
                name="what_came_back_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.statement}: {self.get_state_display()}"
