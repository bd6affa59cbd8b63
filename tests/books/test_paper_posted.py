"""Paper that came for a client and leaves by post: what it cost is paid back, billed, and has its proof."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from messages_app.incoming_post import receiving
from messages_app.models import Posting, PostRules, ReceivedPost
from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import Bill, ClientPlan, PayExtra
from secretariat.media.models import MediaFile
from secretariat.retention.rounds import end_what_is_over

from .test_paying import under_contract

SENT_ON = {"paper": "sent_on", "postage": "4.35", "kind": "signed", "cover": "0.50", "tracking": "RM12"}


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="GB", currency="EUR")
    PostRules.objects.create(client=okafor.row, address="Okafor Legal\nc/o 1 High Street", opens="all")
    ClientPlan.objects.create(
        client=okafor.row, name="A", from_on="2026-11-01", price=Decimal(1), currency="EUR"
    )
    return okafor


@pytest.fixture
def post(okafor, priya) -> ReceivedPost:
    said = {"kind": "legal", "sender": "Bath County Court", "tracking": "", "place": "safe"}
    return receiving.note(okafor.row, by=priya.user, at=clock.now(), **said)


def photograph():
    return SimpleUploadedFile("receipt.jpg", b"\xff\xd8\xff\xe0 a receipt", content_type="image/jpeg")


def leaves(office, who, post, **said):
    told = {"version": post.version, **said}
    return office.browser(who).post(reverse("post-left", args=[post.pk]), told)


def billed(okafor, helen) -> Bill:
    bill = billing.draft(okafor.row, clock.now().date(), at=clock.now())
    on = clock.now().date()
    Bill.objects.filter(pk=bill.pk).update(state="issued", number=1, issued_on=on, due_on=on)
    return bill


def test_what_was_paid_to_send_it_on_is_paid_back_once_the_firm_agrees(office, okafor, priya, helen, post):
    under_contract(priya, helen, currency="GBP")
    assert leaves(office, priya, post, proof=photograph(), **SENT_ON).status_code == 303
    kept = Posting.objects.get()
    assert (kept.received, kept.letter, kept.kind, kept.currency) == (post, None, "signed", "EUR")
    extra = PayExtra.objects.get()
    assert (extra.secretary, extra.state, extra.amount) == (priya, "asked", Decimal("4.85"))
    assert extra.words == "Post 1 for Okafor Legal, sent on: 4.85 EUR (the contract pays in GBP)"
    proof = reverse("media-file", args=[kept.proof_id])
    shown = office.browser(helen).get(reverse("pay-runs")).content.decode()
    assert extra.words in shown
    assert proof in shown
    assert extra.words in office.browser(priya).get(reverse("my-pay")).content.decode()
    there = office.browser(priya).get(reverse("post-one", args=[post.pk])).content.decode()
    assert "Signed for, 4.85 EUR" in there
    assert proof in there


def test_her_bill_leads_to_what_came_and_to_the_proof(office, okafor, priya, helen, post):
    leaves(office, priya, post, proof=photograph(), **SENT_ON)
    bill = billed(okafor, helen)
    line = bill.lines.get(kind="extra")
    assert (line.words, line.amount) == ("Postage, paper and print", Decimal("4.85"))
    firm = office.browser(helen).get(reverse("books-bill", args=[bill.pk])).content.decode()
    assert "Post 1, sent on: Signed for" in firm
    assert reverse("post-one", args=[post.pk]) in firm
    portal = office.browser(okafor.owner)
    shown = portal.get(reverse("portal-bill", args=[bill.pk])).content.decode()
    there = reverse("post-portal-one", args=[post.pk])
    proof = f"{reverse('media-file', args=[Posting.objects.get().proof_id])}?download"
    assert f'href="{there}"' in shown
    assert f'href="{proof}"' in shown
    assert "Signed for, 4.85 EUR" in portal.get(there).content.decode()
    assert portal.get(proof).status_code == 200
    rival = office.browser(office.client("Brookes Dental").owner)
    assert rival.get(there).status_code == rival.get(proof).status_code == 404


def test_what_went_back_to_its_sender_says_so(office, okafor, priya, helen, post):
    leaves(office, priya, post, paper="returned", postage="2.10")
    assert PayExtra.objects.get().words == "Post 1 for Okafor Legal, returned to its sender: 2.10 EUR"
    bill = billed(okafor, helen)
    firm = office.browser(helen).get(reverse("books-bill", args=[bill.pk])).content.decode()
    assert "Post 1, returned: Standard" in firm


def test_what_cost_nothing_is_on_no_bill_and_pressed_twice_it_is_paid_once(office, okafor, priya, post):
    leaves(office, priya, post, paper="returned", postage="0")
    assert not PayExtra.objects.exists()
    bill = billing.draft(okafor.row, clock.now().date(), at=clock.now())
    assert not bill.lines.filter(kind="extra").exists()
    said = {"kind": "ordinary", "sender": "", "tracking": "", "place": "tray"}
    second = receiving.note(okafor.row, by=priya.user, at=clock.now(), **said)
    for _twice in range(2):
        assert leaves(office, priya, second, **SENT_ON).status_code == 303
    assert PayExtra.objects.get().amount == Decimal("4.85")
    assert Posting.objects.filter(received=second).count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"paper": "sent_on", "postage": "", "tracking": "RM12"}, "Say what the postage was"),
        ({"paper": "collected", "postage": "4.35", "tracking": "RM12"}, "Say so only of paper that was sent"),
        ({"paper": "sent_on", "postage": "-1", "tracking": "RM12"}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_so_is_said_and_what_was_typed_stays(office, priya, post, said, sentence):
    refused = leaves(office, priya, post, **said)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert sentence in page
    assert 'value="RM12"' in page
    post.refresh_from_db()
    assert post.paper == "here"
    assert not Posting.objects.exists()


def test_collected_or_shredded_it_goes_by_no_post(office, priya, post):
    assert leaves(office, priya, post, paper="collected").status_code == 303
    assert not Posting.objects.exists()


def test_a_posting_is_of_one_thing(office, priya, post):
    leaves(office, priya, post, **SENT_ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.update(received=None)


def test_its_proof_goes_with_the_scan_and_its_cost_stays(office, okafor, priya, post):
    leaves(office, priya, post, proof=photograph(), **SENT_ON)
    proof = Posting.objects.get().proof_id
    ReceivedPost.objects.update(sender="", gone_tracking="")  # the proof alone is left of it
    office.clock_says("2028-12-01 10:30")
    while end_what_is_over():
        pass
    kept = Posting.objects.get()
    assert (kept.proof_id, kept.cost) == (None, Decimal("4.85"))
    assert MediaFile.objects.get(pk=proof).deleted_at is not None
