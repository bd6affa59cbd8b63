"""The seconds from when a page was opened to what was done there: raw, as they are billed and paid for.

The page's form carries the moment, signed for whoever opened it. Where it stood open for longer than such
work takes, nobody knows how long she worked: nothing is kept, and she is told so. What was recorded of her
meanwhile, as a call, is not kept a second time: the stretch begins where that ended, and none is kept while
she is on a call or finishing one.
"""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core import signing
from django.db.models import Max
from django.utils.html import format_html
from django.utils.translation import gettext as _

from secretariat.office.models import Presence
from secretariat.signed_times import ByOurClock

from .models import WorkRecord

LONGEST = timedelta(minutes=30)  # whoever leaves a page open for longer was doing something else
BETWEEN = timedelta(minutes=2)  # of a list that stands open between other work: from one act to the next
FIELD = "began"
ON_THE_LINE = (Presence.State.ON_CALL, Presence.State.WRAP_UP)


def began(request) -> str:
    """What the form of a page says of when it was opened; that of a form that comes back stays as it was.

    So does that of a page that is drawn anew because something happened, and hands it on in its address.
    """
    told = _told(request)
    return told if _since(request) else _signer().sign(request.user.pk.hex)


def field(request):
    """The same as a hidden field."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, began(request))


def keep(
    request,
    *,
    kind: str,
    client_id,
    subject: tuple[str, object],
    at: datetime,
    longest: timedelta = LONGEST,
) -> None:
    """Write the stretch down that ends now. Call it once it is done."""
    since = _since(request)
    if since is None or since >= at:
        return
    secretary = getattr(request.user, "secretary", None)
    if secretary is not None:
        since = not_counted_yet(secretary, since, at)
    if since >= at or (secretary is None and client_id is None):
        return
    if at - since > longest:
        if longest == LONGEST:  # of a list nothing is said: it stands open all day
            words = _(
                "This page was open for more than half an hour: add the time that you worked to your hours."
            )
            messages.info(request, words)
        return
    _write([(since, at)], secretary, kind=kind, client_id=client_id, subject=subject)


def keep_beside(
    secretary, since: datetime, until: datetime, *, kind: str, client_id, subject: tuple[str, object]
) -> None:
    """Write down what she did all along, but for what is recorded of her meanwhile, as a call.

    `secretary` is None for one of the firm's, who is never on a call.
    """
    free = [(since, until)] if secretary is None else beside(secretary, since, until)
    _write(free, secretary, kind=kind, client_id=client_id, subject=subject)


def before_her_call(secretary, at: datetime) -> datetime:
    """`at`; or when she went on the line, where she is still on a call, which keeps its own seconds."""
    there = Presence.objects.filter(secretary=secretary).values_list("state", "since").first()
    return min(at, there[1]) if there and there[0] in ON_THE_LINE else at


def not_counted_yet(secretary, since: datetime, at: datetime) -> datetime:
    """From when on nothing else of hers is recorded, or will be; `at` where she is on a call."""
    there = Presence.objects.filter(secretary=secretary).values_list("state", "since").first()
    if there:
        if there[0] in ON_THE_LINE:
            return at
        since = max(since, there[1])
    rows = WorkRecord.objects.filter(secretary=secretary, started_at__lt=at, ended_at__gt=since)
    last = rows.filter(started_at__gt=since - timedelta(days=1)).aggregate(last=Max("ended_at"))["last"]
    return max(since, last) if last else since


def beside(secretary, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """What is left of this time beside all that is recorded of her already, in order."""
    rows = WorkRecord.objects.filter(secretary=secretary, started_at__lt=until, ended_at__gt=since)
    free = []
    for begun, over in rows.order_by("started_at").values_list("started_at", "ended_at"):
        free.append((since, begun))
        since = max(since, over)
    return [(begun, over) for begun, over in [*free, (since, until)] if over > begun]


def _write(stretches, secretary, *, kind: str, client_id, subject: tuple[str, object]) -> None:
    WorkRecord.objects.bulk_create(
        [
            WorkRecord(
                client_id=client_id,
                secretary=secretary,
                kind=kind,
                subject_kind=subject[0],
                subject_id=subject[1],
                started_at=begun,
                ended_at=over,
            )
            for begun, over in stretches
        ],
        ignore_conflicts=True,
    )


def _told(request) -> str:
    return request.POST.get(FIELD, "") or request.GET.get(FIELD, "")


def _since(request) -> datetime | None:
    """None where the form does not say, or somebody else's is brought back."""
    told = _told(request)
    try:
        mine = _signer().unsign(told) == request.user.pk.hex
        return _signer().signed_at(told) if mine else None
    except signing.BadSignature:
        return None


def _signer() -> ByOurClock:
    """Made for each use: it keeps the secret key of its moment, and keys are changed."""
    return ByOurClock(salt="messages.stretch")
