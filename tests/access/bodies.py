"""What is sent with a request of the matrix: a body that would succeed, with the ids of one client."""

from calendar_app.models import MeetingRequest
from clients.models import AddressCheck
from messages_app import own_addresses
from secretariat.office import home_numbers
from secretariat.office.keys import KEYS
from secretariat.office.models import NumberCheck
from tests.calendar_app.servers import ClientsCalendar
from tests.push_service import Browser


def said(side) -> dict:
    return {
        "contact": str(side.owner.pk),
        "caller_name": "Dana Reyes",
        "call_back_on": "+44 7700 900123",
        "text": "Please ring back",
        "urgency": "1",
        "call_type": str(side.call_type.pk),
        "revision": "1",
    }


def where(side) -> dict:
    return {"who": str(side.owner.pk), "kind": "out", "text": "At the dentist", "until": "30"}


def told(side) -> dict:
    return {
        "text": "Say that the office moved",
        "action": "put_through",
        "put_through_to": str(side.owner.pk),
        "callers": "people",
        "people": [str(side.correspondent.pk)],
        "holds": "standing",
    }


def absence(side) -> dict:
    return {"who": str(side.owner.pk), "from_on": "2026-12-01", "until_on": "2026-12-04"}


def on_call(side) -> dict:
    return {
        "name": "Nights",
        "turns": "daily",
        "changes_over": "08:00",
        "since": "2026-11-24",
        "person_1": str(side.owner.pk),
        "person_2": str(side.member.pk),
    }


def others_on_call(side) -> dict:
    days = {"from_on": "2026-12-24", "from_time": "18:00", "until_on": "2026-12-27", "until_time": "08:00"}
    return days | {"person_1": str(side.member.pk)}


def closure(side) -> dict:
    return {"name": "Stocktaking", "on": "2026-12-29", "until_on": "", "says": "closed"}


def correction(side) -> dict:
    return {
        "contact": str(side.owner.pk),
        "caller_name": "Dana Reyes",
        "text": "Corrected",
        "note": "The day was wrong",
    }


def somebody(side) -> dict:
    return {"name": "Gus Grant", "standing": "member", "kind_0": "mobile", "value_0": "+44 7700 900199"}


def for_whom(side) -> dict:
    return {"contact": str(side.owner.pk), "urgency": "3"}


def rang(side) -> dict:
    return {"contact": str(side.owner.pk), "result": "no_answer"}


def by_hand(side) -> dict:
    return {"contact": str(side.owner.pk), "channel": "portal"}


def moved(side) -> dict:
    return {"client": str(side.third.row.pk), "what": "Two windows were open", "sure": "yes"}


def whom(side) -> dict:
    return {"person": str(side.owner.pk)}


def settings(side) -> dict:
    keys = {f"key_{at}": key.ours for at, key in enumerate(KEYS)}
    return keys | {"theme": "dark", "zone": "Africa/Lagos", "ring_volume": "40", "letter_keys": "on"}


def coming_to_work(side) -> dict:
    return {"line": "browser", "hours": "8", "declared": "on", f"read_{side.bulletin.pk}": "on"}


def days(side) -> dict:
    return {"from_on": "2026-11-24", "until_on": "2026-11-24", "by": "client"}


def wishes(side) -> dict:
    return {"by_portal": "1", "by_email": "2", "by_text": "3", "quiet_from": "22:00", "quiet_until": "06:30"}


def client_of(side) -> dict:
    return {"client": str(side.client.row.pk)}


def arranged(side) -> dict:
    typed = {"who": "Dana Reyes", "about": "The lease", "minutes": "30", "manner": "telephone"}
    return client_of(side) | typed | {"on": "2026-11-27", "at": "12:00"}


def kept_free(side) -> dict:
    return client_of(side) | {"about": "Writing", "minutes": "30", "on": "2026-11-27", "at": "12:00"}


def offered(side) -> dict:
    """Two times for somebody to choose from, the one typed."""
    typed = {"who": "Dana Reyes", "about": "The lease", "minutes": "30", "manner": "telephone"}
    asked = {"way": "link", "hold": "48", "chase": "24", "starts": "2026-12-02T12:00:00+00:00"}
    return client_of(side) | typed | asked | {"on": "2026-12-03", "at": "12:00"}


def as_asked(side) -> dict:
    """The version of a meeting being arranged."""
    return {"version": str(MeetingRequest.objects.get(pk=side.asked.pk).version)}


def other_times(side) -> dict:
    return as_asked(side) | {"hold": "48", "on": "2026-12-03", "at": "12:00"}


def somebody_else(side) -> dict:
    return as_asked(side) | {"party-who": "Gus Grant", "party-way": "link"}


def followed_up(side) -> dict:
    return as_asked(side) | {"hours": "24"}


def suits(side) -> dict:
    return {"option": str(side.option.pk)}


AS_SHOWN = {"version": "0"}
AS_SHOWN_OF_SERIES = AS_SHOWN | {"sequence": "0"}
ANOTHER_FOR_ALL = AS_SHOWN_OF_SERIES | {
    "which": "all",
    "minutes": "30",
    "on": "2026-12-02",
    "at": "15:00",
    "step": "arrange",
}
REPEATED = {"every": "weekly", "count": "2", "step": "arrange"}


def repeated(side) -> dict:
    return arranged(side) | REPEATED


def repeated_by_herself(side) -> dict:
    return kept_by_herself(side) | REPEATED


A_ZONE = {"named": "Somewhere", "zone": "Europe/Paris"}
ANOTHER_TIME = AS_SHOWN | {"minutes": "30", "on": "2026-11-27", "at": "12:00"}


def diary_of(side) -> dict:
    return {"diary": str(side.diary.pk)}


def published(side) -> dict:
    return diary_of(side) | {"words": "busy"}


WEEK = {"from_on": "2026-11-23", "until_on": "2026-11-29", "kind": "csv"}


def for_a_person(side) -> dict:
    return {"contact": str(side.member.pk)}


def kept_by_herself(side) -> dict:
    return diary_of(side) | {"about": "Writing", "minutes": "30", "on": "2026-11-27", "at": "12:00"}


def rules(side) -> dict:
    minutes = {"gap_before_minutes": "5", "gap_after_minutes": "5", "travel_minutes": "20"}
    days = {"notice_minutes": "60", "days_ahead": "60", "holds_last_hours": "24", "working_0": "9-12, 13-17"}
    return diary_of(side) | {"usual_minutes": "30", "grid_minutes": "15"} | minutes | days


def a_room(side) -> dict:
    return {"kind": "room", "name": f"Room of {side.word}"}


def around(side) -> dict:
    hours = {"days_before": "1", "day_before_at": "17:00", "minutes_before": "60", "agenda_at": "18:00"}
    return diary_of(side) | hours | {"shortly_by": ["text"]}


def told_at_home(side) -> dict:
    """The code that was told last, to whichever secretary."""
    check = NumberCheck.objects.order_by("-asked_at", "-pk").first()
    return {"code": home_numbers.code_of(check) if check else "000000"}


def told_by_mail(side) -> dict:
    check = AddressCheck.objects.get(pk=side.check.pk)
    return {"kind": "email", "code": own_addresses.code_of(check)}


def this_browser(side) -> dict:
    return {"name": "Her laptop"} | Browser("http://127.0.0.1:65533/send/laptop").subscription


def her_server(side) -> dict:
    """A calendar that is really there."""
    hers = ClientsCalendar("radicale")
    return {"url": hers.url, "username": hers.username, "password": hers.password}


def her_feed(side) -> dict:
    hers = ClientsCalendar("xandikos")
    return {"url": hers.puts("one", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z")}
