"""One letter to many: the words they share, and the client's one word about all of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .letter import LetterQuerySet, LetterTemplate, Paper


class SerialQuerySet(LetterQuerySet):
    shown = Q(shown_at__isnull=False)


class SerialLetter(models.Model):
    """What many letters say. Each copy is a letter of its own, with its own paper and its own way."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ASKED = "asked", _("With the client")
        CHANGE = "change", _("The client asks for a change")
        MAKING = "making", _("Being set")
        READY = "ready", _("To be posted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    template = models.ForeignKey(LetterTemplate, models.SET_NULL, null=True, blank=True, related_name="+")
    layout = models.CharField(_("envelope"), max_length=6, choices=Paper)
    dated_on = models.DateField(_("date"))
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    salutation = models.CharField(_("salutation"), max_length=120, blank=True)
    body = models.TextField(_("words"), max_length=20_000, blank=True)
    closing = models.CharField(_("closing"), max_length=120, blank=True)
    enclosures = models.TextField(_("enclosures, a line each"), max_length=1_000, blank=True)
    written_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("begun"), default=clock.now)
    shown_at = models.DateTimeField(_("first shown to the client"), null=True, blank=True)
    # The files that went with every copy when it was shown last, as `files_of.told` says them.
    files_shown = models.JSONField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "clients.Contact", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wish = models.TextField(_("what is to be changed"), max_length=2_000, blank=True)
    typed = models.JSONField(null=True, blank=True, editable=False)  # and not saved yet
    made_at = models.DateTimeField(_("all set"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = SerialQuerySet.as_manager()

    class Meta:
        verbose_name = _("serial letter")
        verbose_name_plural = _("serial letters")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["client", "-created_at"])]

    def __str__(self):
        return self.subject or str(self.pk)
