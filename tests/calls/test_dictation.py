"""The dictation line: who may dictate, item after item, and nothing that was said is lost."""

import pytest
from django.core import mail as postbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from calls.dictation import audio_kinds, dictating, hearing
from calls.models import Call, Dictation, DictationCall, DictationKey, DictationPart
from clients.models import WorkItem
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.local.carrier import sound
from secretariat.media.models import MediaFile
from secretariat.outbox.models import InboundEvent
from tests.dictating import PIN, Dictating, dictated, has_a_line, has_a_pin

State = Dictation.State


@pytest.fixture
def ngozi(office, okafor):
    """Okafor's owner, who dictates."""
    office.clock_says("2026-11-24 10:30")
    has_a_line(office)
    has_a_pin(okafor.owner)
    return okafor.owner


@pytest.fixture
def number(ngozi):
    return ngozi.dictation_key.number


def work():
    return WorkItem.objects.open()


def test_she_shows_who_she_is_dictates_and_it_waits_at_the_desk(office, okafor, ngozi, number):
    call = Dictating(office)
    call.shows(number)
    assert "You are recorded." in call.heard
    call.says(12)
    call.hangs_up()
    item = Dictation.objects.get()
    assert (item.contact, item.client, item.number, item.state) == (ngozi, okafor.row, 1, State.WAITING)
    (part,) = item.parts.all()
    assert part.state == DictationPart.State.READY
    assert part.seconds >= 12
    file = MediaFile.objects.get(pk=part.media_id)
    assert (file.client_id, file.kind, part.sha256) == (okafor.row.pk, "dictation", file.sha256)
    waits = work().get(kind="dictation.waiting")
    assert (waits.subject_id, waits.client) == (item.pk, okafor.row)
    assert waits.promised_at == item.promised_at
    assert (item.promised_at - item.finished_at).total_seconds() == 240 * 60
    assert not Call.objects.exists()


def test_items_one_after_another_each_with_its_own_urgency(office, ngozi, number):
    call = Dictating(office)
    call.shows(number)
    call.says(5)
    call.keys("4")
    assert "Marked urgent." in call.heard
    office.passes(5)
    call.says(5)
    call.keys("#")
    office.passes(5)
    call.says(5)
    call.keys("#")
    call.hangs_up()
    first, second = Dictation.objects.filter(state=State.WAITING).order_by("number")
    assert (first.number, first.urgent, first.parts.count()) == (1, True, 2)
    assert (second.number, second.urgent, second.parts.count()) == (2, False, 1)
    assert (first.promised_at - first.finished_at).total_seconds() == 60 * 60
    assert Dictation.objects.filter(state=State.EMPTY).count() == 1  # begun, and hung up on
    assert set(work().values_list("urgency", flat=True)) == {1, 3}


@pytest.mark.parametrize(("urgent", "by"), [(False, "2026-11-28 12:30"), (True, "2026-11-27 17:30")])
def test_hours_in_which_they_are_closed_count_for_what_is_urgent_alone(office, ngozi, urgent, by):
    office.clock_says("2026-11-27 16:30")  # they open from nine to five
    mp3 = {"kind": audio_kinds.MP3, "source": "file", "urgent": urgent}
    item = dictating.hand_in(ngozi, sound.mp3(5), at=clock.now(), **mp3)
    assert f"{item.promised_at:%Y-%m-%d %H:%M}" == by
    assert work().get(kind="dictation.waiting").promised_at == item.promised_at


def test_a_pause_does_not_end_the_item(office, number):
    call = Dictating(office)
    call.shows(number)
    call.says(5)
    call.keys("1")
    assert "Paused." in call.heard
    office.passes(60)
    call.keys("1")
    office.passes(5)
    call.says(7)
    call.hangs_up()
    item = Dictation.objects.get()
    assert [part.rank for part in item.parts.all()] == [1, 2]
    assert item.seconds >= 12


def test_what_was_said_is_played_back_once_it_is_there(office, number):
    call = Dictating(office)
    call.shows(number)
    call.says(5)
    call.keys("2")
    office.passes(20)
    played = [each.text for each in call.leg.heard if each.kind == "play"]
    part = DictationPart.objects.get()
    assert any("/heard/" in url for url in played)
    address = next(url for url in played if "/heard/" in url)
    carrier = Browser()
    answer = carrier.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    office.clock_says("2026-11-24 10:45")
    assert carrier.get(address).status_code == 404
    assert carrier.get(reverse("dictation-heard", args=["forged"])).status_code == 404
    assert hearing.part_of(hearing.token(part)) == part


def test_while_it_is_still_on_its_way_she_may_go_on(office, number):
    call = Dictating(office)
    call.shows(number)
    call.says(5)
    call.keys("2")
    assert call.heard.endswith("One moment.")
    assert DictationPart.objects.get().state == "fetching"
    call.keys("1")
    assert call.heard.endswith("Go on after the tone.")
    office.passes(2)
    call.says(5)
    call.hangs_up()
    assert DictationPart.objects.count() == 2


