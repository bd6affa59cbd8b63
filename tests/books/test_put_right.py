"""What was written down at the post is put right while nobody reckons with it: bill and expense follow."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import WorkRecord
from messages_app.incoming_post import receiving
from messages_app.letters import lettering, posting, printing
from messages_app.models import Letterhead, Posting, PostRules
from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import ClientPlan, PayExtra
from secretariat.ledger.models import LedgerEntry

from .test_paying import under_contract

PHOTOGRAPH = b"\xff\xd8\xff\xe0 a receipt"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="GB", currency="EUR")
    Letterhead.objects.create(client=okafor.row, name="Okafor", signer="Ada", needs_approval=False)
    ClientPlan.objects.create(
        client=okafor.row, name="A", from_on="2026-11-01", price=Decimal(1), currency="EUR"
    )
    return okafor


@pytest.fixture
def desk(office, priya, helen):
    under_contract(priya, helen, currency="EUR")
    return office.browser(priya)


@pytest.fixture
def ready(okafor, priya):
    def released():
        letter = lettering.begin(okafor.row, by=priya.user, at=clock.now())
        newest = lettering.newest_of(letter)
        words = {each: getattr(newest, each) for each in lettering.WORDS}
        words |= {"name": "Dana Reyes", "street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH"}
        words |= {"subject": "The keys", "body": "They are with Priya."}
        lettering.save(letter, words, version=letter.version, by=priya.user, at=clock.now())
        lettering.release(letter, version=letter.version, by=priya.user, at=clock.now())
        return letter

    return released


@pytest.fixture
def posted(ready, priya, desk) -> Posting:
    """With a slip of the hand: it was 0.95."""
    letter, envelope = ready(), posting.Envelope("standard", Decimal("95.00"), Decimal("0.10"))
    return posting.post(letter, envelope, version=letter.version, by=priya.user, at=clock.now())


def photograph():
    return SimpleUploadedFile("receipt.jpg", PHOTOGRAPH, content_type="image/jpeg")


def right(browser, row, **said):
    address = "letters-put-right" if isinstance(row, Posting) else "letters-run-put-right"
    thing = row.contents if isinstance(row, Posting) else row
    thing.refresh_from_db()
    answer = browser.post(reverse(address, args=[row.pk]), {"version": thing.version} | said)
    row.refresh_from_db()
    return answer


def page(browser, name, *args):
    return browser.get(reverse(name, args=args)).content.decode()


def test_a_slip_of_the_hand_is_put_right_and_both_see_what_was_paid(office, okafor, desk, helen, posted):
    assert reverse("letters-put-right", args=[posted.pk]) in page(desk, "letters-letter", posted.letter_id)
    form = page(desk, "letters-put-right", posted.pk)
    assert 'value="95.00"' in form
    assert right(desk, posted, kind="first", postage="0.95", paper="0.10", tracking="RM1").status_code == 303
    assert (posted.kind, posted.cost, posted.tracking) == ("first", Decimal("1.05"), "RM1")
    extra = PayExtra.objects.get()
    assert (extra.amount, extra.words) == (Decimal("1.05"), "Letter 1 for Okafor Legal: 1.05 EUR")
    firm = office.browser(helen)
    for shown in (page(desk, "my-pay"), page(firm, "pay-runs")):
        assert "1.05 EUR" in shown
        assert "95.10" not in shown
    entry = LedgerEntry.objects.get(verb="letters.posting_put_right")
    assert (entry.detail["was"], entry.detail["now"]) == ("95.10", "1.05")
    bill = billing.draft(okafor.row, date(2026, 11, 24), at=clock.now())
    assert bill.lines.get(words="Postage, paper and print").amount == Decimal("1.05")


def test_a_photograph_and_a_number_come_at_any_time_and_what_was_agreed_stays(
    office, desk, helen, posted, portal
):
    office.browser(helen).post(reverse("pay-extra-agree", args=[PayExtra.objects.get().pk]))
    form = page(desk, "letters-put-right", posted.pk)
    assert "The firm has agreed to pay it back." in form
    assert 'name="postage"' not in form
    late = right(desk, posted, kind="standard", postage="0.95", tracking="RM1")  # it was open before that
    assert late.status_code == 422
    assert "The firm has agreed to pay it back." in late.content.decode()
    assert (posted.postage, posted.tracking) == (Decimal("95.00"), "")
    assert right(desk, posted, tracking="RM1", proof=photograph()).status_code == 303
    assert (posted.postage, posted.tracking) == (Decimal("95.00"), "RM1")
    proof = reverse("media-file", args=[posted.proof_id])
    assert b"".join(desk.get(proof).streaming_content) == PHOTOGRAPH
    assert proof in page(portal, "letters-portal-letter", posted.letter_id)


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def test_what_is_on_an_issued_bill_stays_and_a_draft_gives_way(office, okafor, desk, helen, posted):
    bill = billing.draft(okafor.row, date(2026, 11, 24), at=clock.now())
    right(desk, posted, kind="standard", postage="0.95", paper="0.10")
    office.clock_says("2026-12-02 10:30")
    with pytest.raises(billing.NotNow, match="what its post cost was put right"):
        billing.issue(bill, by=helen, at=clock.now())
    bill = billing.draft(okafor.row, date(2026, 11, 24), at=clock.now())
    billing.issue(bill, by=helen, at=clock.now())
    desk = office.browser(posted.posted_by.secretary)
    refused = right(desk, posted, kind="standard", postage="0.50", paper="0.10")
    assert refused.status_code == 422
    assert "It is on a bill that was issued." in refused.content.decode()
    assert posted.cost == PayExtra.objects.get().amount == Decimal("1.05")


def test_only_who_paid_and_the_firm_say_what_it_was(office, okafor, desk, helen, posted):
    rui = office.browser(office.secretary("Rui", okafor))
    assert "Only Priya, who posted it, and the firm" in page(rui, "letters-put-right", posted.pk)
    assert right(rui, posted, kind="standard", postage="0.95", paper="").status_code == 422
    assert right(rui, posted, tracking="RM9").status_code == 303
    assert (posted.postage, posted.tracking) == (Decimal("95.00"), "RM9")
    assert right(office.browser(helen), posted, kind="standard", postage="0", paper="").status_code == 303
    assert not PayExtra.objects.exists()
    right(desk, posted, kind="standard", postage="0.95", paper="")
    extra = PayExtra.objects.get()
    assert (extra.secretary.user_id, extra.amount) == (posted.posted_by_id, Decimal("0.95"))


def test_nobody_agrees_to_an_amount_that_she_has_not_seen(office, desk, helen, posted):
    extra = PayExtra.objects.get()
    firm = office.browser(helen)
    assert f'name="amount" value="{extra.amount}"' in page(firm, "pay-runs")
    right(desk, posted, kind="standard", postage="99", paper="")
    firm.post(reverse("pay-extra-agree", args=[extra.pk]), {"amount": "95.10"})
    extra.refresh_from_db()
    assert (extra.state, extra.amount) == ("asked", Decimal("99.00"))
    firm.post(reverse("pay-extra-refuse", args=[extra.pk]), {"amount": "99.00", "answer": "Is it 0.99?"})
    right(desk, posted, kind="standard", postage="0.99", paper="")
    asked = PayExtra.objects.get()
    assert (asked.state, asked.amount, asked.answer) == ("asked", Decimal("0.99"), "")


def test_a_print_run_is_put_right_as_one(okafor, priya, desk, ready):
    chosen = {each.pk: "standard" for each in (ready(), ready())}
    run = printing.begin(okafor.row, chosen, by=priya.user, at=clock.now())
    printing.make(run.pk)
    run.refresh_from_db()
    costs = printing.Costs({"standard": Decimal("85.00")}, Decimal("0.10"))
    printing.post(run, costs, version=run.version, by=priya.user, at=clock.now())
    assert reverse("letters-run-put-right", args=[run.pk]) in page(desk, "letters-run", run.pk)
    assert 'value="85.00"' in page(desk, "letters-run-put-right", run.pk)
    seen = run.version
    answer = right(desk, run, postage_standard="0.85", a_page="", proof=photograph())
    assert answer.status_code == 303
    assert {each.cost for each in Posting.objects.all()} == {Decimal("0.95")}
    extra = PayExtra.objects.get()
    assert (extra.amount, extra.words) == (Decimal("1.90"), "Print run 1 for Okafor Legal: 1.90 EUR")
    assert reverse("media-file", args=[run.proof_id]) in page(desk, "letters-run", run.pk)
    late = desk.post(reverse("letters-run-put-right", args=[run.pk]), {"version": seen, "a_page": "9"})
    assert (late.status_code, PayExtra.objects.get().amount) == (422, Decimal("1.90"))
    one = Posting.objects.first()
    right(desk, one, kind="first", postage="1.65", paper="0.10")
    assert PayExtra.objects.get().amount == Decimal("2.70")


def test_paper_that_was_sent_on_is_put_right_in_the_same_way(office, okafor, priya, desk):
    PostRules.objects.create(client=okafor.row, address="Okafor Legal\nc/o 1 High Street", opens="all")
    said = {"kind": "ordinary", "sender": "Bath Council", "tracking": "", "place": "tray"}
    post = receiving.note(okafor.row, by=priya.user, at=clock.now(), **said)
    sent = {"version": post.version, "paper": "sent_on", "postage": "48.50", "kind": "signed"}
    desk.post(reverse("post-left", args=[post.pk]), sent)
    row = Posting.objects.get()
    assert reverse("letters-put-right", args=[row.pk]) in page(desk, "post-one", post.pk)
    opened = desk.get(reverse("letters-put-right", args=[row.pk])).context["began"]
    office.passes(60)
    told = {"kind": "signed", "postage": "4.85", "paper": "", "tracking": "RM7", "began": opened}
    assert right(desk, row, **told, proof=photograph()).status_code == 303
    assert PayExtra.objects.get().words == "Post 1 for Okafor Legal, sent on: 4.85 EUR"
    shown = page(desk, "post-one", post.pk)
    assert "RM7" in shown
    assert reverse("media-file", args=[row.proof_id]) in shown
    assert WorkRecord.objects.filter(kind="post", subject_id=post.pk).exists()
