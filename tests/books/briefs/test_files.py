"""Files of a brief: there from the first mail on, and told of where they come later."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from secretariat.books.models import Brief, BriefFile
from secretariat.outbox.models import Effect

from .conftest import given
from .test_briefs import WANTED


def test_files_chosen_with_the_brief_are_there_when_it_is_told_of(office, okafor, priya, maya):
    portal, post = office.browser(okafor.owner), reverse("portal-brief-post")
    assert 'enctype="multipart/form-data"' in portal.get(post).content.decode()
    program = SimpleUploadedFile("minutes.txt", b"MZ\x90")
    refused = portal.post(post, WANTED | {"files": [program]})
    assert refused.status_code == 422
    assert "That is a program" in refused.content.decode()
    many = [SimpleUploadedFile(f"{n}.txt", b"Agenda") for n in range(7)]
    assert portal.post(post, WANTED | {"files": many}).status_code == 422
    assert not Brief.objects.exists()
    files = [SimpleUploadedFile("agenda.txt", b"Agenda"), SimpleUploadedFile("list.txt", b"Present")]
    assert portal.post(post, WANTED | {"files": files}).status_code == 303
    brief = Brief.objects.get()
    page = office.browser(maya).get(reverse("my-brief", args=[brief.pk])).content.decode()
    assert "agenda.txt" in page
    assert "list.txt" in page
    assert not Effect.objects.filter(key__contains=":file:").exists()  # one mail is enough


def test_of_a_file_that_comes_later_those_are_told_who_may_propose_and_then_whoever_has_the_work(
    office, okafor, priya, maya, brief, owner
):
    portal, keep = office.browser(okafor.owner), reverse("portal-brief-file", args=[brief.pk])
    said = portal.post(keep, {"file": SimpleUploadedFile("Stone.txt", b"Agenda")}, follow=True)
    assert "is told" in said.content.decode()
    about = Effect.objects.filter(kind="books.brief_word_to_her", key__contains=":file:")
    assert {each.payload["to"] for each in about} == {priya.user.email, maya.user.email}
    for each in about:
        assert "Stone" not in str(each.payload)
        assert "Minutes of the board" not in str(each.payload)
    before = set(about.values_list("pk", flat=True))
    given(brief, priya, by=owner)
    portal.post(keep, {"file": SimpleUploadedFile("more.txt", b"Agenda")})
    [mail] = about.exclude(pk__in=before)
    assert mail.payload["to"] == priya.user.email
    hers = reverse("my-brief-file", args=[brief.pk])
    assert office.browser(priya).post(hers, {"file": SimpleUploadedFile("x.txt", b"X")}).status_code == 303
    assert BriefFile.objects.count() == 3
    assert about.all().count() == 3  # she knows of her own
