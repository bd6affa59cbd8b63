"""Absences with a stand-in, weekly instructions and versions, as the client says them in the portal."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients import instructing, where_i_am
from clients.models import CallType, Instruction, Status
from messages_app.models import Message
from secretariat import clock
from tests.browsing import signed_in


@pytest.fixture
def ngozi(house):
    return signed_in(house.okafor.owner.user)


def instruction_form(**values):
    return {"text": "", "action": "message", "callers": "anyone", "holds": "weekly"} | values


def test_a_weekly_window_is_written_and_filled_in_again(house, ngozi):
    house_member = house.okafor.member
    typed = instruction_form(
        weekdays=["1", "3"],
        from_time="14:00",
        until_time="16:00",
        action="put_through",
        put_through_to=house_member.pk,
    )
    assert ngozi.post(reverse("instructions-write"), typed).status_code == 303
    row = Instruction.objects.get()
    assert (row.weekdays, f"{row.from_time:%H:%M}", f"{row.until_time:%H:%M}") == ([1, 3], "14:00", "16:00")
    assert (row.from_at, row.until_at) == (None, None)
    assert "every week, Tue, Thu 14:00–16:00" in ngozi.get(reverse("instructions")).content.decode()
    form = ngozi.get(reverse("instructions-change", args=[row.pk])).context["form"]
    assert (form.initial["holds"], form.initial["weekdays"]) == ("weekly", [1, 3])


def test_hours_on_each_of_some_days(house, ngozi):
    typed = instruction_form(
        holds="between",
        from_on="2040-01-02",
        until_on="2040-01-06",
        from_time="14:00",
        until_time="16:00",
        each_day="on",
    )
    assert ngozi.post(reverse("instructions-write"), typed).status_code == 303
    row = Instruction.objects.get()
    assert f"{row.from_time:%H:%M}" == "14:00"
    assert row.until_at - row.from_at == timedelta(days=5)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Tick the days, or enter the hours"),
        ({"weekdays": ["9"]}, "not one of the available choices"),
        ({"from_time": "14:00", "until_time": "14:00"}, "It ends when it begins"),
        ({"from_time": "25:00", "weekdays": ["1"]}, "Enter a valid time"),
        (
            {"holds": "between", "from_on": "2040-01-02", "until_on": "2040-01-03", "weekdays": ["4"]},
            "None of these days lies between the dates",
        ),
    ],
)
def test_a_window_without_sense_is_asked_about(house, ngozi, values, words):
    answer = ngozi.post(reverse("instructions-write"), instruction_form(text="Kept", **values))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Kept" in answer.content.decode()
    assert not Instruction.objects.exists()


def test_a_call_type_cannot_send_to_voicemail_who_is_already_answered(house, ngozi):
    court = CallType.objects.create(client=house.okafor.client, name="Court")
    typed = instruction_form(holds="standing", call_type=court.pk, action="voicemail")
    answer = ngozi.post(reverse("instructions-write"), typed)
    assert answer.status_code == 422
    assert "known once it is answered" in answer.content.decode()
    assert ngozi.post(reverse("instructions-write"), typed | {"action": "message"}).status_code == 303
    assert "about “Court”" in ngozi.get(reverse("instructions")).content.decode()


def test_saving_says_which_of_two_wins(house, ngozi):
    client, owner = house.okafor.client, house.okafor.owner
    instructing.write(client, by=owner.user, at=clock.now(), action="voicemail", callers="anyone")
    shown = ngozi.post(
        reverse("instructions-write"), instruction_form(weekdays=list("0123456")), follow=True
    ).content.decode()
    assert "wins over “Anyone: to voicemail”" in shown


def test_versions_show_their_difference_and_an_older_one_is_restored(house, ngozi):
    client, by = house.okafor.client, house.okafor.owner.user
    first = instructing.write(
        client, by=by, at=clock.now(), text="Never before ten", action="message", callers="anyone"
    )
    second = instructing.change(
        first, by=by, at=clock.now(), text="Never before eleven", action="message", callers="anyone"
    )
    page = reverse("instructions-versions", args=[first.series])
    shown = ngozi.get(page).content.decode()
    assert "<del> ten</del><ins> eleven</ins>" in shown
    answer = ngozi.post(reverse("instructions-restore", args=[first.pk]))
    assert (answer.status_code, answer["Location"]) == (303, page)
    speaking = Instruction.objects.get(series=first.series, replaced_at=None)
    assert (speaking.text, speaking.pk in {first.pk, second.pk}) == ("Never before ten", False)
    instructing.withdraw(speaking, by=by, at=clock.now())
    ngozi.post(reverse("instructions-restore", args=[second.pk]))
    assert Instruction.objects.get(series=first.series, replaced_at=None).text == "Never before eleven"


def absence_form(contact, **values):
    today = clock.now().date()
    begins, ends = today - timedelta(days=1), today + timedelta(days=3)
    return {
        "who": contact.pk,
        "from_on": str(begins),
        "until_on": str(ends),
        "note": "Back on Monday.",
    } | values


def test_an_absence_is_planned_with_a_stand_in_and_ends_by_itself(house, ngozi):
    owner, delegate = house.okafor.owner, house.okafor.delegate
    shown = ngozi.post(
        reverse("where-i-am-absence"), absence_form(owner, stand_in=delegate.pk), follow=True
    ).content.decode()
    status = Status.objects.get()
    assert (status.kind, status.stand_in) == ("away", delegate)
    assert f"{delegate.name} stands in" in shown
    # A word said meanwhile covers the absence and does not end it; being back does.
    in_half_an_hour = clock.now() + timedelta(minutes=30)
    where_i_am.set_status(owner, kind="meeting", until_at=in_half_an_hour, by=owner.user, at=clock.now())
    assert Status.objects.get(kind="away").ended_at is None
    where_i_am.set_status(owner, kind="available", until_at=in_half_an_hour, by=owner.user, at=clock.now())
    assert Status.objects.get(kind="away").ended_at is not None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"until_on": "2020-01-01"}, "This is over already"),
        ({"from_on": "2041-01-05", "until_on": "2041-01-01"}, "It ends before it begins"),
        ({"from_on": ""}, "This field is required"),
        ({"stand_in": "who"}, "Nobody stands in for herself"),
    ],
)
def test_an_absence_without_sense_is_asked_about(house, ngozi, values, words):
    owner = house.okafor.owner
    if "stand_in" in values:
        values = {"stand_in": owner.pk}
    answer = ngozi.post(reverse("where-i-am-absence"), absence_form(owner, **values))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Back on Monday." in answer.content.decode()
    assert not Status.objects.exists()


def test_two_who_stand_in_for_each_other_are_pointed_out(house, ngozi):
    owner, delegate = house.okafor.owner, house.okafor.delegate
    ngozi.post(reverse("where-i-am-absence"), absence_form(owner, stand_in=delegate.pk))
    shown = ngozi.post(
        reverse("where-i-am-absence"), absence_form(delegate, stand_in=owner.pk), follow=True
    ).content.decode()
    assert "stand in for each other" in shown


def test_a_message_for_somebody_away_goes_to_her_stand_in_and_says_why(office):
    okafor = office.client("Okafor Legal")
    tunde = office.contact(okafor, "Tunde Adeyemi", by=("email",))
    priya = office.secretary("Priya", okafor)
    where_i_am.set_status(
        okafor.owner,
        kind="away",
        until_at=clock.now() + timedelta(days=3),
        by=okafor.owner.user,
        at=clock.now(),
        stand_in=tunde,
    )
    office.rings(okafor)
    office.answers(priya)
    call = okafor.row.calls.get()
    browser = office.browser(priya)
    form = browser.get(f"/desk/messages/{call.pk}/form/").content.decode()
    assert f'<option value="{tunde.pk}" selected>' in form
    assert "messages for Owner of Okafor Legal go to Tunde Adeyemi" in form
    browser.post(
        f"/desk/messages/{call.pk}/take/",
        {
            "contact": str(okafor.owner.pk),
            "text": "Ring back",
            "caller_name": "Dana",
            "urgency": "1",
            "revision": "1",
        },
    )
    deliveries = Message.objects.get(call=call).deliveries.all()
    assert {each.contact for each in deliveries} == {tunde}
    assert all("stands in for Owner of Okafor Legal until" in each.because for each in deliveries)


def test_picking_a_call_type_shows_what_the_client_wants_of_such_calls_and_not_before(office):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    court = CallType.objects.create(client=okafor.row, name="Court", rank=5)
    instructing.write(
        okafor.row,
        by=okafor.owner.user,
        at=clock.now(),
        text="At once, even in session",
        action="put_through",
        callers="anyone",
        put_through_to=okafor.owner,
        call_type=court,
    )
    office.rings(okafor)
    office.answers(priya)
    call = okafor.row.calls.get()
    browser = office.browser(priya)
    assert "even in session" not in browser.get("/desk/").content.decode()
    shown = browser.post(f"/desk/messages/{call.pk}/form/", {"change_to": str(court.pk), "revision": "0"})
    assert "Court: put this caller through to Owner of Okafor Legal." in shown.content.decode()
    assert "even in session" in shown.content.decode()
