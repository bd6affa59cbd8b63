"""What the firm and a secretary have agreed, version by version: hours, money, duties, rights."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office import pay
from secretariat.rounding import digits_of

from .partner import Partner
from .secretary import Secretary
from .shift import OwnRowsQuerySet


class ContractQuerySet(OwnRowsQuerySet):
    def visible_to(self, user):
        """The firm sees all; once it is offered, she hers, and an outsourcing company what is through it."""
        roles = user.roles
        if roles.firm_wide:
            return self
        theirs = Q(secretary__user=user)
        if roles.partner:
            theirs |= Q(partner=roles.partner)
        return self.filter(theirs).exclude(state=Contract.State.DRAFT)

    def signed(self):
        return self.filter(state=Contract.State.SIGNED)

    def holding(self, on):
        """Those both sides have signed and that hold on this day."""
        return self.signed().filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Contract(models.Model):
    """One version. What was offered never changes: the database holds that; a change is the next version."""

    class Kind(models.TextChoices):
        CONTRACTOR = "contractor", _("Contractor")
        EMPLOYEE = "employee", _("Employee")
        TRIAL = "trial", _("Trial, unpaid")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted by her")
        SIGNED = "signed", _("Signed by both")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    class PaidEach(models.TextChoices):
        WEEK = "week", _("each week")
        MONTH = "month", _("each month")

    class Method(models.TextChoices):
        BANK = "bank", _("by bank transfer")
        OTHER = "other", _("by another way, agreed in writing")

    class Step(models.IntegerChoices):
        SECOND = 1, _("to the second")
        MINUTE = 60, _("each day’s in whole minutes, a minute begun counts")
        FIVE = 300, _("each day’s in steps of 5 minutes, a step begun counts")
        QUARTER = 900, _("each day’s in quarters of an hour, a quarter begun counts")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        Secretary, models.PROTECT, related_name="contracts", verbose_name=_("secretary")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    kind = models.CharField(_("form"), max_length=10, choices=Kind, default=Kind.CONTRACTOR)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("through the outsourcing company"),
        help_text=_("Empty: directly with the firm. The company reads and signs it too: name no client."),
    )
    role = models.CharField(_("role"), max_length=120)
    duties = models.TextField(_("what she does"), max_length=4000)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: until it is ended."))
    min_hours_week = models.DecimalField(
        _("hours a week, at least"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    max_hours_week = models.DecimalField(
        _("hours a week, at most"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    min_hours_month = models.DecimalField(
        _("hours a month, at least"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    max_hours_month = models.DecimalField(
        _("hours a month, at most"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    step_seconds = models.PositiveSmallIntegerField(_("time is paid"), choices=Step, default=Step.SECOND)
    paid_each = models.CharField(_("paid"), max_length=5, choices=PaidEach, default=PaidEach.MONTH)
    pay_within_days = models.PositiveSmallIntegerField(
        _("on her account within so many days after the week or month"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    pay_method = models.CharField(_("how it is paid"), max_length=5, choices=Method, default=Method.BANK)
    notice_days = models.PositiveSmallIntegerField(
        _("notice by either side, days"), default=28, validators=[MaxValueValidator(365)]
    )
    trial_hours = models.DecimalField(
        _("of a trial: hours in all, at most"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    trial_again_because = models.CharField(
        _("of a second trial: why there is one"), max_length=240, blank=True, db_default="", default=""
    )
    benefits = models.JSONField(
        default=list, blank=True
    )  # [{"words": …, "amount": "…", "from": "2026-12-01"}]
    rights = models.TextField(_("her rights"), max_length=4000)
    obligations = models.TextField(_("what the firm owes her besides money"), max_length=4000)
    confidentiality = models.TextField(_("confidentiality"), max_length=4000)
    breach = models.TextField(_("what a breach costs"), max_length=2000)
    made_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    made_at = models.DateTimeField(_("written"), default=clock.now)
    words = models.JSONField(default=list, blank=True, editable=False)  # the sections, as they were offered
    media_id = models.UUIDField(null=True, editable=False)
    sha256 = models.CharField(_("hash of the PDF"), max_length=64, blank=True, editable=False)
    offered_at = models.DateTimeField(_("offered"), null=True, editable=False)
    ended_because = models.CharField(_("why it ended"), max_length=240, blank=True, editable=False)
    # The version that follows, and how this one was to end before that: so again if that is called off.
    followed_by = models.PositiveSmallIntegerField(null=True, editable=False)
    until_before = models.DateField(null=True, editable=False)
    because_before = models.CharField(max_length=240, blank=True, db_default="", default="", editable=False)
    closed_at = models.DateTimeField(_("what ended with it, ended"), null=True, editable=False)
    handed_over = models.JSONField(default=list, blank=True, editable=False)  # in words, what ended with it

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["secretary", "-version"]
        constraints = [
            models.UniqueConstraint("secretary", "version", name="a_version_of_a_contract_is_one"),
            models.UniqueConstraint(
                fields=["secretary"],
                condition=Q(state__in=["offered", "accepted"]),
                name="one_contract_is_on_the_table",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_contract_ends_after_it_begins",
                violation_error_message=_("It must end on or after the day on which it begins."),
            ),
            models.CheckConstraint(
                condition=Q(kind="employee") | Q(benefits=[]),
                name="only_an_employee_has_benefits",
                violation_error_message=_("Only an employee’s contract carries benefits."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="trial") | Q(until_on__isnull=False, trial_hours__gt=0),
                name="a_trial_ends_and_is_limited",
                violation_error_message=_("Unpaid work has a last day and a limit of hours."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sha256="", offered_at=None)
                | (~Q(state="draft") & ~Q(sha256="") & Q(offered_at__isnull=False)),
                name="what_was_offered_is_on_paper",
            ),
            ExclusionConstraint(
                name="one_contract_at_a_time",
                expressions=[
                    ("secretary", RangeOperators.EQUAL),
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
                condition=Q(state="signed"),
            ),
        ]

    def __str__(self):
        return f"{self.secretary}, {self.version}"

    def get_state_display(self) -> str:
        """Through an outsourcing company it has three signatures, not two."""
        if self.state == self.State.SIGNED and self.partner_id:
            return str(_("Signed by all three"))
        return str(self.State(self.state).label)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_called_off(self) -> bool:
        """It was signed, and never began."""
        return self.state == self.State.WITHDRAWN and bool(self.ended_because)

    @property
    def is_on_the_table(self) -> bool:
        return self.state in (self.State.OFFERED, self.State.ACCEPTED)

    @property
    def is_unpaid(self) -> bool:
        return self.kind == self.Kind.TRIAL

    @property
    def waits_for_company(self) -> bool:
        """It is through an outsourcing company, which has not signed it."""
        if self.partner_id is None or not self.is_on_the_table:
            return False
        return all(each.side != ContractSigning.Side.PARTNER for each in self.signings.all())

    @property
    def terms_of_pay(self) -> tuple[pay.Term, ...]:
        """What it pays for, as the pure rules read it."""
        return tuple(each.rule for each in self.terms.all())

    @property
    def digits(self) -> int:
        """How many places after the point an amount of its currency has."""
        return digits_of(self.currency)


class OfContractQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With its contract."""
        return self.filter(contract__in=Contract.objects.visible_to(user))


