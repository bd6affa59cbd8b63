"""Between joining and working here: what she said goes with her, nothing but training is hers, and whoever is
refused, or goes, works here no more."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse

from clients import suggesting, team
from clients.models import Assignment
from secretariat import clock
from secretariat.office import inviting, presence
from secretariat.office.contracts import agreeing, holding
from secretariat.office.models import (
    Claim,
    Contract,
    Invitation,
    PlannedShift,
    Presence,
    Profile,
    Secretary,
    SecretaryLanguage,
    Step,
    TypingTest,
    User,
)
from secretariat.office.pay import By, Term
from secretariat.office.profiles import suiting, typing
from secretariat.office.rota import planning, rules, taking
from secretariat.office.vacancies import applying, carried, for_her, steps
from secretariat.outbox.models import Effect

from .test_applying import link_of, sent

WORDS = dict.fromkeys(("duties", "rights", "obligations", "confidentiality", "breach"), "As agreed")


def settled(application, helen, *kinds):
    for kind in kinds:
        steps.settle(application, kind, state="passed", note="Seen", by=helen, at=clock.now())


def joined(application, helen) -> Secretary:
    settled(application, helen, *steps.BEFORE_JOINING)
    steps.invite(application, by=helen, at=clock.now())
    invitation = Invitation.objects.get(subject_id=application.pk)
    inviting.accept(invitation, at=clock.now(), name="Nora Quist", password="quite long enough")
    application.refresh_from_db()
    return application.secretary


def signed(her, helen, **facts) -> Contract:
    usual = {"role": "Secretary", "from_on": date(2026, 11, 1)} | WORDS
    draft = agreeing.write(
        Contract(secretary=her, **usual | facts), [Term(By.HOUR, Decimal("14.50"))], by=helen
    )
    offered = agreeing.offer(draft, by=helen, at=clock.now())
    signing = {"name": "Nora Quist", "sha256": offered.sha256, "at": clock.now()}
    agreeing.accept(offered, by=her.user, **signing)
    return agreeing.countersign(offered, by=helen, **signing)


def starts(her):
    return presence.start_shift(her, line="browser", at=clock.now(), declared=True)


@pytest.fixture
def application(vacancy, nora):
    return sent(nora, vacancy)


@pytest.fixture
def her(application, helen):
    return joined(application, helen)


@pytest.fixture
def at_work(office, application, her, helen):
    """She takes her first calls: her contract holds, she is on a team, and her next shift is planned."""
    contract, okafor = signed(her, helen), office.client("Okafor Legal")
    settled(application, helen, *for_her.BEFORE_CALLS)
    team.assign(her, okafor.row, by=helen, at=clock.now())
    PlannedShift.objects.create(
        secretary=her,
        starts_at="2026-11-26T09:00Z",
        ends_at="2026-11-26T17:00Z",
        zone="Europe/London",
        state="published",
        published_at=clock.now(),
    )
    steps.accompany(application, helen, by=helen, at=clock.now())
    assert starts(her)
    return contract


@pytest.mark.parametrize("who", ["she", "the firm"])
def test_whoever_goes_while_she_learns_works_here_no_more_from_that_moment(
    office, application, her, helen, nora, at_work, who
):
    if who == "she":
        address = reverse("application-withdraw", args=[applying.token(application)])
        assert nora.post(address).status_code == 302
    else:
        said = {"words": "We have chosen somebody else."}
        office.browser(helen).post(reverse("applicant-refuse", args=[application.pk]), said)
    her.refresh_from_db()
    at_work.refresh_from_db()
    assert Presence.objects.get(secretary=her).state == Presence.State.OFF
    with pytest.raises(presence.NotNow, match="You do not work here"):
        starts(her)
    assert office.browser(her).get(reverse("desk")).status_code == 404
    assert (at_work.until_on, at_work.closed_at) == (date(2026, 11, 24), clock.now())  # paid for what she did
    assert "application" in at_work.ended_because
    assert at_work.handed_over == [
        "Her shift is open: Thu 26 Nov 09:00–17:00",
        "Off the team of Okafor Legal",
    ]
    assert not Assignment.objects.filter(secretary=her, until_at=None).exists()
    assert office.browser(her).get(reverse("my-contract")).status_code == 200


def test_what_was_offered_or_has_not_begun_never_holds(application, her, helen):
    later = signed(her, helen, from_on=date(2026, 12, 1))
    applying.withdraw(application, at=clock.now())
    later.refresh_from_db()
    assert later.state == Contract.State.WITHDRAWN
    assert holding.of(her, date(2026, 12, 2)) is None


def test_while_something_is_open_she_is_planned_with_a_word_and_takes_no_shift_herself(
    office, application, her, helen
):
    shift = rules.stretch(date(2026, 12, 1), time(9), time(17), her.zone)
    open_one = planning.add(secretary=None, stretch=shift, by=helen, at=clock.now())
    planning.publish(date(2026, 11, 30), by=helen, at=clock.now())
    assert not Effect.objects.filter(kind="office.rota_word").exists()
    with pytest.raises(planning.Refused, match="She is still in training; open before her first shift: Cont"):
        taking.take(open_one, her, at=clock.now())
    later = rules.stretch(date(2026, 12, 2), time(9), time(17), her.zone)
    assert planning.add(secretary=her, stretch=later, by=helen, at=clock.now()).despite == ""
    signed(her, helen)
    settled(application, helen, *for_her.BEFORE_CALLS)
    assert taking.take(open_one, her, at=clock.now()).secretary == her


def test_during_a_call_she_is_not_refused(application, her, helen, at_work):
    Presence.objects.filter(secretary=her).update(state=Presence.State.ON_CALL)
    with pytest.raises(applying.NotNow, match="call just now"):
        steps.refuse(application, words="No.", by=helen, at=clock.now())
    application.refresh_from_db()
    assert application.state == "invited"
    assert Assignment.objects.filter(secretary=her, until_at=None).exists()


def test_whoever_works_here_and_asks_for_other_work_goes_on_whatever_becomes_of_it(
    office, vacancy, nora, helen
):
    office.clock_says("2026-11-20 09:00")
    mara = office.secretary("Mara")
    User.objects.filter(pk=mara.user_id).update(email="nora@quist.example", last_login=clock.now())
    office.clock_says("2026-11-24 10:30")
    application = sent(nora, vacancy)
    settled(application, helen, *steps.BEFORE_JOINING)
    steps.invite(application, by=helen, at=clock.now())
    invitation = Invitation.objects.get(subject_id=application.pk)
    inviting.accept(invitation, at=clock.now(), signed_in=User.objects.get(pk=mara.user_id))
    application.refresh_from_db()
    assert application.secretary == mara
    assert for_her.why_no_shift(mara) == ""
    steps.refuse(application, words="Not this time.", by=helen, at=clock.now())
    mara.refresh_from_db()
    assert mara.is_engaged
    assert starts(mara)


def test_invited_once_more_she_is_let_in_again(office, vacancy, helen, application, her, at_work):
    applying.withdraw(application, at=clock.now())
    office.clock_says("2026-12-20 10:30")
    again = sent_of(vacancy)
    settled(again, helen, *steps.BEFORE_JOINING)
    steps.invite(again, by=helen, at=clock.now())
    invitation = Invitation.objects.get(subject_id=again.pk)
    inviting.accept(invitation, at=clock.now(), signed_in=her.user)
    her.refresh_from_db()
    assert her.is_engaged
    assert for_her.why_no_shift(her).startswith("Contract, ")


def sent_of(vacancy):
    at = clock.now()
    made = applying.begin(vacancy, name="Nora Quist", email="nora@quist.example", at=at)
    said = {"number": "+447700900555", "zone": "Europe/London", "hours_week": 20, "from_on": date(2027, 1, 4)}
    said |= {"languages": "English", "experience": "Six years", "room": "Mine", "equipment": "A laptop"}
    applying.keep(made, at=at, referees="Mr Brill", **said)
    return applying.send(made, agreed=True, at=at)


def test_what_she_said_when_she_applied_is_not_asked_twice(office, nora, helen, application):
    application.__class__.objects.filter(pk=application.pk).update(
        zone="America/New_York", languages="English, first language; French B2 and some Dutch"
    )
    application.refresh_from_db()
    go = nora.post(f"{link_of(application)}typing/").headers["Location"]
    office.passes(60)
    TypingTest.objects.update(passage=0)
    nora.post(go, {"typed": typing.PASSAGES[0][:200]})
    her = joined(application, helen)
    her.refresh_from_db()
    assert (her.zone, her.user.zone) == ("America/New_York", "America/New_York")
    assert (her.home_number, her.rings_at_home) == ("+447700900555", False)  # it has not answered yet
    assert TypingTest.objects.get().secretary == her
    assert "40.0" in office.browser(her).get(reverse("my-profile")).content.decode()
    profile = Profile.objects.get(secretary=her)
    assert (profile.about, profile.hours_to, profile.is_public) == ("Six years at a notary’s", 20, False)
    named = {(each.language, each.level) for each in Claim.objects.filter(secretary=her)}
    assert named == {("en", 7), ("fr", 4)}
    assert not SecretaryLanguage.objects.filter(secretary=her).exists()  # the firm says what counts
    page = office.browser(helen).get(reverse("applicant", args=[application.pk])).content.decode()
    assert "40.0 correct words a minute" in page
    go = nora.post(f"{link_of(application)}typing/").headers["Location"]  # by her link, once more
    assert nora.get(go).status_code == 200


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("English, first language", [("en", 7)]),
        ("english C2, Français (b1)", [("en", 6), ("fr", 3)]),
        ("English", []),
        ("C1 German/Spanish A2", [("de", 5), ("es", 2)]),
        ("I can speak some languages", []),
        ("", []),
    ],
)
def test_languages_are_read_where_a_level_is_said(words, found):
    assert carried.languages_in(words) == found


def test_in_training_she_is_given_nothing_but_her_first_calls(office, application, her, helen):
    SecretaryLanguage.objects.create(secretary=her, language="en", level=7)
    okafor = office.client("Okafor Legal")

    def barred(**facts) -> str:
        [person] = suiting.people([her], at=clock.now(), **facts)
        return person.barred

    assert "Practice calls, First supervised calls" in barred()
    [match] = suggesting.matches(okafor.row, at=clock.now())
    assert not match.fits
    settled(application, helen, Step.Kind.TERMS, Step.Kind.HOME, Step.Kind.PRACTICE)
    signed(her, helen)
    settled(application, helen, Step.Kind.CONTRACT)
    assert barred() == "she is in training; still open: First supervised calls"
    assert barred(learning=True) == ""
    [match] = suggesting.matches(okafor.row, at=clock.now())
    assert match.fits
    settled(application, helen, Step.Kind.FIRST_CALLS)
    steps.engage(application, by=helen, at=clock.now())
    assert barred() == ""
