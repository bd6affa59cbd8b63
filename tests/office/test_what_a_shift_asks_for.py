"""A shift may ask for a language or a skill: who plans it hears who lacks it, and who lacks it takes none."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Absence, PlannedShift, Secretary, SecretaryLanguage, Skill, UsualShift
from secretariat.office.rota import planning, rules, swapping, telling
from secretariat.outbox.models import Effect

TUESDAY = date(2026, 12, 1)
NO_FRENCH = "It needs somebody who speaks French."


@pytest.fixture
def firm(office):
    """Maya speaks French; Priya does not."""
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", ready=False)
    office.maya = office.secretary("Maya", ready=False)
    SecretaryLanguage.objects.create(secretary=office.maya, language="fr", level=SecretaryLanguage.Level.B2)
    return office


def planned(firm, who, on=TUESDAY, **facts) -> PlannedShift:
    stretch = rules.stretch(on, time(9), time(17), "Europe/London")
    return planning.add(secretary=who, stretch=stretch, by=firm.helen, at=clock.now(), **facts)


def published(firm, who, on=TUESDAY, **facts) -> PlannedShift:
    made = planned(firm, who, on, **facts)
    planning.publish(rules.monday_of(on), by=firm.helen, at=clock.now())
    made.refresh_from_db()
    return made


def test_who_plans_it_for_somebody_without_the_language_gives_a_reason(firm):
    typed = {"on": "2026-12-01", "begins": "09:00", "ends": "17:00", "language": "fr"}
    desk = firm.browser(firm.helen)
    refused = desk.post(reverse("rota-add"), typed | {"secretary": str(firm.priya.pk)})
    assert refused.status_code == 422
    assert NO_FRENCH in refused.content.decode()
    assert not PlannedShift.objects.exists()
    reasoned = typed | {"secretary": str(firm.priya.pk), "despite": "She only takes the post in"}
    assert desk.post(reverse("rota-add"), reasoned).status_code == 303
    assert LedgerEntry.objects.get(verb="office.rota.added").detail["overridden"] == ["ability"]
    assert NO_FRENCH in desk.get(f"{reverse('rota')}?week=2026-11-30").content.decode()
    of_maya = typed | {"secretary": str(firm.maya.pk)}
    assert desk.post(reverse("rota-add"), of_maya).status_code == 303


def test_a_skill_is_asked_for_as_well_when_a_shift_changes_hands(firm):
    legal = Skill.objects.create(name="Legal offices")
    firm.maya.skills.create(skill=legal)
    made = planned(firm, firm.maya, skill=legal)
    facts = {"version": made.version, "stretch": made.stretch, "skill": legal, "by": firm.helen}
    with pytest.raises(planning.Refused, match="knows “Legal offices”"):
        planning.change(made, secretary=firm.priya, at=clock.now(), **facts)


def test_the_usual_week_leaves_out_who_lacks_it_by_name(firm):
    for who in (firm.priya, firm.maya):
        UsualShift.objects.create(
            secretary=who, weekday=1, begins=time(9), ends=time(17), zone="Europe/London", language="fr"
        )
    filled = planning.fill_week(rules.monday_of(TUESDAY), by=firm.helen, at=clock.now())
    assert [each.secretary for each in filled.shifts] == [firm.maya]
    [(named, why)] = filled.left_out
    assert named.startswith("Priya")
    assert why == NO_FRENCH


def test_a_swap_is_not_offered_to_who_lacks_it_and_is_approved_with_a_reason_only(firm):
    gives = published(firm, firm.maya, language="fr")
    assert swapping.choices(gives, at=clock.now()) == []
    swap = swapping.propose(gives, swapping.Choice(firm.priya), by=firm.maya, at=clock.now())
    swapping.accept(swap, by=firm.priya, at=clock.now())
    with pytest.raises(planning.Refused, match=f"Priya: {NO_FRENCH}"):
        swapping.approve(swap, by=firm.helen, at=clock.now())
    swapping.approve(swap, by=firm.helen, at=clock.now(), despite="Nobody calls in French then")
    gives.refresh_from_db()
    assert gives.secretary == firm.priya


def told(shifts) -> set[str]:
    Effect.objects.all().delete()
    telling.tell_open(shifts, at=clock.now())
    return {each.payload["to"].split("@")[0] for each in Effect.objects.filter(kind="office.rota_word")}


def test_only_who_could_take_an_open_shift_is_told_of_it(firm):
    gone, away, busy = (firm.secretary(name, ready=False) for name in ("Ines", "Ruth", "Sara"))
    Secretary.objects.filter(pk=gone.pk).update(engaged_until=date(2026, 11, 20))  # she reads her pay still
    Absence.objects.create(
        secretary=away, kind="holiday", from_on="2026-11-30", until_on="2026-12-04", state="approved"
    )
    published(firm, busy)
    french, thursday = published(firm, None, language="fr"), published(firm, None, on=date(2026, 12, 3))
    assert told([french]) == {"maya"}
    assert told([french, thursday]) == {"maya", "priya", "sara"}


def test_of_many_people_and_shifts_no_more_is_looked_up_than_of_few(firm):
    legal = Skill.objects.create(name="Legal offices")
    for _ in range(4):
        published(firm, None, skill=legal)
    shifts = list(PlannedShift.objects.open().select_related("skill"))

    def queries(open_ones) -> int:
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                telling.tell_open(open_ones, at=clock.now())
        return len(captured)

    few = queries(shifts[:1])
    for name in ("Ines", "Ruth", "Sara"):
        firm.secretary(name, ready=False)
    assert queries(shifts) == few
    assert told(shifts) == set()
