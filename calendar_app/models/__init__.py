from .calendar import Calendar, Connection, Occurrence, RemoteEvent
from .diary import Diary, DiaryHours, Place
from .meeting import Guest, Meeting, MeetingEvent, Series
from .push import PushChannel
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
    "Calendar",
    "Connection",
    "Diary",
    "DiaryHours",
    "Guest",
    "GuestLink",
    "Meeting",
    "MeetingEvent",
    "MeetingRequest",
    "Occurrence",
    "Place",
    "PushChannel",
    "RemoteEvent",
    "RequestEvent",
    "RequestOption",
    "RequestParty",
    "RequestProposal",
    "RequestYes",
    "Series",
]
