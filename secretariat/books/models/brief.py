"""Work by proposal until it is given to somebody: the brief, who may propose, questions, and proposals."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientTerms
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models import SecretaryLanguage
from secretariat.office.profiles.typing import FASTEST
from secretariat.office.specialities import Speciality

from .plan import NOT_NEGATIVE, digits_of

ABOVE_NOUGHT = [MinValueValidator(1)]
USUAL_PERCENT, USUAL_WINDOW = 20, 7  # what the firm keeps of the price; days in which a milestone is answered


class Pays(models.TextChoices):
    """What a price is for."""

    FIXED = "fixed", _("A fixed price for each milestone")
    HOURLY = "hourly", _("By the hour, up to a cap")
    SHARE = "share", _("Commission: percent of what it brings")
    EACH = "each", _("Commission: an amount for each result")


def of_clients(user) -> Q:
    """Rows of the clients for whom she speaks."""
    return Q(client__in=[each.client_id for each in user.roles.contacts if each.sees_all])


def reaching(secretary) -> Q:
    """Briefs that are open and she was asked for, or that are hers."""
    asked = BriefInvitation.objects.filter(secretary=secretary).values("brief")
    chosen = Proposal.objects.filter(secretary=secretary, state=Proposal.State.CHOSEN).values("brief")
    return Q(state=Brief.State.OPEN, pk__in=asked) | Q(pk__in=chosen)


def keeping_to_terms(secretary) -> Q:
    """Rows of clients that ask for no terms of confidentiality, or whose terms in force she has accepted."""
    asked = ClientTerms.objects.in_force().filter(client=OuterRef("client")).not_accepted_by(secretary)
    return Q(~Exists(asked))


class BriefQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm; whoever speaks for the client; those asked to propose, and then whose work it is.

        Whom its client asks for terms reads nothing of it before she has accepted those in force.
        """
        if user.roles.firm_wide:
            return self
        mine = of_clients(user)
        if hers := user.roles.secretary:
            mine |= reaching(hers) & keeping_to_terms(hers)
        return self.filter(mine)

    def before(self, secretary):
        """Those she is asked to propose for and those given to her, their terms accepted or not."""
        return self.filter(reaching(secretary))