class ContractSigning(models.Model):
    """One side said yes to exactly this paper: who, when, and the hash of what she had before her."""

    class Side(models.TextChoices):
        SECRETARY = "secretary", _("The secretary")
        PARTNER = "partner", _("The outsourcing company")
        FIRM = "firm", _("The firm")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signings")
    side = models.CharField(_("side"), max_length=9, choices=Side)
    user = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    name = models.CharField(_("name, as it was typed"), max_length=120)
    sha256 = models.CharField(_("hash of the PDF"), max_length=64)
    signed_at = models.DateTimeField(_("when"), default=clock.now)

    objects = OfContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at", "id"]
        constraints = [models.UniqueConstraint("contract", "side", name="each_side_signs_once")]

    def __str__(self):
        return f"{self.name}, {self.get_side_display()}"


class ContractWordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What she and the firm write each other is between them; a company's people read their own words."""
        if user.roles.firm_wide:
            return self
        theirs = self.filter(contract__in=Contract.objects.visible_to(user))
        return theirs.filter(Q(contract__secretary__user=user) | Q(by=user))


class ContractWord(models.Model):
    """Something asked or answered about an offer."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="thread")
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    words = models.CharField(_("words"), max_length=1000)
    said_at = models.DateTimeField(_("when"), default=clock.now)

    objects = ContractWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("word about a contract")
        verbose_name_plural = _("words about contracts")
        ordering = ["said_at", "id"]

    def __str__(self):
        return self.words[:60]
