from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7


class SecurityRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is asked of everybody who works here is no secret to them."""
        roles = user.roles
        return self if roles.firm_wide or roles.secretary else self.none()

    def in_force(self, at):
        return self.filter(Q(until_at=None) | Q(until_at__gt=at), from_at__lte=at)


class SecurityRule(models.Model):
    """One rule that is ticked at the start of every shift. Ended, never deleted; changed by another one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    words = models.CharField(_("as she ticks it"), max_length=240)
    rank = models.PositiveSmallIntegerField(_("place"), default=0)
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = SecurityRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("security rule")
        verbose_name_plural = _("security rules")
        ordering = ["rank", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("from_at")),
                name="a_security_rule_ends_after_it_begins",
                violation_error_message=_("It must end after it begins."),
            )
        ]

    def __str__(self):
        return self.words
