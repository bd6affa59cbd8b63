"""A letter from its first draft to the post, with the client's word in between."""

import hashlib
import re
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail as postbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import Correspondent, PostalAddress, WorkItem, WorkRecord
from messages_app.letters import lettering
from messages_app.models import Letter, Letterhead, LetterTemplate, LetterVersion, Posting
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.models import User

from . import paper
from .deeds import does, form_of, is_whole, page


def test_a_letter_begins_with_the_templates_words_and_the_address_book(desk, letter):
    newest = lettering.newest_of(letter)
    assert (letter.number, newest.subject, newest.salutation) == (
        1,
        "Keys of Harlow & Sons",
        "Dear Dana Reyes,",
    )
    assert newest.address.street == "12 Mill Lane"
    assert "The keys are with Priya." in newest.body
    shown = page(desk, "letters-letter", letter)
    assert "“{reference}” is not filled." in shown
    assert "BATH" in shown
    assert "Ask Okafor Legal for approval" not in shown


def test_what_is_missing_keeps_it_from_the_client(desk, letter):
    does(desk, "letters-ask", letter)
    assert letter.state == "draft"
    is_whole(desk, letter, postcode="", street="x" * 200)
    does(desk, "letters-ask", letter)
    assert letter.state == "draft"
    shown = page(desk, "letters-letter", letter)
    assert "The address has no postcode" in shown
    assert "A line is too long for the envelope" in shown


def test_what_was_done_is_told_by_the_page_and_not_taken_by_a_part_that_draws_itself_anew(desk, letter):
    address = reverse("letters-letter", args=[letter.pk])
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    desk.get(address, headers={"HX-Request": "true"})  # it heard of the change before the page came
    assert "The client can read it in the portal." in desk.get(address).content.decode()


def test_the_client_reads_it_asks_for_a_change_and_sees_what_became_different(desk, portal, letter):
    is_whole(desk, letter)
    assert "Keys of" not in page(portal, "letters-portal-letter", letter)
    does(desk, "letters-ask", letter)
    read = page(portal, "letters-portal-letter", letter)
    assert "The keys are with Priya." in read
    does(portal, "letters-portal-change", letter, number=1, words="Say until when.")
    assert letter.state == "change"
    assert WorkItem.objects.open().get().kind == "letters.change"
    assert "Say until when." in page(desk, "letters-write", letter)
    again = form_of(letter, body="The keys are with Priya until Friday.")
    does(desk, "letters-write", letter, **again)
    assert not WorkItem.objects.open().exists()
    assert [each.number for each in letter.versions.all()] == [1, 2]
    does(desk, "letters-ask", letter)
    read = page(portal, "letters-portal-letter", letter)
    assert "<ins> Priya until Friday.</ins>" in read
    does(portal, "letters-portal-agree", letter, number=1)  # a page she had open since yesterday
    assert letter.state == "asked"
    does(portal, "letters-portal-agree", letter, number=2)
    assert letter.state == "ready"
    decided = LetterVersion.objects.get(agreed=True)
    assert (decided.number, decided.decided_by.name) == (2, "Owner of Okafor Legal")


def test_another_date_is_a_difference(desk, portal, letter):
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-change", letter, number=1, words="Date it the first.")
    does(desk, "letters-write", letter, **form_of(letter, dated_on="2026-12-01"))
    does(desk, "letters-ask", letter)
    read = page(portal, "letters-portal-letter", letter)
    assert re.search(r"<strong>Date:</strong>.*?<ins>.*?December", read)


