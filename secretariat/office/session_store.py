"""Sessions as Django keeps them in the database, which know when they end."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.utils import timezone


class SessionStore(db.SessionStore):
    """`ends_at`: when the sign-in ends by the computer’s clock, as its row says; None before there is one."""

    ends_at: datetime | None = None

    @property
    def seconds_left(self) -> int | None:
        """Whole seconds until it ends. None where nobody is signed in."""
        self._get_session()  # read now, if nothing of it was needed yet
        return max(0, int((self.ends_at - timezone.now()).total_seconds())) if self.ends_at else None

    def keep(self) -> None:
        """It lasts from now on as long as one that has just begun."""
        self.modified = True
        self.save()

    def save(self, must_create=False):
        super().save(must_create)
        self.ends_at = self.get_expiry_date()

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        self.ends_at = row.expire_date if row else None
        return row
