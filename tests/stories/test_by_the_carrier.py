"""A letter that a carrier prints and posts: its own book beside what the firm and the client see."""

import re
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models.functions import Now
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import Correspondent, PostalAddress
from messages_app.letters import carrying, lettering
from messages_app.models import Letterhead, Posting
from secretariat import clock
from secretariat.books.models import PayExtra
from secretariat.outbox.models import Effect

from .looking import go_to

pytestmark = pytest.mark.slow
State = Posting.State


@pytest.fixture
def okafor(office):
    okafor = office.client("Okafor Legal", country="US", zone="America/New_York")
    Letterhead.objects.create(
        client=okafor.row,
        name="Okafor Legal",
        layout="us-10",
        signer="Ada Okafor",
        needs_approval=False,
        sender_at_carrier="adr_210a8d4b0b76d77b",
    )
    return okafor


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def letter(okafor, priya):
    """One that has its words, and nothing else yet: what is made of it the office keeps on its own disk."""
    harry = Correspondent.objects.create(client=okafor.row, name="Harry Zhang")
    place = {"street": "210 King St\n# 6100", "city": "San Francisco", "region": "CA", "postcode": "94107"}
    PostalAddress.objects.create(client=okafor.row, correspondent=harry, country="US", **place)
    letter = lettering.begin(okafor.row, by=priya.user, at=clock.now(), correspondent=harry)
    words = {each: getattr(lettering.newest_of(letter), each) for each in lettering.WORDS}
    words |= {"subject": "The keys", "body": "They are with the porter."}
    lettering.save(letter, words, version=letter.version, by=priya.user, at=clock.now())
    return letter


def hands_over(desk, letter) -> Posting:
    """By the desk's own form, once the letter is to be posted."""
    go_to(desk, reverse("letters-posted", args=[letter.pk]))
    carrier = desk.get_by_role("form", name="By the carrier")
    carrier.get_by_label("Postage").fill("1.10")
    carrier.get_by_label("Paper and print").fill("0.20")
    carrier.get_by_role("button", name="Let the carrier print and post it").click()
    expect(desk.get_by_text("It is on its way.")).to_be_visible()
    return letter.postings.get()


def test_it_is_agreed_posted_delivered_and_proved(office, okafor, priya, letter):
    Letterhead.objects.update(needs_approval=True)
    desk = office.enters(priya, to=reverse("letters-letter", args=[letter.pk]))
    desk.keyboard.press("a")
    expect(desk.locator("#letter .slip-head")).to_contain_text("With the client")
    portal = office.enters(okafor.owner, to=reverse("letters-portal-letter", args=[letter.pk]))
    portal.get_by_role("button", name="Agree: it may be posted").click()
    expect(portal.locator("main")).to_contain_text("To be posted")
    row = hands_over(desk, letter)

    carrier = office.browsers.context().new_page()
    office.eventually(office.outside.letters)
    carrier.goto(f"{office.outside.url}/post/")
    expect(carrier.locator("main")).to_contain_text("Harry Zhang, 210 King St, # 6100")
    expect(carrier.locator("main")).to_contain_text("waits to be printed")
    office.eventually(Posting.objects.filter(pk=row.pk).exclude(proof_id=None).exists)
    office.passes(3660)  # until then it could be cancelled
    for button, state in (
        ("Print it", "printed"),
        ("Put it in the post", "in the post"),
        ("Deliver it", "delivered"),
    ):
        carrier.get_by_role("button", name=re.compile(f"^{button}")).click()
        expect(carrier.locator(".state")).to_have_text(state)
    office.eventually(Posting.objects.filter(pk=row.pk, state=State.ARRIVED).exists)
    go_to(desk, reverse("letters-letter", args=[letter.pk]))
    expect(desk.locator("#letter .slip-head")).to_contain_text("Posted")

    go_to(portal, reverse("letters-portal-letter", args=[letter.pk]))
    told = portal.get_by_role("region", name="In the post")
    expect(told).to_contain_text("Printed and posted by Lob: Delivered")
    expect(told).to_contain_text(office.outside.letters()[0]["tracking_number"])
    with portal.expect_download() as proof:
        told.get_by_role("link", name="As it is printed").click()
    kept = Path(proof.value.path()).read_bytes()
    [made] = office.outside.letters()
    with urllib.request.urlopen(f"{office.outside.url}/post/{made['id']}.pdf") as printed:
        assert printed.read() == kept
    assert kept.startswith(b"%PDF-")


def test_enter_says_that_she_has_posted_it_herself(office, priya, letter):
    """She is back from the post. The carrier would print and post it once more."""
    desk = office.enters(priya, to=reverse("letters-letter", args=[letter.pk]))
    desk.get_by_role("button", name="Post without asking").click()
    expect(desk.locator("#letter .slip-head")).to_contain_text("To be posted")
    go_to(desk, reverse("letters-posted", args=[letter.pk]))
    hers = desk.get_by_role("form", name="By yourself")
    hers.get_by_label("Tracking number").fill("RR123456785US")
    receipt = {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff a receipt"}
    hers.get_by_label("Photograph of the receipt").set_input_files(receipt)
    hers.get_by_label("Postage").fill("1.10")
    desk.keyboard.press("Enter")
    expect(desk.locator("#letter .slip-head")).to_contain_text("Posted")
    posting = letter.postings.get()
    assert (posting.carrier, posting.tracking) == (Posting.Carrier.BY_HAND, "RR123456785US")
    assert posting.proof_id is not None
    assert PayExtra.objects.get().amount == posting.cost
    office.settle()
    assert office.outside.letters() == []


def test_it_is_cancelled_within_its_hour(office, priya, letter):
    desk = office.enters(priya, to=reverse("letters-letter", args=[letter.pk]))
    desk.get_by_role("button", name="Post without asking").click()
    expect(desk.locator("#letter .slip-head")).to_contain_text("To be posted")
    hands_over(desk, letter)
    desk.get_by_role("button", name="Cancel, until").click()
    expect(desk.locator("#letter .slip-head")).to_contain_text("To be posted")
    carrier = office.browsers.context().new_page()
    carrier.goto(f"{office.outside.url}/post/")
    expect(carrier.locator(".state")).to_have_text("cancelled")
    expect(carrier.get_by_role("button")).to_have_count(0)
    office.settle()
    assert letter.postings.get().state == State.CANCELLED


def test_a_worker_killed_after_the_carrier_took_it_posts_it_no_second_time(office, priya, letter):
    desk = office.enters(priya, to=reverse("letters-letter", args=[letter.pk]))
    desk.get_by_role("button", name="Post without asking").click()
    expect(desk.locator("#letter .slip-head")).to_contain_text("To be posted")
    office.settle()
    office.stops("sweep")  # so that it is the worker who posts it
    office.outside.answer_letters(False)
    row = hands_over(desk, letter)
    office.eventually(office.outside.letters)

    office.is_killed("worker")
    left = Effect.objects.get(kind=carrying.HAND)
    assert (left.state, Posting.objects.get(pk=row.pk).state) == (Effect.State.LEASED, State.HANDING)
    Effect.objects.filter(pk=left.pk).update(leased_until=Now() - timedelta(seconds=1))
    office.starts("worker", "sweep")
    office.eventually(Posting.objects.filter(pk=row.pk, state=State.HANDED).exists)
    office.outside.answer_letters(True)
    office.settle()
    [made] = office.outside.letters()
    assert made["metadata"] == {"posting": str(row.pk)}
    assert Posting.objects.get(pk=row.pk).carrier_id == made["id"]
    expect(desk.locator("#letter .slip-head")).to_contain_text("With the carrier")
