"""Recorded intervals as they count: as they were recorded, or as somebody corrected them."""

from collections.abc import Iterable

from clients.models import WorkRecord

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
