"""A message that went to the wrong client: taken back there, delivered to the right one, two logs."""

import re

import pytest
from django.urls import reverse

from clients import team
from clients.models import DeliveryRule, WorkItem, WorkRecord
from messages_app import by_hand, correcting, links, taking
from messages_app.models import Incident, Message
from secretariat import clock
from secretariat.ledger.models import LedgerEntry

WORDS = "The landlord sent clause 9."


@pytest.fixture
def bakery(office, okafor):
    return office.client("Lopes Bakery", zone="Europe/Lisbon")


@pytest.fixture
def both(bakery, priya):
    """Priya works for the other client too."""
    team.assign(priya, bakery.row, by=None, at=clock.now())


@pytest.fixture
def message(office, call, priya, okafor):
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text")
    taken = taking.take_message(
        call=call,
        by=priya.user,
        at=clock.now(),
        answers=[],
        contact=okafor.owner,
        caller_name="Dana Reyes",
        caller_firm="Reyes Property",
        call_back_on="+447700900123",
        text=WORDS,
        urgency=3,
    )
    office.settle()
    return taken


def moved(desk, message, to, **more):
    said = {"client": str(to.row.pk), "what": "Two windows were open", **more}
    return desk.post(reverse("messages-move", args=[message.pk]), said)


def words_of(*pages) -> str:
    return " ".join(page.content.decode() for page in pages)


def test_it_takes_two_steps_and_the_first_changes_nothing(desk, message, bakery, both):
    page = moved(desk, message, bakery).content.decode()
    assert "Withdraw from Okafor Legal, deliver to Lopes Bakery" in page
    assert not Incident.objects.exists()
    message.refresh_from_db()
    assert message.text == WORDS


def test_the_one_reads_it_no_more_and_the_other_does(
    office, desk, message, okafor, bakery, both, client, mailoutbox
):
    sent = message.deliveries.get(channel="email")
    link = reverse("messages-link", args=[links.token(sent)])
    assert WORDS in client.get(link).content.decode()
    mailoutbox.clear()
    assert moved(desk, message, bakery, sure="yes", contact=str(bakery.owner.pk)).status_code == 303
    office.settle()

    portal = office.browser(okafor.owner)
    theirs = words_of(
        portal.get(reverse("messages-portal")),
        portal.get(reverse("messages-portal-message", args=[message.pk])),
        opened := client.get(link),
    )
    assert "No message fits" in words_of(portal.get(reverse("messages-portal"), {"q": "landlord"}))
    for word in ("landlord", "Dana", "Lopes"):
        assert word not in theirs
    assert opened.status_code == 410
    assert "was not for" in opened.content.decode()
    assert "was withdrawn" in theirs

    new = Message.objects.get(client=bakery.row)
    assert (new.text, new.caller_name, new.urgency) == (WORDS, "Dana Reyes", 3)
    page = (
        office.browser(bakery.owner).get(reverse("messages-portal-message", args=[new.pk])).content.decode()
    )
    assert WORDS in page
    assert "Okafor" not in page

    by_address = {mail.to[0]: mail.body for mail in mailoutbox}
    note = by_address["owner.of.okafor.legal@clients.example"]
    assert "was not for you" in note
    assert not re.search("landlord|Dana|Lopes", note)
    assert WORDS in by_address["owner.of.lopes.bakery@clients.example"]