def test_what_she_deletes_is_gone_and_nobody_types_it(office, number):
    call = Dictating(office)
    call.shows(number)
    call.says(5)
    call.keys("3")
    assert "press 3 once more" in call.heard
    office.passes(10)
    kept = MediaFile.objects.get(kind="dictation")
    call.keys("3")
    office.passes(5)
    call.says(6)
    call.hangs_up()
    gone, stays = Dictation.objects.order_by("began_at")
    assert (gone.state, gone.number) == (State.DELETED, None)
    assert (stays.state, stays.number) == (State.WAITING, 1)
    kept.refresh_from_db()
    assert kept.deleted_at is not None
    assert work().count() == 1
    at_carrier = office.carrier.recordings.by_sid
    assert at_carrier[DictationPart.objects.get(dictation=gone).recording_id].deleted  # taken back: at once
    assert not at_carrier[DictationPart.objects.get(dictation=stays).recording_id].deleted


def test_the_carriers_copy_goes_a_day_after_it_is_kept_here(office, okafor, ngozi):
    item = dictated(office, ngozi)
    (part,) = item.parts.all()
    assert not office.carrier.recordings.by_sid[part.recording_id].deleted
    office.clock_says("2026-11-25 10:45")
    office.passes(1)
    assert office.carrier.recordings.by_sid[part.recording_id].deleted
    part.refresh_from_db()
    assert MediaFile.objects.get(pk=part.media_id).deleted_at is None


def test_delete_asks_once_and_another_key_keeps_it(office, number):
    call = Dictating(office)
    call.shows(number)
    call.says(5)
    call.keys("3")
    office.passes(5)
    call.keys("1")
    office.passes(3)
    call.says(5)
    call.hangs_up()
    assert Dictation.objects.get(state=State.WAITING).parts.count() == 2


@pytest.mark.parametrize("lost", ["/twilio/voice/dictation/", "/twilio/call-status/", "/twilio/recording/"])
def test_hanging_up_keeps_what_was_said_whichever_word_of_it_is_lost(office, number, lost, monkeypatch):
    """The carrier tells of the end by more than one way; any two of them suffice."""
    call = Dictating(office)
    call.shows(number)
    call.says(8)
    real = office.carrier.post_room.send

    def send(url, *args, **kwargs):
        return None if lost in url else real(url, *args, **kwargs)

    monkeypatch.setattr(office.carrier.post_room, "send", send)
    call.hangs_up()
    item = Dictation.objects.get()
    assert (item.state, item.parts.count()) == (State.WAITING, 1)


def test_a_call_of_whose_end_nobody_told_us_is_ended_by_the_sweep(office, number):
    call = Dictating(office)
    call.shows(number)
    call.says(5)
    call.keys("1")  # the part is known; from here on nothing is heard of the call
    DictationCall.objects.update(carrier_id="CA-another")
    assert Dictation.objects.get().state == State.DICTATING
    Dictation.objects.update(began_at=DictationCall.objects.get().began_at.replace(day=23))
    office.passes(61)
    assert Dictation.objects.get().state == State.WAITING


def test_the_number_she_rings_from_proves_nothing(office, ngozi, number):
    mobile = ngozi.addresses.get(kind="mobile").value
    call = Dictating(office, caller=mobile)
    assert "Key in your dictation number" in call.heard
    call.shows(number, "739206")
    assert "not recognised" in call.heard
    assert not Dictation.objects.exists()


def test_nobody_learns_whether_a_number_is_anybodys(office, number):
    known, unknown = Dictating(office), Dictating(office, caller="+447700900666")
    for call, keyed in ((known, number), (unknown, "000000")):
        for _ in range(3):
            call.shows(keyed, "739206", waits=2)
    assert known.heard == unknown.heard
    assert "Your secretary can help you." in known.heard
    assert not known.leg.live


def test_five_wrong_tries_within_an_hour_lock_whatever_telephone_they_come_from(office, ngozi, number):
    for caller, times in (("+447700900661", 3), ("+447700900662", 2)):
        call = Dictating(office, caller=caller)
        for _ in range(times):
            call.shows(number, "739206", waits=2)
        call.hangs_up()
    key = DictationKey.objects.get()
    assert key.locked_at is not None
    assert work().get().kind == "calls.dictation_locked"
    (told,) = postbox.outbox
    assert told.to == [ngozi.addresses.get(kind="email").value]
    assert "/portal/dictation/line/" in told.body
    right = Dictating(office)
    right.shows(number)
    assert "not recognised" in right.heard  # no more is said than of a wrong one
    has_a_pin(ngozi, "590318")
    assert not work().exists()
    again = Dictating(office)
    again.shows(number, "590318")
    again.says(5)
    again.hangs_up()
    assert Dictation.objects.filter(state=State.WAITING).count() == 1


