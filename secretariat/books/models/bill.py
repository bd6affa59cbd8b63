"""A bill down to the record each second came from, and what becomes of it: paid, questioned, credited."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, WorkRecord
from secretariat import clock
from secretariat.books.reckoning import Of
from secretariat.ids import uuid7

from .plan import ClientPlan, OfBooksQuerySet, OfFirmQuerySet, digits_of


class OfBillQuerySet(OfBooksQuerySet):
    """A draft is the firm's own; the client sees what is issued."""

    bill = "bill__"

    def visible_to(self, user):
        rows = super().visible_to(user)
        return rows if user.roles.keeps_books else rows.filter(**{f"{self.bill}state": "issued"})


class BillQuerySet(OfBillQuerySet):
    bill = ""

    def issued(self):
        return self.filter(state=Bill.State.ISSUED)


class Numbering(models.Model):
    """The last number given in a series. Whoever issues locks this row, so that there is no gap."""

    series = models.CharField(primary_key=True, max_length=6)
    last = models.PositiveIntegerField(default=0)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("last number")
        verbose_name_plural = _("last numbers")

    def __str__(self):
        return f"{self.series} {self.last}"


class Bill(models.Model):
    """What a client owes for a month, or gets back. Once issued it never changes: the database holds that."""

    class Kind(models.TextChoices):
        BILL = "bill", _("Bill")
        CREDIT = "credit", _("Credit note")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="bills", verbose_name=_("client"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.BILL)
    credits = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="credit_notes")
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until and with"))
    number = models.CharField(_("number"), max_length=20, null=True, blank=True, unique=True)
    issued_on = models.DateField(_("issued"), null=True, blank=True)
    due_on = models.DateField(_("to be paid by"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    net = models.DecimalField(_("net"), max_digits=14, decimal_places=3)
    vat_percent = models.DecimalField(_("VAT, percent"), max_digits=5, decimal_places=2, default=0)
    vat = models.DecimalField(_("VAT"), max_digits=14, decimal_places=3)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=3)
    tax = models.CharField(_("kind of VAT"), max_length=8, default="standard")
    parties = models.JSONField(default=dict)  # as they stood: who bills, who is billed, how to pay
    rules = models.JSONField(default=list)  # the plan in words, as it stood
    carried = models.PositiveIntegerField(default=0)  # included units that came from the month before
    left = models.PositiveIntegerField(default=0)  # and those that go into the next
    made_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = BillQuerySet.as_manager()

    class Meta:
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        ordering = ["-first_on", "client", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "first_on"], condition=Q(kind="bill"), name="one_bill_a_month"
            ),
            models.CheckConstraint(condition=Q(total=F("net") + F("vat")), name="a_total_is_net_and_vat"),
            models.CheckConstraint(
                condition=Q(state="draft", number=None, issued_on=None)
                | Q(state="issued", number__isnull=False, issued_on__isnull=False, due_on__isnull=False),
                name="what_is_issued_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(kind="bill", credits=None) | Q(kind="credit", credits__isnull=False),
                name="a_credit_note_says_of_which_bill",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="bills_to_be_paid")]

    def __str__(self):
        return self.number or str(_("Draft"))

    @property
    def digits(self) -> int:
        return digits_of(self.currency)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class BillLine(models.Model):
    """One line: its words, the rule by which it was reckoned, and its amount, the sum of its items."""

    KINDS = [(each.value, each.value) for each in Of]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bill = models.ForeignKey(Bill, models.CASCADE, related_name="lines")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=KINDS)
    stretch = models.PositiveSmallIntegerField(null=True)  # which of the bill's rules it is reckoned by
    # Of a credit note: the line of which it takes something off, or gives back what had been taken off it.
    credits = models.ForeignKey("self", models.PROTECT, null=True, related_name="credited_by")
    measure = models.CharField(max_length=7, choices=ClientPlan.Measure, default=ClientPlan.Measure.TIME)
    words = models.CharField(_("what"), max_length=240)
    rule = models.TextField(_("rule"), blank=True)
    quantity = models.CharField(_("how much"), max_length=60, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=3)

    objects = OfBillQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a bill")
        verbose_name_plural = _("lines of bills")
        ordering = ["bill", "rank"]
        constraints = [models.UniqueConstraint("bill", "rank", name="a_line_has_its_place")]

    def __str__(self):
        return self.words


