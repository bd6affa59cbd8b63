"""What stands behind commission: the call, mail or other work it came out of, to its seconds."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from calls.models import Call
from clients.models import Client, WorkRecord
from secretariat.office.models import Secretary

from .briefs.caps import MILESTONE
from .counted import as_counted
from .metering import Interval
from .models import Outcome

OF_CALL = "calls.call"
RECENT = timedelta(days=45)
MOST = 60  # calls, and as many other pieces of work, that are offered to choose from


def intervals(rows: Iterable[Outcome], *, hers: bool = False) -> dict[UUID, list[Interval]]:
    """By outcome: what was recorded of its work for its client, as it counts; `hers`: by her alone.

    Two queries, however many they are.
    """
    wanted: dict[tuple, list[Outcome]] = defaultdict(list)
    for each in rows:
        if each.subject_id:
            wanted[each.subject_kind, each.subject_id, each.client_id].append(each)
    found: dict[UUID, list[Interval]] = defaultdict(list)
    if not wanted:
        return found
    of = {"subject_kind__in": {key[0] for key in wanted}, "subject_id__in": {key[1] for key in wanted}}
    records = list(WorkRecord.objects.filter(**of).order_by("started_at", "pk"))
    for record, counts in zip(records, as_counted(records), strict=True):
        for each in wanted.get((record.subject_kind, record.subject_id, record.client_id), ()):
            if not hers or record.secretary_id == each.secretary_id:
                found[each.pk].append(counts)
    return found


def choices(secretary: Secretary, *, at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Her calls and her other work of the last weeks, the newest first: what an outcome may have come of."""
    zone, since = ZoneInfo(secretary.zone), at - RECENT
    calls = Call.objects.visible_to(secretary.user).filter(secretary=secretary, rang_at__gte=since)
    of_calls = [
        (f"{OF_CALL}:{call.pk}", f"{_when(call.rang_at, zone)} · {_who(call)} · {call.client.name}")
        for call in calls.select_related("client").order_by("-rang_at")[:MOST]
    ]
    rows = WorkRecord.objects.visible_to(secretary.user).filter(
        secretary=secretary, client__isnull=False, started_at__gte=since
    )
    rows = rows.exclude(subject_kind__in=[OF_CALL, MILESTONE])
    work = rows.values("subject_kind", "subject_id", "kind", "client__name").annotate(last=Max("started_at"))
    kinds, besides = dict(WorkRecord.Kind.choices), {}
    for each in work.order_by("-last")[:MOST]:
        key = f"{each['subject_kind']}:{each['subject_id']}"
        told = f"{_when(each['last'], zone)} · {kinds[each['kind']]} · {each['client__name']}"
        besides.setdefault(key, told)
    return [(_("Calls"), of_calls), (_("Other work"), list(besides.items()))]


def named(secretary: Secretary, value: str) -> tuple[str, UUID, Client] | None:
    """The subject and the client of what she has chosen; none where it is no work of hers."""
    kind, _colon, pk = value.rpartition(":")
    try:
        subject = UUID(pk)
    except ValueError:
        return None
    found: Call | WorkRecord | None
    if kind == OF_CALL:
        calls = Call.objects.visible_to(secretary.user).filter(secretary=secretary, pk=subject)
        found = calls.select_related("client").first()
    else:
        of = {"subject_kind": kind, "subject_id": subject, "client__isnull": False}
        rows = WorkRecord.objects.visible_to(secretary.user).exclude(subject_kind=MILESTONE)
        found = rows.filter(secretary=secretary, **of).select_related("client").first()
    return (kind, subject, found.client) if found and found.client else None


def _when(at: datetime, zone: ZoneInfo) -> str:
    return date_words(at.astimezone(zone), "D j M, H:i")


def _who(call: Call) -> str:
    return call.caller_name or call.caller_firm or call.caller_number or _("number withheld")
