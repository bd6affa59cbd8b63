"""What the carrier would have told us, had we been there to hear it.

While we were away its notices were lost: it tells each a few times and then no more. Its own lists remain.
Whatever is on them and unknown here is kept as the notice that never came, and worked as one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from django.conf import settings

from secretariat.channels import twilio
from secretariat.outbox import inbox

from . import recovering, situation
from .models import Call, Voicemail

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Found:
    calls: int
    recordings: int


def take_in(since: datetime) -> Found:
    """Keep a notice for every call of our lines and every recording of theirs that we know nothing of.

    Asked again it keeps nothing twice. Raises channels.Refused or Silent.
    """
    calls = [_keep("call-status", fields["CallSid"], fields) for fields in _unknown_calls(since)]
    recordings = [_keep("recording", fields["RecordingSid"], fields) for fields in _unknown_recordings(since)]
    return Found(sum(calls), sum(recordings))


def _keep(kind: str, carrier_id: str, fields: dict[str, str]) -> bool:
    body = urlencode(fields | {"AccountSid": settings.TWILIO_ACCOUNT_SID}).encode()
    _event, is_new = inbox.keep("twilio", kind, f"{carrier_id}|listed", body=body, headers=FORM)
    return is_new


def _unknown_calls(since: datetime) -> Iterator[dict[str, str]]:
    listed = twilio.client().calls.list(start_time_after=since)
    inbound = {each.sid: each for each in listed if each.direction == "inbound"}
    known = set(Call.objects.filter(carrier_id__in=inbound).values_list("carrier_id", flat=True))
    for sid, each in inbound.items():
        if sid in known or each.status not in recovering.TERMINAL or situation.line_called(each.to) is None:
            continue
        yield {
            "CallSid": sid,
            "Direction": "inbound",
            "From": each._from or "",
            "To": each.to,
            "CallStatus": each.status,
            "Timestamp": format_datetime(each.start_time or since),
        }


def _unknown_recordings(since: datetime) -> Iterator[dict[str, str]]:
    listed = {each.sid: each for each in twilio.client().recordings.list(date_created_after=since)}
    known = set(Voicemail.objects.filter(recording_id__in=listed).values_list("recording_id", flat=True))
    for sid, each in listed.items():
        if sid in known or each.status not in ("completed", "absent"):
            continue
        yield {
            "CallSid": each.call_sid,
            "RecordingSid": sid,
            "RecordingStatus": each.status,
            "RecordingDuration": each.duration or "",
        }
