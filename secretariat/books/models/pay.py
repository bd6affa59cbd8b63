"""What secretaries are paid: runs, statements with their lines and parts, extras, bank details."""

from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from clients.models import WorkRecord
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models.firm import FirmQuerySet
from secretariat.office.models.shift import OwnRowsQuerySet

from .in_parts import InParts
from .plan import OfFirmQuerySet, digits_of

HERSELF = UUID(int=0)  # in the place of a company, where there is none


class PayingAccount(models.Model):
    """The account from which the firm pays: one row."""

    only = models.BooleanField(primary_key=True, default=True, editable=False)
    name = models.CharField(_("holder"), max_length=70)
    iban = models.CharField(_("IBAN"), max_length=34)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("account the firm pays from")
        verbose_name_plural = _("account the firm pays from")
        constraints = [models.CheckConstraint(condition=Q(only=True), name="the_firm_pays_from_one_account")]

    def __str__(self):
        return self.name


class BankDetailsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A secretary's are hers and the firm's to see, a company's those of its people and the firm's."""
        roles = user.roles
        if roles.firm_wide:
            return self
        reach = Q(secretary__user=user)
        if roles.partner:
            reach |= Q(partner=roles.partner)
        return self.filter(reach)


class BankDetails(models.Model):
    """Where a secretary or an outsourcing company is paid, in their own words, sealed.

    A change counts once a second channel has confirmed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        "office.Secretary",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bank_details",
        verbose_name=_("secretary"),
    )
    partner = models.ForeignKey(
        "office.Partner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bank_details",
        verbose_name=_("outsourcing company"),
    )
    entered_by = models.ForeignKey(  # to whom the code went; of a secretary it is herself
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    sealed = models.BinaryField(editable=False)  # {"holder", "iban", "bic", "tax"} as JSON
    ending = models.CharField(_("ends in"), max_length=4)  # of the IBAN, to be told apart by
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    entered_at = models.DateTimeField(_("entered"), default=clock.now)
    expires_at = models.DateTimeField(_("code good until"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    objects = BankDetailsQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank details")
        verbose_name_plural = _("bank details")
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["secretary"],
                condition=Q(confirmed_at__isnull=False, replaced_at=None),
                name="she_is_paid_into_one_account",
            ),
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(confirmed_at__isnull=False, replaced_at=None),
                name="a_company_is_paid_into_one_account",
            ),
            models.CheckConstraint(
                condition=Q(secretary__isnull=False, partner=None) | Q(secretary=None, partner__isnull=False),
                name="an_account_is_hers_or_a_companys",
            ),
        ]

    def __str__(self):
        return f"…{self.ending}"


class PayRun(InParts):
    """Everybody's pay for some days: prepared by one person, approved by another, then it stands."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        PREPARED = "prepared", _("Waits for a second person")
        APPROVED = "approved", _("Approved")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    pay_on = models.DateField(_("to be paid on"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PREPARING)
    prepared_by = models.ForeignKey(
        "office.User", models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    prepared_at = models.DateTimeField(_("prepared"), default=clock.now)
    approved_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("pay run")
        verbose_name_plural = _("pay runs")
        ordering = ["-last_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="a_pay_run_ends_after_it_begins",
                violation_error_message=_("The last day comes after the first."),
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(state="approved") & Q(approved_by=None, approved_at=None)),
                name="an_approved_run_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                name="two_people_make_a_pay_run",
            ),
            models.UniqueConstraint(
                fields=["first_on", "last_on"], condition=~Q(state="approved"), name="a_pay_run_is_open_once"
            ),
        ]

    def __str__(self):
        return f"{self.first_on:%Y-%m-%d} – {self.last_on:%Y-%m-%d}"

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED


class StatementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm and its bookkeeper see all; once two people have said that they stand, a secretary sees
        hers and an outsourcing company those it was paid for.
        """
        roles = user.roles
        if roles.keeps_books:
            return self
        reach = Q(secretary__user=user)
        if roles.partner:
            reach |= Q(partner=roles.partner)
        return self.filter(reach, run__state=PayRun.State.APPROVED)


