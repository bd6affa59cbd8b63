"""The demo's dictation line, its PIN, and one item that waits to be typed."""

from datetime import timedelta

from calls.dictation import dictating, keys
from calls.models import Dictation, DictationCall, DictationLine, DictationPart
from clients.models import Client
from secretariat import clock
from secretariat.local.carrier import sound

NUMBER = "+442079460188"
PIN = "482915"
SECONDS = 24


def wait(client: Client) -> None:
    """Somebody at this client dictated something a quarter of an hour ago."""
    at = clock.now() - timedelta(minutes=15)
    line = DictationLine.objects.create(
        number=NUMBER,
        label="Dictation line",
        recording_notice="What you say is recorded and typed by your secretary.",
    )
    contact = client.contacts.filter(user__isnull=False).first()
    keys.set_pin(contact, PIN, by=contact.user, at=at)
    call = DictationCall.objects.create(
        line=line,
        carrier_id="CA" + "d" * 32,
        client=client,
        contact=contact,
        tries=1,
        began_at=at - timedelta(minutes=1),
        known_at=at,
        ended_at=at,
    )
    item = Dictation.objects.create(client=client, contact=contact, call=call, began_at=at)
    part = DictationPart(client=client, dictation=item, rank=1, seconds=SECONDS, created_at=at)
    dictating.keep(part, sound.wav(SECONDS), content_type="audio/wav", suffix="wav")
    dictating.finish(item, at=at)
