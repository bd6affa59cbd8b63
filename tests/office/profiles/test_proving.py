"""What is required holds everywhere; what proves it is checked, expires, and is warned of."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls import situation
from calls.models import Offer
from clients import team
from clients.models import Assignment, Client, ClientRequirement, WorkItem
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.media.models import MediaFile
from secretariat.office import presence
from secretariat.office.models import (
    Certificate,
    Claim,
    Firm,
    FirmRequirement,
    PlannedShift,
    Secretary,
    SecretaryLanguage,
    SecretarySkill,
    Skill,
    Training,
    TypingTest,
)
from secretariat.office.profiles import proving, qualifications, suiting
from secretariat.office.rota import planning, rules, swapping, taking
from secretariat.outbox.models import Effect


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor, ready=False)


@pytest.fixture
def helen(office):
    return office.supervisor()


@pytest.fixture
def first_aid(okafor):
    return Training.objects.create(name="Data protection", kind="other")


def paper(training, **facts) -> dict:
    usual = {"training": training.pk, "issued_by": "Law school", "issued_on": "2025-01-10"}
    file = SimpleUploadedFile("paper.pdf", b"%PDF-1.4 seen", content_type="application/pdf")
    return usual | {"paper": file} | facts


def held(priya, training, helen, *, until=None) -> Certificate:
    made = proving.hand_in(
        priya,
        training=training,
        issued_by="Law school",
        issued_on=date(2025, 1, 10),
        expires_on=until,
        paper=None,
        content_type="",
        at=clock.now(),
    )
    return proving.check(made, by=helen, at=clock.now())


def shift_on(day) -> rules.Stretch:
    return rules.stretch(day, time(9), time(13), "Europe/London")


def test_a_paper_is_handed_in_seen_by_the_firm_alone_and_counts_once_it_is_checked(
    office, okafor, priya, helen, first_aid
):
    hers, firm, owner = office.browser(priya), office.browser(helen), office.browser(okafor.owner)
    refused = hers.post(reverse("my-certificate"), paper(first_aid, paper=SimpleUploadedFile("a.pdf", b"MZ")))
    assert refused.status_code == 422
    assert "Law school" in refused.content.decode()  # nothing typed is lost
    assert hers.post(reverse("my-certificate"), paper(first_aid)).status_code == 303
    certificate = Certificate.objects.get()
    address = reverse("media-file", args=[certificate.media_id])
    stranger = office.secretary("Maya", okafor)
    assert [browser.get(address).status_code for browser in (hers, firm)] == [200, 200]
    assert [browser.get(address).status_code for browser in (owner, office.browser(stranger))] == [404, 404]
    assert WorkItem.objects.open().filter(kind="office.certificate").count() == 1
    FirmRequirement.objects.create(training=first_aid)
    with pytest.raises(presence.NotNow, match="Data protection"):
        presence.start_shift(priya, line="browser", at=clock.now(), declared=True)
    answer = reverse("certificate-answer", args=[certificate.pk])
    assert firm.post(answer, {"answer": "no"}).status_code == 422  # she is told why
    assert firm.post(answer, {"answer": "yes"}).status_code == 303
    certificate.refresh_from_db()
    assert (certificate.state, certificate.checked_by) == ("checked", helen)
    assert not WorkItem.objects.open().filter(kind="office.certificate").exists()
    assert presence.start_shift(priya, line="browser", at=clock.now(), declared=True)


def test_what_nobody_has_looked_at_she_may_take_back_with_its_file(office, priya, first_aid):
    hers = office.browser(priya)
    hers.post(reverse("my-certificate"), paper(first_aid))
    certificate = Certificate.objects.get()
    assert hers.post(reverse("my-certificate-end", args=[certificate.pk])).status_code == 303
    assert not Certificate.objects.exists()
    assert MediaFile.objects.get(pk=certificate.media_id).deleted_at


def test_a_check_is_taken_back_with_a_reason_and_the_paper_counts_no_longer(
    office, okafor, priya, helen, first_aid
):
    hers, firm = office.browser(priya), office.browser(helen)
    FirmRequirement.objects.create(training=first_aid)
    for issued in ("2024-01-10", "2025-01-10"):
        hers.post(reverse("my-certificate"), paper(first_aid, issued_on=issued))
    older, certificate = Certificate.objects.order_by("issued_on")
    Certificate.objects.filter(pk=older.pk).update(expires_on=date(2027, 1, 10))
    address = reverse("certificate-answer", args=[certificate.pk])
    for each in (older, certificate):
        firm.post(reverse("certificate-answer", args=[each.pk]), {"answer": "yes"})
    older.refresh_from_db()
    assert older.state == "replaced"
    assert "Take the check back" in firm.get(reverse("profile", args=[priya.pk])).content.decode()
    assert firm.post(address, {"answer": "no", "words": "Late"}).status_code == 303  # somebody's older page
    certificate.refresh_from_db()
    assert certificate.state == "checked"
    assert firm.post(address, {"answer": "back"}).status_code == 422
    assert firm.post(address, {"answer": "back", "words": "The school revoked it"}).status_code == 303
    certificate.refresh_from_db()
    older.refresh_from_db()
    assert (certificate.state, certificate.answer) == ("refused", "The school revoked it")
    assert older.state == "checked"  # it was checked, and gave way to what does not count any more
    firm.post(reverse("certificate-answer", args=[older.pk]), {"answer": "back", "words": "The same school"})
    [her] = situation.candidates(okafor.row)
    assert her.papers_missing == ("Data protection",)
    assert "The school revoked it" in hers.get(reverse("my-profile")).content.decode()
    [mail] = Effect.objects.filter(kind="office.certificate", subject_id=certificate.pk)
    assert mail.payload["to"] == priya.user.email
    assert "The school revoked it" not in mail.payload["text"]  # why stands on her page
    assert LedgerEntry.objects.filter(
        verb="office.certificate.taken_back", subject_id=str(certificate.pk), actor_id=helen.pk
    ).exists()


def test_nobody_checks_her_own_paper(priya, first_aid):
    made = proving.hand_in(
        priya,
        training=first_aid,
        issued_by="Law school",
        issued_on=date(2025, 1, 10),
        expires_on=None,
        paper=None,
        content_type="",
        at=clock.now(),
    )
    with pytest.raises(proving.NotNow):
        proving.check(made, by=priya.user, at=clock.now())


def test_what_the_firm_requires_is_asked_of_every_shift_until_the_paper_expires(
    office, okafor, priya, helen, first_aid
):
    FirmRequirement.objects.create(training=first_aid)
    december = date(2026, 12, 1)
    facts = {"secretary": priya, "by": helen, "at": clock.now()}
    with pytest.raises(planning.Refused, match="Data protection") as refusal:
        planning.add(stretch=shift_on(december), despite="Only this once", **facts)
    assert not refusal.value.gives_way
    held(priya, first_aid, helen, until=december)
    planning.add(stretch=shift_on(december), **facts)
    with pytest.raises(planning.Refused, match="has expired"):
        planning.add(stretch=shift_on(date(2026, 12, 2)), **facts)
    open_shift = planning.add(secretary=None, stretch=shift_on(date(2026, 12, 3)), by=helen, at=clock.now())
    PlannedShift.objects.filter(pk=open_shift.pk).update(state="published", published_at=clock.now())
    with pytest.raises(planning.Refused, match="has expired"):
        taking.take(open_shift, priya, at=clock.now())


def test_a_swap_gives_no_shift_to_whoever_lacks_what_is_required(office, okafor, priya, helen, first_aid):
    maya, december = office.secretary("Maya", okafor, ready=False), date(2026, 12, 1)
    held(priya, first_aid, helen)
    FirmRequirement.objects.create(training=first_aid)
    gives = planning.add(secretary=priya, stretch=shift_on(december), by=helen, at=clock.now())
    planning.publish(rules.monday_of(december), by=helen, at=clock.now())
    gives.refresh_from_db()
    assert swapping.choices(gives, at=clock.now()) == []
    held(maya, first_aid, helen, until=december)
    [choice] = swapping.choices(gives, at=clock.now())
    swap = swapping.propose(gives, choice, by=priya, at=clock.now())
    swapping.accept(swap, by=maya, at=clock.now())
    Certificate.objects.filter(secretary=maya).update(expires_on=date(2026, 11, 30))  # it was read wrongly
    desk = office.browser(helen)
    assert "Data protection" in desk.get(reverse("rota-asked")).content.decode()
    answer = {"answer": "yes", "words": "She has it somewhere"}  # no reason will do
    assert desk.post(reverse("rota-answer-swap", args=[swap.pk]), answer).status_code == 422
    gives.refresh_from_db()
    assert gives.secretary == priya


def test_the_week_says_of_a_planned_shift_that_its_certificate_has_expired_meanwhile(
    office, okafor, priya, helen, first_aid
):
    FirmRequirement.objects.create(training=first_aid)
    certificate = held(priya, first_aid, helen)
    planning.add(secretary=priya, stretch=shift_on(date(2026, 12, 2)), by=helen, at=clock.now())
    desk, week = office.browser(helen), f"{reverse('rota')}?week=2026-11-30"
    assert "has expired" not in desk.get(week).content.decode()
    Certificate.objects.filter(pk=certificate.pk).update(expires_on=date(2026, 12, 1))
    assert "has expired" in desk.get(week).content.decode()


def test_a_call_rings_only_where_what_the_client_requires_is_held(office, okafor, helen, first_aid):
    priya = office.secretary("Priya", okafor)
    ClientRequirement.objects.create(client=okafor.row, training=first_aid)
    ClientRequirement.objects.create(client=okafor.row, language="fr-CH", level=4)

    def judged() -> str:
        [her] = situation.candidates(okafor.row)
        return her.why_not()

    assert judged() == "she lacks what is required: Data protection, Swiss French B2" or "French" in judged()
    assert "Data protection" in judged()
    held(priya, first_aid, helen, until=date(2026, 11, 30))
    assert "Data protection" not in judged()
    french = SecretaryLanguage.objects.create(secretary=priya, language="fr", level=4)
    assert "French" in judged()  # there is only her word for it
    [needed] = map(qualifications.need, okafor.row.requirements.filter(training=None))
    lacks = qualifications.why_not(priya, date(2026, 11, 24), needs=[needed])
    assert "nobody has checked hers" in lacks
    french.how = SecretaryLanguage.How.SPOKEN
    french.save()
    assert qualifications.why_not(priya, date(2026, 11, 24), needs=[needed]) == ""
    assert judged() == ""
    office.clock_says("2026-12-01 10:30")
    assert "Data protection" in judged()


def test_on_its_last_day_she_is_offered_calls_and_on_the_next_none(office, okafor, helen, first_aid):
    priya = office.secretary("Priya", okafor)
    ClientRequirement.objects.create(client=okafor.row, training=first_aid)
    held(priya, first_aid, helen, until=date(2026, 11, 24))

    def offered_at(text) -> bool:
        office.clock_says(text)
        before = Offer.objects.count()
        leg = office.rings(okafor)
        rang = Offer.objects.count() > before
        office.hangs_up(leg)
        office.settle()
        return rang

    assert offered_at("2026-11-24 10:31")
    assert offered_at("2026-11-24 16:59")
    Secretary.objects.filter(pk=priya.pk).update(zone="Pacific/Auckland")
    assert not offered_at("2026-11-24 16:59:30")  # where she lives it is the next day
    Secretary.objects.filter(pk=priya.pk).update(zone="Europe/London")
    assert not offered_at("2026-11-25 09:01")
    held(priya, first_aid, helen, until=date(2027, 11, 24))
    assert offered_at("2026-11-25 09:02")


@pytest.mark.parametrize(
    ("zone", "at", "over"),
    [
        ("Europe/London", "2026-11-24 13:30", False),
        ("Pacific/Auckland", "2026-11-24 13:30", True),
        ("America/Los_Angeles", "2026-11-25 02:00", False),
        ("America/Los_Angeles", "2026-11-25 09:00", True),
    ],
)
def test_the_firm_reads_that_a_paper_is_over_when_it_is_where_she_lives(
    office, priya, helen, first_aid, zone, at, over
):
    FirmRequirement.objects.create(training=first_aid)
    held(priya, first_aid, helen, until=date(2026, 11, 24))
    Secretary.objects.filter(pk=priya.pk).update(zone=zone)
    office.clock_says(at)
    firm = office.browser(helen)
    for page in (reverse("profiles"), reverse("profile", args=[priya.pk])):
        words = firm.get(page).content.decode()
        assert ("Her certificate “Data protection” has expired." in words) is over


def test_nobody_is_put_on_a_team_without_what_the_client_requires(office, okafor, helen, first_aid):
    maya = office.secretary("Maya")
    ClientRequirement.objects.create(client=okafor.row, training=first_aid)
    firm = office.browser(helen)
    page = reverse("team-suggest", args=[okafor.row.pk])
    assert "lacks what is required: Data protection" in firm.get(page).content.decode().replace("She", "she")
    said = {"secretary": str(maya.pk), "turn": "own"}
    firm.post(reverse("team-assign", args=[okafor.row.pk]), said)
    assert not Assignment.objects.filter(secretary=maya).exists()
    with pytest.raises(team.NotNow, match="Data protection"):
        team.assign(maya, okafor.row, by=helen, at=clock.now())
    held(maya, first_aid, helen)
    assert firm.post(reverse("team-assign", args=[okafor.row.pk]), said).status_code == 303
    assert Assignment.objects.get(secretary=maya, until_at=None).turn == "own"


def test_thirty_days_before_it_expires_she_and_the_firm_are_told_once(office, priya, helen, first_aid):
    certificate = held(priya, first_aid, helen, until=date(2026, 12, 25))
    assert proving.warn(at=clock.now()) == 0
    office.clock_says("2026-11-25 08:00")
    assert proving.warn(at=clock.now()) == 1
    assert proving.warn(at=clock.now()) == 0
    mail = Effect.objects.get(kind="office.certificate")
    assert mail.payload["to"] == priya.user.email
    assert "25 December 2026" in mail.payload["text"]
    assert WorkItem.objects.open().get(kind="office.expiring").subject_id == certificate.pk
    newer = held(priya, first_aid, helen, until=date(2028, 12, 25))
    certificate.refresh_from_db()
    assert (certificate.state, newer.state) == ("replaced", "checked")
    assert not WorkItem.objects.open().filter(kind="office.expiring").exists()


def test_the_thirty_days_are_those_of_her_own_calendar(priya, helen, first_aid):
    held(priya, first_aid, helen, until=date(2026, 12, 25))
    priya.zone = "Pacific/Auckland"  # where it is the 25th from 11:00 in London on
    priya.save()
    before, after = (datetime(2026, 11, 24, hour, 30, tzinfo=UTC) for hour in (10, 11))
    assert proving.warn(at=before) == 0
    assert proving.warn(at=after) == 1


def test_what_she_names_counts_once_the_firm_says_how_it_knows(office, priya, helen):
    excel = Skill.objects.create(name="Excel")
    hers, firm = office.browser(priya), office.browser(helen)
    named = {"skill": excel.pk, "skill_level": "2", "evidence": "Six years at a notary’s"}
    assert hers.post(reverse("my-skill"), named).status_code == 303
    assert hers.post(reverse("my-skill"), named).status_code == 422  # it waits already
    hers.post(reverse("my-language"), {"language": "fr", "level": "5"})
    assert not SecretarySkill.objects.exists()
    skill, language = Claim.objects.get(skill=excel), Claim.objects.get(language="fr")
    firm.post(reverse("claim-answer", args=[skill.pk]), {"answer": "yes", "how": "work"})
    firm.post(reverse("claim-answer", args=[language.pk]), {"answer": "no", "words": "Ring me in French"})
    known = SecretarySkill.objects.get()
    assert (known.skill, known.how, known.checked_by) == (excel, "work", helen)
    assert not SecretaryLanguage.objects.filter(language="fr").exists()
    page = hers.get(reverse("my-profile")).content.decode()
    assert "By work we have seen" in page
    assert "Ring me in French" in page


def test_the_typing_test_runs_by_our_clock_and_is_handed_in_once(office, priya):
    hers = office.browser(priya)
    begun = hers.post(reverse("my-typing"))
    TypingTest.objects.update(passage=0)  # each begins with another
    test = TypingTest.objects.get()
    assert begun.headers["Location"] == reverse("my-typing-go", args=[test.pk])
    passage = proving.passage_of(test)
    assert passage[:40] in hers.get(begun.headers["Location"]).content.decode()
    office.passes(60)
    hers.post(begun.headers["Location"], {"typed": passage[:250]})
    test.refresh_from_db()
    assert (test.seconds, test.words_a_minute, test.accuracy) == (60, 50, 100)
    hers.post(begun.headers["Location"], {"typed": passage})
    test.refresh_from_db()
    assert test.words_a_minute == 50
    page = hers.get(reverse("my-typing")).content.decode()
    assert "50.0 correct words a minute" in page
    again = proving.begin_typing(priya, at=clock.now())
    assert proving.passage_of(again) != passage
    proving.end_typing(again, "Too short", at=clock.now() + timedelta(seconds=40))
    assert proving.typing_of(priya).newest == test  # what does not count changes nothing
    assert proving.typing_of(priya).goes == 2


def test_a_language_is_its_whole_code_and_not_its_first_letters(office, okafor):
    priya = office.secretary("Priya", okafor)
    Client.objects.filter(pk=okafor.row.pk).update(language="ka", level_needed=4)
    SecretaryLanguage.objects.create(secretary=priya, language="kab", level=7)
    ClientRequirement.objects.create(client=okafor.row, language="ka", level=4)
    [her] = situation.candidates(okafor.row)
    assert (her.level, len(her.papers_missing)) == (0, 1)
    SecretaryLanguage.objects.create(secretary=priya, language="ka-GE", level=5, how="spoken")
    [her] = situation.candidates(okafor.row)
    assert (her.level, her.papers_missing) == (5, ())


def test_however_many_they_are_they_are_looked_up_at_once(office, okafor):
    Firm.current()
    Firm.objects.update(contracts_from=date(2026, 11, 24))
    everybody = [office.secretary(f"Ana{n}", ready=False) for n in range(7)]

    def queries(number) -> int:
        with CaptureQueriesContext(connection) as captured:
            people = suiting.people(everybody[:number], at=clock.now())
        assert all("no signed contract" in each.barred for each in people)
        return len(captured)

    queries(1)
    assert queries(7) == queries(1)
