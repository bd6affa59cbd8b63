"""A week of the rota: planned, copied, undone, published; and what speaks against a shift."""

import csv
from datetime import date, time
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Absence, PlanChange, PlannedShift, Secretary, Wish
from secretariat.office.rota import one_week, planning, rules, undoing
from secretariat.outbox.models import Effect

MONDAY = date(2026, 11, 30)
TUESDAY = date(2026, 12, 1)


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", ready=False)
    office.maya = office.secretary("Maya", ready=False)
    return office


def plan(firm, who, on=TUESDAY, begins=time(9), ends=time(17), **facts) -> PlannedShift:
    zone = who.zone if who else "Europe/London"
    stretch = rules.stretch(on, begins, ends, zone)
    return planning.add(secretary=who, stretch=stretch, by=firm.helen, at=clock.now(), **facts)


def typed(who, on="2026-12-01", begins="09:00", ends="17:00", **more) -> dict:
    return {"secretary": str(who.pk) if who else "", "on": on, "begins": begins, "ends": ends} | more


def test_a_week_is_planned_published_seen_and_told(firm):
    desk, hers = firm.browser(firm.helen), firm.browser(firm.priya)
    assert desk.post(reverse("rota-add"), typed(firm.priya)).status_code == 303
    week = f"{reverse('rota')}?week=2026-12-02"
    assert "09:00–17:00" in desk.get(week).content.decode()
    assert "Publish 1 shift" in desk.get(week).content.decode()
    assert "09:00–17:00" not in hers.get(reverse("my-shifts")).content.decode()
    assert desk.post(reverse("rota-publish"), {"week": "2026-11-30"}).status_code == 303
    assert "09:00–17:00" in hers.get(reverse("my-shifts")).content.decode()
    [mail] = Effect.objects.filter(kind="office.rota_word")
    assert mail.payload["to"] == firm.priya.user.email
    assert "One shift of yours is published" in mail.payload["text"]
    desk.post(reverse("rota-publish"), {"week": "2026-11-30"})
    assert Effect.objects.filter(kind="office.rota_word").count() == 1


def test_her_shift_stands_by_her_own_clock(firm):
    firm.priya.zone = "Africa/Lagos"
    firm.priya.save()
    desk = firm.browser(firm.helen)
    desk.post(reverse("rota-add"), typed(firm.priya))
    made = PlannedShift.objects.get()
    assert f"{made.starts_at:%H:%M}" == "08:00"  # in UTC
    page = desk.get(f"{reverse('rota')}?week=2026-11-30").content.decode()
    assert "09:00–17:00" in page
    assert "Lagos" in page


def test_what_speaks_against_a_shift_asks_for_a_reason_and_what_cannot_be_does_not(firm):
    plan(firm, firm.priya, begins=time(13), ends=time(23))
    desk = firm.browser(firm.helen)
    early = typed(firm.priya, on="2026-12-02", begins="07:00", ends="12:00")
    refused = desk.post(reverse("rota-add"), early)
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "she rests only 8 hours; 11 hours are due" in shown
    assert 'value="07:00"' in shown  # nothing typed is lost
    assert 'name="despite"' in shown
    assert desk.post(reverse("rota-add"), early | {"despite": "Nobody else speaks Hindi"}).status_code == 303
    made = PlannedShift.objects.latest("starts_at")
    assert made.despite == "Nobody else speaks Hindi"
    assert LedgerEntry.objects.filter(verb="office.rota.added").latest("pk").detail["overridden"] == ["rest"]
    again = desk.post(reverse("rota-add"), early | {"despite": "I insist"})
    assert again.status_code == 422
    assert "She has another shift then" in again.content.decode()
    assert PlannedShift.objects.count() == 2


def test_the_database_holds_one_secretary_in_one_shift(firm):
    first = plan(firm, firm.priya)
    facts = {"starts_at": first.starts_at, "ends_at": first.ends_at, "zone": first.zone}
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedShift.objects.create(secretary=firm.priya, **facts)
    PlannedShift.objects.create(secretary=firm.maya, **facts)
    for _twice in range(2):
        PlannedShift.objects.create(secretary=None, **facts)
    planning.remove(first, version=first.version, by=firm.helen, at=clock.now())
    PlannedShift.objects.create(secretary=firm.priya, **facts)


