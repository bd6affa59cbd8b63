"""What binds whoever answers for a client to keep silent, who has accepted it, and what went wrong."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client


class ClientTermsQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm sees all; a secretary those of the clients whose team she is on, and what she accepted."""
        roles = user.roles
        if roles.firm_wide:
            return self
        if not roles.secretary:
            return self.none()
        return self.filter(
            Q(pk__in=self.model.objects.for_team_of(roles.secretary).values("pk"))
            | Q(pk__in=TermsAcceptance.objects.filter(secretary=roles.secretary).values("terms"))
        )

    def in_force(self):
        return self.filter(until_at=None)

    def for_team_of(self, secretary):
        """Those in force of every client she is on the team of."""
        return self.in_force().filter(
            client__assignments__secretary=secretary, client__assignments__until_at=None
        )

    def not_accepted_by(self, secretary):
        return self.exclude(acceptances__secretary=secretary)


class ClientTerms(models.Model):
    """One version of a client's terms of confidentiality. A change is the next version, accepted anew."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="terms", verbose_name=_("client"))
    version = models.PositiveSmallIntegerField(_("version"))
    words = models.TextField(_("terms"), max_length=8000)
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    written_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )

    objects = ClientTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of confidentiality")
        verbose_name_plural = _("terms of confidentiality")
        ordering = ["client", "-version"]
        constraints = [
            models.UniqueConstraint("client", "version", name="a_version_of_terms_is_one"),
            models.UniqueConstraint(
                fields=["client"], condition=Q(until_at=None), name="one_version_of_terms_is_in_force"
            ),
        ]

    def __str__(self):
        return f"{self.client}, {self.version}"


class TermsAcceptanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.roles.firm_wide else self.filter(secretary__user=user)


class TermsAcceptance(models.Model):
    """Somebody accepted exactly this version."""

    terms = models.ForeignKey(ClientTerms, models.PROTECT, related_name="acceptances")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    accepted_at = models.DateTimeField(_("accepted"), default=clock.now)

    objects = TermsAcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance of terms")
        verbose_name_plural = _("acceptances of terms")
        ordering = ["-accepted_at", "-id"]
        constraints = [models.UniqueConstraint("terms", "secretary", name="terms_are_accepted_once")]

    def __str__(self):
        return f"{self.secretary}, {self.accepted_at:%Y-%m-%d %H:%M}"


class LapseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm sees all, whoever reported one hers, an owner what her client was told of.

        Whom it is about sees it once it is closed and something followed from it: it is on her record.
        """
        roles = user.roles
        if roles.firm_wide:
            return self
        owned = [contact.client_id for contact in roles.contacts if contact.is_owner]
        told = Q(client__in=owned, client_told_at__isnull=False)
        return self.filter(Q(reported_by=user) | told | Q(about__user=user) & self.model.ON_RECORD)

    def on_record_of(self, secretary):
        """What followed for her, the newest first."""
        return self.filter(self.model.ON_RECORD, about=secretary).order_by("-closed_at")


class Lapse(models.Model):
    """Something confidential was, or may have been, seen, lost or told: reported, looked into, closed."""

    class Kind(models.TextChoices):
        SEEN = "seen", _("Somebody saw or heard what was not for her")
        LOST = "lost", _("A computer, telephone or paper is lost or stolen")
        SENT = "sent", _("Something went to the wrong person")
        PASSWORD = "password", _("A password or code was told or guessed")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        REPORTED = "reported", _("Reported")
        LOOKED_INTO = "looked", _("Being looked into")
        CLOSED = "closed", _("Closed")

    class Consequence(models.TextChoices):
        NONE = "none", _("None: nothing was done wrong")
        TALK = "talk", _("Talked through")
        TRAINING = "training", _("Training")
        WARNING = "warning", _("Warning in writing")
        OFF_TEAM = "off_team", _("No longer answers for the client")
        ENDED = "ended", _("The contract was ended")

    ON_RECORD = Q(state=State.CLOSED) & ~Q(consequence=Consequence.NONE)
    OF_SOMEBODY = (Consequence.WARNING, Consequence.OFF_TEAM, Consequence.ENDED)  # they say whom they concern

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("what kind"), max_length=8, choices=Kind)
    what = models.TextField(_("what happened"), max_length=2000)
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("client concerned")
    )
    reported_by = models.ForeignKey(
        "office.User", models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported"), default=clock.now)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.REPORTED)
    consequence = models.CharField(_("consequence"), max_length=8, choices=Consequence, blank=True)
    findings = models.TextField(_("what was found, and what was done"), max_length=2000, blank=True)
    about = models.ForeignKey(
        "office.Secretary",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whom the consequence concerns"),
    )
    said_to_her = models.TextField(_("what she was told"), max_length=2000, blank=True, db_default="")
    client_words = models.TextField(_("what the client was told"), max_length=2000, blank=True, db_default="")
    client_told_at = models.DateTimeField(_("the client was told"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = LapseQuerySet.as_manager()

    class Meta:
        verbose_name = _("lapse of confidentiality")
        verbose_name_plural = _("lapses of confidentiality")
        ordering = ["-reported_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(consequence=""))
                | (~Q(state="closed") & Q(closed_at=None, consequence="")),
                name="a_closed_lapse_has_a_consequence_on_record",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.reported_at:%Y-%m-%d}"


class OfLapseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm's inquiry; whoever reported it reads the outcome, not each note."""
        return self if user.roles.firm_wide else self.none()


class LapseNote(models.Model):
    """One step of looking into it."""

    lapse = models.ForeignKey(Lapse, models.PROTECT, related_name="notes")
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    words = models.CharField(_("words"), max_length=1000)
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = OfLapseQuerySet.as_manager()

    class Meta:
        verbose_name = _("note about a lapse")
        verbose_name_plural = _("notes about lapses")
        ordering = ["at", "id"]

    def __str__(self):
        return self.words[:60]
