"""What a client asks her secretary for: in words, in a voice note, with photographs; and the answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ClientOwnedQuerySet, Contact
from clients.models.contact import OfContactQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class ClientRequest(models.Model):
    """Something somebody at a client wants done. It is open until her secretary has answered it."""

    class State(models.TextChoices):
        OPEN = "open", _("With your secretary")
        DONE = "done", _("Answered")
        WITHDRAWN = "withdrawn", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    number = models.PositiveIntegerField(_("number"))  # counts the client's requests, from 1
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    urgent = models.BooleanField(_("urgent"), default=False)
    words = models.TextField(_("what is asked for"), max_length=4_000, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    promised_at = models.DateTimeField(_("promised by"), null=True, blank=True)  # none: of an older release
    answer = models.TextField(_("answer"), max_length=4_000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)  # its words are no longer kept
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of a client")
        verbose_name_plural = _("requests of clients")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint("client", "number", name="a_requests_number_is_used_once"),
            models.CheckConstraint(
                condition=Q(state="done", answered_at__isnull=False) | ~Q(state="done") & Q(answered_at=None),
                name="an_answered_request_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["client", "-asked_at"], name="requests_of_client")]

    def __str__(self):
        return f"{self.client} {self.number}"


class RequestFileQuerySet(ClientOwnedQuerySet):
    def visible_to(self, user):
        if user.roles.firm_wide:
            return self
        return self.filter(request__in=ClientRequest.objects.visible_to(user).values("pk"))


class RequestFile(models.Model):
    """What goes with a request: her voice, or a photograph."""

    class Kind(models.TextChoices):
        VOICE = "voice", _("Voice note")
        PHOTOGRAPH = "photograph", _("Photograph")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    request = models.ForeignKey(ClientRequest, models.CASCADE, related_name="files")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    media_id = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    seconds = models.PositiveIntegerField(_("length, seconds"), null=True, blank=True)

    objects = RequestFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a request")
        verbose_name_plural = _("files of requests")
        ordering = ["request", "id"]

    def __str__(self):
        return f"{self.request}: {self.get_kind_display()}"