def test_a_week_is_copied_once_and_what_cannot_be_is_left_out_by_name(firm):
    plan(firm, firm.priya, on=date(2026, 11, 24))
    plan(firm, firm.maya, on=date(2026, 11, 25))
    plan(firm, None, on=date(2026, 11, 26))
    Absence.objects.create(
        secretary=firm.maya, kind="holiday", from_on="2026-12-02", until_on="2026-12-04", state="approved"
    )
    desk = firm.browser(firm.helen)
    page = desk.post(reverse("rota-copy"), {"week": "2026-11-30"}, follow=True).content.decode()
    assert "2 shifts planned, as drafts." in page
    assert "Left out: Maya" in page
    assert "She is away then: Holiday." in page
    page = desk.post(reverse("rota-copy"), {"week": "2026-11-30"}, follow=True).content.decode()
    assert PlannedShift.objects.filter(starts_at__gte="2026-11-30T00:00Z").count() == 2


def test_the_usual_week_fills_a_week_over_the_change_of_the_clocks(firm):
    plan(firm, firm.priya, on=date(2026, 11, 28), begins=time(22), ends=time(4))
    desk = firm.browser(firm.helen)
    assert desk.post(reverse("rota-keep"), {"week": "2026-11-23"}).status_code == 303
    assert desk.post(reverse("rota-fill"), {"week": "2027-03-22"}).status_code == 303
    made = PlannedShift.objects.latest("starts_at")
    assert [f"{each:%a %H:%M}" for each in made.local] == ["Sat 22:00", "Sun 04:00"]
    assert made.stretch.length.total_seconds() == 5 * 3600


def test_what_was_done_last_is_undone_and_nothing_that_has_changed_since(firm):
    made = plan(firm, firm.priya)
    later = rules.stretch(TUESDAY, time(10), time(18), "Europe/London")
    planning.change(
        made, version=made.version, secretary=firm.maya, stretch=later, by=firm.helen, at=clock.now()
    )
    desk = firm.browser(firm.helen)

    def undo():
        last = planning.last_change(MONDAY)
        return desk.post(reverse("rota-undo", args=[last.pk]), follow=True).content.decode()

    assert "Undone." in undo()
    made.refresh_from_db()
    assert (made.secretary, f"{made.starts_at:%H:%M}") == (firm.priya, "09:00")
    first = PlanChange.objects.get(what="added")
    planning.publish(MONDAY, by=firm.helen, at=clock.now())
    desk.post(reverse("rota-undo", args=[first.pk]))
    made.refresh_from_db()
    assert made.state == "published"


def test_a_removed_shift_comes_back_by_undo_and_she_is_told_of_both(firm):
    made = plan(firm, firm.priya)
    planning.publish(MONDAY, by=firm.helen, at=clock.now())
    made.refresh_from_db()
    desk = firm.browser(firm.helen)
    desk.post(reverse("rota-remove", args=[made.pk]), {"version": str(made.version)})
    made.refresh_from_db()
    assert made.state == "cancelled"
    undoing.undo(planning.last_change(MONDAY), by=firm.helen, at=clock.now())
    made.refresh_from_db()
    assert (made.state, made.cancelled_because) == ("published", "")
    assert Effect.objects.filter(kind="office.rota_word").count() == 3


@pytest.mark.parametrize("what", ["away", "gone", "in another shift"])
def test_undo_gives_nobody_a_shift_she_could_not_have_by_now(firm, what):
    made = plan(firm, firm.priya)
    planning.publish(MONDAY, by=firm.helen, at=clock.now())
    made.refresh_from_db()
    planning.remove(made, version=made.version, by=firm.helen, at=clock.now())
    change = planning.last_change(MONDAY)
    if what == "away":
        Absence.objects.create(
            secretary=firm.priya, kind="holiday", from_on=TUESDAY, until_on=TUESDAY, state="approved"
        )
        why = "It cannot be undone. Priya, Tue 1 Dec 09:00–17:00: She is away then: Holiday."
    elif what == "gone":
        Secretary.objects.filter(pk=firm.priya.pk).update(engaged_until=date(2026, 11, 27))
        why = "Her engagement ends on Fri 27 Nov."
    else:
        plan(firm, firm.priya, begins=time(8), ends=time(12))
        why = "She has another shift then by now. It cannot be undone."
    told = Effect.objects.count()
    there = reverse("rota-undo", args=[change.pk])
    assert why in firm.browser(firm.helen).post(there, follow=True).content.decode()
    made.refresh_from_db()
    assert (made.state, PlanChange.objects.get(pk=change.pk).undone_at) == ("cancelled", None)
    assert Effect.objects.count() == told


