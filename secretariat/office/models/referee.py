"""Who knows the work of somebody who applies, and what she writes of it; and the papers that come along."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat.ids import uuid7

from .firm import FirmQuerySet
from .vacancy import Application


class Referee(models.Model):
    """One whom the firm may ask. What she answers is the firm's to read, and not the applicant's."""

    class Again(models.TextChoices):
        YES = "yes", _("Yes, at once")
        PERHAPS = "perhaps", _("Yes, with reservations")
        NO = "no", _("No")
        SILENT = "silent", _("I would rather say nothing")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="named")
    place = models.PositiveSmallIntegerField(_("which of them"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    known = models.CharField(_("how she or he knows your work"), max_length=240, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    asked_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("time to answer was over"), null=True, blank=True)
    mail_failed = models.BooleanField(_("the mail did not arrive"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    again = models.CharField(_("would work with her again"), max_length=7, choices=Again, blank=True)
    worked = models.CharField(_("in which work, and for how long"), max_length=240, blank=True)
    words = models.TextField(_("what is said of her work"), max_length=3000, blank=True)

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        ordering = ["application", "place"]
        constraints = [
            models.UniqueConstraint("application", "place", name="a_referee_has_her_place"),
            models.CheckConstraint(
                condition=Q(answered_at=None, again="") | (Q(answered_at__isnull=False) & ~Q(again="")),
                name="a_reference_says_when_and_what",
            ),
            models.CheckConstraint(
                condition=Q(asked_at=None, asked_by=None)
                | (Q(asked_at__isnull=False, asked_by__isnull=False) & ~Q(email="") & ~Q(name="")),
                name="a_referee_is_asked_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(asked_at__isnull=False, answered_at=None, given_up_at=None),
                name="referees_who_may_answer",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.application}"

    @property
    def is_whole(self) -> bool:
        """Whether she can be written to."""
        return bool(self.name and self.email)


class ApplicantsPaper(models.Model):
    """A paper that came with an application: sealed, for the firm to read, and deleted with it."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", _("Who you are: passport, identity card")
        CERTIFICATE = "certificate", _("A certificate")
        LIFE = "life", _("Your CV")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    kind = models.CharField(_("what it is"), max_length=11, choices=Kind)
    media_id = models.UUIDField(unique=True, editable=False)
    handed_in_at = models.DateTimeField(_("handed in"))

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of an application")
        verbose_name_plural = _("papers of applications")
        ordering = ["application", "handed_in_at", "id"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.application}"
