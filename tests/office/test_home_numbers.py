"""A home number rings only once a code told there was typed at the desk; and codes cannot be tried out."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from calls.models import Offer
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.local.carrier import Party
from secretariat.office import home_numbers
from secretariat.office.home_numbers import Outcome
from secretariat.office.models import NumberCheck, Secretary
from secretariat.outbox.models import Effect, InboundEvent

NUMBER = "+447700900555"


@pytest.fixture
def rui(office):
    """A secretary with a home number that nobody has verified."""
    office.clock_says("2026-11-24 10:30")
    rui = office.secretary("Rui", line="phone", ready=False)
    Secretary.objects.filter(pk=rui.pk).update(verified_number="")
    rui.refresh_from_db()
    return rui


@pytest.fixture
def desk(office, rui):
    return office.browser(rui)


def asks(office, desk, by="text", number=NUMBER):
    office.carrier.add_party(number, Party())
    answer = desk.post(reverse("number-ask"), {"number": number, "by": by})
    office.settle()
    return answer


def types(desk, code):
    return desk.post(reverse("number-code"), {"code": code})


def texted(office, number=NUMBER) -> str:
    [*_before, last] = [text for text in office.carrier.messages.by_sid.values() if text.to == number]
    return re.match(r"\d{6}", last.body).group()


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_texted_code_verifies_the_number_and_only_then_it_is_hers(office, desk, rui):
    before = rui.home_number
    assert asks(office, desk).status_code == 303
    assert Secretary.objects.get().home_number == before
    assert types(desk, another(texted(office))).status_code == 422
    assert types(desk, f" {texted(office)[:3]} {texted(office)[3:]} ").status_code == 303
    rui.refresh_from_db()
    assert rui.home_number == NUMBER
    assert rui.rings_at_home
    assert LedgerEntry.objects.filter(verb="office.number.verified", actor_id=rui.user.pk).exists()


def test_a_call_says_the_code_to_whoever_presses_one(office, desk, rui):
    asks(office, desk, by="call")
    [leg] = office.carrier.control.legs_of(NUMBER)
    office.carrier.control.answer(leg)
    office.settle()
    code = home_numbers.code_of(NumberCheck.objects.get())
    spoken = ", ".join(code)
    assert spoken not in str(leg.heard)
    office.carrier.control.press(leg, "1")
    office.settle()
    assert spoken in str(leg.heard)
    assert types(desk, code).status_code == 303


def test_nobody_at_home_is_said_and_another_way_offered(office, desk, rui):
    asks(office, desk, by="call")
    office.passes(60)
    assert NumberCheck.objects.get().not_reached
    assert "have it texted" in desk.get(reverse("number")).content.decode()


def test_no_call_rings_at_a_number_nobody_has_verified(office, desk, rui):
    okafor = office.client("Okafor Legal")
    maya = office.secretary("Maya", okafor, line="phone")
    office.rings(okafor)
    assert Offer.objects.pending().filter(secretary=maya).exists()
    Offer.objects.all().delete()
    Secretary.objects.filter(pk=maya.pk).update(home_number="+447700900777")  # changed in the admin
    office.rings(okafor, caller="+447700900124")
    assert not Offer.objects.pending().exists()


def test_a_shift_by_phone_asks_for_a_verified_number(office, desk, rui):
    said = {"line": "phone", "hours": "8", "declared": "on"}
    refused = desk.post(reverse("shift-start"), said)
    assert refused.status_code == 422
    assert reverse("number") in refused.content.decode()
    home_numbers.vouch(rui, by=office.supervisor())
    assert desk.post(reverse("shift-start"), said).status_code == 303


def test_three_wrong_tries_end_a_code_and_five_an_hour_all_of_them(office, desk, rui, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    asks(office, desk)
    first = texted(office)
    for _ in range(2):
        assert "not the code" in types(desk, another(first)).content.decode()
    assert "over" in types(desk, another(first)).content.decode()
    assert "over" in types(desk, first).content.decode()  # even the right one now

    # Another number, another browser: the tries are hers, not theirs.
    asks(office, desk, number="+447700900556")
    code, elsewhere = texted(office, "+447700900556"), office.browser(rui)
    assert "not the code" in types(elsewhere, another(code)).content.decode()
    assert "too many" in types(elsewhere, another(code)).content.decode()
    assert "too many" in types(elsewhere, code).content.decode()
    assert asks(office, desk).status_code == 422
    office.settle()
    assert [message.to for message in mail.outbox] == [[rui.user.email]]
    assert not Secretary.objects.get(pk=rui.pk).verified_number

    office.clock_says("2026-11-24 11:45")
    assert asks(office, desk).status_code == 303
    assert types(desk, texted(office)).status_code == 303


def test_one_who_tries_locks_nobody_else_out(office, desk, rui):
    asks(office, desk)
    code = texted(office)
    for _ in range(3):
        types(desk, another(code))
    ana = office.secretary("Ana", ready=False)
    hers = office.browser(ana)
    asks(office, hers, number="+447700900557")
    assert types(hers, texted(office, "+447700900557")).status_code == 303


def test_a_code_is_good_for_ten_minutes(office, desk, rui):
    asks(office, desk)
    code = texted(office)
    office.clock_says("2026-11-24 10:41")
    assert "over" in types(desk, code).content.decode()


def test_no_more_than_five_codes_an_hour(office, desk, rui):
    answers = [asks(office, desk).status_code for _ in range(6)]
    assert answers == [303] * 5 + [422]


def test_costly_numbers_are_not_rung(office, desk, rui):
    refused = asks(office, desk, number="+449098790879")
    assert refused.status_code == 422
    assert not NumberCheck.objects.exists()


def test_no_table_holds_the_code(office, desk, rui):
    asks(office, desk, by="call")
    [leg] = office.carrier.control.legs_of(NUMBER)
    office.carrier.control.answer(leg)
    office.settle()
    office.carrier.control.press(leg, "1")
    office.settle()
    code = home_numbers.code_of(NumberCheck.objects.get())
    held = [*Effect.objects.values_list("payload", flat=True), *InboundEvent.objects.values_list("answer")]
    held += [event.body.decode() for event in InboundEvent.objects.all()]
    for row in held:
        assert code not in str(row)
        assert ", ".join(code) not in str(row)


def test_a_supervisor_has_it_rung_or_vouches_for_it(office, desk, rui):
    helen = office.browser(office.supervisor())
    page = reverse("admin:office_secretary_changelist")
    office.carrier.add_party(rui.home_number, Party())
    helen.post(page, {"action": "ring_with_code", "_selected_action": [str(rui.pk)]})
    office.settle()
    assert office.carrier.control.legs_of(rui.home_number)
    assert not Secretary.objects.get(pk=rui.pk).rings_at_home
    helen.post(page, {"action": "vouch", "_selected_action": [str(rui.pk)]})
    assert Secretary.objects.get(pk=rui.pk).rings_at_home
    assert LedgerEntry.objects.filter(verb="office.number.vouched").exists()
    assert not home_numbers.vouch(rui, by=rui.user)


def test_a_check_that_was_replaced_opens_nothing(office, desk, rui):
    asks(office, desk)
    first = texted(office)
    asks(office, desk)
    assert home_numbers.confirm(rui, first, at=clock.now()) == Outcome.WRONG


@given(st.uuids(), st.integers(10**7, 10**12))
def test_a_code_is_six_digits_and_none_that_anybody_would_try_first(pk, number):
    check = NumberCheck(pk=pk, number=f"+{number}", asked_at=datetime(2026, 11, 24, tzinfo=UTC))
    code = home_numbers.code_of(check)
    assert re.fullmatch(r"\d{6}", code)
    assert code not in {digit * 6 for digit in "0123456789"}
    assert code not in "01234567890123456789"
    assert code not in "98765432109876543210"
