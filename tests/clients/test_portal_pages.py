from datetime import timedelta

import pytest
from django.urls import reverse

from clients import instructing, where_i_am
from clients.models import Contact, Correspondent, Instruction, Status
from secretariat import clock
from tests.browsing import signed_in

HOUR = timedelta(hours=1)
PAGES = ["where-i-am", "instructions", "instructions-write", "people"]


@pytest.fixture
def ngozi(house):
    return signed_in(house.okafor.owner.user)


def status_form(contact, **values):
    return {"who": contact.pk, "kind": "meeting", "until": "30", "text": "", "note": ""} | values


def instruction_form(**values):
    return {"text": "", "action": "message", "callers": "anyone", "holds": "today"} | values


@pytest.mark.parametrize("name", PAGES)
def test_owners_and_delegates_see_every_page(house, name):
    for person in (house.okafor.owner, house.okafor.delegate):
        answer = signed_in(person.user).get(reverse(name))
        assert answer.status_code == 200
        assert answer.content.count(b"<h1") == 1
        assert b"style=" not in answer.content


@pytest.mark.parametrize("name", PAGES)
def test_a_member_sees_only_where_she_is_and_a_secretary_none_of_it(house, name):
    member = signed_in(house.okafor.member.user).get(reverse(name))
    assert member.status_code == (200 if name == "where-i-am" else 404)
    assert signed_in(house.priya.user).get(reverse(name)).status_code == 404


def test_saying_where_i_am_holds_until_its_end(house, ngozi):
    answer = ngozi.post(
        reverse("where-i-am"), status_form(house.okafor.owner, text="In court", note="She rings back later.")
    )
    assert (answer.status_code, answer["Location"]) == (303, reverse("where-i-am"))
    status = Status.objects.get()
    assert (status.text, status.set_by) == ("In court", house.okafor.owner.user)
    assert timedelta(minutes=28) < status.until_at - clock.now() <= timedelta(minutes=30)
    shown = ngozi.get(reverse("where-i-am")).content.decode()
    assert "In court" in shown
    assert "Saved: In court until" in shown


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"until": ""}, "Choose until when"),
        ({"until": "time"}, "Enter the time"),
        ({"until": "date"}, "Enter the day"),
        ({"until": "date", "on": "2020-01-01"}, "over already"),
    ],
)
def test_without_a_sound_end_it_asks_and_keeps_what_was_typed(house, ngozi, values, words):
    answer = ngozi.post(reverse("where-i-am"), status_form(house.okafor.owner, text="In court", **values))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "In court" in answer.content.decode()
    assert not Status.objects.exists()


def test_the_preview_says_what_callers_will_hear_and_nothing_meant_for_the_desk(house, ngozi):
    answer = ngozi.get(
        reverse("where-i-am-preview"), status_form(house.okafor.owner, text="At the clinic")
    ).content.decode()
    assert "Ngozi Okafor owner is in a meeting until" in answer
    assert "At the clinic until" in answer  # on the button
    assert answer.count("At the clinic") == 1
    assert "<h1" not in answer


def test_a_member_speaks_for_herself_alone(house):
    browser = signed_in(house.okafor.member.user)
    answer = browser.post(reverse("where-i-am"), status_form(house.okafor.owner))
    assert answer.status_code == 422
    assert browser.post(reverse("where-i-am"), status_form(house.okafor.member)).status_code == 303
    hers = Status.objects.get()
    assert hers.contact == house.okafor.member
    assert browser.post(reverse("where-i-am-end", args=[hers.pk])).status_code == 303
    hers.refresh_from_db()
    assert hers.ended_at


def test_nobody_ends_a_rivals_status(house):
    status = where_i_am.set_status(
        house.rival.owner, kind="out", until_at=clock.now() + HOUR, by=house.rival.owner.user, at=clock.now()
    ).status
    browser = signed_in(house.okafor.owner.user)
    assert browser.post(reverse("where-i-am-end", args=[status.pk])).status_code == 404
    assert "where-i-am" not in str(status.ended_at)
    status.refresh_from_db()
    assert status.ended_at is None


