"""Practice calls: a supervisor plays the caller, and nothing of it is delivered, billed or counted."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from calls.models import Call, CallEvent, Leg, Offer
from clients import playing, practising
from clients.confidentiality import terms
from clients.models import CallType, Practice, Prompt, WorkRecord
from messages_app.forms.message import name_of
from messages_app.models import Draft, Message
from secretariat import clock
from secretariat.live.models import LiveEvent
from secretariat.office.models import Application, HalfTyped, Step, Vacancy
from secretariat.outbox.models import Effect
from secretariat.overview.practice.played import Copied

HTMX = {"HX-Request": "true"}
LEFT_ALONE = (Call, CallEvent, Leg, Offer, Draft, Message, WorkRecord, Effect)


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal", country="GB", good_to_know="A dog barks")
    office.contact(office.okafor, "Tunde Adeyemi")
    office.ida = office.secretary("Ida", ready=False)  # on no team yet
    yield office
    assert not any(model.objects.exists() for model in LEFT_ALONE)


def begun(firm) -> Practice:
    said = {"secretary": firm.ida.pk, "client": firm.okafor.row.pk, "part": "A court clerk in a hurry"}
    assert firm.browser(firm.helen).post(reverse("practices"), said).status_code == 303
    return Practice.objects.get()


def plays(firm, practice, verb, *, status=200) -> str:
    url = reverse("practice-play", args=[practice.pk, verb])
    answer = firm.browser(firm.helen).post(url, headers=HTMX)
    assert answer.status_code == status, answer.content
    return answer.content.decode()


def does(firm, practice, verb, *, status=200, **said) -> str:
    url = reverse("my-practice-do", args=[practice.pk, verb])
    answer = firm.browser(firm.ida).post(url, said, headers=HTMX)
    assert answer.status_code == status, answer.content
    return answer.content.decode()


def sees(firm, practice, part="") -> str:
    page = reverse("my-practice-part", args=[practice.pk, part]) if part else ""
    page = page or reverse("my-practice-one", args=[practice.pk])
    headers = HTMX if part else {}
    return " ".join(firm.browser(firm.ida).get(page, headers=headers).content.decode().split())


def supervises(firm, practice) -> str:
    return firm.browser(firm.helen).get(reverse("practice-of", args=[practice.pk])).content.decode()


def talking(firm) -> Practice:
    practice = begun(firm)
    plays(firm, practice, "ring")
    does(firm, practice, "answer")
    return practice


def stage(practice) -> str:
    practice.refresh_from_db()
    return practice.stage


def test_it_rings_and_is_answered_as_at_her_desk(firm):
    practice = begun(firm)
    waits = sees(firm, practice)
    for words in ("You answer for Okafor Legal", "Good morning, <strong>Okafor Legal</strong>, Ida speaking"):
        assert words in waits, words
    assert "court clerk" not in waits
    assert "message-form" not in waits
    assert "It rings at Ida’s desk" in plays(firm, practice, "ring")
    rings = sees(firm, practice)
    for words in ("Okafor Legal is ringing", "data-ring-until=", 'data-key="F2"', "Number withheld"):
        assert words in rings, words
    assert "How Okafor Legal wants calls taken" in rings
    bar = does(firm, practice, "answer")
    for words in ("On call", 'data-key="F4"', 'data-key="F8"', 'data-key="F9"'):
        assert words in bar, words
    for words in ("Keypad", "F3", "/desk/calls/"):
        assert words not in bar, words
    slip = sees(firm, practice)
    for words in (
        'id="message-form"',
        "Message for",
        "Tunde Adeyemi",
        "Practice: nothing is sent",
        "A dog barks",
    ):
        assert words in slip, words
    assert "/desk/calls/" not in slip.replace("/desk/calls/bar/", "").replace("/desk/calls/unfinished/", "")
    assert "/desk/messages/" not in slip.partition('id="message-form"')[2].partition("</form>")[0]
    assert "You talk to Ida" in supervises(firm, practice)


def test_a_ring_that_passes_is_missed_and_one_she_does_not_want_goes_by(firm):
    practice = begun(firm)
    plays(firm, practice, "ring")
    firm.clock_says("2026-11-24 10:31")
    assert "is ringing" not in sees(firm, practice)
    assert "no longer possible" in does(firm, practice, "answer", status=422)
    plays(firm, practice, "ring")
    does(firm, practice, "decline")
    shown = supervises(firm, practice)
    assert "She did not answer in time" in shown
    assert "Not now" in shown
    plays(firm, practice, "ring")
    assert stage(practice) == "ringing"


def test_hold_and_resume_and_each_deed_is_seen_as_it_is_done(firm):
    practice = talking(firm)
    LiveEvent.objects.all().delete()
    held = does(firm, practice, "hold")
    assert "On hold" in held
    assert "Resume" in held
    told = LiveEvent.objects.get()
    assert set(told.audience) == {firm.ida.user_id, firm.helen.pk}
    assert "no longer possible" in does(firm, practice, "hold", status=422)
    shown = supervises(firm, practice)
    assert "You are on hold" in shown
    assert "She puts the caller on hold" in shown
    assert "Resume" not in does(firm, practice, "resume")
    assert "She comes back to the caller" in supervises(firm, practice)


def test_the_supervisor_takes_a_call_that_is_asked_for_and_it_goes_through(firm):
    practice = talking(firm)
    chosen = sees(firm, practice, "through")
    assert "Tunde Adeyemi" in chosen
    assert "Played by Helen" in chosen
    asked = does(firm, practice, "ask", person="Tunde Adeyemi", why="The hearing", caller_name="Mrs Nwosu")
    assert "Tunde’s telephone rings" in asked
    assert "Caller on hold" in sees(firm, practice, "bar")
    shown = supervises(firm, practice)
    assert "You are Tunde Adeyemi now" in shown
    assert "Mrs Nwosu: The hearing" in " ".join(shown.split())
    plays(firm, practice, "take")
    assert "Put Mrs through to Tunde" in sees(firm, practice, "side")
    does(firm, practice, "connect")
    wrap_up = sees(firm, practice, "bar")
    assert "is through to Tunde Adeyemi" in wrap_up
    assert "Put aside" not in wrap_up
    does(firm, practice, "finish")
    assert stage(practice) == "over"
    assert practice.written_at is not None


def test_what_is_not_taken_comes_back_and_straight_goes_at_once(firm):
    practice = talking(firm)
    assert "Choose whom to ask" in does(firm, practice, "ask", person="Nobody", status=422)
    does(firm, practice, "ask", person="Tunde Adeyemi")
    plays(firm, practice, "refuse")
    assert stage(practice) == "talking"
    assert practice.held_at is None
    assert "Not taken" in sees(firm, practice, "through")
    does(firm, practice, "ask", person="Tunde Adeyemi")
    does(firm, practice, "take-back")
    assert "no longer possible" in plays(firm, practice, "take", status=422)
    does(firm, practice, "straight", person="Tunde Adeyemi")
    plays(firm, practice, "take")
    assert stage(practice) == "wrap_up"


def test_the_slip_is_her_desks_with_the_types_of_call_and_what_they_must_ask(firm):
    client = firm.okafor.row
    CallType.objects.filter(client=client).delete()
    hearing = CallType.objects.create(client=client, name="A hearing", handling="Never say who is in court")
    invoice = CallType.objects.create(client=client, name="An invoice", is_default=True)
    courts = {"kind": "choice", "choices": ["County", "Crown"], "required": True}
    facts = {"client": client, "call_type": hearing}
    Prompt.objects.create(caption="Which court?", **courts, **facts)
    Prompt.objects.create(caption="Reference", rank=1, **facts)
    Prompt.objects.create(client=client, call_type=invoice, caption="Reference", help="On its top right")
    practice = talking(firm)
    of_hearing, of_invoice = Copied(practice).call_types
    CallType.objects.filter(client=client).delete()  # what she practises on is a copy
    court, reference = map(name_of, of_hearing.prompts)
    shown = sees(firm, practice)
    assert "On its top right" in shown
    assert "Which court?" not in shown
    typed = {"call_type": str(of_invoice.pk), name_of(of_invoice.prompts[0]): "AB 12", "text": "It is moved"}
    typed |= {"revision": "0", "contact": "Tunde Adeyemi", "urgency": "1"}
    changed = does(firm, practice, "form", **typed, change_to=str(of_hearing.pk))
    for words in ("Which court?", "AB 12", "It is moved", "Never say who is in court"):
        assert words in changed, words
    watched = supervises(firm, practice)
    assert "What she types" in watched
    assert "It is moved" in watched
    typed = {"call_type": str(of_hearing.pk), reference: "AB 12", "text": "It is moved", "urgency": "3"}
    typed |= {"contact": "Tunde Adeyemi", "caller_name": "Mrs Nwosu", "caller_firm": "The court"}
    refused = does(firm, practice, "take", **typed, revision="2", status=422)
    assert "AB 12" in refused
    assert "Kept for this practice alone" in does(firm, practice, "take", **typed, **{court: "Crown"})
    practice.refresh_from_db()
    assert (practice.call_type, practice.contact, practice.is_urgent) == ("A hearing", "Tunde Adeyemi", True)
    assert practice.answers == [["Which court?", "Crown"], ["Reference", "AB 12"], ["Firm", "The court"]]
    assert practice.draft is None
    does(firm, practice, "hang-up")
    assert stage(practice) == "over"
    assert "Crown" in supervises(firm, practice)
    assert "It is moved" in sees(firm, practice)


def test_what_she_types_is_kept_and_two_windows_are_told_of_each_other(firm):
    practice = talking(firm)
    desk, url = firm.browser(firm.ida), reverse("my-practice-do", args=[practice.pk, "draft"])
    said = {"text": "Pay with 4111 1111 1111 1111", "caller_name": "Mrs Nwosu", "urgency": "1"}
    kept = desk.post(url, said | {"revision": "0"}).json()
    assert kept["revision"] == 1
    assert kept["redacted"] == {"text": "Pay with [card number not kept, ends 1111]"}
    assert "Mrs Nwosu" in sees(firm, practice)
    assert "Mrs Nwosu" in supervises(firm, practice)
    clash = desk.post(url, said | {"text": "Another", "revision": "0"})
    assert clash.status_code == 409
    assert clash.json()["fields"]["caller_name"] == "Mrs Nwosu"
    assert desk.post(url, said | {"revision": "x"}).status_code == 400
    assert "4111" not in str(Practice.objects.get().draft)


def test_a_call_without_a_message_says_why_and_the_caller_may_hang_up_first(firm):
    practice = talking(firm)
    plays(firm, practice, "leave")
    bar = sees(firm, practice, "bar")
    assert "The caller hung up" in bar
    assert "wrap-up of" in bar
    assert "More time" not in does(firm, practice, "more-time")
    assert "Why no message?" in does(firm, practice, "form", change_to="none")
    does(firm, practice, "none", status=422)
    does(firm, practice, "none", reason="wrong_number")
    assert stage(practice) == "over"
    assert practice.answers == [["No message", "Wrong number"]]
    assert "No message: Wrong number" in supervises(firm, practice)


def test_without_a_script_each_deed_leads_back_to_the_page(firm):
    practice = begun(firm)
    plays(firm, practice, "ring")
    desk, page = firm.browser(firm.ida), reverse("my-practice-one", args=[practice.pk])
    answered = desk.post(reverse("my-practice-do", args=[practice.pk, "answer"]))
    assert (answered.status_code, answered["Location"]) == (303, page)
    through = desk.get(reverse("my-practice-part", args=[practice.pk, "through"]))
    assert "Tunde Adeyemi" in through.content.decode()
    refused = desk.post(reverse("my-practice-do", args=[practice.pk, "take"]), {"caller_firm": "Court"})
    assert refused.status_code == 422
    assert 'value="Court"' in refused.content.decode()
    sent = desk.post(
        reverse("my-practice-do", args=[practice.pk, "take"]), {"text": "Ring back", "urgency": "1"}
    )
    assert sent.status_code == 303
    for unknown in ("ring", "park", "three"):
        assert desk.post(reverse("my-practice-do", args=[practice.pk, unknown])).status_code == 404
    assert desk.get(reverse("my-practice-part", args=[practice.pk, "digits"])).status_code == 404


def test_the_write_up_is_kept_while_it_is_typed_and_waits_for_the_end_of_the_call(firm):
    practice = talking(firm)
    desk, judge = firm.browser(firm.helen), reverse("practice-judge", args=[practice.pk])
    typed = {"point_greeting": "well", "judgement": "Read the number back"}
    kept = desk.post(reverse("half-typed-practice", args=[practice.pk]), typed | {"revision": "0"})
    assert kept.json()["revision"] == 1
    shown = supervises(firm, practice)
    assert "Read the number back</textarea>" in shown
    assert re.search(r'value="well"[^>]* selected', shown)
    early = desk.post(judge, typed | {"went_well": "no"})
    assert early.status_code == 422
    assert "The call goes on" in early.content.decode()
    assert "Read the number back</textarea>" in early.content.decode()
    does(firm, practice, "hang-up")
    does(firm, practice, "take", text="Ring back", urgency="1")
    assert desk.post(judge, {"went_well": "no"}).status_code == 422
    assert desk.post(judge, typed | {"went_well": "no"}).status_code == 303
    assert HalfTyped.objects.get().fields == {}
    told = sees(firm, practice)
    for words in ("Read the number back", "Answered in time", "Well", "court clerk"):
        assert words in told, words
    assert "no longer possible" in plays(firm, practice, "ring", status=422)


def test_she_begins_the_write_up_anew(firm):
    practice = begun(firm)
    desk = firm.browser(firm.helen)
    desk.post(reverse("half-typed-practice", args=[practice.pk]), {"judgement": "Hm", "revision": "0"})
    assert desk.post(reverse("practice-judge", args=[practice.pk]), {"anew": "1"}).status_code == 303
    assert "Hm</textarea>" not in supervises(firm, practice)


def test_while_there_is_no_real_call_nothing_is_said_of_one_and_it_is_waited_for(firm):
    shown = sees(firm, begun(firm))
    assert "Not on shift" not in shown
    assert 'hx-get="/desk/calls/bar/"' in shown


def test_a_real_call_comes_first_on_her_page(office):
    office.clock_says("2026-11-24 10:30")
    brill, okafor = office.client("Brill Dental"), office.client("Okafor Legal")
    priya, helen = office.secretary("Priya", okafor), office.supervisor()
    practice = practising.begin(priya, brill.row, part="A builder", by=helen, at=clock.now())
    playing.move(practice.pk, "ring", at=clock.now())
    office.rings(okafor)
    page = reverse("my-practice-one", args=[practice.pk])
    shown = office.browser(priya).get(page).content.decode()
    assert 0 < shown.index("Okafor Legal is ringing") < shown.index("Brill Dental is ringing")


def test_a_copy_from_before_prompts_were_copied_is_answered_all_the_same(firm):
    practice = begun(firm)
    bare = ("name", "band", "phrase", "good_to_know", "people")
    old = {name: practice.copy[name] for name in bare}
    old["call_types"] = [{"name": "A hearing", "handling": "", "prompts": ["Which court?"]}]
    Practice.objects.filter(pk=practice.pk).update(copy=old)
    plays(firm, practice, "ring")
    does(firm, practice, "answer")
    assert "A hearing" in sees(firm, practice)
    does(firm, practice, "take", text="Ring back", urgency="1")
    practice.refresh_from_db()
    assert practice.text == "Ring back"


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


def test_no_other_secretary_comes_near_it(firm):
    practice, other = talking(firm), firm.secretary("Olga", ready=False)
    desk = firm.browser(other)
    assert desk.get(reverse("my-practice-one", args=[practice.pk])).status_code == 404
    assert desk.post(reverse("my-practice-do", args=[practice.pk, "hold"])).status_code == 404
    assert desk.post(reverse("practice-play", args=[practice.pk, "take"])).status_code == 404
    assert stage(practice) == "talking"


def test_a_ring_lasts_as_long_as_it_says(firm):
    practice = begun(firm)
    at = clock.now()
    rung = playing.move(practice.pk, "ring", at=at)
    assert rung.stage_at(at + playing.RINGS - timedelta(seconds=1)) == "ringing"
    assert rung.stage_at(at + playing.RINGS) == "waiting"
