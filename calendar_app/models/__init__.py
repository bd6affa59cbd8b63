from .calendar import Calendar, Connection, Occurrence, RemoteEvent
from .diary import Diary, DiaryHours, Place
from .feed import Feed
from .meeting import Guest, Meeting, MeetingEvent, Series
from .push import PushChannel

__all__ = [
    "Calendar",
    "Connection",
    "Diary",
    "DiaryHours",
    "Feed",
    "Guest",
    "Meeting",
    "MeetingEvent",
    "Occurrence",
    "Place",
    "PushChannel",
    "RemoteEvent",
    "Series",
]
