"""What a secretary found when she tried her home office and its line, before anybody's call depends on it."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7

from .secretary import Secretary
from .shift import OwnRowsQuerySet

SLOW_FROM, PROBES = (
    150,
    20,
)  # milliseconds there and back, beyond which a talk becomes hard; how many are sent


class LineTest(models.Model):
    """One test: what was measured, what she heard, and what her room is like. The newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        Secretary, models.CASCADE, related_name="line_tests", verbose_name=_("secretary")
    )
    at = models.DateTimeField(_("when"), default=clock.now)
    trip_ms = models.PositiveIntegerField(
        _("there and back, milliseconds"), null=True, blank=True, validators=[MaxValueValidator(60_000)]
    )
    lost = models.PositiveSmallIntegerField(
        _("lost on the way, of 20"), null=True, blank=True, validators=[MaxValueValidator(PROBES)]
    )
    heard = models.BooleanField(_("I heard the ring in my headset, clearly"), default=False)
    quiet = models.BooleanField(_("Nobody else hears my calls, and none of them is heard"), default=False)
    unseen = models.BooleanField(_("Nobody else sees my screen"), default=False)
    spare = models.CharField(_("what I do when the line or the power fails"), max_length=240)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("line test")
        verbose_name_plural = _("line tests")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.secretary}, {self.at:%Y-%m-%d}"

    @property
    def is_measured(self) -> bool:
        return self.trip_ms is not None and self.lost is not None

    @property
    def is_good(self) -> bool:
        """Whether a call can be taken there: quick, nothing lost, heard, and among herself."""
        quick = self.is_measured and self.trip_ms <= SLOW_FROM and not self.lost
        return quick and self.heard and self.quiet and self.unseen
