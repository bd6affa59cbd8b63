from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from clients import where_i_am
from clients.models import Access, Assignment, Client, Correspondent, Instruction, Line
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office.admin_base import ScopedAdmin
from tests.browsing import signed_in

OURS = [model for app in ("office", "clients") for model in apps.get_app_config(app).get_models()]
ONLY_INLINE = {
    *("office.secretaryskill", "office.secretarylanguage"),
    *("clients.neededskill", "clients.clientrequirement"),
}


@pytest.fixture
def office(house):
    return signed_in(house.helen)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def inline(prefix, *rows):
    fields = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    return fields | {
        f"{prefix}-{i}-{name}": value for i, row in enumerate(rows) for name, value in row.items()
    }


def test_every_model_has_its_page_and_its_door():
    for model in OURS:
        if model._meta.label_lower in ONLY_INLINE:
            continue
        assert isinstance(admin.site._registry[model], ScopedAdmin), model
        assert admin.site._registry[model].list_display != ("__str__",), model


@pytest.mark.parametrize("model", [m for m in OURS if m._meta.label_lower not in ONLY_INLINE], ids=str)
def test_every_list_opens_searches_and_stays_shut_to_others(house, office, model):
    listed = address(model, "changelist")
    assert office.get(listed).status_code == 200
    assert office.get(listed, {"q": "okafor"}).status_code == 200
    for outsider in (house.priya.user, house.okafor.owner.user):
        assert signed_in(outsider).get(listed).status_code in (302, 403)


def test_a_look_at_a_client_is_recorded(house, office):
    assert office.get(address(Client, "change", house.okafor.client.pk)).status_code == 200
    assert LedgerEntry.objects.filter(
        verb="looked", actor_id=house.helen.pk, client_id=house.okafor.client.pk
    ).exists()


def line_form(client, **values):
    return {
        "client": client.pk,
        "kind": "forwarded",
        "answers": "always",
        "ring_seconds": 20,
        "voicemail_after_seconds": 60,
        "is_active": "on",
    } | values


def test_hours_that_contradict_each_other_are_saved_and_pointed_out(house, office):
    hours = inline(
        "hours",
        {"kind": "open", "weekday": 0, "opens": "09:00", "closes": "13:00"},
        {"kind": "open", "weekday": 0, "opens": "12:00", "closes": "17:00"},
    )
    form = line_form(house.okafor.client, number="+44 20 7946 0199", answers="listed") | hours
    answer = office.post(address(Line, "add"), form, follow=True)
    shown = answer.content.decode()
    assert "overlap" in shown
    assert "none are listed" in shown
    line = Line.objects.get(number="+442079460199")
    assert {hour.client for hour in line.hours.all()} == {house.okafor.client}
    changed = LedgerEntry.objects.get(verb="admin.added")
    assert (changed.client_id, changed.subject_id) == (house.okafor.client.pk, str(line.pk))


def test_a_number_without_its_country_is_asked_for(house, office):
    answer = office.post(
        address(Line, "add"), line_form(house.okafor.client, number="020 7946 0199") | inline("hours")
    )
    assert "with its country code" in answer.content.decode()


def test_a_correspondents_number_is_normalised_and_means_one_person(house, office):
    fields = {"client": house.okafor.client.pk, "name": "Dana"}
    addresses = inline("addresses", {"kind": "phone", "value": "0803 123 4567"}) | inline("postal_addresses")
    assert office.post(address(Correspondent, "add"), fields | addresses).status_code == 302
    dana = Correspondent.objects.get()
    assert dana.addresses.get().value == "+2348031234567"
    again = office.post(address(Correspondent, "add"), fields | {"name": "Other"} | addresses)
    assert again.status_code == 200
    assert Correspondent.objects.count() == 1


def test_an_instruction_changed_here_is_a_new_version_too(house, office):
    fields = {"client": house.okafor.client.pk, "callers": "anyone", "action": "message", "text": "First"}
    assert office.post(address(Instruction, "add"), fields).status_code == 302
    first = Instruction.objects.get()
    assert first.written_by == house.helen
    change = address(Instruction, "change", first.pk)
    assert office.post(change, fields | {"text": "Second"}).status_code == 302
    second = Instruction.objects.get(replaced_at=None)
    assert (second.series, second.text) == (first.series, "Second")
    assert office.post(change, fields | {"text": "Third"}).status_code == 403
    office.post(
        address(Instruction, "changelist"), {"action": "withdraw", "_selected_action": str(second.pk)}
    )
    assert not Instruction.objects.filter(replaced_at=None).exists()


def test_the_team_is_changed_with_the_sight_it_gives(house, office):
    fields = {"secretary": house.rui.pk, "client": house.okafor.client.pk, "turn": "pool"}
    assert office.post(address(Assignment, "add"), fields).status_code == 302
    assigned = Assignment.objects.get(secretary=house.rui)
    assert Access.objects.current().filter(cause_id=assigned.pk).exists()
    office.post(address(Assignment, "changelist"), {"action": "end", "_selected_action": str(assigned.pk)})
    assert not Access.objects.current().filter(cause_id=assigned.pk).exists()
    assert office.post(address(Assignment, "delete", assigned.pk), {"post": "yes"}).status_code == 403


def test_nothing_with_a_history_can_be_deleted(house, office):
    for row in (house.okafor.client, house.okafor.owner, house.okafor.line):
        assert office.post(address(type(row), "delete", row.pk), {"post": "yes"}).status_code == 403


def test_the_firm_may_end_a_status(house, office):
    at = clock.now()
    status = where_i_am.set_status(
        house.okafor.owner, kind="out", until_at=at + timedelta(hours=2), by=house.okafor.owner.user, at=at
    ).status
    office.post(
        reverse("admin:clients_status_changelist"), {"action": "end", "_selected_action": str(status.pk)}
    )
    status.refresh_from_db()
    assert status.ended_at is not None
