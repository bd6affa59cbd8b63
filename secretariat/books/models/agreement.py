"""What the firm and a client have agreed, version by version, and what is left to do when it ends."""

from datetime import time

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.availability import Interval
from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .plan import OfBooksQuerySet


class AgreementQuerySet(OfBooksQuerySet):
    def visible_to(self, user):
        """The firm sees all; whoever speaks for the client what was offered to her. No bookkeeper."""
        roles = user.roles
        if roles.firm_wide:
            return self
        clients = [each.client_id for each in roles.contacts if each.sees_all]
        return self.filter(client__in=clients).exclude(state="draft")

    def holding(self, on):
        accepted = self.filter(state="accepted", from_on__lte=on)
        return accepted.filter(Q(until_on=None) | Q(until_on__gte=on))


class Agreement(models.Model):
    """One version. What was offered stands as it is; a change is the next version."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Term(models.TextChoices):
        MONTHLY = "monthly", _("from month to month")
        YEARLY = "yearly", _("from year to year")
        PROJECT = "project", _("for one project, until its last day")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="agreements", verbose_name=_("client"))
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    services = models.TextField(_("services, a line each"), max_length=2000)
    # The hours of the week in which we answer, in the client's zone: [weekday, opens, closes].
    # None of them: they are agreed in words alone, or not at all.
    cover_hours = models.JSONField(
        default=list, blank=True, editable=False, db_default=models.Value([], models.JSONField())
    )
    cover_on_holidays = models.BooleanField(
        _("also on the client’s holidays and closures"), default=False, db_default=False
    )
    cover = models.TextField(_("anything else of the hours, a line each"), max_length=1000, blank=True)
    answer_percent = models.PositiveSmallIntegerField(
        _("calls answered in time, percent"), default=80, validators=[MaxValueValidator(100)]
    )
    answer_seconds = models.PositiveSmallIntegerField(_("in time is within, seconds"), default=20)
    from_on = models.DateField(_("from"))
    term = models.CharField(_("runs"), max_length=7, choices=Term, default=Term.MONTHLY)
    until_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Of a project."))
    notice_days = models.PositiveSmallIntegerField(
        _("notice by either side, days"), default=30, validators=[MaxValueValidator(366)]
    )
    data_terms = models.TextField(_("data-processing terms, a line each"), max_length=8000)
    other_terms = models.TextField(_("anything else, a line each"), max_length=4000, blank=True)
    words = models.JSONField(default=list, blank=True, editable=False)  # the sections, as they were offered
    media_id = models.UUIDField(null=True, editable=False)
    sha256 = models.CharField(_("hash of the PDF"), max_length=64, blank=True, editable=False)
    made_by = models.ForeignKey("office.User", models.PROTECT, null=True, related_name="+", editable=False)
    offered_at = models.DateTimeField(_("offered"), null=True, editable=False)
    # Nobody: it was offered before this was kept.
    offered_by = models.ForeignKey(
        "office.User",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("offered by"),
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    accepted_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("by")
    )
    accepted_name = models.CharField(_("name, as it was typed"), max_length=120, blank=True, editable=False)
    ended_because = models.CharField(_("why it ends"), max_length=240, blank=True, editable=False)
    ended_by = models.ForeignKey("office.User", models.PROTECT, null=True, related_name="+", editable=False)
    # The version that follows, and how this one was to end before that: so again if that is called off.
    followed_by = models.PositiveSmallIntegerField(null=True, editable=False)
    until_before = models.DateField(null=True, editable=False)
    because_before = models.CharField(max_length=240, blank=True, db_default="", default="", editable=False)
    # How soon callers were answered was held against what is promised, for all days until this one.
    judged_until = models.DateField(null=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("client agreement")
        verbose_name_plural = _("client agreements")
        ordering = ["client", "-version"]
        constraints = [
            models.UniqueConstraint("client", "version", name="a_version_of_an_agreement_is_one"),
            models.UniqueConstraint(
                fields=["client"], condition=Q(state="offered"), name="one_agreement_is_before_the_client"
            ),
            models.UniqueConstraint(
                fields=["client"], condition=Q(state="draft"), name="one_agreement_is_a_draft"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="an_agreement_ends_after_it_begins",
                violation_error_message=_("It must end on or after the day on which it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(term="project") | Q(until_on__isnull=False),
                name="a_project_has_a_last_day",
                violation_error_message=_("An agreement for one project has a last day."),
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (~Q(accepted_name="") & Q(accepted_at__isnull=False)),
                name="an_accepted_agreement_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.client}, {self.version}"

    @property
    def hours(self) -> tuple[Interval, ...]:
        """When we answer, as the rota reckons with it."""
        clock = time.fromisoformat
        return tuple(Interval(day, clock(opens), clock(closes)) for day, opens, closes in self.cover_hours)

    @property
    def is_called_off(self) -> bool:
        """It was accepted, and never began."""
        return self.state == self.State.WITHDRAWN and bool(self.ended_because)

    @property
    def offered_name(self) -> str:
        """Who offered it for the firm."""
        return self.offered_by.name if self.offered_by else str(_("the firm"))

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class OfAgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With its agreement."""
        if user.roles.firm_wide:
            return self
        return self.filter(agreement__in=Agreement.objects.visible_to(user))


class LeavingStep(models.Model):
    """One thing to do because an agreement ends."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("Numbers to release")
        FORWARDING = "forward", _("Forwarding to cancel")
        MESSAGES = "messages", _("Last messages")
        RETURN = "return", _("Data to return")
        ERASE = "erase", _("Data to erase")
        BILL = "bill", _("Last bill")
        ACCESS = "access", _("Sign-ins to close")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="steps")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    rank = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    words = models.CharField(_("what is to be done"), max_length=240)
    # Which line, mailbox or calendar it is about: its kind of row, and its id.
    about = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    about_id = models.UUIDField(null=True, editable=False)
    note = models.CharField(_("how it was done"), max_length=240, blank=True)
    # Of data to erase: since when that goes on, and how many rows it was so far.
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    begun_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("begun by")
    )
    erased = models.PositiveIntegerField(_("records erased"), default=0, db_default=0)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of leaving")
        verbose_name_plural = _("steps of leaving")
        ordering = ["agreement", "rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_step_that_is_done_says_by_whom",
            )
        ]

    def __str__(self):
        return self.words

    @property
    def is_to_erase(self) -> bool:
        """Something is to be erased, and that has not begun."""
        return self.kind == self.Kind.ERASE and not (self.begun_at or self.done_at)


class AgreementWord(models.Model):
    """Something asked or answered about an agreement that was offered."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="thread")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    words = models.CharField(_("words"), max_length=1000)
    said_at = models.DateTimeField(_("when"), default=clock.now)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("word about an agreement")
        verbose_name_plural = _("words about agreements")
        ordering = ["said_at", "id"]

    def __str__(self):
        return self.words[:60]
