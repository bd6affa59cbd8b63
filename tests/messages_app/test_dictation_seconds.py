"""The seconds in which dictation is heard and typed at the desk."""

import pytest
from django.urls import reverse

from calls.models import DictationPart
from clients import work
from clients.models import WorkRecord
from messages_app.dictated import typing
from messages_app.models import DictatedDraft, Mailbox
from secretariat import clock
from secretariat.ids import uuid7
from tests.dictating import handed_in

TEN_MINUTES = 600
MAIL = {"to": "dana@harlow.example", "subject": "The lease", "words": "We agree to the lease."}


@pytest.fixture
def item(okafor):
    """Ten minutes long."""
    made = handed_in(okafor.owner)
    DictationPart.objects.filter(dictation=made).update(seconds=TEN_MINUTES)
    return made


@pytest.fixture
def draft(okafor, item, priya):
    Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", incoming="ours", needs_approval=True
    )
    return typing.begin(item, by=priya.user, at=clock.now())


def opened(desk, draft, **headers):
    return desk.get(reverse("dictated-draft", args=[draft.pk]), headers=headers)


def types(desk, draft, words="We agree."):
    draft.refresh_from_db()
    said = {"words": words, "revision": draft.revision}
    assert desk.post(reverse("dictated-save", args=[draft.pk]), said).status_code == 200


def shows(desk, draft, **typed):
    draft.refresh_from_db()
    said = MAIL | {"mailbox": Mailbox.objects.get().pk, "wording": "as_dictated", "revision": draft.revision}
    answer = desk.post(reverse("dictated-ask", args=[draft.pk]), said | typed)
    assert answer.status_code == 303, answer.content.decode()


def kept(kind="dictation") -> list[float]:
    rows = WorkRecord.objects.filter(kind=kind).order_by("started_at")
    return [round((each.ended_at - each.started_at).total_seconds()) for each in rows]


def test_what_is_heard_and_sent_unchanged_counts_from_opening_the_page(office, okafor, priya, desk, draft):
    values = MAIL | {"mailbox": str(Mailbox.objects.get().pk), "wording": "as_dictated"}
    DictatedDraft.objects.update(values=values)  # as the transcriber heard it
    opened(desk, draft)
    office.is_later(TEN_MINUTES)
    shows(desk, draft)
    draft.refresh_from_db()
    assert (draft.revision, draft.state) == (0, DictatedDraft.State.ASKED)
    record = WorkRecord.objects.get()
    assert (record.client, record.secretary, record.subject_id) == (okafor.row, priya, draft.pk)
    assert kept() == [TEN_MINUTES]


def test_one_paste_that_is_sent_counts_from_opening_the_page(office, desk, draft):
    opened(desk, draft)
    office.passes(50)
    shows(desk, draft)
    assert kept() == [50]


def test_what_is_heard_before_the_first_letter_and_between_two_counts(office, desk, draft):
    opened(desk, draft)
    office.is_later(400)
    types(desk, draft)
    office.is_later(300)
    types(desk, draft, "We agree to it.")
    office.passes(20)
    shows(desk, draft)
    assert kept() == [720]


def test_for_longer_than_it_can_be_heard_nobody_was_at_it(office, desk, draft):
    opened(desk, draft)
    office.is_later(TEN_MINUTES + 121)
    types(desk, draft)
    office.passes(20)
    shows(desk, draft)
    assert kept() == [20]


def test_a_page_that_stood_open_for_hours_counts_from_where_she_came_back(office, priya, desk, draft):
    opened(desk, draft)
    office.passes(30)
    types(desk, draft)
    office.is_later(3 * 3600)
    desk = office.browser(priya)
    opened(desk, draft)
    office.passes(15)
    shows(desk, draft)
    assert kept() == [30, 15]


def test_nobody_has_said_how_long_a_file_is(office, desk, draft):
    DictationPart.objects.update(seconds=None)
    opened(desk, draft)
    office.is_later(29 * 60)
    types(desk, draft)
    office.is_later(31 * 60)
    types(desk, draft, "We agree to it.")
    shows(desk, draft)
    assert kept() == [29 * 60]


def test_who_only_loads_the_page_anew_after_a_while_was_elsewhere(office, desk, draft):
    opened(desk, draft)
    office.is_later(300)
    opened(desk, draft)
    office.passes(40)
    shows(desk, draft)
    assert kept() == [40]


