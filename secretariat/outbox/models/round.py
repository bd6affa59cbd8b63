from django.db import models
from django.utils.translation import gettext_lazy as _


class Round(models.Model):
    """When a recurring duty of the sweep was last done, by whichever sweep did it (unshifted clock)."""

    name = models.CharField(max_length=120, primary_key=True)
    ran_at = models.DateTimeField()
    fault = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        verbose_name = _("sweep round")
        verbose_name_plural = _("sweep rounds")

    def __str__(self):
        return self.name
