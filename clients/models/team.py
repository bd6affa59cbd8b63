from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .client import Client, DeskQuerySet


class Assignment(models.Model):
    """Who answers for a client, and in which turn. Ended, never deleted."""

    class Turn(models.TextChoices):
        OWN = "own", _("Her own secretary")
        STAND_IN = "stand_in", _("Stand-in")
        POOL = "pool", _("Pool")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="assignments", verbose_name=_("client"))
    secretary = models.ForeignKey("office.Secretary", models.PROTECT, related_name="assignments")
    turn = models.CharField(_("turn"), max_length=8, choices=Turn, default=Turn.OWN)
    terms_accepted_at = models.DateTimeField(_("accepted the client's terms"), null=True, blank=True)
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("team")
        constraints = [
            models.UniqueConstraint(
                fields=["client", "secretary"], condition=Q(until_at=None), name="one_open_assignment"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=models.F("from_at")),
                name="an_assignment_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.secretary} for {self.client}"


class NeededSkill(models.Model):
    """What somebody of the pool must know before she is offered this client's calls."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="needed_skills", verbose_name=_("client"))
    skill = models.ForeignKey("office.Skill", models.PROTECT, related_name="+", verbose_name=_("skill"))

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill the pool needs")
        verbose_name_plural = _("skills the pool needs")
        constraints = [models.UniqueConstraint("client", "skill", name="a_skill_is_needed_once")]

    def __str__(self):
        return str(self.skill)


class Access(models.Model):
    """Why a secretary may see a client's rows. It ends with its cause, in the same transaction."""

    class Because(models.TextChoices):
        TEAM = "team", _("On the team")
        OFFER = "offer", _("Offered a call")
        CALL = "call", _("Took a call")
        WORK = "work", _("Owns a piece of work")

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, models.CASCADE, related_name="accesses")
    secretary = models.ForeignKey("office.Secretary", models.CASCADE, related_name="accesses")
    because = models.CharField(_("because"), max_length=5, choices=Because)
    cause_id = models.UUIDField()
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("access")
        constraints = [
            models.UniqueConstraint("secretary", "because", "cause_id", name="a_cause_gives_access_once")
        ]
        indexes = [models.Index(fields=["secretary", "client", "until_at"])]

    def __str__(self):
        return f"{self.secretary} to {self.client}: {self.get_because_display()}"