def test_of_two_planners_the_second_sees_what_the_first_did(firm):
    made = plan(firm, firm.priya)
    desk = firm.browser(firm.helen)
    stale = typed(firm.priya, begins="10:00", version=str(made.version))
    desk.post(reverse("rota-shift", args=[made.pk]), typed(firm.priya, begins="08:00", version="0"))
    answer = desk.post(reverse("rota-shift", args=[made.pk]), stale)
    assert answer.status_code == 422
    assert "Somebody has changed this shift meanwhile" in answer.content.decode()


def test_her_wishes_stand_in_the_week_before_it_is_planned(firm):
    Wish.objects.create(secretary=firm.priya, kind="cannot", weekday=1, begins=time(9), ends=time(12))
    Wish.objects.create(secretary=firm.maya, kind="rather_not", on=TUESDAY)
    plan(firm, firm.maya)
    page = firm.browser(firm.helen).get(f"{reverse('rota')}?week=2026-11-30").content.decode()
    assert "cannot 09:00–12:00" in page
    assert "She would rather not work then." in page


def test_the_list_gives_both_clocks(firm):
    plan(firm, firm.priya)
    answer = firm.browser(firm.helen).get(f"{reverse('rota-file')}?week=2026-11-30")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    [_head, row] = csv.reader(answer.content.decode().splitlines())
    assert row[:8] == [
        *("Priya", "2026-12-01", "09:00", "17:00", "Europe/London", "8.00", "Draft", "2026-12-01T09:00Z")
    ]


def test_after_a_change_she_is_on_the_page_and_week_she_came_from(firm, monkeypatch):
    monkeypatch.setattr(one_week, "A_PAGE", 1)
    desk, rota = firm.browser(firm.helen), reverse("rota")
    shift = plan(firm, firm.priya)
    here = f"{rota}?week=2026-11-30&page=2"
    page = unescape(desk.get(here).content.decode())
    add = f"{reverse('rota-add')}?secretary={firm.priya.pk}&on=2026-12-02&page=2"
    one = f"{reverse('rota-shift', args=[shift.pk])}?page=2"
    for link in (add, one, "?week=2026-12-07&page=2", f"{reverse('rota-add')}?on=2026-11-30&page=2"):
        assert f'href="{link}"' in page, link
    for verb in ("publish", "copy", "fill", "keep"):
        said = {"week": "2026-11-30", "page": "2"}
        assert desk.post(reverse(f"rota-{verb}"), said).url == here, verb
    assert page.count('<input type="hidden" name="page" value="2">') == 5  # those four, and to undo
    assert f'href="{here}"' in unescape(desk.get(add).content.decode())
    assert desk.post(add, typed(firm.priya, on="2026-12-02")).url == here
    assert desk.post(one, typed(firm.priya, version="0", begins="25:00")).status_code == 422
    shift.refresh_from_db()
    moved = typed(firm.priya, on="2026-12-08", version=str(shift.version))
    assert desk.post(one, moved).url == here  # to another week: she goes on with this one
    shift.refresh_from_db()
    assert shift.on == date(2026, 12, 8)
    change = planning.last_change(date(2026, 12, 7))
    undone = desk.post(reverse("rota-undo", args=[change.pk]), {"page": "2"})
    assert undone.url.endswith("&page=2")
    shift.refresh_from_db()
    gone = {"version": str(shift.version), "page": "2"}
    assert desk.post(reverse("rota-remove", args=[shift.pk]), gone).url == here
    first = unescape(desk.get(rota).content.decode())
    assert "page=1" not in first
    assert (
        desk.post(reverse("rota-fill"), {"week": "2026-11-30", "page": "x2"}).url == f"{rota}?week=2026-11-30"
    )
