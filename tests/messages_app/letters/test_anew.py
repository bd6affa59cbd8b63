"""A letter that came back goes to another address, and what was posted stays as it was."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import WorkItem
from messages_app.letters import lettering
from messages_app.models import Letter, LetterFile, Letterhead, Posting
from secretariat.media.models import MediaFile
from tests.pdfs import a_pdf

from .deeds import does, form_of, is_whole, page


def posted(desk, letter, **said):
    answer = does(desk, "letters-posted", letter, kind="standard", postage="0.85", **said)
    assert answer.status_code == 303


def written_anew(desk, letter) -> Letter:
    answer = does(desk, "letters-anew", letter)
    made = Letter.objects.order_by("-number").first()
    assert answer.headers["Location"] == reverse("letters-write", args=[made.pk])
    return made


def test_it_came_back_goes_to_another_address_and_its_way_is_kept(desk, portal, letter):
    is_whole(desk, letter, dated_on="2026-11-20")
    file = SimpleUploadedFile("plan.pdf", a_pdf(), content_type="application/pdf")
    does(desk, "letters-enclose", letter, name="The plan", joined="on", file=file)
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-agree", letter, number=1)
    posted(desk, letter)
    does(desk, "letters-came-back", letter, because="Moved away")
    assert "To another address" in page(desk, "letters-letter", letter)

    again = written_anew(desk, letter)
    letter.refresh_from_db()
    assert letter.state == "withdrawn"
    assert not WorkItem.objects.open().exists()
    assert Posting.objects.get().returned_because == "Moved away"
    assert MediaFile.objects.filter(pk=letter.media_id, deleted_at=None).exists()
    assert "It was written anew as" in page(desk, "letters-letter", letter)

    newest = lettering.newest_of(again)
    assert (again.state, again.instead_of, newest.body) == ("draft", letter, "The keys are with Priya.")
    assert newest.dated_on.isoformat() == "2026-11-24"
    shown = page(desk, "letters-letter", again)
    assert "which came back: Moved away" in shown
    assert LetterFile.objects.values("media_id").distinct().count() == 1

    assert "is writing it anew" in page(portal, "letters-portal-letter", letter)
    moved = form_of(again, street="3 New Street", city="Leeds", postcode="LS1 1AA")
    does(desk, "letters-write", again, **moved)
    does(desk, "letters-release", again)
    assert again.state == "draft"  # she wants to see each, this one too
    does(desk, "letters-ask", again)
    assert "It goes instead of" in page(portal, "letters-portal-letter", again)
    assert "It was written anew" in page(portal, "letters-portal-letter", letter)
    does(portal, "letters-portal-agree", again, number=1)
    posted(desk, again)
    assert [each.letter for each in Posting.objects.order_by("posted_at")] == [letter, again]
    assert lettering.newest_of(letter).street == "12 Mill Lane"
    assert again.pages == 2


def test_what_no_post_would_take_is_written_anew_and_not_posted_twice(desk, letter):
    Letterhead.objects.update(needs_approval=False)
    is_whole(desk, letter)
    does(desk, "letters-release", letter)
    seen = letter.version
    again = written_anew(desk, letter)
    pressed_twice = desk.post(reverse("letters-anew", args=[letter.pk]), {"version": seen})
    assert pressed_twice.headers["Location"] == reverse("letters-letter", args=[letter.pk])
    assert Letter.objects.count() == 2
    assert desk.get(reverse("letters-posted", args=[letter.pk])).status_code == 404
    refused = does(desk, "letters-posted", letter, kind="standard", postage="0.85")
    assert refused.status_code == 422
    assert "which was not posted" in page(desk, "letters-letter", again)
    does(desk, "letters-release", again)
    posted(desk, again)
    refused = does(desk, "letters-anew", again)  # it is in the post
    assert Letter.objects.count() == 2


def test_what_came_back_is_printed_again_by_whoever_posts_it_again(desk, letter):
    Letterhead.objects.update(needs_approval=False)
    is_whole(desk, letter)
    does(desk, "letters-release", letter)
    posted(desk, letter)
    there = f"{reverse('media-file', args=[letter.media_id])}?download"
    assert desk.get(there).status_code == 404  # it is in the post
    does(desk, "letters-came-back", letter, because="Moved away")
    assert f'href="{there}"' in page(desk, "letters-posted", letter)
    assert desk.get(there).status_code == 200
    posted(desk, letter)
    assert desk.get(there).status_code == 404
