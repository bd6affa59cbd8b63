"""Only whom the calls could be offered on the day of her shift covers it, and why of the others is said."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from calls import situation
from clients import covering
from clients.confidentiality import terms
from clients.models import Assignment, Client, ClientRequirement, NeededSkill
from secretariat import clock
from secretariat.ledger.entries import LOOKED
from secretariat.ledger.models import LedgerEntry
from secretariat.office import suspending
from secretariat.office.contracts import agreeing
from secretariat.office.models import (
    Application,
    Certificate,
    Contract,
    Firm,
    FirmRequirement,
    PlannedShift,
    Secretary,
    SecretaryLanguage,
    Skill,
    Step,
    Training,
    Vacancy,
)
from secretariat.office.pay import By, Term
from secretariat.office.rota import planning, rules
from secretariat.office.vacancies import for_her

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, 30) + n * rules.DAY for n in range(3))
DAYS = (MONDAY, TUESDAY, WEDNESDAY)
WEEK = "2026-11-30"


@pytest.fixture
def firm(office):
    """Priya is planned from Monday to Wednesday, in all the hours that are promised."""
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    office.shifts = [planned(office, office.priya, on) for on in DAYS]
    return office


def planned(firm, secretary, on, begins=9, ends=17) -> PlannedShift:
    stretch = rules.stretch(on, time(begins), time(ends), secretary.zone)
    return planning.add(secretary=secretary, stretch=stretch, by=firm.helen, at=clock.now())


def row(firm):
    """How Okafor Legal is covered in the week."""
    return next(each for each in covering.of_clients(firm.helen, MONDAY) if each.name == "Okafor Legal")


def open_days(firm) -> set[date]:
    return {each.begins.date() for each in row(firm).cover.gaps} & set(DAYS)


def cells(firm) -> tuple[str, str]:
    """What the page says of clients, and what of languages."""
    page = firm.browser(firm.helen).get(f"{reverse('rota-cover')}?week={WEEK}").content.decode()
    clients, others = page.split("Languages</caption>")
    return clients, others


def has(secretary, training, by, until=None) -> None:
    facts = {"issued_by": "A school", "issued_on": "2026-01-05", "expires_on": until}
    checked = {"state": Certificate.State.CHECKED, "checked_by": by, "checked_at": clock.now()}
    Certificate.objects.create(secretary=secretary, training=training, **facts, **checked)


# --- What keeps somebody from the calls --------------------------------------------------------------------


def lapses(firm) -> None:
    """Two certificates of hers; the newer one, too, ends on Tuesday."""
    first_aid = Training.objects.create(name="First aid", kind="other")
    for until in (date(2026, 11, 26), TUESDAY):
        has(firm.priya, first_aid, firm.helen, until)
    FirmRequirement.objects.create(training=first_aid)


def lapses_for_the_client(firm) -> None:
    first_aid = Training.objects.create(name="First aid", kind="other")
    has(firm.priya, first_aid, firm.helen, TUESDAY)
    ClientRequirement.objects.create(client=firm.okafor.row, training=first_aid)


def ends(firm) -> None:
    """Her contract, on Tuesday."""
    words = dict.fromkeys(("rights", "obligations", "confidentiality", "breach"), "As agreed")
    facts = {"role": "Secretary", "duties": "Calls", "from_on": date(2026, 11, 1), "until_on": TUESDAY}
    draft = Contract(secretary=firm.priya, **facts, **words)
    offered = agreeing.offer(
        agreeing.write(draft, (Term(By.HOUR, Decimal(14)),), by=firm.helen), by=firm.helen, at=clock.now()
    )
    signing = {"name": "Priya Nair", "sha256": offered.sha256, "at": clock.now()}
    agreeing.accept(offered, by=firm.priya.user, **signing)
    agreeing.countersign(offered, by=firm.helen, **signing)
    Firm.current()
    Firm.objects.update(contracts_from=date(2026, 11, 24))
    PlannedShift.objects.filter(pk=firm.shifts[2].pk).update(secretary=firm.priya, state="draft")


def requires_french(firm) -> None:
    SecretaryLanguage.objects.create(secretary=firm.priya, language="fr", level=6, how="said")
    ClientRequirement.objects.create(client=firm.okafor.row, language="fr", level=5)


def writes_terms(firm) -> None:
    terms.write(firm.okafor.row, "Silence", by=firm.helen, at=clock.now())


def in_the_pool(firm) -> None:
    Assignment.objects.update(turn="pool")


def without_acceptance(firm) -> None:
    Assignment.objects.update(turn="pool", terms_accepted_at=None)


def without_a_skill(firm) -> None:
    in_the_pool(firm)
    NeededSkill.objects.create(client=firm.okafor.row, skill=Skill.objects.create(name="Book-keeping"))


def without_the_language(firm) -> None:
    in_the_pool(firm)
    SecretaryLanguage.objects.filter(secretary=firm.priya).update(level=2)


LACKS = "she lacks what is required: "
UNTIL_TUESDAY = "First aid (hers holds until Tue 1 Dec 2026)"
HINDERED = [
    pytest.param(lapses, (WEDNESDAY,), LACKS + UNTIL_TUESDAY, "profile", id="certificate"),
    pytest.param(lapses_for_the_client, (WEDNESDAY,), LACKS + UNTIL_TUESDAY, "profile", id="the client's"),
    pytest.param(ends, (WEDNESDAY,), "she has no signed contract", "contract-write", id="contract"),
    pytest.param(requires_french, DAYS, LACKS + "French, C1 or better", "profile", id="language required"),
    pytest.param(writes_terms, DAYS, "she has not accepted this client’s terms", "terms", id="terms"),
    pytest.param(
        without_acceptance, DAYS, "she has not accepted this client’s terms", "terms", id="pool, terms"
    ),
    pytest.param(without_a_skill, DAYS, "she lacks a skill: Book-keeping", "profile", id="pool, skill"),
    pytest.param(
        without_the_language,
        DAYS,
        "she does not answer in the callers’ language",
        "profile",
        id="pool, language",
    ),
    pytest.param(in_the_pool, (), "", "", id="of the pool, and nothing"),
]


@pytest.mark.parametrize(("happens", "days", "why", "mended"), HINDERED)
def test_who_is_planned_and_may_not_be_offered_the_calls_then_is_a_gap_with_her_name_and_why(
    firm, happens, days, why, mended
):
    assert open_days(firm) == set()
    happens(firm)
    assert open_days(firm) == set(days)
    clients, _languages = cells(firm)
    assert ("Priya is planned, but" in clients) is bool(days)
    if not days:
        return
    assert escape(f"Priya is planned, but {why}: ") in clients
    hers = {
        "profile": reverse("profile", args=[firm.priya.pk]),
        "contract-write": reverse("contract-write", args=[firm.priya.pk]),
        "terms": reverse("client-terms", args=[firm.okafor.row.pk]),
    }[mended]
    assert hers in clients
    assert firm.browser(firm.helen).get(hers).status_code == 200
    named = [each.on for each in firm.shifts if reverse("rota-shift", args=[each.pk]) in clients]
    assert named == list(days)


@pytest.mark.parametrize(("happens", "days", "why", "mended"), HINDERED)
def test_on_the_day_itself_a_call_that_rings_is_judged_alike(firm, happens, days, why, mended):
    happens(firm)
    for on in DAYS:
        firm.clock_says(f"{on} 10:30")
        [hers] = situation.candidates(firm.okafor.row)
        assert bool(hers.unfit()) is (on in days), on
        assert bool(hers.unfit()) is (on in open_days(firm)), on


def test_a_night_counts_until_the_certificate_ends_with_the_day_where_she_lives(firm):
    lapses_for_the_client(firm)
    PlannedShift.objects.all().delete()
    Secretary.objects.update(zone="America/New_York")
    firm.priya.refresh_from_db()
    night = planned(firm, firm.priya, TUESDAY, 22, 6)
    people = covering.Abilities([firm.okafor.row], [night])
    [place] = Assignment.objects.select_related("client").annotate(terms_waiting=terms.unaccepted())
    first, second = people.parts(night, place)
    assert (first.hindrance, first.stretch.length) == (None, timedelta(hours=2))
    assert (second.stretch.begins, second.stretch.ends) == (first.stretch.ends, night.ends_at)
    assert second.hindrance.words == LACKS + UNTIL_TUESDAY


def learns(firm, secretary) -> Application:
    """She has joined by an application, and nothing but practice is open before her first shift."""
    work = {"title": "Mornings", "work": "Calls", "hours_from": 15, "hours_to": 25, "made_by": firm.helen}
    vacancy = Vacancy.objects.get_or_create(**work)[0]
    at, her = clock.now(), secretary.user
    facts = {"email": her.email, "name": her.name, "state": "invited", "sent_at": at, "agreed_at": at}
    application = Application.objects.create(vacancy=vacancy, secretary=secretary, **facts)
    for kind in set(for_her.BEFORE_CALLS) - {Step.Kind.PRACTICE}:
        passed(application, kind, firm.helen)
    return application


def passed(application, kind, by) -> None:
    Step.objects.create(application=application, kind=kind, state="passed", by=by, at=clock.now())


def test_hours_of_somebody_who_may_not_begin_yet_count_once_she_may(firm):
    application = learns(firm, firm.priya)
    assert open_days(firm) == set(DAYS)
    desk, there = firm.browser(firm.helen), f"{reverse('applicants')}?q=Priya"
    why = "she is in training; still open: Practice"
    for words in cells(firm):
        assert f"Priya is planned, but {why}" in words
        assert there in words
    assert application.name in desk.get(there).content.decode()
    said = "She is still in training; open before her first shift: Practice"
    assert said in desk.get(f"{reverse('rota')}?week={WEEK}").content.decode()
    passed(application, Step.Kind.PRACTICE, firm.helen)
    assert open_days(firm) == set()
    assert said not in desk.get(f"{reverse('rota')}?week={WEEK}").content.decode()


def test_what_holds_for_every_client_is_said_of_the_language_too(firm):
    lapses(firm)
    _clients, languages = cells(firm)
    assert escape(LACKS + UNTIL_TUESDAY) in languages
    assert reverse("rota-shift", args=[firm.shifts[2].pk]) in languages
    assert reverse("rota-shift", args=[firm.shifts[1].pk]) not in languages


def test_where_another_covers_the_hours_nothing_is_said(firm):
    maya = firm.secretary("Maya", firm.okafor, ready=False)
    requires_french(firm)
    SecretaryLanguage.objects.create(secretary=maya, language="fr", level=6, how="test")
    for on in DAYS:
        planned(firm, maya, on)
    assert open_days(firm) == set()
    assert row(firm).names == ("Maya",)
    assert "Priya" not in cells(firm)[0]


def test_she_reads_who_looked_at_what_she_lacks(firm):
    cells(firm)
    looks = LedgerEntry.objects.filter(verb=LOOKED, subject_kind="office.secretary.profile")
    assert not looks.exists()
    requires_french(firm)
    cells(firm)
    assert [each.subject_id for each in looks] == [str(firm.priya.pk)]


def test_it_asks_as_little_of_many_who_may_not_as_of_one(firm):
    desk, address = firm.browser(firm.helen), f"{reverse('rota-cover')}?week={WEEK}"
    first_aid = Training.objects.create(name="First aid", kind="other")

    def queries() -> int:
        """Once nobody may: for want of contract, training, and what the firm and its clients require."""
        for each in Secretary.objects.all():
            learns(firm, each)
        FirmRequirement.objects.create(training=first_aid)
        for each in Client.objects.all():
            ClientRequirement.objects.create(client=each, language="fr", level=5)
        Firm.objects.update(contracts_from=TUESDAY)
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(address).status_code == 200
        Application.objects.all().delete()
        FirmRequirement.objects.all().delete()
        ClientRequirement.objects.all().delete()
        Firm.objects.update(contracts_from=None)
        return len([each for each in asked if "SAVEPOINT" not in each["sql"]])

    of_one = queries()
    for name in ("Tilda Flowers", "Lopes Bakery"):
        other = firm.client(name)
        for n in range(2):
            her = firm.secretary(f"{n} of {name}", other, firm.okafor, ready=False)
            for on in DAYS:
                planned(firm, her, on)
    assert queries() == of_one


# --- Who is suspended --------------------------------------------------------------------------------------


def test_later_shifts_of_whoever_is_suspended_cover_nothing_and_are_open_as_they_near(firm):
    planning.publish(MONDAY, by=firm.helen, at=clock.now())
    suspending.suspend(firm.priya.user, by=firm.helen, reason="conduct", at=clock.now())
    assert not PlannedShift.objects.open().exists()  # they are a week away
    assert open_days(firm) == set(DAYS)
    clients, languages = cells(firm)
    assert "Priya is planned, but she is suspended: " in clients
    assert "Priya is planned, but she is suspended: " in languages
    assert f"{reverse('firm-people')}?q=Priya" in clients

    firm.is_later(4 * 24 * 3600)  # Saturday, 10:30
    assert [each.on for each in PlannedShift.objects.open()] == [MONDAY]
    [hers] = firm.priya.user.suspensions.all()
    assert hers.handed_over == ["Her shift is open: Mon 30 Nov 09:00–17:00"]
    assert suspending.open_what_nears(at=clock.now()) == 0

    suspending.lift(firm.priya.user, by=firm.helen, at=clock.now())
    firm.is_later(24 * 3600)
    assert open_days(firm) == {MONDAY}  # the others are hers as before
