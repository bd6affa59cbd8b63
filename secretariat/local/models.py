"""The clock of an office that is not real."""

from datetime import timedelta

from django.db import models


class Clock(models.Model):
    """The one row that says how far this office's clock is ahead of the computer's, or where it stands."""

    shift = models.DurationField(default=timedelta)
    stands_at = models.DateTimeField(null=True, blank=True)  # for tests: it moves only when told

    class Meta:
        db_table = "local_clock"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="local_clock_has_one_row")]

    def __str__(self) -> str:
        return f"standing at {self.stands_at}" if self.stands_at else f"{self.shift} ahead"
