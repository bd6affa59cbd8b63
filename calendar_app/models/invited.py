"""What others invite the client to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .meeting import OfDiaryQuerySet


class InvitedTo(models.Model):
    """An invitation of somebody else's to the client: by mail to the office, or standing in her calendar.

    However often and by whichever way it is told, it is one row, and answered by one way.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Not answered")
        ACCEPTED = "accepted", _("Accepted")
        TENTATIVE = "tentative", _("Perhaps")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Called off by whoever invited")

    class Sent(models.TextChoices):
        NOT = "not", _("Nothing to tell")
        WAITING = "waiting", _("Being told")
        TOLD = "told", _("Told")
        FAILED = "failed", _("Could not be told")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    diary = models.ForeignKey("calendar_app.Diary", models.CASCADE, related_name="invited_to")
    # Where it stands, if it stands in a calendar of hers.
    calendar = models.ForeignKey(
        "calendar_app.Calendar", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    remote_id = models.CharField(max_length=1024, blank=True)
    uid = models.CharField(max_length=1024)
    instance_at = models.DateTimeField(null=True, blank=True)
    # iTIP orders them by these two (RFC 5546 §2.1.5); an older one changes nothing.
    sequence = models.IntegerField(default=0)
    stamp = models.DateTimeField()
    organiser = models.CharField(_("invited by"), max_length=254, blank=True)  # an address, lower case
    organiser_name = models.CharField(_("name of who invites"), max_length=120, blank=True)
    addressed_to = models.CharField(_("invited as"), max_length=254, blank=True)  # her address, lower case
    about = models.CharField(_("about"), max_length=500, blank=True)
    where = models.CharField(_("where"), max_length=240, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    all_day = models.BooleanField(default=False)
    repeats = models.BooleanField(default=False)
    private = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PROPOSED)
    words = models.CharField(_("what was said with it"), max_length=240, blank=True)
    sent = models.CharField(_("whoever invites"), max_length=7, choices=Sent, default=Sent.NOT)
    meeting = models.ForeignKey(
        "calendar_app.Meeting", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    came_at = models.DateTimeField(_("came"), default=clock.now)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    # Judged by the client's rule; null: not yet, for it may still come to stand in her calendar.
    judged_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = OfDiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to the client")
        verbose_name_plural = _("invitations to clients")
        ordering = ["-came_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["diary", "uid", "instance_at"], nulls_distinct=False, name="invited_to_it_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["came_at"], condition=Q(state="proposed", judged_at=None), name="invited_to_judge"
            ),
        ]

    def __str__(self):
        return self.about or self.organiser
