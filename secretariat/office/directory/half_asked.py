"""What a visitor has typed of an enquiry and not sent, kept in the session of her own browser.

She has no sign-in, so there is no row of hers to keep it in. Only this browser's cookie leads to it, and that
ends as the browser is closed: on a computer that several people use, the next one finds nothing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from secretariat.office.half_typed import Fields, Stale

PLACE = "enquiry"  # in the session


@dataclass(frozen=True)
class HalfAsked:
    """`saved_at` is aware; `revision` goes on rising once it is sent, for what a page posts late."""

    fields: Fields = field(default_factory=dict)
    revision: int = 0
    saved_at: datetime | None = None


def of(session: SessionBase) -> HalfAsked:
    kept = session.get(PLACE)
    if not isinstance(kept, Mapping):
        return HalfAsked()
    return HalfAsked(**{**kept, "saved_at": datetime.fromisoformat(kept["saved_at"])})


def keep(session: SessionBase, fields: Fields, *, revision: int, at: datetime) -> HalfAsked:
    """Raises Stale where something newer is kept, or it was sent since."""
    before = of(session)
    if before.revision != revision:
        raise Stale(before)
    return _write(session, fields, before.revision, at)


def let_go(session: SessionBase, *, at: datetime) -> None:
    """It was sent, or she begins anew. Of what nobody has typed nothing is noted."""
    if PLACE in session:
        _write(session, {}, of(session).revision, at)


def _write(session: SessionBase, fields: Fields, revision: int, at: datetime) -> HalfAsked:
    kept = HalfAsked(dict(fields), revision + 1, at)
    session[PLACE] = asdict(kept) | {"saved_at": at.isoformat()}
    return kept
