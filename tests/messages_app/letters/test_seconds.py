"""The seconds of what is done about a letter beside writing it, and of what letters begin with and go to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients.models import Correspondent, WorkRecord
from messages_app.models import Letter, Letterhead, LetterTemplate, Posting
from secretariat import clock
from tests.pdfs import a_pdf

from .deeds import does, is_whole

WORDS = {
    "name": "Keys",
    "subject": "Your keys",
    "salutation": "{salutation}",
    "body": "They are here.",
    "closing": "{closing}",
}


def formed(browser, page: str, verb: str, *ids) -> str:
    """When the page was opened, as its form says that leads to `verb`."""
    form = browser.get(page).content.decode()
    if verb:
        form = form.partition(f'action="{reverse(verb, args=ids)}"')[2].partition("</form>")[0]
    return form.partition('name="began" value="')[2].partition('"')[0]


def kept(kind, **of) -> list[float]:
    rows = WorkRecord.objects.filter(kind=kind, **of).order_by("started_at")
    return [(each.ended_at - each.started_at).total_seconds() for each in rows]


def test_a_template_that_is_written_changed_and_ended(office, okafor, desk):
    Letterhead.objects.update(desk_writes_templates=True)
    new = reverse("letters-template-new")
    began = formed(desk, new, "")
    office.passes(60)
    said = WORDS | {"client": okafor.row.pk, "began": began}
    assert desk.post(new, said | {"subject": ""}).status_code == 422
    desk.post(new, said)
    made = LetterTemplate.objects.get(name="Keys")
    here = reverse("letters-template", args=[made.pk])
    began = formed(desk, here, "")
    office.passes(20)
    desk.post(here, WORDS | {"subject": "All your keys", "began": began})
    began = formed(desk, here, "letters-template-end", made.pk)
    office.passes(5)
    desk.post(reverse("letters-template-end", args=[made.pk]), {"began": began})
    assert kept("desk", client=okafor.row, secretary=office.priya, subject_id=made.pk) == [60, 20, 5]


def test_a_template_that_she_may_not_write_is_no_work(office, okafor, desk):
    template = LetterTemplate.objects.get()
    Letterhead.objects.update(desk_writes_templates=True)
    began = formed(desk, reverse("letters-template-new"), "")
    Letterhead.objects.update(desk_writes_templates=False)
    office.passes(30)
    desk.post(reverse("letters-template", args=[template.pk]), WORDS | {"began": began})
    assert kept("desk") == []


def test_a_letterhead_is_changed_by_the_firm(office, okafor):
    page = reverse("letters-letterhead-change", args=[okafor.row.pk])
    helen = office.browser(office.supervisor())
    began = formed(helen, page, "")
    office.passes(90)
    said = {"name": "Okafor Legal", "layout": "din-b", "signs": "client", "signer": "Ada Okafor"}
    answer = helen.post(page, said | {"began": began})
    assert answer.status_code == 303, answer.context["form"].errors
    assert kept("desk", client=okafor.row, secretary=None) == [90]


def test_two_entries_that_were_made_into_one(office, okafor, desk):
    dana = Correspondent.objects.get()
    twin = Correspondent.objects.create(client=okafor.row, name="D. Reyes")
    page = reverse("letters-book-same", args=[dana.pk])
    began = formed(desk, page, "letters-book-same", dana.pk)
    office.passes(35)
    assert desk.post(page, {"other": twin.pk, "began": began}).status_code == 303
    assert kept("desk", client=okafor.row, secretary=office.priya, subject_id=dana.pk) == [35]


def test_choosing_whom_it_goes_to_putting_a_file_in_and_reading_it_over(office, okafor, desk):
    new = f"{reverse('letters-new')}?client={okafor.row.pk}"
    began = formed(desk, new, "letters-new")
    office.passes(25)
    whom = {"client": okafor.row.pk, "correspondent": Correspondent.objects.get().pk}
    desk.post(reverse("letters-new"), whom | {"began": began})
    letter = Letter.objects.get()
    is_whole(desk, letter, subject="The keys")
    there = reverse("letters-letter", args=[letter.pk])
    for seconds, verb, said in (
        (30, "letters-enclose", {"name": "The plan", "joined": "on"}),
        (45, "letters-ask", {}),
    ):
        began = formed(desk, there, verb, letter.pk)
        office.passes(seconds)
        if verb == "letters-enclose":
            said["file"] = SimpleUploadedFile("plan.pdf", a_pdf(), content_type="application/pdf")
        assert does(desk, verb, letter, began=began, **said).status_code == 303
    assert letter.state == "asked"
    assert kept("letter", client=okafor.row, secretary=office.priya, subject_id=letter.pk) == [25, 30, 45]
    does(desk, "letters-ask", letter, began=began)  # it was asked for before
    assert len(kept("letter")) == 3


def test_a_page_drawn_anew_because_the_letter_changed_keeps_its_beginning(office, desk, letter):
    is_whole(desk, letter)
    there = reverse("letters-letter", args=[letter.pk])
    began = formed(desk, there, "letters-ask", letter.pk)
    assert f'hx-vals=\'{{"began": "{began}"}}\'' in desk.get(there, {"began": began}).content.decode()
    office.passes(60)
    again = f"{there}?began={began}"
    assert formed(desk, again, "letters-ask", letter.pk) == began


@pytest.fixture
def away(office, desk, portal, letter):
    """It is in the post."""
    is_whole(desk, letter)
    does(desk, "letters-ask", letter)
    does(portal, "letters-portal-agree", letter, number=1)
    answer = does(desk, "letters-posted", letter, kind="standard", postage="0.85")
    assert answer.status_code == 303
    WorkRecord.objects.all().delete()
    return letter


def test_what_came_back_and_goes_to_another_address(office, okafor, desk, away):
    there = reverse("letters-letter", args=[away.pk])
    for seconds, verb, said in (
        (40, "letters-came-back", {"because": "Moved away"}),
        (15, "letters-anew", {}),
    ):
        began = formed(desk, there, verb, away.pk)
        office.passes(seconds)
        does(desk, verb, away, began=began, **said)
    of_hers = {"client": okafor.row, "secretary": office.priya, "subject_id": away.pk}
    assert (kept("post", **of_hers), kept("letter", **of_hers)) == ([40], [15])
    does(desk, "letters-came-back", away, because="Moved away", began=began)  # it did before
    assert len(kept("post")) == 1


def test_looking_at_the_carriers_for_a_letter_that_may_be_there(office, okafor, desk, away):
    Letter.objects.update(state="handed")
    Posting.objects.update(carrier="lob", state="unsure", asked_at=clock.now())
    posting, there = Posting.objects.get(), reverse("letters-letter", args=[away.pk])
    began = formed(desk, there, "letters-carrier-not-there", away.pk, posting.pk)
    office.passes(120)
    page = reverse("letters-carrier-not-there", args=[away.pk, posting.pk])
    for _twice in range(2):
        desk.post(page, {"began": began})
    assert kept("post", client=okafor.row, secretary=office.priya, subject_id=away.pk) == [120]