def test_each_log_tells_its_own_part_and_the_supervisor_has_an_incident(
    office, desk, message, okafor, bakery, both
):
    moved(desk, message, bakery, sure="yes")
    new = Message.objects.get(client=bakery.row)
    assert message.events.filter(verb="withdrawn").exists()
    assert not message.events.filter(detail__icontains=str(bakery.row.pk)).exists()
    assert new.events.first().verb == "taken"
    assert new.call is None
    of_okafor = LedgerEntry.objects.filter(client_id=okafor.row.pk)
    assert not of_okafor.filter(subject_id=str(new.pk)).exists()
    assert not of_okafor.filter(detail__icontains=str(bakery.row.pk)).exists()

    incident = Incident.objects.get()
    assert (incident.client, incident.other_client, incident.what) == (
        okafor.row,
        bakery.row,
        "Two windows were open",
    )
    item = WorkItem.objects.get(kind="messages.incident")
    helen = office.supervisor()
    assert item in WorkItem.objects.visible_to(helen)
    assert item not in WorkItem.objects.visible_to(incident.found_by)
    address = reverse("admin:messages_app_incident_change", args=[incident.pk])
    office.browser(helen).post(address, {"resolution": "Talked it through."})
    incident.refresh_from_db()
    item.refresh_from_db()
    assert (incident.state, incident.resolution, incident.settled_by) == (
        "settled",
        "Talked it through.",
        helen,
    )
    assert item.done_at is not None


def test_its_ladder_stops_there_and_begins_here(office, desk, message, bakery, both):
    moved(desk, message, bakery, sure="yes")
    assert not message.ladder_steps.filter(state="waiting").exists()
    assert Message.objects.get(client=bakery.row).ladder_steps.filter(state="waiting").exists()


def test_corrections_go_with_it(office, desk, message, bakery, both, priya):
    correction = correcting.correct(message, by=priya.user, at=clock.now(), note="Clause", text="Clause 10.")
    moved(desk, message, bakery, sure="yes")
    for each in (message, correction):
        each.refresh_from_db()
        assert (each.state, each.text) == ("withdrawn", "")
    assert Message.objects.get(client=bakery.row).text == "Clause 10."


def test_only_somebody_of_both_may(desk, message, bakery):
    assert moved(desk, message, bakery, sure="yes").status_code == 422
    assert not Incident.objects.exists()


def test_it_moves_once(desk, message, bakery, both):
    moved(desk, message, bakery, sure="yes")
    moved(desk, message, bakery, sure="yes")
    assert Incident.objects.count() == 1
    assert Message.objects.filter(client=bakery.row).count() == 1


def test_undelivered_it_is_open_until_somebody_has_it_again(office, desk, message, okafor, priya):
    from messages_app import acknowledging

    acknowledging.acknowledge(message, contact=okafor.owner, how="portal", at=clock.now())
    desk.post(reverse("messages-reopen", args=[message.pk]))
    message.refresh_from_db()
    assert (message.state, message.acknowledged_at) == ("undelivered", None)
    item = WorkItem.objects.get(kind="messages.reopened")
    office.passes(1)
    assert message.ladder_steps.filter(state="waiting").exists()
    chidi = office.contact(okafor, "Chidi Eze", standing="delegate", by=())
    desk.post(reverse("messages-deliver", args=[message.pk]), {"contact": str(chidi.pk), "channel": "email"})
    office.settle()
    message.refresh_from_db()
    assert message.state == "delivered"
    acknowledging.acknowledge(message, contact=chidi, how="portal", at=clock.now())
    item.refresh_from_db()
    assert item.done_at is not None
    chidi.addresses.all().delete()
    with pytest.raises(by_hand.NoAddress):
        by_hand.deliver_to(message, contact=chidi, channel="text", by=priya.user, at=clock.now())


def test_putting_it_right_is_paid_and_on_nobodys_bill(office, desk, message, bakery, both, priya):
    office.passes(300)  # whatever was still to be finished of the call is
    page = desk.get(reverse("messages-move", args=[message.pk])).content.decode()
    began = page.partition('name="began" value="')[2].partition('"')[0]
    office.passes(40)
    assert f'value="{began}"' in moved(desk, message, bakery, began=began).content.decode()
    office.passes(20)
    moved(desk, message, bakery, began=began, sure="yes")
    record = WorkRecord.objects.get(kind="desk")
    assert (record.client, record.secretary, record.subject_id) == (None, priya, Incident.objects.get().pk)
    assert (record.ended_at - record.started_at).total_seconds() == 60
