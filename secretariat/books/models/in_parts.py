from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .plan import OfFirmQuerySet


class InParts(models.Model):
    """What may be too much for one request, so that workers do it part by part: `secretariat/books/parts.py`.

    `turn` is new whenever it begins, or begins again. What is left over of an earlier turn is not done.
    """

    turn = models.UUIDField(default=uuid7, editable=False)
    parts = models.PositiveIntegerField(default=0, editable=False)
    parts_left = models.PositiveIntegerField(default=0, editable=False)
    hindered = models.JSONField(default=dict, editable=False)  # {whose, or which part: why, in words}

    class Meta:
        abstract = True

    @property
    def goes_on(self) -> bool:
        return self.parts_left > 0

    @property
    def parts_done(self) -> int:
        return self.parts - self.parts_left


class MonthRun(InParts):
    """The bills of a month, drafted or issued all together: how far that is, and what hindered any."""

    class Doing(models.TextChoices):
        DRAFT = "draft", _("Drafting")
        ISSUE = "issue", _("Issuing")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first_on = models.DateField(_("month"), unique=True)
    doing = models.CharField(_("what is done"), max_length=5, choices=Doing)
    begun_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("begun by"))
    begun_at = models.DateTimeField(_("begun"), default=clock.now)

    objects = OfFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a month’s bills")
        verbose_name_plural = _("runs of a month’s bills")
        ordering = ["-first_on"]

    def __str__(self):
        return f"{self.first_on:%Y-%m}, {self.get_doing_display()}"
