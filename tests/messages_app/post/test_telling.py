"""Where no mail tells the client of her post, somebody has the work to ring her."""

import pytest
from django.core import mail as postbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients import work
from clients.models import Contact, ContactAddress, Suppression, WorkItem
from messages_app.incoming_post import receiving
from messages_app.models import PostRules, ReceivedPost
from secretariat import clock


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner.user)


@pytest.fixture
def writ(okafor, priya) -> ReceivedPost:
    PostRules.objects.create(client=okafor.row, address="Okafor Legal\nc/o 1 High Street\nLondon N1 1AA")
    said = {"kind": "legal", "sender": "Bath County Court", "tracking": "", "place": "safe"}
    return receiving.note(okafor.row, by=priya.user, at=clock.now(), **said)


def passes_on(desk, post):
    post.refresh_from_db()
    page = reverse("post-pass-on", args=[post.pk])
    return desk.post(page, {"version": post.version}, follow=True).content.decode()


def to_ring() -> list[WorkItem]:
    return list(WorkItem.objects.open().filter(kind="post.not_told"))


def told() -> list[list[str]]:
    return [each.to for each in postbox.outbox if each.subject == "Post has come for you"]


def stopped(address) -> None:
    because = Suppression.Because.STOP
    Suppression.objects.create(channel="email", address=address, because=because, since=clock.now())


def test_where_no_owner_has_a_mailbox_somebody_rings_the_same_day(office, desk, writ):
    ContactAddress.objects.all().delete()
    there = passes_on(desk, writ)
    assert "No mail gets to the client: ring." in there
    assert "The client is told." not in there
    office.settle()
    assert not told()
    [item] = to_ring()
    assert item.because == "No mail tells the client of post 1: ring."
    assert "Court" not in item.because
    assert (item.urgency, item.promised_at) == (WorkItem.Urgency.URGENT, writ.promised_at)
    assert work.describe(item).url == reverse("post-one", args=[writ.pk])
    rung = desk.post(reverse("work-done", args=[item.pk]), {"outcome": "Rang her: she comes for it."})
    assert rung.status_code == 303
    assert not to_ring()


def test_a_mailbox_that_takes_no_mail_tells_nobody_and_one_that_does_is_enough(
    office, okafor, desk, priya, writ
):
    stopped(okafor.owner.user.email)
    zoe = office.contact(okafor, "Zoe", standing=Contact.Standing.OWNER)
    assert "The client is told." in passes_on(desk, writ)
    office.settle()
    assert told() == [[zoe.user.email]]
    assert not to_ring()
    stopped(zoe.user.email)
    said = {"kind": "ordinary", "sender": "", "tracking": "", "place": "tray"}
    bill = receiving.note(okafor.row, by=priya.user, at=clock.now(), **said)
    assert "No mail gets to the client: ring." in passes_on(desk, bill)
    assert [(each.subject_id, each.urgency, each.promised_at) for each in to_ring()] == [
        (bill.pk, WorkItem.Urgency.TODAY, None)
    ]


def test_of_two_mailboxes_the_one_that_takes_mail_is_used(office, okafor, desk, writ):
    stopped(okafor.owner.user.email)
    second = {"contact": okafor.owner, "kind": ContactAddress.Kind.EMAIL, "rank": 9}
    ContactAddress.objects.create(client=okafor.row, value="chambers@okafor.example", **second)
    passes_on(desk, writ)
    office.settle()
    assert told() == [["chambers@okafor.example"]]
    assert not to_ring()


def test_where_every_mailbox_is_stopped_before_the_mail_leaves_somebody_rings(office, okafor, desk, writ):
    zoe = office.contact(okafor, "Zoe", standing=Contact.Standing.OWNER)
    assert "The client is told." in passes_on(desk, writ)
    stopped(okafor.owner.user.email)
    stopped(zoe.user.email)
    office.settle()
    assert not told()
    assert [each.subject_id for each in to_ring()] == [writ.pk]


def test_she_who_opens_it_in_the_portal_need_not_be_rung(desk, portal, writ):
    ContactAddress.objects.all().delete()
    passes_on(desk, writ)
    portal.get(reverse("post-portal"))
    assert to_ring()  # the list alone does not say that she has looked at this one
    assert portal.get(reverse("post-portal-one", args=[writ.pk])).status_code == 200
    assert not to_ring()


def test_of_what_is_opened_at_her_wish_as_well(office, okafor, desk, portal, writ):
    passes_on(desk, writ)
    office.settle()
    writ.refresh_from_db()
    wish = {"version": writ.version, "wish": "open"}
    portal.post(reverse("post-portal-wish", args=[writ.pk]), wish)
    stopped(okafor.owner.user.email)
    office.is_later(24 * 3600)
    pages = SimpleUploadedFile("writ.pdf", b"%PDF-1.7 a writ", content_type="application/pdf")
    writ.refresh_from_db()
    said = {"version": writ.version, "file": pages, "opened": "on"}
    assert desk.post(reverse("post-scan", args=[writ.pk]), said).status_code == 303
    assert [each.subject_id for each in to_ring()] == [writ.pk]
