"""A client, a secretary and a month of time worked, for tests of the books."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from calls.models import Call
from clients.models import WorkRecord
from secretariat import clock, ids
from secretariat.books import billing
from secretariat.books.models import Bill, ClientPlan, PayingAccount
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


OCTOBER = date(2026, 10, 1)


def call(client, rang, *, by=None, outcome="message", reason="", **seconds) -> Call:
    """A call that is over, with its recorded seconds of each kind, one after the other."""
    begun = local(rang)
    answered = begun if by else None
    made = Call.objects.create(
        client=client.row,
        line=client.line,
        carrier_id=ids.uuid7().hex,
        state="closed",
        outcome=outcome,
        no_message_reason=reason,
        secretary=by,
        rang_at=begun,
        answered_at=answered,
        ended_at=begun,
        closed_at=begun,
        caller_name="Mrs Brill",
    )
    at = begun
    for kind, length in seconds.items():
        record = worked(client, by if kind != "ring" else None, rang, length, kind=kind, subject=made.pk)
        WorkRecord.objects.filter(pk=record.pk).update(started_at=at, ended_at=at + (record.ended_at - begun))
        at += record.ended_at - begun
    return made


@pytest.fixture
def by_the_minute(okafor):
    return ClientPlan.objects.create(
        client=okafor.row,
        name="By the second",
        from_on=OCTOBER,
        price=Decimal("1.20"),
        counts=["wrap_up"],
        not_billed=["wrong_number", "lost"],
    )


@pytest.fixture
def october(okafor, priya, by_the_minute):
    """Two calls that are billed, one wrong number, one who hung up, and one in November."""
    call(okafor, "2026-10-05 09:00:00", by=priya, ring=12, talk=121, hold=40, wrap_up=20)
    call(okafor, "2026-10-06 10:00:00", by=priya, ring=5, talk=60.4)
    call(okafor, "2026-10-07 11:00:00", by=priya, outcome="no_message", reason="wrong_number", talk=9)
    call(okafor, "2026-10-08 12:00:00", outcome="abandoned", ring=31)
    call(okafor, "2026-11-02 09:00:00", by=priya, talk=600)
    return okafor


def drafted(client) -> Bill:
    return billing.draft(client.row, OCTOBER, at=clock.now())


def issued(client, by) -> Bill:
    return billing.issue(drafted(client), by=by, at=clock.now())
