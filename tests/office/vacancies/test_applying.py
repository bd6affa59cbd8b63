"""From the public page to working here: nothing is lost on the way, and nobody is let in too early."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.office import inviting
from secretariat.office.contracts import agreeing
from secretariat.office.models import Application, Contract, Invitation, Secretary, Step, TypingTest, Vacancy
from secretariat.office.pay import By, Term
from secretariat.office.profiles import typing
from secretariat.office.vacancies import applying, publishing, steps
from secretariat.outbox import effects
from secretariat.outbox.models import Effect
from secretariat.retention.rounds import end_what_is_over

PAGES = {
    "you": {
        "number": "+44 7700 900555",
        "zone": "Europe/London",
        "hours_week": "20",
        "from_on": "2027-01-04",
    },
    "work": {"languages": "English, first language", "experience": "Six years at a notary’s"},
    "home": {"room": "A room of my own", "equipment": "A laptop, a wired headset"},
    "references": {"referees": "Mr Brill, brill@notary.example"},
}


@pytest.fixture
def helen(office):
    office.clock_says("2026-11-24 10:30")
    return office.supervisor()


@pytest.fixture
def vacancy(helen):
    vacancy = Vacancy(title="Mornings", work="Calls", hours_from=15, hours_to=25, rate=Decimal("14.50"))
    publishing.write(vacancy, by=helen)
    return publishing.publish(vacancy, by=helen, at=clock.now())


@pytest.fixture
def nora():
    return Browser()


def begins(nora, vacancy) -> str:
    """She begins; the path of the link in her mail."""
    said = {"name": "Nora Quist", "email": "nora@quist.example"}
    assert nora.post(reverse("vacancy-apply", args=[vacancy.pk]), said).status_code == 303
    return link_of(Application.objects.get())


def link_of(application) -> str:
    return applying.address(application).removeprefix(settings.PUBLIC_BASE_URL)


def fills_in(nora, link, *names):
    for name in names or PAGES:
        assert nora.post(f"{link}pages/{name}/", PAGES[name]).status_code == 302


def sent(nora, vacancy) -> Application:
    link = begins(nora, vacancy)
    fills_in(nora, link)
    assert nora.post(f"{link}send/", {"agreed": "on"}).status_code == 302
    return Application.objects.get()


def test_left_half_way_and_gone_on_with_by_the_link_in_the_mail(vacancy, nora):
    begins(nora, vacancy)
    effect = Effect.objects.get(kind="office.application")
    assert applying.LINK in effect.payload["text"]  # no table holds what opens it
    link = link_of(Application.objects.get())
    fills_in(nora, link, "you")
    nora.post(f"{link}pages/work/", {"languages": "English", "later": "1"})
    assert nora.post(f"{link}pages/you/", {"number": "12"}).status_code == 422
    elsewhere = Browser()  # days later, on another computer
    page = elsewhere.get(link).content.decode()
    assert page.count("Filled in") == 1
    assert "English" in elsewhere.get(f"{link}pages/work/").content.decode()
    refused = elsewhere.post(f"{link}send/", {"agreed": "on"})
    assert refused.status_code == 422
    fills_in(elsewhere, link, "work", "home", "references")
    assert elsewhere.post(f"{link}send/").status_code == 422  # she has not agreed
    assert elsewhere.post(f"{link}send/", {"agreed": "on"}).status_code == 302
    application = Application.objects.get()
    assert (application.state, application.number, application.from_on) == (
        "sent",
        "+447700900555",
        date(2027, 1, 4),
    )
    assert WorkItem.objects.open().get(kind="office.application").subject_id == application.pk
    nora.post(f"{link}pages/work/", {"languages": "None"})
    application.refresh_from_db()
    assert application.languages == "English, first language"  # what was sent stays as it was


def test_whoever_begins_again_is_sent_her_link_and_nobody_learns_of_it(vacancy, nora):
    begins(nora, vacancy)
    clock_then = Application.objects.get().started_at
    again = begins(Browser(), vacancy)
    assert Application.objects.get().started_at == clock_then
    assert Effect.objects.filter(kind="office.application").count() == 1  # one link an hour
    assert Browser().get(again).status_code == 200


@pytest.mark.parametrize("spoilt", ["x", "AAAA.BBBB", "{}x", "é"])
def test_what_we_never_signed_opens_nothing(vacancy, nora, spoilt):
    link = begins(nora, vacancy)
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert nora.get(reverse("application", args=[spoilt.replace("{}", token)])).status_code == 404


def test_the_link_leaves_in_the_mail_alone(office, vacancy, nora):
    link = begins(nora, vacancy)
    office.settle()
    effect = Effect.objects.get(kind="office.application")
    assert effect.state == Effect.State.DONE
    assert link not in str(effect.payload)
    assert effects.handler(effect.kind).describe(effect) == "Word to somebody who applies"


def test_she_does_the_typing_test_before_she_has_a_sign_in(office, vacancy, nora, helen):
    application = sent(nora, vacancy)
    link = link_of(application)
    go = nora.post(f"{link}typing/").headers["Location"]
    office.passes(60)
    assert nora.post(go, {"typed": typing.PASSAGES[0][:200]}).status_code == 302
    assert TypingTest.objects.get().words_a_minute == 40
    assert (
        "40.0 correct words a minute"
        in office.browser(helen).get(reverse("applicant", args=[application.pk])).content.decode()
    )


def test_step_by_step_until_she_works_here(office, vacancy, nora, helen):
    application, firm = sent(nora, vacancy), office.browser(helen)

    def settles(kind, state="passed", note=""):
        address = reverse("applicant-step", args=[application.pk])
        return firm.post(address, {"kind": kind, "state": state, "note": note}).status_code

    def does(what):
        firm.post(reverse(f"applicant-{what}", args=[application.pk]))
        application.refresh_from_db()
        return application.state

    assert does("invite") == "sent"  # references, checks and typing come first
    assert settles("references", "failed") == 422  # why not
    assert settles("references", "failed", "Nobody answered") == 303
    assert settles("checks") == 303
    assert settles("typing", "left_out", "She typed for us for years") == 303
    assert does("invite") == "sent"
    assert settles("references", note="Mr Brill rang back") == 303
    assert does("invite") == "invited"
    invitation = Invitation.objects.get(subject_id=application.pk)
    assert does("engage") == "invited"
    assert settles("contract") == 422
    inviting.accept(invitation, at=clock.now(), name="Nora Quist", password="quite long enough")
    her = Secretary.objects.get(user__email="nora@quist.example")
    usual = dict.fromkeys(("rights", "obligations", "confidentiality", "breach"), "As agreed")
    draft = Contract(secretary=her, role="Secretary", duties="Calls", from_on=date(2026, 11, 1), **usual)
    offered = agreeing.write(draft, [Term(By.HOUR, Decimal("14.50"))], by=helen)
    offered = agreeing.offer(offered, by=helen, at=clock.now())
    signing = {"name": "Nora Quist", "sha256": offered.sha256, "at": clock.now()}
    agreeing.accept(offered, by=her.user, **signing)
    agreeing.countersign(offered, by=helen, **signing)
    assert settles("contract") == 303
    for kind in ("terms", "home", "practice"):
        assert settles(kind) == 303
    assert does("engage") == "invited"
    assert settles("first_calls") == 303
    assert does("engage") == "engaged"
    assert application.secretary == her
    assert {each.kind for each in Step.objects.all()} == set(Step.Kind)
    assert not WorkItem.objects.open().filter(kind="office.application").exists()
    assert "You work here" in nora.get(link_of(application)).content.decode()


def test_a_refusal_is_written_in_the_firms_words_and_shuts_the_invitation(office, vacancy, nora, helen):
    application = sent(nora, vacancy)
    for kind in steps.BEFORE_JOINING:
        steps.settle(application, kind, state="passed", note="", by=helen, at=clock.now())
    steps.invite(application, by=helen, at=clock.now())
    firm = office.browser(helen)
    refuse = reverse("applicant-refuse", args=[application.pk])
    assert firm.post(refuse, {"words": ""}).status_code == 422
    assert firm.post(refuse, {"words": "We have chosen somebody else."}).status_code == 303
    firm.post(refuse, {"words": "Once more"})
    letters = Effect.objects.filter(kind="office.application", key__contains="refused")
    assert [each.payload["text"] for each in letters] == ["We have chosen somebody else."]
    assert not inviting.is_open(Invitation.objects.get(subject_id=application.pk))
    assert "We have chosen somebody else." in nora.get(link_of(application)).content.decode()
    page = firm.get(reverse("applicants")).content.decode()
    assert "Nora Quist" not in page
    found = firm.get(reverse("applicants"), {"state": "refused", "q": "nora@"}).content.decode()
    assert "Nora Quist" in found


def test_what_came_to_nothing_is_deleted_after_half_a_year(office, vacancy, nora, helen):
    application = sent(nora, vacancy)
    applying.withdraw(application, at=clock.now())
    office.clock_says("2027-05-20 10:30")
    end_what_is_over()
    assert Application.objects.count() == 1
    office.clock_says("2027-05-28 10:30")
    while end_what_is_over():
        pass
    assert not Application.objects.exists()
