"""The seconds from when a page was opened to what was done there: raw, as they are billed and paid for.

The page's form carries the moment, signed for whoever opened it. Where it stood open for longer than such
work takes, nobody knows how long she worked: nothing is kept, and she is told so.
"""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core import signing
from django.utils.translation import gettext as _

from clients.models import WorkRecord
from messages_app.links import ByOurClock

LONGEST = timedelta(minutes=30)  # whoever leaves a page open for longer was doing something else


def began(request) -> str:
    """What the form of a page says of when it was opened; that of a form that comes back stays as it was."""
    return request.POST["began"] if _since(request) else _signer().sign(request.user.pk.hex)


def keep(request, *, kind: str, client_id, subject: tuple[str, object], at: datetime) -> None:
    """Write the stretch down that ends now. Call it once it is done."""
    since = _since(request)
    if since is None or since >= at:
        return
    if at - since > LONGEST:
        messages.info(
            request,
            _("This page was open for more than half an hour: add the time that you worked to your hours."),
        )
        return
    record = WorkRecord(
        client_id=client_id,
        secretary=getattr(request.user, "secretary", None),
        kind=kind,
        subject_kind=subject[0],
        subject_id=subject[1],
        started_at=since,
        ended_at=at,
    )
    WorkRecord.objects.bulk_create([record], ignore_conflicts=True)


def _since(request) -> datetime | None:
    """None where the form does not say, or somebody else's is brought back."""
    told = request.POST.get("began", "")
    try:
        mine = _signer().unsign(told) == request.user.pk.hex
        return _signer().signed_at(told) if mine else None
    except signing.BadSignature:
        return None


def _signer() -> ByOurClock:
    """Made for each use: it keeps the secret key of its moment, and keys are changed."""
    return ByOurClock(salt="messages.stretch")
