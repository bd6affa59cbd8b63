"""What people do about a dictation that is booked, in words. It is for 11:00, by the client's clock."""

from django.urls import reverse

from calls.models import BookedDictation, MeetingCall
from secretariat.office.models import Presence

from .throughs import picks_up, presses

Result = MeetingCall.Result


def said(okafor, typist, **more):
    facts = {"client": okafor.row.pk, "contact": okafor.owner.pk, "typist": typist.pk}
    return facts | {"on": "2026-11-24", "at": "11:00", "minutes": "30"} | more


def book(desk, okafor, typist, **more) -> BookedDictation:
    answer = desk.post(reverse("dictation-book"), said(okafor, typist, **more))
    assert answer.status_code == 303, answer.context["form"].errors
    return BookedDictation.objects.latest("meeting__starts_at", "id")


def it_is_time(office):
    office.clock_says("2026-11-24 10:59")
    office.settle()


def comes(office, number):
    picks_up(office, number)
    presses(office, number, "1")
    office.passes(3)  # the carrier begins one call each second


def the_call() -> MeetingCall:
    return MeetingCall.objects.latest("of")


def bar(desk) -> str:
    return desk.get(reverse("calls-bar")).content.decode()


def is_at(secretary) -> str:
    return Presence.objects.get(secretary=secretary).state
