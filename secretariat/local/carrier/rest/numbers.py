"""The account's numbers, and the numbers others have proved to be theirs."""

from . import calls, shapes
from .answering import RestError, not_found
from .registry import operation

CHANGEABLE = {
    "VoiceUrl": "voice_url",
    "VoiceMethod": "voice_method",
    "VoiceFallbackUrl": "fallback_url",
    "SmsUrl": "sms_url",
    "SmsFallbackUrl": "sms_fallback_url",
    "StatusCallback": "status_callback",
    "StatusCallbackMethod": "status_callback_method",
    "VoiceFallbackMethod": "fallback_method",
    "SmsMethod": "sms_method",
    "VoiceApplicationSid": "voice_application",
    "SmsApplicationSid": "sms_application",
    "TrunkSid": "trunk",
    "FriendlyName": "friendly_name",
}


def find(carrier, sid: str):
    for number in carrier.account.numbers.values():
        if number.sid == sid:
            return number
    raise not_found(f"/IncomingPhoneNumbers/{sid}")


@operation("GET /IncomingPhoneNumbers.json")
def listed(carrier, asked):
    return [
        shapes.number(carrier, number)
        for number in carrier.account.numbers.values()
        if asked.text("PhoneNumber", number.e164) == number.e164
        and asked.text("FriendlyName", number.friendly_name) == number.friendly_name
    ]


@operation("GET /IncomingPhoneNumbers/{Sid}.json")
def fetch(carrier, given, Sid):
    return shapes.number(carrier, find(carrier, Sid))


@operation("POST /IncomingPhoneNumbers/{Sid}.json")
def update(carrier, given, Sid):
    number = find(carrier, Sid)
    for name, attribute in CHANGEABLE.items():
        if name in given:
            setattr(number, attribute, given.text(name))
    return shapes.number(carrier, number)


@operation("GET /OutgoingCallerIds.json")
def caller_ids(carrier, asked):
    return [
        shapes.caller_id(carrier, proved)
        for proved in carrier.account.caller_ids.values()
        if asked.text("PhoneNumber", proved.e164) == proved.e164
    ]


@operation("POST /OutgoingCallerIds.json")
def prove(carrier, given):
    """The number is called and a code asked for; here the person at it always types it right."""
    e164 = given.text("PhoneNumber")
    if not calls.E164.fullmatch(e164):
        raise RestError(400, 21211, f"{e164} is not a valid phone number.")
    proved = carrier.add_caller_id(e164, given.text("FriendlyName"))
    return shapes.shaped(
        "POST /OutgoingCallerIds.json",
        {
            "account_sid": carrier.account.sid,
            "call_sid": carrier.sids.new("CA"),
            "friendly_name": proved.friendly_name,
            "phone_number": e164,
            "validation_code": "123456",
        },
    )
