"""Papers that come along with an application: sealed, read by the firm alone, deleted by rule."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from secretariat import clock
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.forms import references
from secretariat.office.models import ApplicantsPaper, Application, Step
from secretariat.office.vacancies import applying, papers, steps
from secretariat.retention.rounds import end_what_is_over

from .test_applying import begins, fills_in, link_of

PDF = b"%PDF-1.7\nthis is who I am"


@pytest.fixture
def link(vacancy, nora):
    return begins(nora, vacancy)


def hands_in(browser, link, content=PDF, name="passport.pdf", kind="identity"):
    paper = SimpleUploadedFile(name, content, content_type="text/plain")
    return browser.post(f"{link}papers/", {"kind": kind, "paper": paper})


def file_of(paper) -> MediaFile:
    return MediaFile.objects.get(pk=paper.media_id)


def test_handed_in_before_there_is_a_sign_in_and_read_by_the_firm_alone(office, nora, link, helen):
    assert hands_in(nora, link).status_code == 302
    paper = ApplicantsPaper.objects.get()
    file = file_of(paper)
    assert file.content_type == "application/pdf"  # as its bytes say, and not the browser
    assert PDF not in storing.path_of(file.pk).read_bytes()
    assert "passport.pdf" in nora.get(link).content.decode()
    page = office.browser(helen).get(reverse("applicant", args=[paper.application_id])).content.decode()
    address = reverse("media-file", args=[file.pk])
    assert address in page
    rows = steps.standing(paper.application, at=clock.now())
    [known] = [each.known for each in rows if each.kind == Step.Kind.CHECKS]
    assert known.words == "She has handed in a paper that says who she is."
    assert b"".join(office.browser(helen).get(address).streaming_content) == PDF
    for nobody in (Browser(), office.browser(office.secretary("Priya", ready=False))):
        assert nobody.get(address).status_code in (302, 404)


def test_nothing_but_papers_is_taken_and_not_without_end(nora, link, monkeypatch):
    refused = hands_in(nora, link, b"MZ\x90\x00", name="passport.pdf")
    assert refused.status_code == 422
    assert "That is no PDF, PNG or JPEG." in refused.content.decode()
    monkeypatch.setattr(references, "MOST_BYTES", 20)
    assert "more than 10 MB" in hands_in(nora, link).content.decode()
    monkeypatch.undo()
    for n in range(papers.AT_MOST):
        assert hands_in(nora, link, name=f"{n}.pdf", kind="certificate").status_code == 302
    assert "Take one away first" in hands_in(nora, link).content.decode()
    assert ApplicantsPaper.objects.count() == papers.AT_MOST


def test_taken_away_while_it_is_hers_and_kept_once_it_is_sent(nora, link):
    hands_in(nora, link)
    paper = ApplicantsPaper.objects.get()
    away = f"{link}papers/{paper.pk}/take-away/"
    file = file_of(paper)
    assert nora.post(away).status_code == 302
    assert not ApplicantsPaper.objects.exists()
    assert not storing.path_of(file.pk).exists()
    hands_in(nora, link)
    fills_in(nora, link)
    nora.post(f"{link}send/", {"agreed": "on"})
    paper = ApplicantsPaper.objects.get()
    nora.post(f"{link}papers/{paper.pk}/take-away/")
    assert ApplicantsPaper.objects.exists()
    assert hands_in(nora, link, name="cv.pdf", kind="life").status_code == 302  # what the firm asks for later


def test_one_application_takes_away_nothing_of_another(nora, link, vacancy):
    hands_in(nora, link)
    paper = ApplicantsPaper.objects.get()
    other = applying.begin(vacancy, name="Ida", email="ida@renn.example", at=clock.now())
    assert nora.post(f"{link_of(other)}papers/{paper.pk}/take-away/").status_code == 404
    assert ApplicantsPaper.objects.exists()


@pytest.mark.parametrize("became", ["nothing", "she works here"])
def test_deleted_by_rule_with_what_they_hold(office, nora, link, helen, became):
    hands_in(nora, link)
    paper = ApplicantsPaper.objects.get()
    file, application = file_of(paper), paper.application
    if became == "nothing":
        applying.withdraw(application, at=clock.now())
    else:
        at = clock.now()
        facts = {"sent_at": at, "agreed_at": at, "decided_at": at, "decided_by": helen}
        Application.objects.filter(pk=application.pk).update(state="engaged", **facts)
    office.clock_says(f"{clock.now() + timedelta(days=182):%Y-%m-%d %H:%M}")
    end_what_is_over()
    assert ApplicantsPaper.objects.exists()
    office.clock_says(f"{clock.now() + timedelta(days=2):%Y-%m-%d %H:%M}")
    while end_what_is_over():
        pass
    assert not ApplicantsPaper.objects.exists()
    assert not storing.path_of(file.pk).exists()
    assert Application.objects.exists() is (became == "she works here")
