from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The firm's own: it names two clients, of whom neither may hear of the other."""
        return self if user.roles.firm_wide else self.none()


class Incident(models.Model):
    """Something that must not happen, and did: for the supervisor to look into and to settle."""

    class Kind(models.TextChoices):
        WRONG_CLIENT = "wrong_client", _("A message went to the wrong client")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SETTLED = "settled", _("Settled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client it went to"))
    other_client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("client it was for")
    )
    message = models.ForeignKey("messages_app.Message", models.PROTECT, related_name="incidents")
    moved_to = models.ForeignKey(
        "messages_app.Message", models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_by = models.ForeignKey(
        "office.User", models.PROTECT, null=True, related_name="+", verbose_name=_("who took it")
    )
    found_by = models.ForeignKey(
        "office.User", models.PROTECT, related_name="+", verbose_name=_("who put it right")
    )
    what = models.CharField(_("what happened"), max_length=240)
    told = models.PositiveSmallIntegerField(_("people it had reached"), default=0)
    opened = models.BooleanField(_("somebody had acknowledged it"), default=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    resolution = models.TextField(_("what was done about it"), max_length=2000, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey("office.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | Q(state="settled", settled_at__isnull=False),
                name="a_settled_incident_has_its_moment",
            ),
            models.UniqueConstraint("kind", "message", name="an_incident_is_written_down_once"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"
