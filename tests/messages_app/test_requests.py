"""What a client asks for in the portal: in words, by voice, with photographs; and her secretary's answer."""

import re

import pytest
from django.core import mail as postbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clients import suppressing, team
from clients.models import Client, Contact, ContactAddress, WorkItem, WorkRecord
from messages_app.asked_for import photographs
from messages_app.models import ClientRequest, RequestFile
from messages_app.personal_requests import REQUESTS
from secretariat import clock
from secretariat.local.carrier import sound
from secretariat.media.models import MediaFile

JPEG = b"\xff\xd8\xff\xe0 a receipt"


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def asks(portal, words="A table for four, please", **more) -> ClientRequest:
    answer = portal.post(reverse("requests-new"), {"words": words} | more)
    assert answer.status_code == 303, answer.context["form"].errors
    return ClientRequest.objects.get(pk=answer.url.split("/")[-2])


def voice() -> SimpleUploadedFile:
    return SimpleUploadedFile("note.wav", sound.wav(3), content_type="audio/wav")


def picture(content=JPEG, name="receipt.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def does(browser, name, asked, **said):
    asked.refresh_from_db()
    return browser.post(reverse(name, args=[asked.pk]), {"version": asked.version} | said)


def text_of(browser, name, *of) -> str:
    page = browser.get(reverse(name, args=[each.pk for each in of])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_what_she_asks_by_voice_with_a_photograph_is_answered_and_she_is_told(office, okafor, desk, portal):
    asked = asks(portal, "", voice=voice(), recorded="3", pictures=[picture(), picture()], urgent="on")
    assert [each.kind for each in asked.files.all()] == ["voice", "photograph", "photograph"]
    item = WorkItem.objects.open().get(kind="requests.open")
    assert (item.urgency, item.because) == (3, f"{okafor.owner.name} asks for something.")
    assert item.promised_at == asked.promised_at
    shown = desk.get(reverse("requests-asked", args=[asked.pk])).content.decode()
    for file in asked.files.all():
        address = reverse("media-file", args=[file.media_id])
        assert address in shown
        assert desk.get(address).status_code == portal.get(address).status_code == 200
    assert does(desk, "requests-answer", asked, words="It is booked for eight.").status_code == 303
    office.settle()
    assert not WorkItem.objects.open().filter(kind="requests.open").exists()
    [letter] = postbox.outbox
    assert letter.to == [okafor.owner.user.email]
    assert "booked" not in letter.body
    assert reverse("requests-one", args=[asked.pk]) in letter.body
    assert "It is booked for eight." in portal.get(reverse("requests-one", args=[asked.pk])).content.decode()


@pytest.mark.parametrize("why", ["no mailbox", "nothing is sent there", "nor a way into the portal"])
def test_whom_nothing_tells_is_not_said_to_be_told(office, okafor, desk, portal, why):
    asked = asks(portal)
    addresses = ContactAddress.objects.filter(contact=okafor.owner, kind="email")
    if why == "nothing is sent there":
        suppressing.suppress("email", addresses.get().value, "bounced", at=clock.now())
    else:
        addresses.delete()
    if why == "nor a way into the portal":
        Contact.objects.filter(pk=okafor.owner.pk).update(user=None)
    page = reverse("requests-answer", args=[asked.pk])
    said = desk.post(page, {"version": asked.version, "words": "It is booked."}, follow=True).content.decode()
    office.settle()
    name = okafor.owner.name
    assert f"{name} is told" not in said
    unreached = f"{name} cannot be reached from here. Ring, and say what you have answered."
    untold = f"Nothing tells {name} that your answer waits in the portal. Ring, if it is urgent."
    assert (unreached if "portal" in why else untold) in said
    assert not postbox.outbox
    asked.refresh_from_db()
    assert asked.answer == "It is booked."


def test_nothing_at_all_is_no_request_and_what_was_typed_stays(portal):
    answer = portal.post(reverse("requests-new"), {"words": "  "})
    assert answer.status_code == 422
    assert "Write or say what you would like." in answer.content.decode()
    answer = portal.post(reverse("requests-new"), {"words": "Look at it", "pictures": picture(b"GIF89a")})
    assert answer.status_code == 422
    assert "neither a JPEG nor a PNG nor a WebP" in answer.content.decode()
    assert "Look at it" in answer.content.decode()
    answer = portal.post(reverse("requests-new"), {"pictures": [picture() for _ in range(7)], "words": "x"})
    assert "Send six photographs at most." in answer.content.decode()
    assert not ClientRequest.objects.exists()


def test_what_she_takes_back_is_nobodys_work_and_is_not_answered(desk, portal):
    asked = asks(portal)
    seen = asked.version
    assert does(portal, "requests-take-back", asked).status_code == 303
    assert not WorkItem.objects.open().exists()
    late = desk.post(reverse("requests-answer", args=[asked.pk]), {"version": seen, "words": "Done."})
    assert late.status_code == 422
    assert "Done." in late.content.decode()
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("withdrawn", "")


def test_the_seconds_from_reading_it_to_its_answer_are_written_down(office, desk, portal, priya):
    asked = asks(portal)
    opened = desk.get(reverse("requests-asked", args=[asked.pk])).context["began"]
    office.passes(70)
    nothing_said = does(desk, "requests-answer", asked, words=" ", began=opened)
    assert nothing_said.status_code == 422
    assert nothing_said.context["began"] == opened  # what came before the mistake was work too
    office.passes(20)
    does(desk, "requests-answer", asked, words="It is booked for eight.", began=opened)
    record = WorkRecord.objects.get()
    assert (record.kind, record.secretary, record.subject_id) == ("request", priya, asked.pk)
    assert 89 <= (record.ended_at - record.started_at).total_seconds() <= 92


def test_a_page_that_stood_open_or_is_somebody_elses_counts_for_nothing(office, okafor, desk, portal):
    asked = asks(portal)
    forgotten = desk.get(reverse("requests-asked", args=[asked.pk])).context["began"]
    office.is_later(31 * 60)
    page = reverse("requests-answer", args=[asked.pk])
    said = {"version": asked.version, "words": "Done.", "began": forgotten}
    assert "add the time that you worked to your hours" in desk.post(page, said, follow=True).content.decode()
    hers, rui = asks(portal), office.browser(office.secretary("Rui", okafor))
    others = rui.get(reverse("requests-asked", args=[hers.pk])).context["began"]
    office.passes(20)
    does(desk, "requests-answer", hers, words="Done.", began=others)
    does(desk, "requests-answer", asks(portal), words="Done.", began="forged:1:2")
    assert not WorkRecord.objects.exists()


def test_what_is_urgent_or_has_waited_longest_is_answered_first(office, desk, portal):
    page = reverse("requests")
    for nth in range(1, 28):
        asks(portal, f"Request {nth}", **({"urgent": "on"} if nth in (20, 27) else {}))
        office.is_later(60)

    def numbers(**asked):
        return [each.number for each in desk.get(page, asked).context["page"]]

    first = desk.get(page).context["page"]
    assert numbers() == [20, 27, *range(1, 20), *range(21, 25)]
    assert numbers(after=first.next) == [25, 26]
    assert numbers(after="7x") == numbers()
    for nth in (25, 26):
        does(desk, "requests-answer", ClientRequest.objects.get(number=nth), words="Done.")
    assert numbers(after=first.next) == numbers()  # nothing is left there
    assert numbers(show="done") == [26, 25]


def test_it_is_promised_within_her_opening_hours_and_both_sides_read_by_when(office, okafor, desk, portal):
    Client.objects.filter(pk=okafor.row.pk).update(dictation_minutes=60, urgent_dictation_minutes=90)
    office.clock_says("2026-11-26 15:30")  # half past four in Lagos, where she opens from nine to five
    asked, urgent = asks(portal), asks(portal, "At once, please", urgent="on")
    by = [f"{each.promised_at.astimezone(okafor.row.tz):%d %H:%M}" for each in (asked, urgent)]
    assert by == ["27 09:30", "26 18:00"]
    # She herself reads it by the clock of her own account, which is London's.
    assert "to be answered by Fri 27 Nov 08:30" in text_of(portal, "requests-one", asked)
    assert "to be answered by Thu 26 Nov 17:00" in text_of(portal, "requests-portal")
    assert "09:30 Lagos · 08:30 you, Fri 27 Nov" in text_of(desk, "requests-asked", asked)
    assert "late" not in text_of(desk, "requests-asked", asked)
    office.clock_says("2026-11-27 09:00")
    assert "30 min late" in text_of(desk, "requests-asked", asked)
    assert "30 min late" in text_of(desk, "requests")
    does(desk, "requests-answer", asked, words="Done.")
    assert "to be answered by" not in text_of(portal, "requests-one", asked)


def test_what_is_promised_soonest_comes_first_and_what_an_older_release_kept_before_it(
    office, priya, desk, portal, okafor
):
    late = office.client("Night Catering", opens="00:00", closes="23:59")
    team.assign(priya, late.row, by=None, at=clock.now())
    office.clock_says("2026-11-26 15:30")
    first, urgent = asks(portal), asks(portal, urgent="on")
    office.is_later(60)
    sooner = asks(office.browser(late.owner))
    office.is_later(60)
    old = asks(portal)
    ClientRequest.objects.filter(pk=old.pk).update(promised_at=None)
    assert list(desk.get(reverse("requests")).context["page"]) == [urgent, old, sooner, first]


def test_only_who_may_read_it_hears_it(office, okafor, portal):
    asked = asks(portal, voice=voice())
    address = reverse("media-file", args=[asked.files.get().media_id])
    rival = office.browser(office.client("Brill Dental").owner)
    assert rival.get(address).status_code == 404
    assert rival.get(reverse("requests-one", args=[asked.pk])).status_code == 404


def test_when_its_time_is_over_words_and_files_go_and_the_number_stays(desk, portal):
    asked = asks(portal, voice=voice())
    does(desk, "requests-answer", asked, words="Done.")
    REQUESTS.doing(ClientRequest.objects.filter(pk=asked.pk))
    asked.refresh_from_db()
    assert (asked.words, asked.answer, asked.number) == ("", "", 1)
    assert not RequestFile.objects.exists()
    assert MediaFile.objects.get().deleted_at is not None
    assert "no longer kept" in portal.get(reverse("requests-one", args=[asked.pk])).content.decode()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1 x", "jpg"),
        (b"\x89PNG\r\n\x1a\nIHDR", "png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (b"<svg onload=", None),
        (b"", None),
    ],
)
def test_a_picture_is_told_by_its_first_bytes(head, kind):
    found = photographs.kind_of(head)
    assert (found and found[1]) == kind
