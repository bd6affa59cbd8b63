from django.db import models
from django.utils.translation import gettext_lazy as _


class Breaker(models.Model):
    """Whether a channel answers at all, known to every worker.

    Closed while `open_until` is empty. When that moment has passed, one worker may try one effect.
    """

    channel = models.CharField(max_length=30, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    counted_from = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("channel state")
        verbose_name_plural = _("channel states")

    def __str__(self):
        return self.channel
