"""A client, a secretary and a month of time worked, for tests of the books."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clients.models import WorkRecord
from secretariat import ids

LONDON = ZoneInfo("Europe/London")


def local(text, zone=LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def worked(client, secretary, text, seconds, *, kind="talk", subject=None) -> WorkRecord:
    started = local(text)
    return WorkRecord.objects.create(
        client=client.row,
        secretary=secretary,
        kind=kind,
        subject_kind="calls.call",
        subject_id=subject or ids.uuid7(),
        started_at=started,
        ended_at=started + timedelta(seconds=seconds),
    )


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", band="plum")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor, ready=False)


@pytest.fixture
def helen(office):
    return office.supervisor()
