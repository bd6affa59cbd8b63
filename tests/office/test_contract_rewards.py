"""Contracts: several incentives in one, in plain words; and unpaid work that is tried a second time."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.office.contracts import agreeing
from secretariat.office.models import Contract

from .test_contracts import FIRST, signed_by_both, written


@pytest.fixture
def priya(office):
    office.clock_says("2026-11-24 10:30")
    return office.secretary("Priya", office.client("Okafor Legal"), ready=False)


@pytest.fixture
def helen(office):
    return office.supervisor()


REWARDS = {
    "bonus": "30",
    "bonus_hours": "100",
    "bonus_2": "50",
    "bonus_2_hours": "140",
    "kept": "40",
    "quality": "25",
    "quality_percent": "90",
    "spoken": "1.80",
    "spoken_in": "fr",
    "odd_night": "6",
    "odd_weekend": "9",
    "odd_holiday": "20",
    "piece_letter": "4",
    "piece_task": "1.5",
}


def test_several_incentives_stand_in_one_contract_in_plain_words(office, priya, helen):
    firm, write = office.browser(helen), reverse("contract-write", args=[priya.pk])
    for wrong, why in (
        ({"bonus_2_hours": "100"}, "Another bonus begins at as many hours"),
        ({"bonus_2_hours": ""}, "Say from how many hours on"),
        ({"quality_percent": ""}, "Say from how many percent on"),
        ({"spoken_in": ""}, "Say in which language"),
        ({"quality": ""}, "Say how much, or take out the rest of it"),
        ({"bonus_2": ""}, "Say how much, or take the hours out"),
    ):
        refused = firm.post(write, FIRST | REWARDS | wrong)
        assert refused.status_code == 422
        assert why in refused.content.decode(), wrong
        assert 'value="1.80"' in refused.content.decode()  # nothing typed is lost
    beyond = firm.post(write, FIRST | REWARDS | {"quality_percent": "900", "bonus_hours": "-1"})
    assert "Say from how many" not in beyond.content.decode()  # what is wrong has a sentence of its own
    assert firm.post(write, FIRST | REWARDS).status_code == 303
    again = firm.get(write).content.decode()
    for name, value in (("bonus_2_hours", "140"), ("quality_percent", "90"), ("odd_holiday", "20.00")):
        assert re.search(f'name="{name}" value="{value}"', again), name
    assert '<option value="fr" selected>' in again
    draft = Contract.objects.get()
    firm.post(reverse("contract-offer", args=[draft.pk]))
    page = office.browser(priya).get(reverse("my-contract")).content.decode()
    for words in (
        "Bonus: 30.00 GBP once each time she is paid, from 100 hours at work.",
        "Bonus: 50.00 GBP once each time she is paid, from 140 hours at work.",
        "Each bonus for hours at work is paid besides the others.",
        "Bonus: 25.00 GBP each time she is paid, from 90 % quality on average.",
        "1.80 GBP more for each hour at work for clients whose callers speak French.",
        "6.00 GBP for each shift kept of which any part lies between 22 and 6 at night.",
        "9.00 GBP for each shift kept of which any part lies on a Saturday or Sunday.",
        "20.00 GBP for each shift kept on a public holiday of the firm’s country.",
        "A shift to which several of these apply is paid once, by the one that pays most.",
        "4.00 GBP for each letter written.",
    ):
        assert words in page, words


TRIAL = {"kind": "trial", "from_on": date(2026, 10, 1), "until_on": date(2026, 10, 14)}
AGAIN = {"from_on": date(2026, 11, 2), "until_on": date(2026, 11, 13), "trial_again_because": "She was ill"}


def on_trial(priya, helen, **facts) -> Contract:
    draft = written(priya, helen, **TRIAL | {"trial_hours": Decimal(12)} | facts)
    return agreeing.write(draft, [], by=helen)


def test_a_second_trial_says_why_is_no_longer_than_the_first_and_is_the_last(office, priya, helen):
    signed_by_both(on_trial(priya, helen), helen)
    draft = on_trial(priya, helen, **AGAIN)
    for facts, why in (
        ({"trial_again_because": ""}, "Say why there is a second trial"),
        ({"trial_hours": Decimal(13)}, "no more hours than the first: 12"),
        ({"until_on": date(2026, 11, 16)}, "lasts no longer than the first: 14 days"),
    ):
        before = {name: getattr(draft, name) for name in facts}
        Contract.objects.filter(pk=draft.pk).update(**facts)
        page = office.browser(helen).get(reverse("contract", args=[draft.pk])).content.decode()
        assert why in page
        with pytest.raises(agreeing.NotNow, match=why):
            agreeing.offer(draft, by=helen, at=clock.now())
        Contract.objects.filter(pk=draft.pk).update(**before)
    signed_by_both(Contract.objects.get(pk=draft.pk), helen)
    page = office.browser(priya).get(reverse("my-contract")).content.decode()
    assert "This is a second trial, because: She was ill" in page
    third = on_trial(priya, helen, **AGAIN | {"from_on": date(2026, 12, 1), "until_on": date(2026, 12, 4)})
    with pytest.raises(agreeing.NotNow, match="A third time is paid"):
        agreeing.offer(third, by=helen, at=clock.now())


def test_a_first_trial_has_no_reason_for_a_second(priya, helen):
    with pytest.raises(agreeing.NotNow, match="no trial before"):
        agreeing.offer(on_trial(priya, helen, **AGAIN), by=helen, at=clock.now())
