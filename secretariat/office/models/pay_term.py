"""What a contract pays for, term by term, as the rules of pay read it."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.office import pay

from .contract import Contract, OfContractQuerySet


class PayTerm(models.Model):
    """One thing a contract pays for, in money."""

    class By(models.TextChoices):
        HOUR = "hour", _("An hour")
        WAITING = "waiting", _("An hour on shift with nothing to do")
        DAY_OFF = "day_off", _("A day of paid holiday or sickness")
        PIECE = "piece", _("A piece")
        FIXED = "fixed", _("A fixed amount")
        OUTCOME = "outcome", _("Commission: an amount")
        SHARE = "share", _("Commission: percent")
        KEPT = "kept", _("A bonus for keeping every shift")
        ODD = "odd", _("A shift at odd hours")
        QUALITY = "quality", _("A bonus for quality")
        SPOKEN = "spoken", _("An hour in a language, on top")
        BONUS = "bonus", _("A bonus")
        LEAST = "least", _("The least")
        LESS = "less", _("Taken off")
        REDUCED = "reduced", _("Reduced by percent")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="terms")
    rank = models.PositiveSmallIntegerField(default=0)
    by = models.CharField(_("for"), max_length=7, choices=By)
    of = models.CharField(_("of"), max_length=12, blank=True)  # which time, piece, outcome, shift, language
    per = models.CharField(_("each"), max_length=5, blank=True)  # week, month or year
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=4)  # of shares: percent
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2, default=Decimal(0))
    percent = models.PositiveSmallIntegerField(_("of quality: from percent"), default=0, db_default=0)
    condition = models.CharField(_("on condition that, or for what"), max_length=240, blank=True)
    until_on = models.DateField(_("until and with"), null=True, blank=True)  # of what is taken off

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of pay")
        verbose_name_plural = _("terms of pay")
        ordering = ["contract", "rank", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_term_of_pay_is_money"),
            models.CheckConstraint(
                condition=~Q(by="reduced") | Q(amount__lt=100), name="a_reduction_leaves_something"
            ),
            models.CheckConstraint(
                condition=~Q(by__in=["less", "reduced"]) | ~Q(condition=""),
                name="what_is_taken_off_says_for_what",
            ),
            models.CheckConstraint(
                condition=~Q(by="quality") | Q(percent__gte=1, percent__lte=100),
                name="a_bonus_for_quality_says_from_how_much",
            ),
            models.CheckConstraint(
                condition=~Q(by="spoken") | ~Q(of=""), name="an_hour_in_a_language_says_which"
            ),
            models.UniqueConstraint(
                "contract", "by", "of", "per", "hours", name="a_term_of_pay_is_said_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_by_display()} {self.of} {self.amount}"

    @property
    def rule(self) -> pay.Term:
        return pay.Term(
            pay.By(self.by),
            self.amount,
            self.of,
            self.per,
            self.hours,
            self.condition,
            self.until_on,
            percent=self.percent,
            key=self.pk,
        )