def test_the_paper_is_kept_as_it_was_agreed(office, desk, portal, letter):
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-agree", letter, number=1)
    Letterhead.objects.update(name="Okafor & Daughters")
    kept = b"".join(storing.read(MediaFile.objects.get(pk=letter.media_id)))
    assert hashlib.sha256(kept).hexdigest() == letter.sha256
    words = " ".join(each.text for each in paper.lines(kept))
    assert "Okafor Legal" in words
    assert "p.p. Ada Okafor" in words
    assert "24 November 2026" in words
    answer = desk.get(reverse("media-file", args=[letter.media_id]), {"download": ""})
    assert answer.status_code == 200  # she prints what is to be posted, though she may download nothing else
    assert b"".join(answer.streaming_content) == kept
    assert WorkItem.objects.open().get().kind == "letters.to_post"
    rival = office.browser(office.client("Brookes Dental").owner)
    assert rival.get(reverse("media-file", args=[letter.media_id])).status_code == 404


def test_whoever_writes_signs_and_posts_it_is_named_as_clients_know_her(office, okafor, desk, portal):
    User.objects.filter(pk=office.priya.user_id).update(name="Pratibha Kettleworth")
    okafor.row.language = "de-DE"  # the writer's name stands below the client's
    okafor.row.save()
    who = {"template": LetterTemplate.objects.get(), "correspondent": Correspondent.objects.get()}
    letter = lettering.begin(okafor.row, by=User.objects.get(secretary=office.priya), at=clock.now(), **who)
    assert "The keys are with Priya." in lettering.newest_of(letter).body
    is_whole(desk, letter)
    lines = [each.text for each in paper.lines(lettering.pdf(letter, lettering.newest_of(letter)))]
    assert "i. A. Priya" in lines
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-agree", letter, number=1)
    does(desk, "letters-posted", letter, kind="standard", postage="0.95")
    shown = page(portal, "letters-portal-letter", letter).partition('aria-labelledby="posted"')[2]
    assert "Priya" in shown
    assert "Kettleworth" not in shown


def test_what_can_be_set_no_longer_is_said_to_whoever_agrees(desk, portal, letter):
    """The letterhead was changed since she was shown it."""
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    Letterhead.objects.update(signer="Ada Okafor " + "\N{EGYPTIAN HIEROGLYPH A001}")
    answer = does(portal, "letters-portal-agree", letter, number=1)
    assert answer.status_code == 303
    assert "cannot be printed: there are no letters" in page(portal, "letters-portal-letter", letter)
    assert letter.state == "asked"
    assert lettering.newest_of(letter).agreed is None
    Letterhead.objects.update(signer="Ada Okafor")
    does(portal, "letters-portal-agree", letter, number=1)
    assert letter.state == "ready"


def test_posted_by_hand_with_what_it_cost_and_its_proof(office, desk, portal, letter):
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-agree", letter, number=1)
    assert "Harlow &amp; Sons" in desk.get(reverse("letters-to-post")).content.decode()
    checklist = page(desk, "letters-posted", letter)
    assert "Postage in GBP" in checklist
    assert "Sign it, p.p. the client." in checklist
    photograph = SimpleUploadedFile("receipt.jpg", b"\xff\xd8\xff\xe0 a receipt", content_type="text/html")
    does(desk, "letters-posted", letter, kind="signed", postage="3.35", paper="0.20", proof=photograph)
    assert letter.state == "posted"
    posting = Posting.objects.get()
    assert (posting.cost, posting.currency, posting.kind) == (Decimal("3.55"), "GBP", "signed")
    proof = MediaFile.objects.get(pk=posting.proof_id)
    assert proof.content_type == "image/jpeg"
    assert not WorkItem.objects.open().exists()
    assert "3.55 GBP" in page(portal, "letters-portal-letter", letter)
    assert portal.get(reverse("media-file", args=[proof.pk])).status_code == 200
    rival = office.browser(office.client("Brookes Dental").owner)
    assert rival.get(reverse("media-file", args=[proof.pk])).status_code == 404
    does(desk, "letters-came-back", letter, because="Moved away")
    assert letter.state == "returned"
    assert WorkItem.objects.open().get().kind == "letters.returned"
    does(desk, "letters-posted", letter, kind="standard", postage="1.00")
    assert letter.postings.count() == 2


