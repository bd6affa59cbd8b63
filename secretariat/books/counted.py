"""Recorded intervals as they count: as they were recorded, or as somebody corrected them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from clients.models import WorkRecord
from secretariat.office.models import Secretary

from .metering import Interval
from .models import Correction


def as_counted(records: Iterable[WorkRecord]) -> list[Interval]:
    """Each record as it counts: as it was recorded, or as the correction that holds says."""
    records = list(records)
    found = Correction.objects.filter(record__in=records, replaced_at=None)
    corrections = {each.record_id: each for each in found}
    return [interval(record, corrections.get(record.pk)) for record in records]


def interval(record: WorkRecord, correction: Correction | None) -> Interval:
    """One record under the correction that holds, or as it was recorded."""
    counts = correction or record
    return Interval(
        record_id=record.pk,
        kind=record.kind,
        started_at=counts.started_at,
        ended_at=counts.ended_at,
        client_id=record.client_id,
        subject=(record.subject_kind, record.subject_id),
        was=(record.started_at, record.ended_at) if correction else None,
        because=correction.because if correction else "",
    )


def between(
    secretaries: Iterable[Secretary], since: datetime, until: datetime
) -> Iterable[tuple[UUID, datetime, datetime]]:
    """Whose time between the two it was, from when until when, as it counts: one query for all of them."""
    hers = {"secretary__in": list(secretaries), "started_at__lt": until, "ended_at__gt": since}
    holding = Correction.objects.filter(replaced_at=None)
    records = WorkRecord.objects.filter(~Exists(holding.filter(record=OuterRef("pk"))), **hers)
    of = "secretary", "started_at", "ended_at"
    corrected = holding.filter(**hers).order_by().values_list(*of)
    return records.order_by().values_list(*of).union(corrected, all=True)
