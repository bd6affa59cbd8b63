"""References: asked with one press, reminded once, answered by a link, and read by the firm alone."""

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.office.models import Referee, Step
from secretariat.office.vacancies import applying, referring, steps
from secretariat.outbox.models import Effect

from .test_applying import PAGES, begins, fills_in, link_of

DAY = 24 * 3600
BRILL = {"name_1": "Mr Brill", "known_1": "Led the office", "email_1": "brill@notary.example"}
HOLM = {"name_2": "Ms Holm", "email_2": "holm@school.example"}
SAYS = {"again": "perhaps", "worked": "Front desk, six years", "words": "Quick, and now and then too quick"}


@pytest.fixture
def link(vacancy, nora):
    return begins(nora, vacancy)


@pytest.fixture
def application(nora, link):
    fills_in(nora, link, "you", "work", "home")
    assert nora.post(f"{link}pages/references/", BRILL | HOLM).status_code == 302
    assert nora.post(f"{link}send/", {"agreed": "on"}).status_code == 302
    return Referee.objects.first().application


def page_of(referee) -> str:
    return referring.address(referee).removeprefix(settings.PUBLIC_BASE_URL)


def mails(what: str) -> list[str]:
    found = Effect.objects.filter(kind="office.reference", key__contains=f":{what}:")
    return sorted(each.payload["to"] for each in found)


def asks(office, helen, application):
    return office.browser(helen).post(reverse("applicant-ask", args=[application.pk]), follow=True)


def shown(office, helen, application) -> str:
    return office.browser(helen).get(reverse("applicant", args=[application.pk])).content.decode()


def test_whom_she_names_is_kept_as_it_is_typed_and_has_to_be_whole_before_it_is_sent(nora, link):
    page, draft = f"{link}pages/references/", f"{link}pages/references/draft/"
    fills_in(nora, link, "you", "work", "home")
    assert nora.post(draft, {"name_1": "Mr Brill", "email_1": "bri"}).status_code == 200
    assert Referee.objects.get().name == "Mr Brill"
    assert nora.post(page, {"name_1": "Mr Brill"}).status_code == 422  # where do we write to?
    assert nora.post(page, {"name_1": "Mr Brill", "later": "1"}).status_code == 302
    assert nora.post(f"{link}send/", {"agreed": "on"}).status_code == 422
    her_own = nora.post(page, BRILL | {"name_2": "Me", "email_2": "NORA@quist.example"})
    assert "your own address" in her_own.content.decode()
    twice = nora.post(page, BRILL | {"name_2": "Again", "email_2": "brill@notary.example"})
    assert "stands above already" in twice.content.decode()
    assert nora.post(page, BRILL | HOLM).status_code == 302
    assert nora.post(page, BRILL | {"name_2": "", "known_2": "", "email_2": ""}).status_code == 302
    assert [each.email for each in Referee.objects.all()] == ["brill@notary.example"]
    assert "brill@notary.example" in Browser().get(page).content.decode()
    assert nora.post(f"{link}send/", {"agreed": "on"}).status_code == 302
    assert not mails("asked")  # nobody is asked before the firm does


def test_with_one_press_each_is_asked_and_answers_without_a_sign_in(office, application, nora, helen):
    assert "Ask 2 people" in shown(office, helen, application)
    assert "a mail goes to 2 people" in asks(office, helen, application).content.decode()
    assert "Everybody she has named was asked" in asks(office, helen, application).content.decode()
    assert mails("asked") == ["brill@notary.example", "holm@school.example"]
    brill = Referee.objects.get(place=1)
    office.settle()
    effect = Effect.objects.filter(kind="office.reference").first()
    assert effect.state == Effect.State.DONE
    assert referring.token(brill) not in str(effect.payload)  # no table holds what opens it
    anybody, page = Browser(), page_of(brill)
    asked = anybody.get(page)
    assert "Nora Quist applies to" in asked.content.decode()
    assert asked["Cache-Control"] == "no-store"
    refused = anybody.post(page, {"again": "yes", "words": "She is good"})
    assert refused.status_code == 422
    assert "She is good" in refused.content.decode()
    assert anybody.post(page, SAYS).status_code == 302
    after = anybody.get(page).content.decode()
    assert "Thank you" in after
    assert "too quick" not in after
    anybody.post(page, {"again": "no", "worked": "x", "words": "y"})  # once
    brill.refresh_from_db()
    assert (brill.again, brill.answered_at) == ("perhaps", clock.now())
    firms = shown(office, helen, application)
    for words in ("With reservations", "too quick", "1 of 2 has answered", "Asked"):
        assert words in firms
    assert (
        "Mr Brill has answered about Nora Quist"
        in WorkItem.objects.open().get(kind="office.reference").because
    )
    hers = nora.get(link_of(application)).content.decode()
    assert "too quick" not in hers
    assert "reservations" not in hers
    said = {"kind": "references", "state": "passed", "note": ""}
    step = reverse("applicant-step", args=[application.pk])
    assert office.browser(helen).post(step, said).status_code == 303  # an answer is there: no reason is due
    assert not WorkItem.objects.open().filter(kind="office.reference").exists()