def test_an_instruction_is_written_changed_and_withdrawn_with_its_versions_kept(house, ngozi):
    answer = ngozi.post(reverse("instructions-write"), instruction_form(text="She is in court"))
    assert answer.status_code == 303
    first = Instruction.objects.get()
    assert (first.written_by, first.is_standing) == (house.okafor.owner.user, False)
    assert "She is in court" in ngozi.get(reverse("instructions")).content.decode()

    change = reverse("instructions-change", args=[first.pk])
    assert "She is in court" in ngozi.get(change).content.decode()
    answer = ngozi.post(change, instruction_form(text="Urgent only", holds="standing", action="voicemail"))
    assert answer.status_code == 303
    second = Instruction.objects.get(replaced_at=None)
    assert (second.series, second.text, second.is_standing) == (first.series, "Urgent only", True)

    late = ngozi.post(change, instruction_form(text="Too late"))  # she had the old page open
    assert late["Location"] == reverse("instructions-versions", args=[first.series])
    assert Instruction.objects.count() == 2

    withdraw = reverse("instructions-withdraw", args=[second.pk])
    assert "Urgent only" in ngozi.get(withdraw).content.decode()
    assert ngozi.post(withdraw).status_code == 303
    shown = ngozi.get(reverse("instructions-versions", args=[first.series])).content.decode()
    assert "Withdrawn by" in shown
    assert "Replaced by" in shown


def test_callers_by_number_and_firm_are_normalised(house, ngozi):
    ngozi.post(
        reverse("instructions-write"),
        instruction_form(callers="numbers", numbers="0803 123 4567, +44 7700 900123", companies="Ignored"),
    )
    ngozi.post(
        reverse("instructions-write"), instruction_form(callers="companies", companies=" Harlow & Sons ,")
    )
    by_number, by_firm = Instruction.objects.order_by("written_at", "id")
    assert (by_number.numbers, by_number.companies) == (["+2348031234567", "+447700900123"], [])
    assert by_firm.companies == ["Harlow & Sons"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"callers": "people"}, "Say which."),
        ({"callers": "numbers", "numbers": "12"}, "cannot be dialled"),
        ({"action": "put_through"}, "Choose to whom."),
        ({"holds": "between"}, "Enter the last day"),
        ({"holds": "between", "from_on": "2090-01-02", "until_on": "2090-01-01"}, "ends before it begins"),
        ({"holds": "between", "until_on": "2020-01-01"}, "over already"),
        ({"holds": ""}, "required"),
    ],
)
def test_what_makes_no_sense_comes_back_with_what_was_typed(house, ngozi, values, words):
    answer = ngozi.post(reverse("instructions-write"), instruction_form(text="Kept", **values))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Kept" in answer.content.decode()
    assert not Instruction.objects.exists()


def test_a_rivals_rows_are_not_there(house, ngozi):
    theirs = instructing.write(house.rival.client, by=house.rival.owner.user, at=clock.now(), text="Secret")
    nowhere = theirs.client_id
    for name in ("instructions-change", "instructions-withdraw"):
        foreign = ngozi.post(reverse(name, args=[theirs.pk]), instruction_form())
        missing = ngozi.post(reverse(name, args=[nowhere]), instruction_form())
        assert foreign.status_code == missing.status_code == 404
    assert ngozi.get(reverse("instructions-versions", args=[theirs.series])).status_code == 404
    dana = Correspondent.objects.create(client=house.rival.client, name="Dana")
    answer = ngozi.post(
        reverse("instructions-write"), instruction_form(callers="people", people=[str(dana.pk)])
    )
    assert answer.status_code == 422
    assert ngozi.get(reverse("where-i-am"), {"client": house.rival.client.pk}).status_code == 404
    assert ngozi.get(reverse("where-i-am"), {"client": "nonsense"}).status_code == 404


def test_somebody_at_two_clients_chooses_and_the_choice_is_remembered(house, ngozi):
    Contact.objects.create(
        client=house.rival.client, user=house.okafor.owner.user, name="Ngozi at Brill", standing="owner"
    )
    instructing.write(house.rival.client, by=house.rival.owner.user, at=clock.now(), text="Brill only")
    assert "Brill only" not in ngozi.get(reverse("instructions")).content.decode()
    chosen = ngozi.get(reverse("instructions"), {"client": house.rival.client.pk})
    assert "Brill only" in chosen.content.decode()
    assert "Brill only" in ngozi.get(reverse("instructions")).content.decode()
