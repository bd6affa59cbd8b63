"""Work that was given on a proposal: its terms version by version, its milestones, and what each came to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .brief import Brief, OfSecretaryAndClientQuerySet, Pays, of_clients
from .plan import digits_of


class Side(models.TextChoices):
    """On whose side somebody speaks."""

    CLIENT = "client", _("The client")
    SECRETARY = "secretary", _("The secretary")
    FIRM = "firm", _("The firm")


class BriefTerms(models.Model):
    """One version of what is agreed. The first is the proposal; a later one holds once both sides say so."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for the other side")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="terms")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=9, choices=State)
    parts = models.JSONField(
        default=list
    )  # [{"id": …, "title": …, "due_on": …, "hours": "2", "amount": "80.00"}]
    words = models.JSONField(default=list)  # [{"title": …, "words": […]}], as both sides read it
    because = models.CharField(_("why"), max_length=240, blank=True)
    asked_of = models.CharField(_("asked for by"), max_length=9, choices=Side)
    asked_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answered_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfSecretaryAndClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of work by proposal")
        verbose_name_plural = _("terms of work by proposal")
        ordering = ["brief", "-version"]
        constraints = [
            models.UniqueConstraint("brief", "version", name="terms_of_a_brief_are_versions"),
            models.UniqueConstraint(
                fields=["brief"], condition=Q(state="asked"), name="one_change_is_asked_for_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None, answered_by=None)
                | (~Q(state="asked") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="an_answered_change_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.brief}, {self.version}"


class Milestone(models.Model):
    """A part of the work, with what it costs, or costs at the most. Time and money above it do not count."""

    class State(models.TextChoices):
        OPEN = "open", _("Being worked on")
        HANDED_IN = "handed_in", _("Waits for the client")
        DISPUTED = "disputed", _("In dispute")
        ACCEPTED = "accepted", _("Accepted")
        SETTLED = "settled", _("Settled by the firm")
        ENDED = "ended", _("Ended before it was done")

    OVER = (State.ACCEPTED, State.SETTLED, State.ENDED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="milestones", verbose_name=_("brief"))
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="milestones", verbose_name=_("secretary")
    )
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(_("milestone"), max_length=120)
    due_on = models.DateField(_("done by"))
    hours = models.DecimalField(_("hours it takes"), max_digits=6, decimal_places=2)
    pays = models.CharField(_("price"), max_length=6, choices=Pays)
    rate = models.DecimalField(_("rate"), max_digits=12, decimal_places=4, null=True, blank=True)
    amount = models.DecimalField(_("price, or cap"), max_digits=14, decimal_places=3)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    result = models.DecimalField(_("what it brought"), max_digits=12, decimal_places=2, default=0)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    counts_at = models.DateTimeField(_("counts as accepted from"), null=True, blank=True)
    reminded_of = models.DateField(_("reminded of the day"), null=True, blank=True)
    reminded_to_answer = models.DateTimeField(_("client reminded that it counts from"), null=True, blank=True)
    over_at = models.DateTimeField(_("over since"), null=True, blank=True)
    over_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfSecretaryAndClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["brief", "rank"]
        constraints = [
            models.UniqueConstraint("brief", "rank", name="a_milestone_has_its_place"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "disputed"], counts_at=None, over_at=None)
                | Q(state="handed_in", handed_in_at__isnull=False, counts_at__isnull=False, over_at=None)
                | Q(state__in=["accepted", "settled", "ended"], counts_at=None, over_at__isnull=False),
                name="a_milestone_that_waits_says_until_when",
            ),
        ]
        indexes = [
            models.Index(fields=["counts_at"], condition=Q(state="handed_in"), name="unanswered_milestones"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER


class MilestoneWord(models.Model):
    """What was said when a milestone changed hands. It stands."""

    class What(models.TextChoices):
        HANDED_IN = "handed_in", _("Handed in")
        SENT_BACK = "sent_back", _("Sent back")
        DISPUTED = "disputed", _("Disputed")
        ACCEPTED = "accepted", _("Accepted")
        SETTLED = "settled", _("Settled")
        ENDED = "ended", _("Ended")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="said")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, related_name="+")
    what = models.CharField(_("what happened"), max_length=9, choices=What)
    of = models.CharField(_("said by"), max_length=9, choices=Side)
    words = models.TextField(_("words"), max_length=2000, blank=True)
    by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = OfSecretaryAndClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("word about a milestone")
        verbose_name_plural = _("words about milestones")
        ordering = ["at", "id"]

    def __str__(self):
        return self.get_what_display()


class BriefWord(models.Model):
    """What client, secretary and firm write to one another about her proposal, and then about her work."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="written")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    of = models.CharField(_("said by"), max_length=9, choices=Side)
    words = models.TextField(_("words"), max_length=2000)
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = OfSecretaryAndClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("word about work by proposal")
        verbose_name_plural = _("words about work by proposal")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["brief", "secretary", "at"], name="words_of_a_brief")]

    def __str__(self):
        return self.words[:60]


class BriefCharge(models.Model):
    """What a milestone adds to the client's bill and to her pay, or gives back. Never altered.

    `amount` is the client's, with a sign; it is what she has of it and what the firm keeps, to the cent.
    """

    class Because(models.TextChoices):
        ADVANCE = "advance", _("Paid in advance")
        ACCEPTED = "accepted", _("Accepted")
        SETTLED = "settled", _("Settled by the firm")
        ENDED = "ended", _("Ended early")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="charges")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="charges")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    because = models.CharField(_("because"), max_length=8, choices=Because)
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=3)
    hers = models.DecimalField(_("hers"), max_digits=14, decimal_places=3)
    firms = models.DecimalField(_("the firm’s"), max_digits=14, decimal_places=3)
    rule = models.CharField(_("rule"), max_length=400)
    micros = models.BigIntegerField(_("microseconds worked"), default=0)
    on = models.DateField(_("on"))
    at = models.DateTimeField(_("when"), default=clock.now)

    class Rows(models.QuerySet):
        def visible_to(self, user):
            """Whoever keeps the books; the client; she whose work it was."""
            if user.roles.keeps_books:
                return self
            return self.filter(of_clients(user) | Q(secretary__user=user))

    objects = Rows.as_manager()

    class Meta:
        verbose_name = _("charge for work by proposal")
        verbose_name_plural = _("charges for work by proposal")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount=F("hers") + F("firms")), name="a_charge_adds_up"),
            models.UniqueConstraint(
                fields=["milestone"], condition=~Q(because="advance"), name="a_milestone_is_charged_once"
            ),
        ]

    def __str__(self):
        return f"{self.milestone}: {self.get_because_display()}"

    @property
    def digits(self) -> int:
        return digits_of(self.currency)


class ClosingNote(models.Model):
    """How it went, from each side, to the firm and to nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="notes")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    of = models.CharField(_("from"), max_length=9, choices=Side)
    again = models.BooleanField(_("I would work with them again"), default=True)
    words = models.TextField(_("how it went"), max_length=2000)
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written"), default=clock.now)

    class Rows(models.QuerySet):
        def visible_to(self, user):
            """The firm, and each her own: the other side never."""
            return self if user.roles.firm_wide else self.filter(by=user)

    objects = Rows.as_manager()

    class Meta:
        verbose_name = _("closing note")
        verbose_name_plural = _("closing notes")
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint("brief", "of", name="each_side_closes_once")]

    def __str__(self):
        return f"{self.brief}: {self.get_of_display()}"
