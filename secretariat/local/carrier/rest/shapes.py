"""How each thing looks in an answer: every field of the vendor's description, null where nothing is known."""

from secretariat.local.carrier.account import API_VERSION, rfc2822
from secretariat.local.carrier.tables import api

LEG_STATUS = {"initiated": "queued"}
PARTICIPANT_STATUS = {
    "queued": "queued",
    "initiated": "connecting",
    "ringing": "ringing",
    "in-progress": "connected",
}


def shaped(operation: str, known: dict) -> dict:
    """`known` in the shape the operation answers. Raises KeyError for a field the vendor does not have."""
    fields = api()[operation]["fields"]
    if strange := set(known) - set(fields):
        raise KeyError(f"{operation} has no {', '.join(sorted(strange))}.")
    return {name: known.get(name) for name in fields}


def call(carrier, leg) -> dict:
    path = carrier.account.path(f"/Calls/{leg.sid}")
    waited = int(((leg.dialled_at or leg.created_at) - leg.created_at).total_seconds() * 1000)
    return shaped(
        "GET /Calls/{Sid}.json",
        {
            "sid": leg.sid,
            "account_sid": carrier.account.sid,
            "api_version": API_VERSION,
            "answered_by": leg.answered_by,
            "date_created": rfc2822(leg.created_at),
            "date_updated": rfc2822(leg.ended_at or leg.answered_at or leg.created_at),
            "direction": leg.direction,
            "duration": None if leg.live else str(leg.seconds),
            "end_time": rfc2822(leg.ended_at),
            "forwarded_from": leg.forwarded_from or None,
            "from": leg.from_,
            "from_formatted": leg.from_,
            "parent_call_sid": leg.parent.sid if leg.parent else None,
            "price_unit": "USD",
            "queue_time": str(waited),
            "start_time": rfc2822(leg.answered_at or leg.dialled_at),
            "status": LEG_STATUS.get(leg.status, leg.status),
            "subresource_uris": {"recordings": f"{path}/Recordings.json"},
            "to": leg.to,
            "to_formatted": leg.to,
            "uri": f"{path}.json",
        },
    )


def conference(carrier, room) -> dict:
    path = carrier.account.path(f"/Conferences/{room.sid}")
    return shaped(
        "GET /Conferences/{Sid}.json",
        {
            "sid": room.sid,
            "account_sid": carrier.account.sid,
            "api_version": API_VERSION,
            "friendly_name": room.name,
            "status": room.status,
            "region": "us1",
            "date_created": rfc2822(room.created_at),
            "date_updated": rfc2822(room.updated_at),
            "reason_conference_ended": room.ended_because,
            "call_sid_ending_conference": room.ended_by,
            "subresource_uris": {
                "participants": f"{path}/Participants.json",
                "recordings": f"{path}/Recordings.json",
            },
            "uri": f"{path}.json",
        },
    )


def participant(carrier, room, leg, membership, inside=None) -> dict:
    """A participant, or a leg that is invited and not in yet (`inside` is None)."""
    path = carrier.account.path(f"/Conferences/{room.sid}/Participants/{leg.sid}.json")
    since = inside.created_at if inside else leg.created_at
    return shaped(
        "GET /Conferences/{ConferenceSid}/Participants/{CallSid}.json",
        {
            "account_sid": carrier.account.sid,
            "call_sid": leg.sid,
            "call_sid_to_coach": membership.coach or None,
            "coaching": bool(membership.coach),
            "conference_sid": room.sid,
            "date_created": rfc2822(since),
            "date_updated": rfc2822(since),
            "end_conference_on_exit": membership.end_on_exit,
            "hold": bool(inside and inside.hold),
            "label": membership.label or None,
            "muted": inside.muted if inside else membership.muted,
            "start_conference_on_enter": membership.start_on_enter,
            "status": PARTICIPANT_STATUS.get(
                leg.status, "complete" if leg.status == "completed" else "failed"
            ),
            "uri": path,
        },
    )


def recording(carrier, made, operation="GET /Recordings/{Sid}.json") -> dict:
    path = carrier.account.path(f"/Recordings/{made.sid}")
    known = {
        "sid": made.sid,
        "account_sid": carrier.account.sid,
        "api_version": API_VERSION,
        "call_sid": made.leg.sid,
        "conference_sid": made.conference.sid if made.conference else None,
        "channels": made.channels,
        "date_created": rfc2822(made.started_at),
        "date_updated": rfc2822(made.started_at),
        "duration": str(made.duration) if made.status == "completed" else None,
        "media_url": made.url,
        "price_unit": "USD",
        "source": made.source,
        "start_time": rfc2822(made.started_at),
        "status": made.status,
        "uri": f"{path}.json",
    }
    return shaped(operation, {name: known[name] for name in known if name in api()[operation]["fields"]})