class PayStatement(models.Model):
    """One secretary's pay of one run, to herself or to the company through which she worked then.

    Whoever was engaged both ways has one of each. Days that a statement pays for are paid by no other of the
    same payee; no interval and no piece is on two, whoever is paid.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(PayRun, models.CASCADE, related_name="statements", verbose_name=_("pay run"))
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="pay_statements", verbose_name=_("secretary")
    )
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    currency = models.CharField(_("currency"), max_length=3)
    gross = models.DecimalField(_("pay"), max_digits=14, decimal_places=3)
    expenses = models.DecimalField(_("paid back"), max_digits=14, decimal_places=3)
    total = models.DecimalField(_("to be paid"), max_digits=14, decimal_places=3)
    bank = models.ForeignKey(BankDetails, models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey(
        "office.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paid to")
    )
    to_partner = models.CharField(_("paid to"), max_length=120, blank=True)  # where a company is paid for her
    rules = models.JSONField(default=list)  # [{"version": 2, "from": …, "words": […]}], as they were
    waiting = models.PositiveIntegerField(_("intervals that wait for a contract"), default=0)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("pay statement")
        verbose_name_plural = _("pay statements")
        ordering = ["-last_on", "secretary"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "secretary", "partner"],
                nulls_distinct=False,
                name="a_run_pays_each_payee_once",
            ),
            models.CheckConstraint(condition=Q(total=F("gross") + F("expenses")), name="pay_adds_up"),
            ExclusionConstraint(
                name="a_day_is_paid_once_to_each",
                expressions=[
                    ("secretary", RangeOperators.EQUAL),
                    (Coalesce(F("partner"), Value(HERSELF)), RangeOperators.EQUAL),
                    (
                        Func(
                            F("first_on"),
                            F("last_on"),
                            Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.secretary} {self.first_on:%Y-%m-%d}"

    @property
    def digits(self) -> int:
        return digits_of(self.currency)

    @property
    def payee_id(self) -> UUID:
        """The company that is paid for her, or herself."""
        return self.partner_id or self.secretary_id

    @property
    def payee(self) -> str:
        return self.to_partner or self.secretary.user.name


class OfStatementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With its statement."""
        return self.filter(statement__in=PayStatement.objects.visible_to(user))


class PayLine(models.Model):
    """What a statement comes to for one term of a contract, or for something else."""

    statement = models.ForeignKey(PayStatement, models.CASCADE, related_name="lines")
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    words = models.CharField(_("what"), max_length=240)
    rule = models.CharField(_("rule"), max_length=400, blank=True)
    quantity = models.CharField(_("how much"), max_length=60, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=3)

    objects = OfStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        ordering = ["statement", "rank"]
        constraints = [models.UniqueConstraint("statement", "rank", name="a_line_of_pay_has_its_place")]

    def __str__(self):
        return self.words


class PayPart(models.Model):
    """One interval, piece, outcome or extra, where it is paid. The database lets none be paid twice.

    There are millions, so of each is asked only what nothing else holds. Its line is written before it in the
    same transaction, and goes after it; statement and secretary are the line's. A record stays because an
    approved week holds it, which never changes again; to ask once more would lock a row of each.
    """

    statement = models.ForeignKey(
        PayStatement, models.CASCADE, related_name="parts", db_index=False, db_constraint=False
    )
    line = models.ForeignKey(PayLine, models.CASCADE, related_name="parts", db_constraint=False)
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    record = models.ForeignKey(
        WorkRecord, models.PROTECT, null=True, related_name="paid", db_index=False, db_constraint=False
    )  # what makes sure that it is paid once finds it too
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True)
    since = models.DateTimeField(_("from"), null=True)  # of an interval, as it was confirmed
    until = models.DateTimeField(_("until"), null=True)
    micros = models.BigIntegerField(default=0)  # those that no other interval counts at the same time
    units = models.PositiveIntegerField(default=0)  # seconds as rounded, or pieces
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=3)

    objects = OfStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a line")
        verbose_name_plural = _("parts of lines")
        ordering = ["line", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(record__isnull=False), name="an_interval_is_paid_once"
            ),
            models.UniqueConstraint(
                fields=["secretary", "subject_kind", "subject_id"],
                condition=Q(subject_id__isnull=False),
                name="a_piece_is_paid_once",
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=False, subject_id=None, since__isnull=False, until__isnull=False)
                | Q(record=None, subject_id__isnull=False),
                name="a_part_is_an_interval_or_a_thing",
            ),
        ]

    def __str__(self):
        return f"{self.amount}"


class PayExtra(models.Model):
    """Something beside the contract's terms, in words: what she laid out, a bonus, a correction."""

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("Expense, paid back")
        BONUS = "bonus", _("Bonus")
        CORRECTION = "correction", _("Correction of earlier pay")
        DEDUCTION = "deduction", _("Taken off, as agreed")

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the firm")
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="pay_extras", verbose_name=_("secretary")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    on = models.DateField(_("on"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    words = models.CharField(_("what for"), max_length=240)
    corrects = models.ForeignKey(PayStatement, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    decided_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=240, blank=True)
    # What it was laid out for, where the product knows: an envelope, a print run. It is paid back once.
    subject_kind = models.CharField(max_length=60, blank=True, db_default="", default="", editable=False)
    subject_id = models.UUIDField(null=True, blank=True, editable=False)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra of pay")
        verbose_name_plural = _("extras of pay")
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="an_extra_is_not_nought"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(subject_id__isnull=False),
                name="what_was_laid_out_is_an_extra_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["expense", "bonus"], amount__gt=0)
                | Q(kind="deduction", amount__lt=0)
                | Q(kind="correction"),
                name="an_extra_has_the_sign_of_its_kind",
            ),
        ]

    def __str__(self):
        return self.words
