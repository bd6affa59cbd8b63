"""What a secretary pays at the post is an expense of hers, once, for the firm to agree to with its proof."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from messages_app.letters import lettering, posting, printing
from messages_app.models import Letterhead, Posting
from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import Bill, ClientPlan, PayExtra

from .test_paying import under_contract

PHOTOGRAPH = b"\xff\xd8\xff\xe0 a receipt"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="GB", currency="EUR")
    Letterhead.objects.create(client=okafor.row, name="Okafor", signer="Ada", needs_approval=False)
    return okafor


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


def posted(letter, by, postage="3.35", paper="0.20", proof=None) -> Posting:
    envelope = posting.Envelope("signed", Decimal(postage), Decimal(paper))
    return posting.post(letter, envelope, version=letter.version, by=by.user, at=clock.now(), proof=proof)


def test_a_letter_posted_by_hand_is_paid_back_once_the_firm_agrees(office, okafor, priya, helen, ready):
    under_contract(priya, helen)
    photograph = SimpleUploadedFile("receipt.jpg", PHOTOGRAPH, content_type="image/jpeg")
    kept = posted(ready(), priya, proof=photograph)
    extra = PayExtra.objects.get()
    assert (extra.secretary, extra.kind, extra.state) == (priya, "expense", "asked")
    assert (extra.amount, extra.words) == (Decimal("3.55"), "Letter 1 for Okafor Legal: 3.55 EUR")
    assert extra.words in office.browser(priya).get(reverse("my-pay")).content.decode()
    shown = office.browser(helen).get(reverse("pay-runs")).content.decode()
    assert reverse("media-file", args=[kept.proof_id]) in shown
    office.browser(helen).post(reverse("pay-extra-agree", args=[extra.pk]))
    extra.refresh_from_db()
    assert extra.state == "agreed"


def test_a_print_run_is_one_expense_for_all_that_went(okafor, priya, ready):
    went, stays = ready(), ready()
    other = ready()
    chosen = {each.pk: "standard" for each in (went, other, stays)}
    run = printing.begin(okafor.row, chosen, by=priya.user, at=clock.now())
    printing.make(run.pk)
    run.refresh_from_db()
    costs = printing.Costs({"standard": Decimal("0.85")}, Decimal("0.10"))
    facts = {"version": run.version, "by": priya.user, "at": clock.now()}
    printing.post(run, costs, left_out=frozenset([stays.pk]), **facts)
    extra = PayExtra.objects.get()
    assert (extra.amount, extra.words) == (Decimal("1.90"), "Print run 1 for Okafor Legal: 1.90 EUR")


def test_where_nothing_was_paid_or_the_firm_went_nothing_is_paid_back(priya, helen, ready):
    posted(ready(), priya, postage="0", paper="0")
    letter = ready()
    envelope = posting.Envelope("standard", Decimal("0.85"), Decimal(0))
    posting.post(letter, envelope, version=letter.version, by=helen, at=clock.now())
    assert not PayExtra.objects.exists()


def test_money_of_another_kind_than_her_contracts_is_said(okafor, priya, helen, ready):
    under_contract(priya, helen, currency="GBP")
    posted(ready(), priya)
    assert PayExtra.objects.get().words.endswith("3.55 EUR (the contract pays in GBP)")


def test_a_letter_that_came_back_and_went_again_is_paid_for_twice(priya, ready):
    letter = ready()
    posted(letter, priya)
    facts = {"version": letter.version, "by": priya.user, "at": clock.now()}
    posting.came_back(letter, because="Moved away", **facts)
    posted(letter, priya, postage="0.85", paper="0")
    assert sorted(PayExtra.objects.values_list("amount", flat=True)) == [Decimal("0.85"), Decimal("3.55")]


def test_the_clients_bill_leads_to_the_letter_and_to_the_proof(office, okafor, priya, helen, ready):
    """She has let us post without asking her: what she pays for she can look up all the same."""
    today = clock.now().date()
    ClientPlan.objects.create(
        client=okafor.row, name="A", from_on=today.replace(day=1), price=Decimal(1), currency="EUR"
    )
    photograph = SimpleUploadedFile("receipt.jpg", PHOTOGRAPH, content_type="image/jpeg")
    kept = posted(ready(), priya, proof=photograph)
    bill = billing.draft(okafor.row, today, at=clock.now())
    firm = office.browser(helen).get(reverse("books-bill", args=[bill.pk])).content.decode()
    assert "Letter 1: Signed for" in firm
    assert reverse("letters-letter", args=[kept.letter_id]) in firm
    Bill.objects.filter(pk=bill.pk).update(state="issued", number=1, issued_on=today, due_on=today)
    portal = office.browser(okafor.owner)
    shown = portal.get(reverse("portal-bill", args=[bill.pk])).content.decode()
    letter = reverse("letters-portal-letter", args=[kept.letter_id])
    proof = reverse("media-file", args=[kept.proof_id])
    assert f'href="{letter}"' in shown
    assert f'href="{proof}?download"' in shown
    assert portal.get(letter).status_code == portal.get(f"{proof}?download").status_code == 200
