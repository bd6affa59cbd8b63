"""Privacy: an owner sees who may and who did, forbids, and fetches a copy of all we keep, once."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from calls.models import Call, Voicemail
from clients import leaving
from clients.models import Client, DataCopy
from clients.taking_out import Act
from messages_app.models import Message
from secretariat import clock, ledger, media
from secretariat.ids import uuid7
from secretariat.ledger.models import LedgerEntry
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm
from secretariat.overview.privacy import copying
from tests.told import recorded


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor, ready=False)


@pytest.fixture
def owner(office, okafor):
    return office.browser(okafor.owner)


def call_of(client, **facts) -> Call:
    at = clock.now()
    over = {"state": "closed", "outcome": "voicemail", "rang_at": at, "ended_at": at, "closed_at": at}
    return Call.objects.create(
        client=client.row, line=client.line, carrier_id=f"CA{client.row.pk.hex}", **(over | facts)
    )


def words(answer) -> str:
    return answer.content.decode()


# --- What may be taken out -------------------------------------------------------------------------------


def test_what_she_forbids_no_firm_allows(okafor, priya, owner):
    Firm.current()
    Firm.objects.update(may_print=True, may_download=True)
    assert leaving.allowed(priya.user, okafor.row) == {Act.PRINT, Act.DOWNLOAD, Act.ATTACHMENTS}
    assert "Secretariat lets them" in words(owner.get(reverse("privacy")))
    assert owner.post(reverse("privacy"), {"forbids": ["print", "attachments"]}).status_code == 303
    okafor.row.refresh_from_db()
    assert leaving.allowed(priya.user, okafor.row) == {Act.DOWNLOAD}
    assert "Never, by your word" in words(owner.get(reverse("privacy")))
    assert recorded("clients.client.forbids") == [(okafor.owner.user.pk, str(okafor.row.pk))]


def test_what_callers_hear_before_they_are_recorded(okafor, owner):
    assert "“This call is recorded.”" in words(owner.get(reverse("privacy")))


def test_only_an_owner_comes_here(office, okafor):
    delegate = office.contact(okafor, "Tunde Ade", standing="delegate")
    for name in ("privacy", "privacy-looks"):
        assert office.browser(delegate).get(reverse(name)).status_code == 404


# --- Who looked ------------------------------------------------------------------------------------------


def test_who_looked_at_what_is_told_with_names(office, okafor, priya, owner):
    brill = office.client("Brill Dental")
    call = call_of(okafor)
    ledger.looked(priya.user, okafor.row.pk, ("calls.call", call.pk))
    ledger.looked(okafor.owner.user, okafor.row.pk, ("clients.client", okafor.row.pk))
    ledger.looked(office.supervisor(), brill.row.pk, ("clients.client", brill.row.pk))
    page = words(owner.get(reverse("privacy-looks")))
    assert '<strong>Priya</strong> <span class="muted">secretary</span>' in page
    assert "Tue 24 Nov 11:30" in page  # in Lagos
    assert reverse("portal-call", args=[call.pk]) in page
    assert "your people" in page
    assert "Helen" not in page


def test_looks_come_in_pages(office, okafor, priya, owner):
    for _n in range(53):
        ledger.looked(priya.user, okafor.row.pk, ("calls.call", uuid7()))
    first = words(owner.get(reverse("privacy-looks")))
    assert first.count("<strong>Priya</strong>") == 50
    last = LedgerEntry.objects.filter(verb="looked").order_by("pk")[3]
    assert f"before={last.pk}" in first
    second = words(owner.get(reverse("privacy-looks"), {"before": last.pk}))
    assert second.count("<strong>Priya</strong>") == 3
    assert "Earlier ones" not in second


def test_the_list_as_a_file_is_itself_on_record(okafor, priya, owner):
    ledger.looked(priya.user, okafor.row.pk, ("clients.client", okafor.row.pk))
    rows = b"".join(owner.post(reverse("privacy-looks-file"), {"show": "looks"}).streaming_content).decode()
    assert '"2026-11-24 11:30:00","Priya","secretary","Looked at","your card"' in rows
    assert "Took out as a list" in words(owner.get(reverse("privacy-looks"), {"show": "taken"}))


def test_what_lies_on_the_desk_is_not_told(okafor, priya, owner):
    ledger.record(
        "clients.work.claimed",
        actor_id=priya.user.pk,
        client_id=okafor.row.pk,
        subject=("clients.workitem", okafor.row.pk),
    )
    told = words(owner.get(reverse("privacy-looks"), {"show": "changed"}))
    assert "a piece of work" not in told


# --- A copy of it all ------------------------------------------------------------------------------------


@pytest.fixture
def kept(office, okafor):
    """A call with a voicemail and a message of Okafor's, and the like of a rival's."""
    for client in (okafor, office.client("Brill Dental")):
        call = call_of(client, caller_name=f"=Caller of {client.row.name}", call_token="token-of-the-carrier")
        file = media.store(
            f"RIFF {client.row.name}".encode(),
            client_id=client.row.pk,
            kind="voicemail",
            name="voicemail.wav",
            content_type="audio/wav",
        )
        Voicemail.objects.create(client=client.row, call=call, media_id=file.pk, state="ready")
        Message.objects.create(client=client.row, call=call, text=f"Words for {client.row.name}")


def test_a_copy_is_made_by_a_worker_and_fetched_once(office, okafor, owner, kept):
    assert owner.post(reverse("privacy-copy")).status_code == 303
    assert "Being made" in words(owner.get(reverse("privacy")))
    office.settle()
    copy = DataCopy.objects.get()
    assert copy.state == "ready"
    answer = owner.post(reverse("privacy-fetch", args=[copy.pk]))
    packed = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert packed.testzip() is None
    [message] = json.loads(packed.read("messages/message.json"))
    assert message["text"] == "Words for Okafor Legal"
    [call] = json.loads(packed.read("calls/call.json"))
    assert "call_token" not in call
    assert "'=Caller of Okafor Legal" in packed.read("calls/call.csv").decode()
    [voicemail] = json.loads(packed.read("calls/voicemail.json"))
    assert packed.read(f"recordings/{voicemail['media_id']}.wav") == b"RIFF Okafor Legal"
    everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"Brill" not in everything
    assert b"token-of-the-carrier" not in everything
    again = owner.post(reverse("privacy-fetch", args=[copy.pk]), follow=True)
    assert "This copy has been fetched" in words(again)
    assert [recorded(f"clients.data_copy.{verb}") for verb in ("asked", "fetched")] == [
        [(okafor.owner.user.pk, str(copy.pk))]
    ] * 2


def test_the_firm_makes_one_for_a_client_who_leaves_and_the_client_reads_that_it_did(
    office, okafor, owner, kept
):
    helen = office.supervisor()
    desk, page = office.browser(helen), reverse("data-copy", args=[okafor.row.pk])
    assert "Okafor Legal" in words(desk.get(page))
    assert desk.post(reverse("data-copy-ask", args=[okafor.row.pk])).status_code == 303
    assert "Being made" in words(desk.get(page))
    assert "A copy is being made already." in words(owner.post(reverse("privacy-copy"), follow=True))
    office.settle()
    copy = DataCopy.objects.get()
    assert reverse("privacy-fetch", args=[copy.pk]) in words(owner.get(reverse("privacy")))  # or she takes it
    answer = desk.post(reverse("data-copy-fetch", args=[copy.pk]))
    packed = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert "messages/message.json" in packed.namelist()
    assert not any(b"Brill" in packed.read(name) for name in packed.namelist())
    assert "no-store" in answer["Cache-Control"]
    again = desk.post(reverse("data-copy-fetch", args=[copy.pk]), follow=True)
    assert "This copy has been fetched" in words(again)
    assert "Fetched Tue 24 Nov" in words(again)
    shown = words(owner.get(reverse("privacy")))
    assert shown.count(f"· {helen.name}") == 2  # who asked for it, and who took it
    taken = words(owner.get(reverse("privacy-looks"), {"show": "taken"}))
    assert taken.count(f"<strong>{helen.name}</strong>") == 2
    office.clock_says("2026-11-24 11:31")
    office.settle()
    assert MediaFile.objects.get(pk=copy.media_id).deleted_at is not None


def test_a_copy_is_made_by_the_firm_and_the_owner_alone(office, okafor, priya):
    copy = copying.ask(okafor.row, by=okafor.owner.user, at=clock.now())
    office.settle()
    delegate = office.contact(okafor, "Tunde Ade", standing="delegate")
    for somebody in (priya, delegate, okafor.owner):
        browser = office.browser(somebody)
        assert browser.get(reverse("data-copy", args=[okafor.row.pk])).status_code == 404
        assert browser.post(reverse("data-copy-ask", args=[okafor.row.pk])).status_code == 404
        assert browser.post(reverse("data-copy-fetch", args=[copy.pk])).status_code == 404
    copy.refresh_from_db()
    assert copy.state == "ready"


def test_one_at_a_time(okafor, owner):
    owner.post(reverse("privacy-copy"))
    assert "A copy is being made already." in words(owner.post(reverse("privacy-copy"), follow=True))
    assert DataCopy.objects.count() == 1


def test_after_a_week_it_is_over_and_its_bytes_are_gone(office, okafor, owner, kept):
    copying.ask(okafor.row, by=okafor.owner.user, at=clock.now())
    office.settle()
    copy = DataCopy.objects.get()
    office.clock_says("2026-12-01 10:31")
    office.settle()
    assert MediaFile.objects.get(pk=copy.media_id).deleted_at is not None
    assert copying.fetch(copy, by=okafor.owner.user, at=clock.now()) is None
    assert "Its week is over" in words(owner.get(reverse("privacy")))


def test_a_copy_that_cannot_be_made_says_so(okafor, owner):
    copy = copying.ask(okafor.row, by=okafor.owner.user, at=clock.now())
    copying.settle(copy.pk, made=False)
    assert "Could not be made." in words(owner.get(reverse("privacy")))
    copying.ask(okafor.row, by=okafor.owner.user, at=clock.now())  # and another may be asked for


def test_every_table_of_a_client_is_copied_or_left_out_for_a_reason():
    theirs = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name == "client" and field.related_model is Client
    }
    named = [*copying.COPIED, *copying.LEFT_OUT]
    assert sorted(theirs) == sorted(named)
