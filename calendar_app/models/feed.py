"""A diary published at a secret address, for calendar programs to read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat import clock
from secretariat.ids import uuid7

from .meeting import OfDiaryQuerySet


class Feed(models.Model):
    """One secret address. Whoever knows it reads the diary, so only a hash of it is kept.

    `content_hash` and `changed_at` tell a program that asks again whether there is anything new.
    """

    class Words(models.TextChoices):
        FULL = "full", _("Everything but what is private")
        BUSY = "busy", _("Only when the time is taken")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(Client, models.CASCADE, related_name="+")
    diary = models.ForeignKey("calendar_app.Diary", models.CASCADE, related_name="feeds")
    words = models.CharField(_("what it says"), max_length=4, choices=Words)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256, hexadecimal
    made_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=clock.now)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("last fetched"), null=True, blank=True)
    fetched_times = models.PositiveIntegerField(_("times fetched"), default=0)  # not by whom
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfDiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("secret address of a diary")
        verbose_name_plural = _("secret addresses of diaries")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["diary", "words"], condition=Q(ended_at=None), name="one_address_of_each_kind"
            ),
        ]

    def __str__(self):
        return self.get_words_display()