def test_another_kind_is_chosen_after_it_was_heard(office, desk, draft):
    opened(desk, draft)
    office.is_later(300)
    page = reverse("dictated-kind", args=[draft.pk])
    desk.post(page, {"kind": "task", "revision": "0"}, follow=True)
    office.passes(20)
    shows(desk, draft, words="Order flowers.")
    assert kept() == [320]


def test_what_was_heard_and_thrown_away_was_heard(office, desk, draft):
    opened(desk, draft)
    office.is_later(200)
    desk.post(reverse("dictated-drop", args=[draft.pk]))
    assert kept() == [200]


@pytest.mark.parametrize("part", ["dictated", "heard", "recording"])
def test_a_part_of_the_page_drawn_anew_begins_nothing(desk, draft, part):
    opened(desk, draft, **{"HX-Request": "true", "HX-Target": part})
    draft.refresh_from_db()
    assert draft.writing_by is None


def test_who_types_is_not_interrupted_by_who_looks(office, okafor, priya, desk, draft):
    opened(desk, draft)
    office.passes(30)
    types(desk, draft)
    opened(office.browser(office.secretary("Rui", okafor)), draft)
    office.passes(30)
    shows(desk, draft)
    assert kept() == [60]
    assert WorkRecord.objects.get().secretary == priya


def test_nothing_to_type_after_it_was_heard(office, okafor, priya, desk, item):
    began = desk.get(reverse("dictation", args=[item.pk])).context["began"]
    office.is_later(TEN_MINUTES)
    close = reverse("dictation-close", args=[item.pk])
    desk.post(close, {"began": began})
    record = WorkRecord.objects.get()
    assert (record.client, record.secretary, record.subject_id) == (okafor.row, priya, item.pk)
    assert kept("desk") == [TEN_MINUTES]  # and no piece of typing
    office.passes(5)
    desk.post(close, {"began": began})  # it is closed
    assert kept("desk") == [TEN_MINUTES]


def test_what_is_heard_before_she_begins_to_type_is_of_the_draft(office, desk, okafor, item):
    page = desk.get(reverse("dictation", args=[item.pk]))
    assert page.content.decode().count(page.context["began"]) == 2  # typed, or closed
    office.is_later(400)
    begun = desk.post(reverse("dictation-type", args=[item.pk]), {"began": page.context["began"]})
    desk.get(begun.headers["Location"])
    draft = DictatedDraft.objects.get()
    Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", incoming="ours", needs_approval=True
    )
    office.passes(45)
    shows(desk, draft)
    assert kept() == [400, 45]
    assert set(WorkRecord.objects.values_list("subject_id", flat=True)) == {draft.pk}


def test_a_page_of_a_dictation_that_stood_open_for_longer_is_told_of(office, desk, item):
    began = desk.get(reverse("dictation", args=[item.pk])).context["began"]
    office.is_later(31 * 60)
    answer = desk.post(reverse("dictation-close", args=[item.pk]), {"began": began}, follow=True)
    assert "more than half an hour" in answer.content.decode()
    assert not WorkRecord.objects.exists()


def errand(desk, office, client, seconds) -> None:
    """Another page that is open meanwhile, and done there."""
    subject = ("tests.errand", uuid7())
    there = work.open_item("tests.errand", subject=subject, client=client.row, because="Fetch it")
    began = desk.get(reverse("work-item", args=[there.pk])).context["began"]
    office.passes(seconds)
    desk.post(reverse("work-done", args=[there.pk]), {"outcome": "Fetched", "began": began})


def test_what_was_done_elsewhere_while_it_could_be_heard_is_counted_there(office, okafor, desk, draft):
    opened(desk, draft)
    office.passes(60)
    errand(desk, office, okafor, 90)
    office.is_later(300)
    shows(desk, draft)
    assert (kept("desk"), kept()) == ([90], [300])


def test_what_was_done_elsewhere_between_two_words_is_counted_there(office, okafor, desk, draft):
    opened(desk, draft)
    office.passes(30)
    types(desk, draft)
    errand(desk, office, okafor, 20)
    office.passes(40)
    shows(desk, draft)
    assert (kept("desk"), kept()) == ([20], [30, 40])
