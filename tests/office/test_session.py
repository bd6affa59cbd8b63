"""How long a sign-in lasts, and keeping it."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

A_WEEK = timedelta(days=7)


@pytest.fixture
def desk(office):
    return office.browser(office.secretary("Priya", office.client("Okafor Legal")))


def ends_in(**length) -> None:
    Session.objects.update(expire_date=timezone.now() + timedelta(**length))


def test_a_page_knows_when_its_sign_in_ends(office, desk):
    ends_in(minutes=90)
    shown = re.search(r'data-session-seconds="(\d+)"', desk.get("/desk/").text)
    assert 5000 < int(shown[1]) <= 5400
    portal = office.browser(office.client("Brill Dental").owner)
    assert 'data-session-seconds="' in portal.get("/portal/").text


def test_looking_does_not_make_it_longer_and_keeping_does(desk):
    ends_in(minutes=2)
    for _look in range(2):
        assert desk.get("/session/").json()["seconds"] <= 120
    kept = desk.post("/session/keep/", headers={"Accept": "application/json"})
    assert kept.json()["seconds"] > A_WEEK.total_seconds()
    assert Session.objects.get().expire_date > timezone.now() + A_WEEK


def test_without_a_script_she_is_back_where_she_was(desk):
    answer = desk.post("/session/keep/", {"next": "/desk/messages/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/messages/")


def test_one_that_has_ended_is_not_kept(desk):
    ends_in(seconds=-1)
    for answer in (desk.get("/session/"), desk.post("/session/keep/")):
        assert (answer.status_code, "/accounts/login/" in answer.headers["Location"]) == (302, True)
