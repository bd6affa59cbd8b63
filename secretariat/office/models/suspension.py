from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .firm import FirmQuerySet


class Suspension(models.Model):
    """Somebody who may not sign in for the present, by whose word and why. Lifted, never deleted."""

    class Reason(models.TextChoices):
        LEFT = "left", _("No longer works here")
        LOST = "lost", _("Computer or telephone lost or stolen")
        STRANGER = "stranger", _("Somebody else may have used the sign-in")
        CONDUCT = "conduct", _("Conduct is being looked into")
        OTHER = "other", _("Something else, as noted")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        "office.User", models.CASCADE, related_name="suspensions", verbose_name=_("person")
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    note = models.CharField(_("note"), max_length=240, blank=True)
    by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("suspended by")
    )
    handed_over = models.JSONField(  # in words, what was hers and went to others
        _("handed over"), default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    from_at = models.DateTimeField(_("from"), default=clock.now)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        "office.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-from_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(lifted_at=None), name="one_open_suspension"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_at__gte=F("from_at")),
                name="a_suspension_is_lifted_after_it_began",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_reason_display()}"