class BillItem(models.Model):
    """One call, message or task of a line: its time of each kind, the units billed, and its share."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(BillLine, models.CASCADE, related_name="items")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    at = models.DateTimeField(_("when"))
    micros = models.JSONField(default=dict)  # {kind: whole microseconds}, as recorded or corrected
    units = models.PositiveIntegerField(default=0)
    free = models.PositiveIntegerField(default=0)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=3)
    because = models.CharField(_("why not billed"), max_length=12, blank=True)
    # Of a credit note: what of the bill it gives back. Of the many others nothing is asked.
    credits = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="credited_by", db_index=False, db_constraint=False
    )

    class Rows(OfBillQuerySet):
        bill = "line__bill__"

    objects = Rows.as_manager()

    class Meta:
        verbose_name = _("item of a bill")
        verbose_name_plural = _("items of bills")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["subject_id"], name="items_of_a_call"),
            models.Index(fields=["credits"], condition=Q(credits__isnull=False), name="items_given_back"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class BilledRecord(models.Model):
    """A recorded interval is on one bill, once. This row is what makes that sure.

    Its item is written before it in the same transaction and goes after it, and its client is the item's: of
    millions that is not asked once more.
    """

    record = models.OneToOneField(WorkRecord, models.PROTECT, primary_key=True, related_name="billed")
    item = models.ForeignKey(BillItem, models.CASCADE, related_name="records", db_constraint=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", db_constraint=False)
    started_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"))

    class Rows(OfBillQuerySet):
        bill = "item__line__bill__"

    objects = Rows.as_manager()

    class Meta:
        verbose_name = _("billed interval")
        verbose_name_plural = _("billed intervals")
        ordering = ["started_at", "record"]

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M:%S}"


class Payment(models.Model):
    """Money that came for a bill."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payments")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=3)
    paid_on = models.DateField(_("paid on"))
    reference = models.CharField(_("how, and its reference"), max_length=120, blank=True)
    noted_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_at = models.DateTimeField(_("noted"), default=clock.now)

    objects = OfBillQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-paid_on", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="a_payment_is_something")]

    def __str__(self):
        return f"{self.bill} {self.amount}"


class Question(models.Model):
    """A client asks about one line. That line alone is held back until it is explained or credited."""

    class Ended(models.TextChoices):
        OPEN = "", _("Not answered yet")
        EXPLAINED = "explained", _("Explained")
        CREDITED = "credited", _("Credited")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(BillLine, models.PROTECT, related_name="questions")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="questions")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    words = models.TextField(_("what is not clear"), max_length=1000)
    asked_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answer_by = models.DateField(_("to be answered by"))
    ended = models.CharField(_("ended"), max_length=9, choices=Ended, blank=True, default=Ended.OPEN)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    credit = models.OneToOneField(Bill, models.PROTECT, null=True, blank=True, related_name="answers")

    objects = OfBillQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a line")
        verbose_name_plural = _("questions about lines")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(ended=""), name="a_line_is_questioned_once"),
            models.CheckConstraint(
                condition=Q(ended="", answered_at=None, credit=None)
                | Q(ended="explained", answered_at__isnull=False, credit=None)
                | Q(ended="credited", answered_at__isnull=False, credit__isnull=False),
                name="a_question_ends_explained_or_credited",
            ),
        ]

    def __str__(self):
        return self.words[:60]

    def is_late(self, today: date) -> bool:
        return not self.ended and self.answer_by < today


class Told(models.Model):
    """That a client was told something of her bills, once: usage at 75 %, a reminder, a bill issued."""

    class About(models.TextChoices):
        USAGE = "usage", _("Usage of what is included")
        LIMIT = "limit", _("Usage up to the limit")
        ISSUED = "issued", _("Bill issued")
        REMINDER = "reminder", _("Reminder")
        AGREEMENT = "terms", _("Agreement offered")

    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, blank=True, related_name="told")
    about = models.CharField(_("about"), max_length=8, choices=About)
    month = models.DateField(_("month"))
    degree = models.PositiveSmallIntegerField(_("percent, or which reminder"), default=0)
    cap = models.DecimalField(
        _("limit it was said of"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    told_at = models.DateTimeField(_("told"), default=clock.now)

    objects = OfBooksQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice about bills")
        verbose_name_plural = _("notices about bills")
        ordering = ["-told_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "about", "month", "degree", "cap"],
                condition=Q(about__in=["usage", "limit"]),
                name="an_alert_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["bill", "about", "degree"],
                condition=~Q(about__in=["usage", "limit"]),
                name="a_reminder_is_given_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_about_display()} {self.month:%Y-%m}"
