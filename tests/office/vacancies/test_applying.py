"""From the public page to working here: nothing is lost on the way, and nobody is let in too early."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.office import inviting, presence
from secretariat.office.contracts import agreeing
from secretariat.office.models import (
    Application,
    Contract,
    Invitation,
    Secretary,
    Step,
    TypingTest,
    User,
)
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
    TypingTest.objects.update(passage=0)
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
        assert settles(kind) == 422  # nothing shows that it is done, and nobody says why it counts
        assert settles(kind, note="I saw it done") == 303
    assert does("engage") == "invited"
    assert settles("first_calls", note="I listened to five") == 303
    assert does("engage") == "engaged"
    assert application.secretary == her
    assert {each.kind for each in Step.objects.all()} == set(Step.Kind)
    assert not WorkItem.objects.open().filter(kind="office.application").exists()
    assert "You work here" in nora.get(link_of(application)).content.decode()


def test_a_refusal_is_written_in_the_firms_words_and_shuts_the_invitation(office, vacancy, nora, helen):
    application = sent(nora, vacancy)
    for kind in steps.BEFORE_JOINING:
        steps.settle(application, kind, state="passed", note="Seen", by=helen, at=clock.now())
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


def test_whoever_takes_it_back_before_she_has_joined_joins_no_more(vacancy, nora, helen):
    application = sent(nora, vacancy)
    for kind in steps.BEFORE_JOINING:
        steps.settle(application, kind, state="passed", note="Seen", by=helen, at=clock.now())
    steps.invite(application, by=helen, at=clock.now())
    link = reverse("join", args=[inviting.token(Invitation.objects.get(subject_id=application.pk))])
    assert nora.get(link).status_code == 200
    assert nora.post(reverse("application-withdraw", args=[applying.token(application)])).status_code == 302
    password = "a kettle of fish in Bergen"
    joins = nora.post(link, {"name": "Nora Quist", "password": password, "again": password})
    assert joins.status_code == 410
    assert "was taken back" in joins.content.decode()
    assert not Secretary.objects.exists()


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


def test_what_is_typed_is_kept_before_she_has_gone_on(vacancy, nora):
    link = begins(nora, vacancy)
    draft = f"{link}pages/you/draft/"
    kept = nora.post(draft, {"number": "+44 77", "hours_week": "20"})
    assert (kept.status_code, kept.json()["saved"]) == (200, "10:30:00")
    page = Browser().get(f"{link}pages/you/").content.decode()
    assert f'data-draft-url="{draft}" data-revision="{kept.json()["revision"]}"' in page
    application = Application.objects.get()
    assert (application.hours_week, application.number) == (20, "")  # half a number is no number
    nora.post(draft, {"number": "+44 7700 900555", "hours_week": "20"})
    nora.post(draft, {"number": "+44 7700 90055512345678", "hours_week": "21"})
    application.refresh_from_db()
    assert (application.hours_week, application.number) == (21, "+447700900555")
    assert nora.post(f"{link}pages/nowhere/draft/", {}).status_code == 410
    fills_in(nora, link)
    nora.post(f"{link}send/", {"agreed": "on"})
    assert nora.post(draft, {"hours_week": "40"}).status_code == 410
    application.refresh_from_db()
    assert application.hours_week == 20


def test_a_lost_link_comes_again_to_the_address_alone_whatever_became_of_the_vacancy(
    office, vacancy, nora, helen
):
    application, find = sent(nora, vacancy), reverse("application-find")
    publishing.close(vacancy, by=helen, at=clock.now())
    anybody = Browser()
    assert find in anybody.get(reverse("vacancies")).content.decode()
    assert anybody.post(find, {"email": "nora at quist"}).status_code == 422

    def links() -> int:
        return Effect.objects.filter(kind="office.application", key__contains=":link:").count()

    assert links() == 1
    told = [
        anybody.post(find, {"email": email}, follow=True)
        for email in ("NORA@quist.example", "no@one.example")
    ]
    hers, nobodys = (each.content.decode().partition("<main")[2].partition("</main>")[0] for each in told)
    assert hers == nobodys
    assert "If somebody has applied with this address" in hers
    assert links() == 1  # one link an hour
    office.is_later(3601)
    anybody.post(find, {"email": "NORA@quist.example"})
    assert links() == 2
    steps.refuse(application, words="Not this time.", by=helen, at=clock.now())
    office.is_later(3601)
    anybody.post(find, {"email": application.email})
    office.settle()
    newest = Effect.objects.filter(key__contains=":link:").order_by("pk").last()
    assert (newest.state, newest.payload["to"]) == (Effect.State.DONE, "nora@quist.example")
    assert "how your application for “Mornings” stands" in newest.payload["text"]
    assert "Not this time." in nora.get(link_of(application)).content.decode()


def test_whoever_tries_addresses_is_let_go(vacancy):
    find, anybody = reverse("application-find"), Browser()
    answers = [anybody.post(find, {"email": f"a{n}@b.example"}).status_code for n in range(21)]
    assert (answers[19], answers[20]) == (303, 429)


def test_she_reads_what_is_settled_and_takes_no_call_before_the_steps_that_come_first(
    office, vacancy, nora, helen
):
    application = sent(nora, vacancy)
    link, at = link_of(application), clock.now()
    assert nora.get(link).content.decode().count("To come") == len(Step.Kind)

    def settled(*kinds, state="passed", note="I saw it"):
        for kind in kinds:
            steps.settle(application, kind, state=state, note=note, by=helen, at=at)

    settled("references", note="Mr Brill hesitated")
    settled("checks", state="failed", note="The paper had run out")
    page = nora.get(link).content.decode()
    assert (page.count("Done"), page.count("Not yet"), page.count("To come")) == (1, 1, 6)
    assert "Brill hesitated" not in page
    assert "had run out" not in page
    settled("checks")
    settled("typing", state="left_out", note="She typed for us for years")
    steps.invite(application, by=helen, at=at)
    invitation = Invitation.objects.get(subject_id=application.pk)
    user = inviting.accept(invitation, at=at, name="Nora Quist", password="quite long enough")
    application.refresh_from_db()
    assert application.secretary.user == user
    assert user.roles.applicant
    desk = office.browser(application.secretary)
    mine = desk.get(reverse("my-application")).content.decode()
    assert (mine.count("Done"), mine.count("Not needed"), mine.count("To come")) == (2, 1, 5)
    assert reverse("my-application") in desk.get(reverse("my-profile")).content.decode()

    def starts():
        return presence.start_shift(application.secretary, line="browser", at=at, declared=True)

    still = "Contract, Confidentiality terms, Home office and line test, Practice calls"
    with pytest.raises(presence.NotNow, match=f"still open: {still}"):
        starts()
    settled("contract", state="left_out", note="She works on trial")
    settled("terms", "home")
    settled("practice", state="failed", note="Once more")
    with pytest.raises(presence.NotNow, match="still open: Practice calls"):
        starts()
    settled("practice")
    with pytest.raises(presence.NotNow, match="somebody must be there whom you can ask"):
        starts()
    steps.accompany(application, helen, by=helen, at=at)
    assert starts()  # her first calls
    settled("first_calls")
    steps.engage(application, by=helen, at=at)
    assert not User.objects.get(pk=user.pk).roles.applicant
    assert Effect.objects.filter(kind="office.application", key__contains=":engaged:").count() == 1
    assert (
        "Works here" in office.browser(application.secretary).get(reverse("my-application")).content.decode()
    )


def test_whoever_never_applied_is_no_applicant(office, helen):
    priya = office.secretary("Priya", ready=False)
    assert not priya.user.roles.applicant
    page = office.browser(priya).get(reverse("my-application")).content.decode()
    assert "You did not come by an application" in page
    assert presence.start_shift(priya, line="browser", at=clock.now(), declared=True)
