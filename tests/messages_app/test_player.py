"""The player of a dictation asks for a recording until it is there, and is then left alone."""

import re

import pytest
from django.urls import reverse

from calls.dictation import dictating
from calls.models import DictationPart
from messages_app.dictated import typing
from secretariat import clock
from tests.dictating import handed_in


@pytest.fixture
def item(okafor):
    return handed_in(okafor.owner)


@pytest.fixture(params=["dictation", "dictated-draft"])
def page(request, item, priya):
    """Where it is heard, and where it is typed beside it."""
    draft = typing.begin(item, by=priya.user, at=clock.now())
    return reverse(request.param, args=[item.pk if request.param == "dictation" else draft.pk])


def section(desk, page, **asked) -> str:
    shown = desk.get(page, headers=asked).content.decode()
    return re.search(r'<section class="card stack" id="recording".*?</section>', shown, re.S)[0]


def test_what_is_still_fetched_comes_by_itself_and_nothing_is_drawn_anew_after(item, page, desk):
    fetching = {"state": "fetching", "media_id": None, "sha256": ""}
    held = DictationPart.objects.get()
    DictationPart.objects.update(**fetching)
    live = section(desk, page)
    assert f'hx-get="{page}"' in live
    assert "live:approval.changed from:body" in live
    assert "<audio" not in live
    dictating.store(DictationPart.objects.get(pk=held.pk), b"ID3 what she said")
    there = section(desk, page, **{"HX-Request": "true", "HX-Target": "recording"})
    assert "<audio" in there
    assert "hx-get" not in there


def test_nothing_recorded_yet_is_asked_for_and_what_failed_is_not(item, page, desk):
    DictationPart.objects.update(state="failed", media_id=None, sha256="")
    assert "hx-get" not in section(desk, page)
    DictationPart.objects.all().delete()
    none = section(desk, page)
    assert "Nothing is recorded." in none
    assert "hx-get" in none
