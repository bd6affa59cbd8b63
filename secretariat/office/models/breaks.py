from django.db import models
from django.utils.translation import gettext_lazy as _

from .secretary import SkillQuerySet


class BreakReason(models.Model):
    """A kind of break the firm knows, and how long it lasts unless she says otherwise."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    minutes = models.PositiveSmallIntegerField(_("usual length, minutes"), default=15)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("may be chosen"), default=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason for a break")
        verbose_name_plural = _("reasons for a break")
        ordering = ["rank", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=240), name="a_break_lasts_some_minutes"
            )
        ]

    def __str__(self):
        return self.name
