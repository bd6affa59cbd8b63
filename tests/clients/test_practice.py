"""Practice calls: a supervisor plays the caller, and nothing of it is delivered, billed or counted."""

from datetime import date

import pytest
from django.urls import reverse

from calls.models import Call
from clients import practising
from clients.confidentiality import terms
from clients.forms.practice import name_of
from clients.models import CallType, Practice, Prompt, WorkRecord
from messages_app.models import Message
from secretariat import clock
from secretariat.office.models import Application, Step, Vacancy
from secretariat.outbox.models import Effect


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    office.contact(office.okafor, "Tunde Adeyemi")
    office.ida = office.secretary("Ida", ready=False)  # on no team yet
    return office


def begun(firm) -> Practice:
    said = {"secretary": firm.ida.pk, "client": firm.okafor.row.pk, "part": "A court clerk in a hurry"}
    assert firm.browser(firm.helen).post(reverse("practices"), said).status_code == 303
    return Practice.objects.get()


def test_a_supervisor_plays_the_caller_and_nothing_of_it_leaves(firm):
    practice = begun(firm)
    hers, page = firm.browser(firm.ida), reverse("my-practice-one", args=[practice.pk])
    shown = hers.get(page).content.decode()
    for words in ("Practice: Okafor Legal", "Good morning, Okafor Legal, Ida speaking", "Tunde Adeyemi"):
        assert words in shown, words
    assert "court clerk" not in shown
    said = {"contact": "Tunde Adeyemi", "caller_name": "Mrs Nwosu", "call_back_on": "01632 960001"}
    assert hers.post(page, said).status_code == 422
    assert hers.post(page, said | {"text": "The hearing is moved", "is_urgent": "on"}).status_code == 303
    assert hers.post(page, said | {"text": "Again"}, follow=True).status_code == 200
    judge = reverse("practice-judge", args=[practice.pk])
    desk = firm.browser(firm.helen)
    assert "The hearing is moved" in desk.get(reverse("practice-of", args=[practice.pk])).content.decode()
    assert desk.post(judge, {"went_well": "no"}).status_code == 422
    desk.post(judge, {"went_well": "no", "judgement": "Read the number back"})
    told = hers.get(page).content.decode()
    assert "Read the number back" in told
    assert "court clerk" in told
    assert not any(model.objects.exists() for model in (Call, Message, WorkRecord, Effect))


def test_the_type_of_call_brings_the_prompts_of_her_desk(firm):
    client = firm.okafor.row
    CallType.objects.filter(client=client).delete()
    hearing = CallType.objects.create(client=client, name="A hearing", handling="Never say who is in court")
    invoice = CallType.objects.create(client=client, name="An invoice", is_default=True)
    facts = {"client": client, "call_type": hearing}
    courts = {"kind": "choice", "choices": ["County", "Crown"], "required": True}
    Prompt.objects.create(caption="Which court?", **courts, **facts)
    Prompt.objects.create(caption="Reference", rank=1, **facts)
    Prompt.objects.create(caption="How many files?", kind="number", rank=2, **facts)
    Prompt.objects.create(client=client, call_type=invoice, caption="Reference", help="On its top right")
    practice = begun(firm)
    hers, page = firm.browser(firm.ida), reverse("my-practice-one", args=[practice.pk])
    shown = hers.get(page).content.decode()
    assert "On its top right" in shown  # the one to begin with
    assert "Which court?" not in shown
    typed = {"call_type": "An invoice", name_of("Reference"): "AB 12", "text": "It is moved"}
    changed = hers.post(page, typed | {"change_to": "A hearing"})
    assert changed.status_code == 200
    for words in ("Which court?", "AB 12", "It is moved", "Never say who is in court"):
        assert words in changed.content.decode(), words
    practice.refresh_from_db()
    assert practice.written_at is None
    typed["call_type"] = "A hearing"
    refused = hers.post(page, typed)
    assert refused.status_code == 422
    assert "AB 12" in refused.content.decode()
    none = {name_of("Which court?"): "Crown", name_of("How many files?"): "0"}
    assert hers.post(page, typed | none).status_code == 303
    practice.refresh_from_db()
    assert practice.call_type == "A hearing"
    asked = [["Which court?", "Crown"], ["Reference", "AB 12"], ["How many files?", "0"]]
    assert practice.answers == asked
    read = firm.browser(firm.helen).get(reverse("practice-of", args=[practice.pk])).content.decode()
    assert "AB 12" in read
    assert "Crown" in read
    assert not any(model.objects.exists() for model in (Call, Message, WorkRecord, Effect))


def test_a_copy_from_before_prompts_were_copied_is_answered_all_the_same(firm):
    practice = begun(firm)
    old = practice.copy | {"call_types": [{"name": "A hearing", "handling": "", "prompts": ["Which court?"]}]}
    Practice.objects.filter(pk=practice.pk).update(copy=old)
    hers, page = firm.browser(firm.ida), reverse("my-practice-one", args=[practice.pk])
    assert "A hearing" in hers.get(page).content.decode()
    assert hers.post(page, {"call_type": "A hearing", "text": "Ring back"}).status_code == 303


def test_practice_that_went_well_is_a_step_of_whoever_applies(firm):
    vacancy = Vacancy.objects.create(
        title="Mornings", work="Calls", hours_from=9, hours_to=20, made_by=firm.helen
    )
    at = clock.now()
    applied = Application.objects.create(
        vacancy=vacancy,
        email="ida@example.com",
        name="Ida",
        state="invited",
        secretary=firm.ida,
        sent_at=at,
        agreed_at=at,
        from_on=date(2026, 12, 1),
    )
    practice = begun(firm)
    practising.write(practice, by=firm.ida, at=at, text="Ring back")
    practising.judge(practice, went_well=True, judgement="Calm and clear", by=firm.helen, at=at)
    step = Step.objects.get(application=applied)
    assert (step.kind, step.state, step.note) == ("practice", "passed", "Calm and clear")
    with pytest.raises(practising.NotNow, match="talked through before"):
        practising.judge(practice, went_well=False, judgement="No", by=firm.helen, at=at)


def test_a_client_with_terms_is_copied_only_for_her_who_has_accepted_them(firm):
    terms.write(firm.okafor.row, "Silence", by=firm.helen, at=clock.now())
    said = {"secretary": firm.ida.pk, "client": firm.okafor.row.pk, "part": "A court clerk"}
    refused = firm.browser(firm.helen).post(reverse("practices"), said)
    assert refused.status_code == 422
    assert "Ida has not accepted the terms of Okafor Legal" in refused.content.decode()
    assert "A court clerk" in refused.content.decode()  # what was typed stays
