from django.db import models
from django.utils.translation import gettext_lazy as _


class Breaker(models.Model):
    """Whether a channel answers at all, and how much has been tried again by it, known to every worker.

    Closed while `open_until` is empty. When that moment has passed, one worker may try one effect.
    """

    channel = models.CharField(max_length=30, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    counted_from = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)

    # First and further attempts, in the window that began at `window_from` and in the one before it; and how
    # many went well one after another. See budgeting.py.
    window_from = models.DateTimeField(null=True, blank=True)
    firsts = models.PositiveIntegerField(default=0, db_default=0)
    retries = models.PositiveIntegerField(default=0, db_default=0)
    firsts_before = models.PositiveIntegerField(default=0, db_default=0)
    retries_before = models.PositiveIntegerField(default=0, db_default=0)
    successes = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("channel state")
        verbose_name_plural = _("channel states")

    def __str__(self):
        return self.channel
