"""Whom a dictated mail or letter goes to: out of the book, with its state, with copies; and the queue."""

import pytest
from django.urls import reverse

from clients.models import Correspondent, CorrespondentAddress, PostalAddress
from messages_app.dictated import typing
from messages_app.models import DictatedDraft, Letter, Letterhead, Mailbox, OutgoingMail
from messages_app.views import desk_dictation
from secretariat import clock
from tests.dictating import handed_in

MAIL = {"to": "dana@harlow.example", "subject": "The lease", "words": "We agree to the lease."}
IN_AUSTIN = {
    "street": "410 Main Street",
    "city": "Austin",
    "postcode": "78701",
    "region": "TX",
    "country": "US",
}


@pytest.fixture
def mailbox(okafor):
    return Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", incoming="ours", needs_approval=True
    )


@pytest.fixture
def draft(okafor, priya) -> DictatedDraft:
    return typing.begin(handed_in(okafor.owner), by=priya.user, at=clock.now())


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def again(row):
    row.refresh_from_db()
    return row


def asked(desk, draft, kind="mail", **values):
    """It is typed at the desk and shown to the client."""
    if kind != "mail":
        desk.post(reverse("dictated-kind", args=[draft.pk]), {"kind": kind, "revision": draft.revision})
    again(draft)
    typed = {"wording": "as_dictated", "revision": draft.revision} | values
    answer = desk.post(reverse("dictated-ask", args=[draft.pk]), typed)
    assert answer.status_code == 303, answer.content.decode()


def agrees(portal, draft):
    answer = portal.post(reverse("dictated-decide", args=[draft.pk]), {"number": 1, "decision": "agree"})
    assert answer.status_code == 303


def test_a_letter_to_america_keeps_its_state_and_says_where_none_is_named(okafor, draft, desk, portal):
    Letterhead.objects.create(client=okafor.row, name="Okafor Legal", layout="us-10", signer="Ada Okafor")
    address = {"name": "Dana Reyes", "street": "410 Main Street", "city": "Austin", "postcode": "78701"}
    typed = {"subject": "The lease", "words": "We agree.", "salutation": "Dear Dana,", "closing": "Yours,"}
    said = {"country": "US", "wording": "as_dictated", "revision": 0} | address | typed
    desk.post(reverse("dictated-kind", args=[draft.pk]), {"kind": "letter", "revision": 0})
    refused = desk.post(reverse("dictated-ask", args=[draft.pk]), said)
    assert refused.status_code == 422
    assert "no state or province" in refused.content.decode()
    asked(desk, draft, "letter", region="TX", country="US", **address, **typed)
    assert "TX" in portal.get(reverse("dictated-approval", args=[draft.pk])).content.decode()
    agrees(portal, draft)
    newest = Letter.objects.get().versions.get()
    assert (newest.region, newest.city) == ("TX", "Austin")


def book_of(okafor):
    dana = Correspondent.objects.create(client=okafor.row, name="Ms Dana Reyes", firm="Harlow & Sons")
    PostalAddress.objects.create(client=okafor.row, correspondent=dana, **IN_AUSTIN)
    for person, value in ((dana, "dana@harlow.example"), (None, "tom@harlow.example")):
        person = person or Correspondent.objects.create(client=okafor.row, name="Tom Harlow")
        CorrespondentAddress.objects.create(
            client=okafor.row, correspondent=person, kind="email", value=value
        )


def from_book(desk, draft, whom, /, **typed):
    again(draft)
    said = {"book": whom, "wording": "as_dictated", "revision": draft.revision} | typed
    answer = desk.post(reverse("dictated-book", args=[draft.pk]), said, follow=True)
    again(draft)
    return answer.content.decode()


def test_whom_a_letter_goes_to_comes_from_the_address_book(okafor, draft, desk):
    book_of(okafor)
    desk.post(reverse("dictated-kind", args=[draft.pk]), {"kind": "letter", "revision": 0})
    shown = from_book(desk, draft, "Ms Dana Reyes, Harlow & Sons", words="We agree.", salutation="Dear ")
    assert 'value="Ms Dana Reyes, Harlow &amp; Sons"' in shown  # it is suggested as it is typed
    kept = {name: draft.values[name] for name in ("name", "firm", "city", "region", "country", "words")}
    assert kept == {
        "name": "Ms Dana Reyes",
        "firm": "Harlow & Sons",
        "city": "Austin",
        "region": "TX",
        "country": "US",
        "words": "We agree.",
    }
    assert draft.values["salutation"] == "Dear Ms Reyes,"
    from_book(desk, draft, "tom", salutation="Dear old Tom,")
    assert (draft.values["name"], draft.values["street"]) == ("Tom Harlow", "")
    assert draft.values["salutation"] == "Dear old Tom,"


def test_whom_a_mail_goes_to_comes_from_the_address_book(office, okafor, draft, desk, mailbox):
    book_of(okafor)
    from_book(desk, draft, "reyes", to="", words="We agree.")
    from_book(desk, draft, "Tom Harlow", to=draft.values["to"])
    from_book(desk, draft, "Tom Harlow", to=draft.values["to"])
    assert draft.values["to"] == "dana@harlow.example, tom@harlow.example"
    assert draft.values["words"] == "We agree."
    assert "More than one is in the book" in from_book(desk, draft, "harlow")
    assert "Nobody in the address book is called" in from_book(desk, draft, "Nobody")
    rival = office.client("Brookes Dental")
    Correspondent.objects.create(client=rival.row, name="Zed Brookes")
    assert "Zed Brookes" not in desk.get(reverse("dictated-draft", args=[draft.pk])).content.decode()
    assert "Nobody in the address book is called" in from_book(desk, draft, "Zed Brookes")


def test_a_dictated_mail_has_its_copies(okafor, draft, desk, portal, mailbox):
    wrong = {"mailbox": mailbox.pk, "wording": "as_dictated", "revision": 0, "cc": "tom"} | MAIL
    refused = desk.post(reverse("dictated-ask", args=[draft.pk]), wrong)
    assert "This is no address that can be written to: tom" in refused.content.decode()
    copies = {"cc": "tom@harlow.example", "bcc": "file@okafor.example"}
    asked(desk, draft, mailbox=mailbox.pk, **MAIL, **copies)
    assert "tom@harlow.example" in portal.get(reverse("dictated-approval", args=[draft.pk])).content.decode()
    agrees(portal, draft)
    outgoing = OutgoingMail.objects.get()
    assert (outgoing.cc, outgoing.bcc) == (["tom@harlow.example"], ["file@okafor.example"])


def test_the_queue_goes_on_past_its_first_page(okafor, desk, monkeypatch):
    monkeypatch.setattr(desk_dictation, "A_PAGE", 2)
    for _ in range(3):
        handed_in(okafor.owner)
    first = desk.get(reverse("dictation-queue"))
    assert len(first.context["rows"]) == 2
    assert 'rel="next"' in first.content.decode()
    second = desk.get(reverse("dictation-queue"), {"after": first.context["next"]})
    assert [len(second.context["rows"]), second.context["next"]] == [1, None]
    assert 'rel="prev"' in second.content.decode()
    numbers = {row.number for page in (first, second) for row, *_more in page.context["rows"]}
    assert len(numbers) == 3
