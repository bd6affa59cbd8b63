"""The queue of dictation at the desk: what of it lies with the client is seen in its row."""

import re

import pytest
from django.urls import reverse

from calls.dictation import audio_kinds, dictating
from messages_app.dictated import typing
from secretariat import clock
from secretariat.local.carrier import sound
from tests.dictating import handed_in

from .test_dictated import asked, says


@pytest.fixture
def draft(okafor, priya):
    return typing.begin(handed_in(okafor.owner), by=priya.user, at=clock.now())


def pills(desk, show) -> list[str]:
    page = desk.get(reverse("dictation-queue"), {"show": show}).content.decode()
    return re.findall(r'<span class="pill[^>]*>(.*?)</span>', page.partition('id="dictation-queue"')[2])


def test_what_the_client_has_not_agreed_to_is_seen_among_what_is_typed(office, okafor, draft, desk):
    assert (pills(desk, ""), pills(desk, "shown"), pills(desk, "done")) == (["Priya"], [], [])
    asked(desk, draft, "task", words="Order flowers.", due_on="2026-11-27")
    assert pills(desk, "") == []
    assert pills(desk, "shown") == pills(desk, "done") == ["With the client"]
    says(office.browser(okafor.owner), draft, "change", words="Roses.")
    assert pills(desk, "shown") == pills(desk, "done") == ["To be changed"]
    asked(desk, draft, "task", words="Order roses.", due_on="2026-11-27")
    says(office.browser(okafor.owner), draft, number=2)
    assert (pills(desk, "shown"), pills(desk, "done")) == ([], ["Typed"])


def test_how_long_a_file_is_that_nobody_has_measured_is_not_said(office, okafor, desk):
    mp3 = {"kind": audio_kinds.MP3, "source": "file", "at": clock.now()}
    item = dictating.hand_in(okafor.owner, sound.mp3(5), **mp3)
    portal = office.browser(okafor.owner)
    pages = [
        desk.get(reverse("dictation-queue")),
        desk.get(reverse("dictation", args=[item.pk])),
        portal.get(reverse("dictation-portal")),
        portal.get(reverse("dictation-portal-item", args=[item.pk])),
    ]
    assert "Part 1</p>" in pages[1].content.decode()
    assert not any(re.search(r"(, |· )0:00", page.content.decode()) for page in pages)
    handed_in(okafor.owner)
    assert "Owner of Okafor Legal, 0:05" in desk.get(reverse("dictation-queue")).content.decode()


def test_of_several_drafts_the_one_to_be_changed_is_told_and_the_item_stands_once(
    office, okafor, priya, draft, desk
):
    asked(desk, draft, "task", words="Order flowers.", due_on="2026-11-27")
    says(office.browser(okafor.owner), draft, "change", words="Roses.")
    second = typing.begin(draft.dictation, by=priya.user, at=clock.now(), another=True)
    asked(desk, second, "task", words="Water them.", due_on="2026-11-27")
    assert pills(desk, "shown") == ["To be changed"]
