"""What a client has agreed to pay, version by version, and to whom her bills go."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.books import plans
from secretariat.ids import uuid7
from secretariat.rounding import digits_of

NOT_NEGATIVE = [MinValueValidator(0)]


class OfBooksQuerySet(models.QuerySet):
    """What a client owes is between those who keep the firm's books and who speak for the client."""

    def visible_to(self, user):
        if user.roles.keeps_books:
            return self
        return self.filter(client__in=[each.client_id for each in user.roles.contacts if each.sees_all])


class ClientPlan(models.Model):
    """One version of what a client pays for. The next one begins where this one ends; none is overwritten."""

    class Measure(models.TextChoices):
        TIME = "time", _("Time")
        CALL = "call", _("Each call")
        MESSAGE = "message", _("Each message")
        TASK = "task", _("Each task")

    class Step(models.IntegerChoices):
        SECOND = 1, _("To the second")
        TENTH = 6, _("In steps of 6 seconds")
        HALF = 30, _("In steps of 30 seconds")
        MINUTE = 60, _("In whole minutes")

    class Counts(models.TextChoices):
        RING = "ring", _("Ringing")
        HOLD = "hold", _("On hold")
        WRAP_UP = "wrap_up", _("Wrap-up")
        PUT_THROUGH = "put_through", _("Put through")
        READING = "reading", _("Reading and sorting mail")
        DIARY = "diary", _("Work in the diary, without a call")
        DESK = "desk", _("Other work at the desk: passing on by hand, work done")

    class NotBilled(models.TextChoices):
        WRONG_NUMBER = "wrong_number", _("Wrong numbers")
        SILENT = "silent", _("Calls in which nobody spoke")
        AUTOMATED = "automated", _("Automated calls")
        BLOCKED = "blocked", _("Blocked callers")
        TEST = "test", _("Test calls")
        LOOPED = "looped", _("Calls that came round in a loop")
        LOST = "lost", _("Callers who hung up before an answer")
        MISTAKE = "mistake", _("Our own mistakes")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="plans", verbose_name=_("client"))
    name = models.CharField(_("name of the plan"), max_length=80)
    from_on = models.DateField(_("holds from"))
    until_on = models.DateField(_("until and with"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    measure = models.CharField(_("what is billed"), max_length=7, choices=Measure, default=Measure.TIME)
    price = models.DecimalField(
        _("price of a minute, call, message or task"),
        max_digits=12,
        decimal_places=4,
        validators=NOT_NEGATIVE,
    )
    step_seconds = models.PositiveSmallIntegerField(_("time is billed"), choices=Step, default=Step.SECOND)
    minimum_seconds = models.PositiveSmallIntegerField(
        _("least time of an answered call, seconds"), default=0
    )
    counts = ArrayField(
        models.CharField(max_length=12, choices=Counts),
        verbose_name=_("counts as time"),
        default=list,
        blank=True,
    )
    not_billed = ArrayField(
        models.CharField(max_length=12, choices=NotBilled),
        verbose_name=_("never billed"),
        default=list,
        blank=True,
    )
    included = models.PositiveIntegerField(_("included each month: minutes or pieces"), default=0)
    roll_over = models.BooleanField(_("what is not used lasts one month more"), default=False)
    overage_price = models.DecimalField(
        _("price beyond what is included"),
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
    )
    retainer = models.DecimalField(
        _("retainer a month"), max_digits=12, decimal_places=2, default=0, validators=NOT_NEGATIVE
    )
    monthly_fee = models.DecimalField(
        _("other fixed fee a month"), max_digits=12, decimal_places=2, default=0, validators=NOT_NEGATIVE
    )
    annual_fee = models.DecimalField(
        _("fee a year"), max_digits=12, decimal_places=2, default=0, validators=NOT_NEGATIVE
    )
    set_up_fee = models.DecimalField(
        _("set-up fee, once"), max_digits=12, decimal_places=2, default=0, validators=NOT_NEGATIVE
    )
    discount_percent = models.DecimalField(
        _("discount, percent"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[*NOT_NEGATIVE, MaxValueValidator(100)],
    )
    through_price = models.DecimalField(
        _("a minute put through, passed on"),
        max_digits=12,
        decimal_places=4,
        default=0,
        validators=NOT_NEGATIVE,
    )
    text_price = models.DecimalField(
        _("a text message, passed on"), max_digits=12, decimal_places=4, default=0, validators=NOT_NEGATIVE
    )
    meeting_price = models.DecimalField(
        _("commission for each meeting booked"),
        max_digits=12,
        decimal_places=2,
        default=0,
        db_default=0,
        validators=NOT_NEGATIVE,
    )
    lead_price = models.DecimalField(
        _("commission for each lead"),
        max_digits=12,
        decimal_places=2,
        default=0,
        db_default=0,
        validators=NOT_NEGATIVE,
    )
    order_percent = models.DecimalField(
        _("commission on each order, percent"),
        max_digits=5,
        decimal_places=2,
        default=0,
        db_default=0,
        validators=[*NOT_NEGATIVE, MaxValueValidator(100)],
    )
    made_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    made_at = models.DateTimeField(_("made"), default=clock.now)

    objects = OfBooksQuerySet.as_manager()

    class Meta:
        verbose_name = _("client’s plan")
        verbose_name_plural = _("clients’ plans")
        ordering = ["client", "-from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_plan_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="one_plan_at_a_time",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    (
                        Func(
                            F("from_on"),
                            F("until_on"),
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
        return self.name

    @property
    def rules(self) -> plans.Plan:
        """The plan as its pure rules read it."""
        is_time = self.measure == self.Measure.TIME
        return plans.Plan(
            price=self.price,
            currency=self.currency,
            measure=plans.Measure(self.measure),
            step_seconds=self.step_seconds,
            minimum_seconds=self.minimum_seconds,
            counts=frozenset(self.counts),
            not_billed=frozenset(self.not_billed),
            included=self.included * (60 if is_time else 1),
            roll_over=self.roll_over,
            overage_price=self.overage_price,
            retainer=self.retainer,
            monthly_fee=self.monthly_fee,
            annual_fee=self.annual_fee,
            set_up_fee=self.set_up_fee,
            discount_percent=self.discount_percent,
            through_price=self.through_price,
            text_price=self.text_price,
            meeting_price=self.meeting_price,
            lead_price=self.lead_price,
            order_percent=self.order_percent,
            digits=digits_of(self.currency),
        )


class BillingAccount(models.Model):
    """To whom a client's bills are made out, and what the client has said about paying them."""

    class Tax(models.TextChoices):
        STANDARD = "standard", _("VAT is added")
        REVERSE = "reverse", _("Reverse charge: the client accounts for VAT")
        NONE = "none", _("No VAT")

    client = models.OneToOneField(Client, models.PROTECT, primary_key=True, related_name="billing")
    made_out_to = models.CharField(_("made out to"), max_length=160)
    address = models.TextField(_("address, a line each"), max_length=400, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=30, blank=True)
    tax = models.CharField(_("VAT"), max_length=8, choices=Tax, default=Tax.STANDARD)
    mailbox = models.EmailField(
        _("mailbox for bills"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Gets each bill as a PDF, beside the owners’ own mailboxes. Nobody signs in with it."),
    )
    days_to_pay = models.PositiveSmallIntegerField(_("days to pay"), default=14)
    spend_cap = models.DecimalField(
        _("most a month for usage and costs passed on"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=NOT_NEGATIVE,
        help_text=_(
            "Empty: no limit. Nothing beyond it is billed; the firm is told before. A new one holds for the "
            "whole month, also for what was used before."
        ),
    )

    objects = OfBooksQuerySet.as_manager()

    class Meta:
        verbose_name = _("billing account")
        verbose_name_plural = _("billing accounts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(tax="reverse") | ~Q(vat_number=""), name="reverse_charge_needs_a_number"
            )
        ]

    def __str__(self):
        return self.made_out_to


class OfFirmQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.roles.keeps_books else self.none()


class Issuer(models.Model):
    """The firm as its bills show it: one row."""

    only = models.BooleanField(primary_key=True, default=True, editable=False)
    name = models.CharField(_("name on bills"), max_length=160)
    address = models.TextField(_("address, a line each"), max_length=400, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=30, blank=True)
    vat_percent = models.DecimalField(
        _("VAT, percent"), max_digits=5, decimal_places=2, default=20, validators=NOT_NEGATIVE
    )
    pay_to = models.TextField(_("how to pay, a line each"), max_length=400, blank=True)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("firm on bills")
        verbose_name_plural = _("firm on bills")
        constraints = [models.CheckConstraint(condition=Q(only=True), name="issuer_is_one_row")]

    def __str__(self):
        return self.name


class Waiver(models.Model):
    """A call, message or task that is not billed because we made a mistake."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    because = models.CharField(_("what went wrong"), max_length=240)
    made_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"), default=clock.now)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("mistake of ours")
        verbose_name_plural = _("mistakes of ours")
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint("subject_kind", "subject_id", name="a_mistake_is_noted_once")]

    def __str__(self):
        return self.because


class OneOff(models.Model):
    """A line of the firm's own, once, on the client's next bill: an agreed fee, or with a minus goodwill."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    words = models.CharField(_("what for, as it stands on the bill"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    made_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("made"), default=clock.now)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of our own")
        verbose_name_plural = _("lines of our own")
        ordering = ["made_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="a_line_of_our_own_is_something")]

    def __str__(self):
        return self.words