class Brief(models.Model):
    """A piece of work that a client wants done, for secretaries to say how, by when and for how much."""

    Kind = Speciality

    class State(models.TextChoices):
        OPEN = "open", _("Proposals are made")
        GIVEN = "given", _("Being worked on")
        DONE = "done", _("Done")
        ENDED = "ended", _("Ended early")
        WITHDRAWN = "withdrawn", _("Taken back")

    class ForWhom(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody at the firm who fits")
        TEAM = "team", _("Only those who answer for us")

    class Paid(models.TextChoices):
        ACCEPTED = "accepted", _("When each milestone is accepted")
        ADVANCE = "advance", _("Fixed prices in advance; what is not earned is given back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="briefs", verbose_name=_("client"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    kind = models.CharField(_("kind of work"), max_length=10, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("what it is, in a few words"), max_length=120)
    outcome = models.TextField(_("what should be there when it is done"), max_length=3000)
    due_on = models.DateField(_("needed by"))
    budget = models.DecimalField(
        _("budget"), max_digits=12, decimal_places=2, null=True, blank=True, validators=ABOVE_NOUGHT
    )
    currency = models.CharField(_("currency"), max_length=3)
    language = models.CharField(_("language"), max_length=12, blank=True)
    level = models.PositiveSmallIntegerField(
        _("level in it, at the least"), choices=SecretaryLanguage.Level, default=SecretaryLanguage.Level.B2
    )
    also_language = models.CharField(
        _("second language, as of a translation"), max_length=12, blank=True, default="", db_default=""
    )
    also_level = models.PositiveSmallIntegerField(
        _("level in the second, at the least"),
        choices=SecretaryLanguage.Level,
        default=SecretaryLanguage.Level.B2,
        db_default=SecretaryLanguage.Level.B2,
    )
    skills = models.ManyToManyField("office.Skill", blank=True, verbose_name=_("skills it needs"))
    words_a_minute = models.PositiveSmallIntegerField(
        _("typing, correct words a minute; who types as fast comes first"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(FASTEST)],
    )
    for_whom = models.CharField(
        _("who may propose"), max_length=9, choices=ForWhom, default=ForWhom.EVERYBODY
    )
    paid = models.CharField(_("paid"), max_length=8, choices=Paid, default=Paid.ACCEPTED)
    firm_percent = models.DecimalField(
        _("what the firm keeps of the price, percent"),
        max_digits=5,
        decimal_places=2,
        default=USUAL_PERCENT,
        validators=[*NOT_NEGATIVE, MaxValueValidator(100)],
    )
    window_days = models.PositiveSmallIntegerField(
        _("days in which a milestone is answered; then it counts as accepted"),
        default=USUAL_WINDOW,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    shows_names = models.BooleanField(
        _("the client reads the names that secretaries show in the directory"), default=False
    )
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("goes on from"),
    )
    posted_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    posted_at = models.DateTimeField(_("posted"), default=clock.now)
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=240, blank=True)

    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")
        ordering = ["-posted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None)
                | Q(state="given", given_at__isnull=False, ended_at=None)
                | Q(state__in=["done", "ended"], given_at__isnull=False, ended_at__isnull=False)
                | Q(state="withdrawn", given_at=None, ended_at__isnull=False),
                name="a_brief_says_when_it_was_given_and_ended",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def digits(self) -> int:
        return digits_of(self.currency)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_given(self) -> bool:
        return self.state == self.State.GIVEN

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


class OfBriefQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With its brief."""
        return self.filter(brief__in=Brief.objects.visible_to(user))


class OfSecretaryAndClientQuerySet(models.QuerySet):
    """What is between a client, one secretary and the firm."""

    def visible_to(self, user):
        if user.roles.firm_wide:
            return self
        return self.filter(of_clients(user) | Q(secretary__user=user))


class BriefInvitation(models.Model):
    """Somebody who fits a brief, and what spoke for her when she was asked to propose."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.CASCADE, related_name="invitations")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("points"), default=0)
    why = models.JSONField(default=list)  # ["speaks the language that is asked for", …]
    invited_at = models.DateTimeField(_("asked"), default=clock.now)

    class Rows(models.QuerySet):
        def visible_to(self, user):
            return self if user.roles.firm_wide else self.filter(secretary__user=user)

    objects = Rows.as_manager()

    class Meta:
        verbose_name = _("who may propose")
        verbose_name_plural = _("who may propose")
        ordering = ["-score", "id"]
        constraints = [models.UniqueConstraint("brief", "secretary", name="she_is_asked_for_a_brief_once")]

    def __str__(self):
        return f"{self.brief}: {self.secretary}"


class BriefQuestion(models.Model):
    """A question of somebody who may propose. Everybody who may reads it and its answer, without her name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.CASCADE, related_name="questions")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    words = models.TextField(_("question"), max_length=1000)
    asked_by = models.ForeignKey("office.Secretary", models.PROTECT, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfBriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a brief")
        verbose_name_plural = _("questions about briefs")
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="an_answer_about_a_brief_says_by_whom",
            )
        ]

    def __str__(self):
        return self.words[:60]


class BriefFile(models.Model):
    """A file that goes with a brief, or with what was handed in for a milestone of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.CASCADE, related_name="files")
    milestone = models.ForeignKey(
        "books.Milestone", models.CASCADE, null=True, blank=True, related_name="files"
    )
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    media_id = models.UUIDField(unique=True)
    name = models.CharField(_("name"), max_length=255)
    added_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    added_at = models.DateTimeField(_("added"), default=clock.now)

    objects = OfBriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a brief")
        verbose_name_plural = _("files of briefs")
        ordering = ["added_at", "id"]

    def __str__(self):
        return self.name


class Proposal(models.Model):
    """What one secretary says she will do, in what time and at what price."""

    class State(models.TextChoices):
        MADE = "made", _("Made")
        WITHDRAWN = "withdrawn", _("Taken back")
        CHOSEN = "chosen", _("Accepted")
        NOT_CHOSEN = "not_chosen", _("Not chosen")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    brief = models.ForeignKey(Brief, models.PROTECT, related_name="proposals", verbose_name=_("brief"))
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="proposals", verbose_name=_("secretary")
    )
    number = models.PositiveSmallIntegerField(_("number"))  # by which the client knows it
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.MADE)
    approach = models.TextField(_("what you will do"), max_length=3000)
    pays = models.CharField(_("price"), max_length=6, choices=Pays, default=Pays.FIXED)
    rate = models.DecimalField(
        _("money an hour or for each result, or percent"), max_digits=12, decimal_places=4, null=True
    )
    made_at = models.DateTimeField(_("made"), default=clock.now)

    objects = OfSecretaryAndClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["brief", "number"]
        constraints = [
            models.UniqueConstraint("brief", "number", name="a_proposal_has_its_number"),
            models.UniqueConstraint(
                fields=["brief", "secretary"],
                condition=Q(state__in=["made", "chosen"]),
                name="she_proposes_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["brief"], condition=Q(state="chosen"), name="one_proposal_is_accepted"
            ),
            models.CheckConstraint(
                condition=Q(pays="fixed", rate=None) | (~Q(pays="fixed") & Q(rate__gt=0)),
                name="a_proposal_has_the_rate_of_its_price",
            ),
        ]

    def __str__(self):
        return f"{self.brief}: {self.number}"


class ProposedPart(models.Model):
    """A milestone as it is proposed: what is there by when, and what it costs, or costs at the most."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="parts")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(_("milestone"), max_length=120)
    due_on = models.DateField(_("done by"))
    hours = models.DecimalField(_("hours it takes"), max_digits=6, decimal_places=2)
    amount = models.DecimalField(_("price"), max_digits=14, decimal_places=3)

    class Rows(models.QuerySet):
        def visible_to(self, user):
            return self.filter(proposal__in=Proposal.objects.visible_to(user))

    objects = Rows.as_manager()

    class Meta:
        verbose_name = _("milestone of a proposal")
        verbose_name_plural = _("milestones of proposals")
        ordering = ["proposal", "rank"]
        constraints = [
            models.UniqueConstraint("proposal", "rank", name="a_proposed_part_has_its_place"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, hours__gt=0), name="a_proposed_part_costs_and_takes_something"
            ),
        ]

    def __str__(self):
        return self.title
