from .around import Around, Way
from .calendar import Calendar, Connection, Occurrence, RemoteEvent
from .diary import Diary, DiaryHours, Place
from .feed import Feed
from .invited import InvitedTo
from .meeting import Guest, Meeting, MeetingEvent, Series
from .preparation import Paper
from .push import PushChannel
from .reminder import Reminder
from .request import (
    GuestLink,
    MeetingRequest,
    RequestEvent,
    RequestOption,
    RequestParty,
    RequestProposal,
    RequestYes,
)

__all__ = [
    "Around",
    "Calendar",
    "Connection",
    "Diary",
    "DiaryHours",
    "Feed",
    "Guest",
    "GuestLink",
    "InvitedTo",
    "Meeting",
    "MeetingEvent",
    "MeetingRequest",
    "Occurrence",
    "Paper",
    "Place",
    "PushChannel",
    "Reminder",
    "RemoteEvent",
    "RequestEvent",
    "RequestOption",
    "RequestParty",
    "RequestProposal",
    "RequestYes",
    "Series",
    "Way",
]
