"""What is written down of meetings and of clients' calendars, and how long."""

from django.utils.translation import gettext_lazy as _

from clients.personal import CLIENTS
from secretariat.office.personal import conversations
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    Calendar,
    Connection,
    Diary,
    DiaryHours,
    Feed,
    Guest,
    Meeting,
    MeetingEvent,
    Occurrence,
    Place,
    PushChannel,
    RemoteEvent,
    Series,
)

MEETINGS = conversations(
    "meetings",
    since=_("it was over"),
    over=lambda before: Meeting.objects.filter(ends_at__lt=before),
)
COPIES = Rule(
    "calendars elsewhere",
    Then.KEPT,
    because=_("a copy of the client’s own calendar; it goes with the entry there, or with the connection"),
)

personal(Diary, "name", what=_("whose diary it is"), whose=Whose.CLIENT, rule=CLIENTS)
impersonal(Diary, "zone", because="a time zone")
impersonal(Feed, "token_hash content_hash", because="hashes, of a word of ours and of what was told")
impersonal(DiaryHours, "kind", because="a word of ours")
personal(
    Place,
    "name address link directions",
    what=_("where the client meets people"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
personal(
    Meeting,
    "about notes where link despite cancelled_because outcome_note",
    what=_("meetings, and what came of them"),
    whose=Whose.ANYONE,
    rule=MEETINGS,
)
impersonal(Meeting, "zone uid remote_id etag subject_kind", because="names of places and rows")
impersonal(Series, "uid rule zone", because="when something repeats")
personal(
    Guest,
    "name email number correspondent",
    what=_("who was to come"),
    whose=Whose.ANYONE,
    rule=MEETINGS,
    path="meeting",
)
impersonal(Guest, "zone language", because="how to write to somebody")
personal(
    MeetingEvent,
    "words detail",
    what=_("what was said about a meeting"),
    whose=Whose.ANYONE,
    rule=MEETINGS,
    path="meeting",
)
impersonal(MeetingEvent, "verb", because="a word of ours")
personal(
    Connection,
    "label url username sealed_secret trouble",
    what=_("the client’s sign-in to her calendars, sealed"),
    whose=Whose.CLIENT,
    rule=COPIES,
)
personal(
    Calendar,
    "name remote_id sync_token",
    what=_("which calendars the client has"),
    whose=Whose.CLIENT,
    rule=COPIES,
)
personal(
    RemoteEvent,
    "remote_id uid raw summary because unknown_zone",
    what=_("what stands in the client’s calendars"),
    whose=Whose.ANYONE,
    rule=COPIES,
)
impersonal(Calendar, "zones_meant", because="what zones are called")
impersonal(RemoteEvent, "etag", because="a version")
personal(
    Occurrence,
    "summary where",
    what=_("when it takes place"),
    whose=Whose.ANYONE,
    rule=COPIES,
)
impersonal(Occurrence, "during", because="moments, like those of any row")
impersonal(PushChannel, "remote_id resource_id", because="names of channels")
