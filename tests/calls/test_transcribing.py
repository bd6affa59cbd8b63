"""What a machine makes of a dictation: a draft beside the audio where the client allows it, no more."""

import pytest
from django.urls import reverse

from calls.dictation import dictating
from calls.models import DictationPart
from clients.models import WorkItem
from messages_app.dictated import typing
from secretariat import clock
from secretariat.channels import transcriber
from secretariat.outbox.models import Effect
from tests.dictating import dictated, handed_in

from .transcriber_played import KEY, Transcriber

State = DictationPart.Transcript


@pytest.fixture
def played(settings):
    settings.TRANSCRIBER, settings.TRANSCRIBER_KEY = "speechmatics", KEY
    played = Transcriber()
    with transcriber.transported_by(played):
        yield played


@pytest.fixture
def allows(okafor):
    okafor.row.dictation_transcribed = True
    okafor.row.save()
    return okafor


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def part_of(item) -> DictationPart:
    return item.parts.get()


def test_what_it_heard_stands_beside_the_audio_and_begins_the_draft(office, played, allows, priya):
    item = dictated(office, allows.owner)
    assert part_of(item).transcript_state == State.ASKED
    office.passes(25)
    assert part_of(item).transcript == "We agree to the lease."
    [job] = played.jobs.values()
    assert (job["language"], bool(job["audio"])) == ("en", True)
    assert played.forgotten == list(played.jobs)
    desk = office.browser(priya)
    page = desk.get(reverse("dictation", args=[item.pk])).content.decode()
    assert "What the transcriber heard" in page
    assert "We agree to the lease." in page
    draft = typing.begin(item, by=priya.user, at=clock.now())
    assert draft.values["words"] == "We agree to the lease."
    another = typing.begin(item, by=priya.user, at=clock.now(), another=True)
    assert "words" not in another.values


def test_nothing_goes_to_it_where_the_client_has_not_said_so(office, played, okafor):
    item = handed_in(okafor.owner)
    office.passes(25)
    assert part_of(item).transcript_state == State.NONE
    assert not played.jobs


def test_nothing_is_asked_where_the_firm_has_none(office, allows):
    item = handed_in(allows.owner)
    assert part_of(item).transcript_state == State.NONE
    assert not Effect.objects.filter(kind__contains="transcri").exists()


def test_what_it_cannot_make_out_is_said_and_still_waits_to_be_typed(office, played, allows, priya):
    played.rejects = True
    item = handed_in(allows.owner)
    office.passes(25)
    assert part_of(item).transcript_state == State.FAILED
    page = office.browser(priya).get(reverse("dictation", args=[item.pk])).content.decode()
    assert "could not be made out by the transcriber: type it by ear" in page
    assert WorkItem.objects.open().filter(kind="dictation.waiting", subject_id=item.pk).exists()
    assert typing.begin(item, by=priya.user, at=clock.now()).values == {"wording": "as_dictated"}
    assert played.forgotten == list(played.jobs)


def test_a_recording_it_does_not_take_is_typed_by_ear(office, played, allows):
    played.takes_nothing = True
    item = handed_in(allows.owner)
    office.settle()
    assert part_of(item).transcript_state == State.FAILED
    assert not played.jobs


def test_what_takes_its_time_is_asked_for_again(office, played, allows):
    played.running = True
    item = handed_in(allows.owner)
    office.passes(25)
    assert part_of(item).transcript_state == State.ASKED
    played.running = False
    office.passes(40)
    assert part_of(item).transcript_state == State.READY


def test_a_card_number_is_not_kept_and_the_words_go_with_the_audio(office, played, allows):
    played.says = "Charge 4111 1111 1111 1111 for it."
    item = handed_in(allows.owner)
    office.passes(25)
    heard = part_of(item)
    assert "for it." in heard.transcript
    assert "4111" not in heard.transcript
    dictating.remove_audio(DictationPart.objects.filter(pk=heard.pk))
    assert part_of(item).transcript == ""
