"""Somebody who looks for a secretary, and asks the firm."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.specialities import Speciality

from .firm import FirmQuerySet
from .profile import Profile
from .secretary import Secretary, Skill


class Enquiry(models.Model):
    """What somebody asked through the directory. The firm answers; she never reaches a secretary herself."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        MATCHED = "matched", _("Somebody was suggested")
        CLIENT = "client", _("Became a client")
        CLOSED = "closed", _("Closed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    profile = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    name = models.CharField(_("name"), max_length=120)
    firm = models.CharField(_("firm"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"))
    number = models.CharField(_("telephone"), max_length=16, blank=True)  # E.164
    language = models.CharField(_("language"), max_length=12, blank=True)
    hours_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    skills = models.ManyToManyField(Skill, blank=True, verbose_name=_("skills"))
    works_in = ArrayField(
        models.CharField(max_length=10, choices=Speciality),
        verbose_name=_("kinds of work"),
        default=list,
        blank=True,
        db_default=[],
    )
    words = models.TextField(_("what they need"), max_length=2000)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    matched = models.ForeignKey(
        Secretary, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("suggested")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    written = models.TextField(
        _("what they were written"), max_length=2000, blank=True, default="", db_default=""
    )
    # The client that was made of it, on the floor above.
    made_client_id = models.UUIDField(null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | Q(~Q(state="open"), answered_at__isnull=False),
                name="an_answered_enquiry_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="matched") | Q(matched__isnull=False),
                name="a_matched_enquiry_says_with_whom",
            ),
        ]

    def __str__(self):
        return self.name
