from .calendar import Calendar, Connection, Occurrence, RemoteEvent
from .diary import Diary, DiaryHours, Place
from .invited import InvitedTo
from .meeting import Guest, Meeting, MeetingEvent, Series
from .push import PushChannel

__all__ = [
    "Calendar",
    "Connection",
    "Diary",
    "DiaryHours",
    "Guest",
    "InvitedTo",
    "Meeting",
    "MeetingEvent",
    "Occurrence",
    "Place",
    "PushChannel",
    "RemoteEvent",
    "Series",
]