def message(carrier, text) -> dict:
    path = carrier.account.path(f"/Messages/{text.sid}")
    return shaped(
        "GET /Messages/{Sid}.json",
        {
            "sid": text.sid,
            "account_sid": carrier.account.sid,
            "api_version": API_VERSION,
            "body": text.body,
            "date_created": rfc2822(text.created_at),
            "date_sent": rfc2822(text.sent_at),
            "date_updated": rfc2822(text.updated_at or text.created_at),
            "direction": text.direction,
            "error_code": text.error_code,
            "from": text.from_,
            "num_media": str(len(text.media)),
            "num_segments": str(text.segments),
            "price_unit": "USD",
            "status": text.status,
            "subresource_uris": {"media": f"{path}/Media.json"},
            "to": text.to,
            "uri": f"{path}.json",
        },
    )


def media(carrier, text, item) -> dict:
    return shaped(
        "GET /Messages/{MessageSid}/Media.json",
        {
            "sid": item.sid,
            "account_sid": carrier.account.sid,
            "content_type": item.content_type,
            "date_created": rfc2822(text.created_at),
            "date_updated": rfc2822(text.created_at),
            "parent_sid": text.sid,
            "uri": carrier.account.path(f"/Messages/{text.sid}/Media/{item.sid}.json"),
        },
    )


def number(carrier, ours) -> dict:
    return shaped(
        "GET /IncomingPhoneNumbers/{Sid}.json",
        {
            "sid": ours.sid,
            "account_sid": carrier.account.sid,
            "api_version": API_VERSION,
            "beta": False,
            "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
            "date_created": rfc2822(ours.created_at),
            "date_updated": rfc2822(ours.created_at),
            "friendly_name": ours.friendly_name,
            "phone_number": ours.e164,
            "sms_fallback_method": "POST",
            "sms_fallback_url": ours.sms_fallback_url,
            "sms_method": ours.sms_method,
            "sms_application_sid": ours.sms_application or None,
            "trunk_sid": ours.trunk or None,
            "voice_application_sid": ours.voice_application or None,
            "sms_url": ours.sms_url,
            "status": "in-use",
            "status_callback": ours.status_callback,
            "status_callback_method": ours.status_callback_method,
            "uri": carrier.account.path(f"/IncomingPhoneNumbers/{ours.sid}.json"),
            "voice_fallback_method": ours.fallback_method,
            "voice_fallback_url": ours.fallback_url,
            "voice_method": ours.voice_method,
            "voice_url": ours.voice_url,
        },
    )


def caller_id(carrier, proved) -> dict:
    return shaped(
        "GET /OutgoingCallerIds.json",
        {
            "sid": proved.sid,
            "account_sid": carrier.account.sid,
            "date_created": rfc2822(proved.created_at),
            "date_updated": rfc2822(proved.created_at),
            "friendly_name": proved.friendly_name,
            "phone_number": proved.e164,
            "uri": carrier.account.path(f"/OutgoingCallerIds/{proved.sid}.json"),
        },
    )


def queue(carrier, line) -> dict:
    return shaped(
        "GET /Queues/{Sid}.json",
        {
            "sid": line.sid,
            "account_sid": carrier.account.sid,
            "average_wait_time": line.average_wait,
            "current_size": len(line.members),
            "date_created": rfc2822(line.created_at),
            "date_updated": rfc2822(line.created_at),
            "friendly_name": line.name,
            "max_size": line.most,
            "uri": carrier.account.path(f"/Queues/{line.sid}.json"),
        },
    )


def member(carrier, waiting) -> dict:
    return shaped(
        "GET /Queues/{QueueSid}/Members/{CallSid}.json",
        {
            "call_sid": waiting.leg.sid,
            "date_enqueued": rfc2822(waiting.entered_at),
            "position": waiting.position,
            "queue_sid": waiting.queue.sid,
            "uri": carrier.account.path(f"/Queues/{waiting.queue.sid}/Members/{waiting.leg.sid}.json"),
            "wait_time": waiting.seconds,
        },
    )
