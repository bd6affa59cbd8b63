"""An enquiry that is left half-way waits in the browser it was typed in, and in no other."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client as Browser
from django.urls import reverse

from secretariat.office.models import Enquiry
from tests.office.test_half_typed import CARD, page

ASK, DRAFT = "directory-ask", "directory-ask-draft"


@pytest.fixture
def at_ten(office):
    office.clock_says("2026-11-24 10:30")
    return office


def types(browser, *, revision=0, **fields):
    return browser.post(reverse(DRAFT), fields | {"revision": str(revision)})


def test_it_stands_in_the_form_again_in_this_browser_alone(at_ten):
    hers, ask = Browser(), reverse(ASK)
    fresh = page(hers.get(ask))
    assert f'data-draft-url="{reverse(DRAFT)}"' in fresh
    assert "draft.js" in fresh
    assert not hers.cookies.get(settings.SESSION_COOKIE_NAME)  # nothing typed, nothing to carry
    kept = types(hers, name="Sam Buyer", works_in=["calls", "figures"], words="Mornings, wh", secret="x")
    assert (kept.status_code, kept.json()["revision"]) == (200, 1)
    assert not hers.cookies[settings.SESSION_COOKIE_NAME]["max-age"]  # it ends with the browser
    shown = hers.get(ask)
    assert "no-store" in shown["Cache-Control"]
    for words in ('value="Sam Buyer"', "Mornings, wh</textarea>", "What you typed here last stands below"):
        assert words in page(shown), words
    assert page(shown).count(" checked") == 2
    assert "secret" not in str(hers.session["enquiry"])
    assert "Sam Buyer" not in page(Browser().get(ask))
    assert not Enquiry.objects.exists()


def test_of_two_tabs_the_older_one_is_told_and_once_it_is_sent_nothing_stands(at_ten):
    hers, ask = Browser(), reverse(ASK)
    types(hers, words="One")
    clash = types(hers, words="Another")
    assert (clash.status_code, clash.json()) == (409, {"revision": 1, "fields": {"words": "One"}})
    said = {"name": "Sam Buyer", "email": "sam", "words": "One"}
    assert hers.post(ask, said).status_code == 422
    assert hers.session["enquiry"]["fields"] == {"words": "One"}
    assert hers.post(ask, said | {"email": "sam@buyer.example"}).status_code == 302
    assert types(hers, revision=1, words="One").status_code == 409  # what was on its way comes late
    assert "One</textarea>" not in page(hers.get(ask))
    assert Enquiry.objects.get().words == "One"


def test_she_begins_anew_and_no_card_number_is_kept(at_ten):
    hers, ask = Browser(), reverse(ASK)
    told = types(hers, words=f"Pay with {CARD}").json()
    assert told["redacted"] == {"words": "Pay with [card number not kept, ends 1111]"}
    assert hers.post(ask, {"anew": "1"}).status_code == 303
    assert "Pay with" not in page(hers.get(ask))
    assert types(hers, revision="x", words="x").status_code == 400


def test_nobody_fills_the_house_with_sessions(at_ten):
    answers = [types(Browser(), words="Calls").status_code for _each in range(22)]
    assert (answers[0], answers[-1]) == (200, 429)
    assert Session.objects.count() == 20


def test_somebody_who_is_signed_in_stays_so(at_ten):
    portal = at_ten.browser(at_ten.client("Okafor Legal").owner)
    lasts = portal.session.get_expiry_age()
    assert types(portal, words="A second secretary").status_code == 200
    assert "A second secretary" in page(portal.get(reverse(ASK)))
    assert abs(portal.session.get_expiry_age() - lasts) < 60
