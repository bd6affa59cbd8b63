"""The account's telephone numbers at the carrier, and the addresses at which their calls are announced."""

from dataclasses import dataclass

from . import twilio

ADDRESSES = ("voice_url", "voice_fallback_url", "status_callback", "sms_url")
METHODS = ("voice_method", "voice_fallback_method", "status_callback_method", "sms_method")


@dataclass(frozen=True)
class Owned:
    """One number of the account. `number` is E.164; an address that is not set is an empty string.

    `application` and `text_application` are the ids of what wins over the addresses, where one is set;
    a number on a `trunk` announces no call at all. `gets` names the addresses that are asked by GET.
    """

    id: str
    number: str
    label: str
    addresses: dict[str, str]
    application: str = ""
    text_application: str = ""
    trunk: str = ""
    gets: frozenset[str] = frozenset()


def owned() -> list[Owned]:
    """Every number of the account, as the carrier lists them. Raises Refused or Silent."""
    return [_read(each) for each in twilio.client().incoming_phone_numbers.list()]


def point(number_id: str, addresses: dict[str, str]) -> None:
    """Announce this number's calls and texts at `addresses` (names of ADDRESSES), asked by POST.

    An application that would win over them is taken off. Done twice it does no more than done once.
    Raises Refused or Silent.
    """
    if strange := set(addresses) - set(ADDRESSES):
        raise ValueError(f"A number has no {', '.join(sorted(strange))}.")
    methods = dict.fromkeys(
        (method for address, method in zip(ADDRESSES, METHODS, strict=True) if address in addresses), "POST"
    )
    none = {"voice_application_sid": "", "sms_application_sid": ""}
    if "sms_url" not in addresses:
        del none["sms_application_sid"]
    twilio.client().incoming_phone_numbers(number_id).update(**addresses, **methods, **none)


def _read(each) -> Owned:
    return Owned(
        id=each.sid,
        number=each.phone_number,
        label=each.friendly_name or "",
        addresses={name: getattr(each, name) or "" for name in ADDRESSES},
        application=each.voice_application_sid or "",
        text_application=each.sms_application_sid or "",
        trunk=each.trunk_sid or "",
        gets=frozenset(
            address
            for address, method in zip(ADDRESSES, METHODS, strict=True)
            if (getattr(each, method) or "POST").upper() == "GET"
        ),
    )
