from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, DeskQuerySet
from secretariat import clock
from secretariat.ids import uuid7


class InboundMail(models.Model):
    """A mail that came to the office and that no program understood: somebody reads it.

    Whose it is, is told by its author, where one client alone knows her; else it is the firm's to read. The
    mail itself, as it came, lies sealed in private media.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="+")
    correspondent = models.ForeignKey(
        "clients.Correspondent", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sender = models.CharField(_("from"), max_length=254, blank=True)
    recipient = models.CharField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=240, blank=True)
    words = models.TextField(_("words"), blank=True)
    trouble = models.CharField(_("what could not be read"), max_length=240, blank=True, db_default="")
    attachments = models.PositiveSmallIntegerField(_("attachments"), default=0)
    media_id = models.UUIDField(null=True, blank=True)
    event_id = models.UUIDField(unique=True)  # the notice it came in
    came_at = models.DateTimeField(_("came"), default=clock.now)
    read_at = models.DateTimeField(_("dealt with"), null=True, blank=True)
    read_by = models.ForeignKey("office.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mails that came in")
        ordering = ["-came_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(read_at=None) | Q(read_by=None), name="a_mail_read_by_somebody_has_its_moment"
            )
        ]
        indexes = [models.Index(fields=["client", "-came_at"])]

    def __str__(self):
        return self.subject or self.sender
