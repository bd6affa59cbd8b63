from .around import Around, Way
from .calendar import Calendar, Connection, Occurrence, RemoteEvent
from .diary import Diary, DiaryHours, Place
from .invited import InvitedTo
from .meeting import Guest, Meeting, MeetingEvent, Series
from .preparation import Paper
from .push import PushChannel
from .reminder import Reminder

__all__ = [
    "Around",
    "Calendar",
    "Connection",
    "Diary",
    "DiaryHours",
    "Guest",
    "InvitedTo",
    "Meeting",
    "MeetingEvent",
    "Occurrence",
    "Paper",
    "Place",
    "PushChannel",
    "Reminder",
    "RemoteEvent",
    "Series",
    "Way",
]