def test_no_table_holds_the_pin(office, number):
    call = Dictating(office)
    call.shows(number)
    call.hangs_up()
    (asked,) = InboundEvent.objects.filter(kind="dictation-pin")
    assert bytes(asked.sealed_body or b"") == b""
    assert PIN not in f"{asked.headers}{asked.answer}{asked.key}"
    assert PIN not in DictationKey.objects.get().pin_hash
    verbs = set(LedgerEntry.objects.values_list("verb", flat=True))
    assert "calls.dictation.known" in verbs


def test_whoever_has_left_the_client_dictates_no_more(office, ngozi, number):
    ngozi.is_active = False
    ngozi.save()
    call = Dictating(office)
    call.shows(number)
    assert "not recognised" in call.heard


def test_without_a_recording_notice_nothing_is_recorded(office, okafor):
    has_a_line(office, recording_notice="")
    call = Dictating(office)
    office.passes(5)
    assert "Nothing is recorded on this line." in call.heard
    assert not office.carrier.recordings.by_sid


def test_she_sets_her_pin_in_the_portal_and_learns_where_to_ring(office, okafor):
    has_a_line(office)
    portal, page = office.browser(okafor.owner), reverse("dictation-line")
    easy = portal.post(page, {"pin": "123456", "again": "123456"})
    assert easy.status_code == 422
    assert "Digits in a row" in easy.content.decode()
    other = portal.post(page, {"pin": "482915", "again": "482916"})
    assert other.status_code == 422
    assert not DictationKey.objects.exists()
    assert portal.post(page, {"pin": "482915", "again": "482915"}).status_code == 303
    key = DictationKey.objects.get(contact=okafor.owner)
    shown = portal.get(page).content.decode()
    assert key.number in shown
    assert "+44 20 7946 0199" in shown
    assert "482915" not in shown
    assert portal.post(reverse("dictation-line-end")).status_code == 303
    assert not DictationKey.objects.exists()


def test_only_those_who_may_hear_it(office, okafor, ngozi, priya):
    item = dictated(office, ngozi)
    rival = office.client("Rival & Co")
    member = office.contact(okafor, "Tunde Adeyemi")
    address = reverse("media-file", args=[item.parts.get().media_id])
    for who in (priya, ngozi):
        answer = office.browser(who).get(address, headers={"Range": "bytes=0-9"})
        assert (answer.status_code, len(b"".join(answer.streaming_content))) == (206, 10)
    for who in (rival.owner, member, office.secretary("Maya")):
        assert office.browser(who).get(address).status_code == 404
    looks = LedgerEntry.objects.filter(verb="looked", subject_id=str(item.parts.get().media_id))
    assert looks.count() == 2


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"ID3\x04\0\0\0\0\0\0\0\0\0\0\0\0", audio_kinds.MP3),
        (b"\xff\xf3\x18\xc4" + bytes(12), audio_kinds.MP3),
        (b"RIFF\x24\0\0\0WAVEfmt ", audio_kinds.WAV),
        (b"OggS" + bytes(12), audio_kinds.OGG),
        (b"\0\0\0\x20ftypM4A \0\0\0\0", audio_kinds.M4A),
        (b"\x1a\x45\xdf\xa3" + bytes(12), audio_kinds.WEBM),
        (b"<html><script>al", None),
        (b"%PDF-1.7 audio..", None),
        (b"RIFF\x24\0\0\0AVI fmt ", None),
        (b"\xff\xfe<\0h\0", None),
        (b"", None),
    ],
)
def test_a_recording_is_told_by_its_first_bytes(head, kind):
    assert audio_kinds.kind_of(head) == kind


def test_a_recording_from_the_portal_waits_in_the_same_queue(office, okafor):
    office.clock_says("2026-11-24 10:30")
    portal, page = office.browser(okafor.owner), reverse("dictation-new")
    html = SimpleUploadedFile("note.mp3", b"<html>", content_type="audio/mpeg")
    refused = portal.post(page, {"file": html, "note": "The lease"})
    assert refused.status_code == 422
    assert "The lease" in refused.content.decode()
    said = {"urgent": "on", "note": "The lease", "recorded": "7"}
    made = SimpleUploadedFile("dictation.webm", b"\x1a\x45\xdf\xa3" + bytes(60))
    assert portal.post(page, {"file": made} | said).status_code == 303
    item = Dictation.objects.get()
    assert (item.source, item.state, item.urgent, item.seconds) == ("browser", State.WAITING, True, 7)
    file = MediaFile.objects.get(pk=item.parts.get().media_id)
    assert file.content_type == "audio/webm"
    assert work().get().urgency == 3
