"""Work the firm has to give, and those who apply for it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .contract import Contract, Partner
from .firm import FirmQuerySet
from .secretary import Secretary


class Vacancy(models.Model):
    """Work to be had, as its public page says it. Without a clear rate it cannot be published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Published")
        CLOSED = "closed", _("Closed")

    class Per(models.TextChoices):
        WEEK = "week", _("a week")
        MONTH = "month", _("a month")

    class Rate(models.TextChoices):
        HOUR = "hour", _("an hour at work")
        CALL = "call", _("each call")
        MAIL = "mail", _("each mail answered")
        TASK = "task", _("each other task")
        WEEK = "week", _("a week, fixed")
        MONTH = "month", _("a month, fixed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("title"), max_length=120)
    work = models.TextField(_("the work"), max_length=4000)
    kind = models.CharField(
        _("engaged as"),
        max_length=10,
        choices=[each for each in Contract.Kind.choices if each[0] != Contract.Kind.TRIAL],
        default=Contract.Kind.CONTRACTOR,
    )
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("through the outsourcing company"),
        help_text=_("Empty: the firm engages her itself."),
    )
    hours_from = models.PositiveSmallIntegerField(
        _("hours, from"), validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    hours_to = models.PositiveSmallIntegerField(
        _("hours, to"), validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    hours_per = models.CharField(_("so many hours"), max_length=5, choices=Per, default=Per.WEEK)
    currency = models.CharField(_("currency"), max_length=3, default="GBP")
    rate = models.DecimalField(_("money"), max_digits=12, decimal_places=4, null=True, blank=True)
    rate_for = models.CharField(_("for"), max_length=5, choices=Rate, default=Rate.HOUR)
    paid_each = models.CharField(
        _("paid"),
        max_length=5,
        choices=Contract.PaidEach,
        default=Contract.PaidEach.MONTH,
        db_default=Contract.PaidEach.MONTH,
    )
    pay_within_days = models.PositiveSmallIntegerField(
        _("on her account within so many days after the week or month"),
        default=10,
        db_default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    language = models.CharField(_("language of the work"), max_length=12, default="en")
    until_on = models.DateField(
        _("last day on which somebody can apply"),
        null=True,
        blank=True,
        help_text=_("Empty: until it is closed. After that day nobody sees it any more."),
    )
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("written by"))
    made_at = models.DateTimeField(_("written"), default=clock.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(rate__isnull=False, rate__gt=0),
                name="a_published_vacancy_has_a_rate",
            ),
            models.CheckConstraint(
                condition=Q(hours_from__lte=models.F("hours_to")), name="hours_of_a_vacancy_less_to_more"
            ),
        ]

    def __str__(self):
        return self.title


class ApplicationQuerySet(FirmQuerySet):
    def visible_to(self, user):
        """The firm's, and each her own once she has joined. Before that the link in her mail opens it."""
        return self if user.roles.firm_wide else self.filter(secretary__user=user)


class Application(models.Model):
    """Somebody who applies. Kept from her first word on; she goes on by the link in her mail."""

    class State(models.TextChoices):
        STARTED = "started", _("Half-way")
        SENT = "sent", _("Sent to us")
        INVITED = "invited", _("Invited to join")
        ENGAGED = "engaged", _("Works here")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back by her")

    UNDER_WAY = (State.STARTED, State.SENT, State.INVITED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vacancy = models.ForeignKey(
        Vacancy, models.PROTECT, related_name="applications", verbose_name=_("vacancy")
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(_("telephone"), max_length=16, blank=True)  # E.164
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    hours_week = models.PositiveSmallIntegerField(
        _("hours a week you want"), null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    from_on = models.DateField(_("from which day"), null=True, blank=True)
    languages = models.CharField(_("languages, with your level"), max_length=240, blank=True)
    experience = models.TextField(_("what you have done before"), max_length=3000, blank=True)
    training = models.TextField(_("training and certificates"), max_length=1500, blank=True)
    room = models.TextField(_("the room you work in"), max_length=600, blank=True)
    equipment = models.TextField(_("computer, headset and line"), max_length=600, blank=True)
    referees = models.TextField(
        _("whoever else knows your work, and by which telephone we reach them"), max_length=1000, blank=True
    )
    agreed_at = models.DateTimeField(_("agreed that we keep and check this"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.STARTED)
    started_at = models.DateTimeField(_("started"), default=clock.now)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    because = models.TextField(_("what she was written"), max_length=2000, blank=True)
    secretary = models.ForeignKey(Secretary, models.SET_NULL, null=True, blank=True, related_name="+")
    first_calls_with = models.ForeignKey(
        "office.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who is there while she takes her first calls"),
    )
    # Nothing: nobody is named, or it was done before this was kept.
    first_calls_with_since = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-started_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["started", "withdrawn"])
                | Q(sent_at__isnull=False, agreed_at__isnull=False),
                name="a_sent_application_says_when_and_that_she_agreed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["started", "sent", "invited"], decided_at=None)
                | Q(state__in=["engaged", "refused", "withdrawn"], decided_at__isnull=False),
                name="a_decided_application_says_when",
            ),
            models.UniqueConstraint(
                "vacancy",
                Lower("email"),
                condition=Q(state__in=["started", "sent", "invited"]),
                name="somebody_applies_once_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.vacancy}"

    @property
    def is_under_way(self) -> bool:
        return self.state in self.UNDER_WAY


class Step(models.Model):
    """One thing between an application and the first shift: passed, not passed, or left out with a reason."""

    class Kind(models.TextChoices):
        REFERENCES = "references", _("References")
        CHECKS = "checks", _("Checks of who she is")
        TYPING = "typing", _("Typing test")
        CONTRACT = "contract", _("Contract")
        TERMS = "terms", _("Confidentiality terms")
        HOME = "home", _("Home office and line test")
        PRACTICE = "practice", _("Practice calls")
        FIRST_CALLS = "first_calls", _("First supervised calls")

    class State(models.TextChoices):
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Not passed")
        LEFT_OUT = "left_out", _("Left out")

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=11, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of applications")
        ordering = ["application", "id"]
        constraints = [
            models.UniqueConstraint("application", "kind", name="a_step_is_settled_once"),
            models.CheckConstraint(
                condition=Q(state="passed") | ~Q(note=""), name="a_step_not_passed_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_state_display()}"


class StepBefore(models.Model):
    """How a step had been settled before it was settled anew: nothing that was said of it is lost."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="before")
    state = models.CharField(_("state"), max_length=8, choices=Step.State)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("how a step stood before")
        verbose_name_plural = _("how steps stood before")
        ordering = ["step", "at", "id"]

    def __str__(self):
        return f"{self.step.get_kind_display()}: {self.get_state_display()}"
