"""The cells of what stands in clients' own calendars: what differs, cannot be read, or invites her."""

from .bodies import A_ZONE, ANOTHER_TIME, AS_SHOWN
from .given import firm_lets
from .matrix import CLIENT, DESK

MEETING = ("meeting",)


def of(page, deed) -> list:
    return [
        page("diary-calendar", DESK, args=("caldav",)),
        page("diary-calendar-raw", DESK, args=("unread",), before=firm_lets),
        deed("diary-calendar-zone", DESK, args=("zoned",), body=A_ZONE),
        page("diary-invitation", DESK, args=("invited",)),
        deed("diary-invitation-answer", DESK, args=("invited",), body=AS_SHOWN | {"answer": "accepted"}),
        page("diary-versions", DESK, args=("differing",)),
        deed("diary-versions", DESK, args=("differing",), body=AS_SHOWN | {"seen": "gone", "way": "ours"}),
        page("diary-clash", DESK, args=MEETING),
        deed("diary-clash", DESK, args=MEETING, body=ANOTHER_TIME),
        deed("diary-clash-stand", DESK, args=MEETING, body=AS_SHOWN | {"because": "Two of them go"}),
        page("calendars-unread", CLIENT, args=("caldav",)),
        page("calendars-raw", CLIENT, args=("unread",)),
        deed("calendars-zone", CLIENT, args=("zoned",), body=A_ZONE),
    ]