def test_whoever_would_rather_say_nothing_says_that_alone(office, application, helen):
    referring.ask(application, by=helen, at=clock.now())
    holm = Referee.objects.get(place=2)
    assert Browser().post(page_of(holm), {"again": "silent", "words": "Half a line"}).status_code == 302
    holm.refresh_from_db()
    assert (holm.again, holm.words) == ("silent", "")
    assert "Says nothing" in shown(office, helen, application)
    with pytest.raises(applying.NotNow, match="Say in the note"):
        steps.settle(application, Step.Kind.REFERENCES, state="passed", note="", by=helen, at=clock.now())


def test_reminded_once_then_given_up_and_asked_again(office, application, helen):
    referring.ask(application, by=helen, at=clock.now())
    brill, holm = Referee.objects.all()
    Browser().post(page_of(brill), SAYS)
    office.is_later(7 * DAY - 60)
    assert not mails("reminded")
    office.is_later(400)
    office.is_later(5 * DAY)
    assert mails("reminded") == ["holm@school.example"]
    assert Browser().post(page_of(holm), {}).status_code == 422
    office.is_later(9 * DAY)
    holm.refresh_from_db()
    assert holm.given_up_at
    assert "This is over" in Browser().post(page_of(holm), SAYS, follow=True).content.decode()
    assert Referee.objects.get(pk=holm.pk).answered_at is None
    assert "Did not answer" in shown(office, helen, application)
    waiting = WorkItem.objects.open().filter(kind="office.reference")
    assert "Ms Holm has not answered about Nora Quist." in waiting.values_list("because", flat=True)
    assert "Ask 1 person" in shown(office, helen, application)
    asks(office, helen, application)
    assert Browser().post(page_of(holm), SAYS).status_code == 302
    assert Referee.objects.get(pk=holm.pk).again == "perhaps"


@pytest.mark.parametrize("ends", ["she takes it back", "the firm refuses"])
def test_once_all_is_decided_nobody_is_asked_or_answers(office, application, helen, ends):
    referring.ask(application, by=helen, at=clock.now())
    holm = Referee.objects.get(place=2)
    if ends == "she takes it back":
        applying.withdraw(application, at=clock.now())
    else:
        steps.refuse(application, words="Not this time.", by=helen, at=clock.now())
    office.settle()
    states = set(Effect.objects.filter(kind="office.reference").values_list("state", flat=True))
    assert states == {Effect.State.CANCELLED}
    Browser().post(page_of(holm), SAYS)
    assert Referee.objects.get(pk=holm.pk).answered_at is None
    assert "once it is decided" in asks(office, helen, application).content.decode()
    office.is_later(8 * DAY)
    assert not mails("reminded")


@pytest.mark.parametrize("spoilt", ["x", "AAAA.BBBB", "{}x", "é"])
def test_what_we_never_signed_opens_nothing(application, helen, spoilt):
    holm = Referee.objects.get(place=2)
    assert Browser().get(page_of(holm)).status_code == 404  # nobody has asked her yet
    referring.ask(application, by=helen, at=clock.now())
    assert Browser().get(page_of(holm)).status_code == 200
    token = referring.token(holm)
    assert Browser().get(reverse("reference", args=[spoilt.replace("{}", token)])).status_code == 404


def test_a_mail_that_does_not_arrive_is_shown_and_may_go_again(office, application, helen):
    referring.ask(application, by=helen, at=clock.now())
    holm = Referee.objects.get(place=2)
    referring.mail_ended(holm, failed=True)
    page = shown(office, helen, application)
    assert "Not reached" in page
    assert "Ask 1 person" in page


def test_somebody_without_a_mailbox_is_rung_and_that_is_said(office, nora, link, helen):
    fills_in(nora, link, *PAGES)  # with a telephone alone
    assert nora.post(f"{link}send/", {"agreed": "on"}).status_code == 302
    [application] = applying.Application.objects.all()
    page = shown(office, helen, application)
    assert "Whom to ring about her work" in page
    assert "Who knows her work" not in page


def test_once_the_references_are_settled_nobody_is_reminded_or_missed(office, application, helen):
    referring.ask(application, by=helen, at=clock.now())
    brill, holm = Referee.objects.all()
    Browser().post(page_of(brill), SAYS)
    steps.settle(application, Step.Kind.REFERENCES, state="passed", note="", by=helen, at=clock.now())
    office.is_later(8 * DAY)
    assert not mails("reminded")
    assert Browser().get(page_of(holm)).status_code == 200
    Browser().post(page_of(holm), SAYS)  # and still it is read, for it may change what was thought
    waiting = WorkItem.objects.open().filter(kind="office.reference")
    assert "Ms Holm has answered about Nora Quist." in waiting.values_list("because", flat=True)


def test_a_mail_that_went_after_all_is_not_shown_as_lost(office, application, helen):
    referring.ask(application, by=helen, at=clock.now())
    Referee.objects.update(mail_failed=True)
    office.settle()
    assert "Not reached" not in shown(office, helen, application)