def test_the_seconds_at_the_post_are_written_down(office, desk, portal, letter):
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-agree", letter, number=1)
    opened = desk.get(reverse("letters-posted", args=[letter.pk])).context["began"]
    office.passes(240)
    does(desk, "letters-posted", letter, kind="standard", postage="0.85", began=opened)
    record = WorkRecord.objects.get(kind="post")
    assert (record.secretary, record.subject_id) == (office.priya, letter.pk)
    assert 239 <= (record.ended_at - record.started_at).total_seconds() <= 242


def test_a_proof_that_is_no_picture_is_not_kept_and_the_cost_stays_typed(desk, portal, letter):
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-agree", letter, number=1)
    page_ = SimpleUploadedFile("receipt.jpg", b"<script>", content_type="image/jpeg")
    answer = does(desk, "letters-posted", letter, kind="first", postage="1.65", proof=page_)
    assert answer.status_code == 422
    assert "1.65" in answer.content.decode()
    assert letter.state == "ready"


def test_of_two_who_write_at_once_the_second_keeps_what_she_typed(desk, letter):
    first, second = form_of(letter, subject="One"), form_of(letter, subject="Two")
    desk.post(reverse("letters-write", args=[letter.pk]), first)
    answer = desk.post(reverse("letters-write", args=[letter.pk]), second)
    assert answer.status_code == 422
    assert "Somebody changed this letter meanwhile" in answer.content.decode()
    assert 'value="Two"' in answer.content.decode()
    assert lettering.newest_of(letter).subject == "One"


def test_an_address_is_kept_in_the_address_book_once(desk, letter):
    for _ in range(2):
        is_whole(desk, letter, name="Sir Ravi", firm="", remember="on")
    assert Correspondent.objects.filter(name="Sir Ravi").count() == 1
    assert PostalAddress.objects.filter(correspondent__name="Sir Ravi").count() == 1


def test_pages_and_pdf_are_shown_before_anything_is_sent(desk, letter):
    is_whole(desk, letter)
    picture = desk.get(reverse("letters-page", args=[letter.pk]))
    assert picture.content.startswith(b"\x89PNG")
    assert desk.get(reverse("letters-page", args=[letter.pk]), {"number": "2"}).status_code == 404
    seen = desk.get(reverse("letters-preview", args=[letter.pk]))
    assert (seen["Content-Type"], seen["Content-Disposition"]) == ("application/pdf", "inline")
    assert LedgerEntry.objects.filter(verb="looked", subject_id=letter.pk).exists()


def test_where_the_client_wants_it_so_a_letter_is_posted_without_asking(desk, letter):
    is_whole(desk, letter)
    does(desk, "letters-release", letter)
    assert letter.state == "draft"
    Letterhead.objects.update(needs_approval=False)
    does(desk, "letters-release", letter)
    assert letter.state == "ready"
    does(desk, "letters-withdraw", letter)
    assert letter.state == "withdrawn"
    assert not WorkItem.objects.open().exists()
    assert desk.get(reverse("letters-write", args=[letter.pk])).status_code == 404


def test_what_goes_without_asking_the_client_reads_all_the_same(desk, portal, letter):
    is_whole(desk, letter)
    there = reverse("letters-portal-letter", args=[letter.pk])
    assert portal.get(there).status_code == 404
    Letterhead.objects.update(needs_approval=False)
    does(desk, "letters-release", letter)
    assert there in portal.get(reverse("letters-portal")).content.decode()
    shown = portal.get(there).content.decode()
    assert "The keys are with Priya." in shown
    assert "without asking you" in shown
    assert "Agree: it may be posted" not in shown
    portal.post(reverse("letters-portal-agree", args=[letter.pk]), {"number": 1})
    portal.post(reverse("letters-portal-change", args=[letter.pk]), {"number": 1, "words": "No"})
    assert letter.versions.get().agreed is None
    does(desk, "letters-posted", letter, kind="first", postage="1.65", tracking="RM1")
    assert "RM1" in portal.get(there).content.decode()


