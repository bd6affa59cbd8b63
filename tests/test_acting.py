"""It is known who acts, in a request and outside of one, and nobody acts for longer than she does."""

import json
import logging
from threading import Barrier, Thread

import pytest
from django.test import Client as Browser
from django.test.signals import template_rendered
from django.urls import reverse

from secretariat import acting, logs, outbox
from secretariat.acting import acting_for
from secretariat.outbox import inbox

from .outbox.conftest import LETTER, passes, provider, workers  # noqa: F401  fixtures


class Somebody:
    def __init__(self, pk):
        self.pk = pk


def test_within_it_she_acts_and_afterwards_whoever_did_before():
    with acting_for(Somebody(1)):
        with acting_for(None):
            assert acting.who() is None
        assert acting.who() == 1
    assert acting.who() is None


def test_it_ends_with_a_fault_too():
    with pytest.raises(KeyError), acting_for(Somebody(1)):
        raise KeyError
    assert acting.who() is None


def test_two_threads_act_for_two():
    both, seen = Barrier(2, timeout=30), {}

    def act(pk):
        with acting_for(Somebody(pk)):
            both.wait()
            seen[pk] = acting.who()
            both.wait()
        seen[-pk] = acting.who()

    threads = [Thread(target=act, args=[pk]) for pk in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {1: 1, 2: 2, -1: None, -2: None}


@pytest.fixture
def rendered():
    """For whom each page was made, and what a log line said that was written meanwhile."""
    seen = []

    def note(**_page):
        line = logging.makeLogRecord({"name": "clients", "msg": "noted"})
        seen.append((acting.who(), json.loads(logs.Line().format(line)).get("user")))

    template_rendered.connect(note)
    yield seen
    template_rendered.disconnect(note)


def test_a_page_is_made_for_whoever_signed_in_and_its_log_lines_name_her(office, rendered):
    priya = office.secretary("Priya").user
    browser = office.browser(priya)
    assert browser.get(reverse("desk-settings")).status_code == 200
    assert set(rendered) == {(priya.pk, str(priya.pk))}
    assert acting.who() is None


def test_a_page_for_strangers_is_made_for_nobody_even_after_hers(office, rendered):
    priya = office.secretary("Priya").user
    office.browser(priya).get(reverse("desk-settings"))
    rendered.clear()
    assert Browser().get(reverse("account_login")).status_code == 200
    assert set(rendered) == {(None, None)}


def test_a_page_that_falls_ends_it_too(office, monkeypatch):
    browser = office.browser(office.secretary("Priya").user)
    seen = []

    def fall(*_page, **_values):
        seen.append(acting.who())
        raise RuntimeError

    monkeypatch.setattr("secretariat.office.views.settings.render", fall)
    with pytest.raises(RuntimeError):
        browser.get(reverse("desk-settings"))
    assert seen[0]
    assert acting.who() is None


@pytest.mark.django_db
def test_an_effect_and_a_notice_are_the_products_own(provider, workers):  # noqa: F811
    seen = []
    provider.before_send = lambda effect: seen.append(acting.who())
    inbox.works("twilio.sms")(lambda event: seen.append(acting.who()))
    outbox.post(LETTER, key="a")
    inbox.keep("twilio", "sms", "SM1")
    with acting_for(Somebody(1)):
        outbox.drain("urgent")
        outbox.drain_inbox()
        assert acting.who() == 1
    assert seen == [None, None]
