"""A client, a secretary and a month of time worked, for tests of the books."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clients.models import WorkRecord
from secretariat import ids
from secretariat.books.models import PayingAccount
from secretariat.office.models import Partner, PartnerPerson, Post, User

LANTERNS = "DE89370400440532013000"

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


@pytest.fixture
def quay(office):
    return Partner.objects.create(name="Quay")


def somebody_of(office, company, name) -> User:
    user = office.user(f"{name.lower()}@quay.example", f"{name} Quay")
    PartnerPerson.objects.create(partner=company, user=user)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def quentin(office, quay):
    return somebody_of(office, quay, "Quentin")


@pytest.fixture
def quirin(office, quay):
    return somebody_of(office, quay, "Quirin")


@pytest.fixture
def firms_account(db):
    PayingAccount.objects.create(name="Lantern Ltd", iban=LANTERNS, bic="COBADEFFXXX")


@pytest.fixture
def firm(office):
    """Helen supervises, Ruth administers, and Priya answers for Okafor Legal."""
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.ruth = office.user("ruth@example.com", "Ruth")
    Post.objects.create(user=office.ruth, post=Post.Kind.ADMIN)
    office.okafor = office.client("Okafor Legal")
    office.priya = office.secretary("Priya", office.okafor)
    return office