def test_what_went_so_before_is_laid_before_her_by_the_migration(desk, portal, letter):
    is_whole(desk, letter)
    Letterhead.objects.update(needs_approval=False)
    does(desk, "letters-release", letter)
    Letter.objects.update(shown_at=None)
    LetterVersion.objects.update(asked_at=None)
    there = reverse("letters-portal-letter", args=[letter.pk])
    assert portal.get(there).status_code == 404
    migration = import_module("messages_app.migrations.0027_let_go_and_in_her_name")
    migration.lay_before_her(apps, None)
    assert portal.get(there).status_code == 200


@pytest.mark.parametrize(
    ("signs", "under", "room"),
    [("client", "Ada Okafor", True), ("secretary", "p.p. Ada Okafor", True), ("nobody", "Ada Okafor", False)],
)
def test_who_signs_stands_under_it_with_room_where_somebody_does(desk, letter, signs, under, room):
    Letterhead.objects.update(signs=signs, job="Solicitor")
    is_whole(desk, letter)
    lines = paper.lines(desk.get(reverse("letters-preview", args=[letter.pk])).content)
    [signed] = [each for each in lines if each.text == under]
    above = [each.baseline for each in lines if each.baseline < signed.baseline]
    assert (signed.baseline - max(above) > 15) is room
    assert any(each.text == "Solicitor" for each in lines if each.baseline > signed.baseline)


def test_numbers_count_for_each_client(okafor, desk, letter):
    lettering.begin(okafor.row, by=letter.written_by, at=letter.created_at)
    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2]
    assert lettering.newest_of(letter).dated_on == date(2026, 11, 24)


def test_what_is_typed_is_kept_and_its_seconds_are_written_down(office, desk, letter):
    said = form_of(letter, body="The keys are with Priya.")
    for seconds, words in ((20, "The"), (30, "The keys"), (600, "The keys are with Priya.")):
        office.passes(seconds)
        letter.refresh_from_db()
        typed = said | {"body": words, "revision": letter.version}
        answer = desk.post(reverse("letters-draft", args=[letter.pk]), typed)
        assert answer.json()["revision"] == letter.version + 1
    assert lettering.newest_of(letter).body == "The keys are with Priya."
    stale = desk.post(reverse("letters-draft", args=[letter.pk]), said | {"revision": 0, "body": "Other"})
    assert (stale.status_code, stale.json()["fields"]["body"]) == (409, "The keys are with Priya.")
    office.passes(15)
    letter.refresh_from_db()
    last = said | {"revision": letter.version}
    assert desk.post(reverse("letters-write", args=[letter.pk]), last).status_code == 303
    does(desk, "letters-ask", letter)
    kept = list(WorkRecord.objects.filter(kind="letter").order_by("started_at"))
    assert [(each.ended_at - each.started_at).total_seconds() for each in kept] == [50, 15]
    assert {each.secretary for each in kept} == {office.priya}


def test_the_client_is_told_by_mail_that_a_letter_waits(office, desk, okafor, letter):
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    office.settle()
    [mail] = postbox.outbox
    assert mail.subject == "A letter waits for your word"
    assert reverse("letters-portal-letter", args=[letter.pk]) in mail.body
    assert "keys" not in mail.body


def test_a_letter_saved_once_counts_from_opening_its_page(office, desk, letter):
    office.is_later(600)
    desk.get(reverse("letters-write", args=[letter.pk]))
    office.passes(40)
    letter.refresh_from_db()
    said = form_of(letter, body="The keys are with Priya.")
    assert desk.post(reverse("letters-write", args=[letter.pk]), said).status_code == 303
    does(desk, "letters-withdraw", letter)
    [record] = WorkRecord.objects.filter(kind="letter")
    assert (record.ended_at - record.started_at).total_seconds() == 40
