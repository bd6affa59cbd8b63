"""What is written down of meetings and of clients' calendars, and how long."""

from django.utils.translation import gettext_lazy as _

from clients.personal import CLIENTS
from secretariat.office.personal import conversations
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from . import preparing
from .models import (
    Around,
    Calendar,
    Connection,
    Diary,
    DiaryHours,
    Feed,
    Guest,
    GuestLink,
    InvitedTo,
    Meeting,
    MeetingEvent,
    MeetingRequest,
    Occurrence,
    Paper,
    Place,
    PushChannel,
    Reminder,
    RemoteEvent,
    RequestEvent,
    RequestParty,
    Series,
)

MEETINGS = conversations(
    "meetings",
    since=_("it was over"),
    over=lambda before: Meeting.objects.filter(ends_at__lt=before),
)
INVITATIONS = conversations(
    "invitations to clients",
    since=_("it was over"),
    over=lambda before: InvitedTo.objects.filter(ends_at__lt=before),
)
REQUESTS = conversations(
    "meetings being arranged",
    since=_("it was agreed, given up or ran out"),
    over=lambda before: MeetingRequest.objects.filter(changed_at__lt=before).exclude(
        state=MeetingRequest.State.OPEN
    ),
)
COPIES = Rule(
    "calendars elsewhere",
    Then.KEPT,
    because=_("a copy of the client’s own calendar; it goes with the entry there, or with the connection"),
)
PAPERS = Rule(
    "papers for meetings",
    Then.DELETED,
    since=_("the meeting was over"),
    days=MEETINGS.days,
    set_by=MEETINGS.set_by,
    over=lambda before: Paper.objects.filter(meeting__ends_at__lt=before),
    doing=preparing.forget,
)

personal(Diary, "name", what=_("whose diary it is"), whose=Whose.CLIENT, rule=CLIENTS)
impersonal(Diary, "zone", because="a time zone")
personal(
    Diary,
    "invited_words",
    what=_("what is said when an invitation is declined"),
    whose=Whose.CLIENT,
    rule=CLIENTS,
)
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
    "about notes preparation where link despite cancelled_because outcome_note",
    what=_("meetings, and what came of them"),
    whose=Whose.ANYONE,
    rule=MEETINGS,
)
impersonal(Meeting, "zone uid remote_id etag subject_kind", because="names of places and rows")
impersonal(MeetingRequest, "subject_kind", because="a name of ours for the call it was asked for on")
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
    InvitedTo,
    "organiser organiser_name addressed_to about where notes words",
    what=_("what others invited the client to"),
    whose=Whose.ANYONE,
    rule=INVITATIONS,
)
impersonal(InvitedTo, "uid remote_id", because="names of entries")
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
impersonal(Around, "day_before_by shortly_by agenda_days", because="words of ours, and weekdays")
impersonal(Reminder, "kind way", because="words of ours")
personal(
    Reminder,
    "because",
    what=_("why a reminder did not reach somebody"),
    whose=Whose.ANYONE,
    rule=MEETINGS,
    path="meeting",
)
personal(
    Paper,
    "media_id name",
    what=_("files for meetings"),
    whose=Whose.ANYONE,
    rule=PAPERS,
)
personal(
    MeetingRequest,
    "about notes where link given_up_because",
    what=_("meetings that were to be arranged"),
    whose=Whose.ANYONE,
    rule=REQUESTS,
)
personal(
    RequestParty,
    "name email number correspondent",
    what=_("who was asked for a meeting"),
    whose=Whose.ANYONE,
    rule=REQUESTS,
    path="request",
)
personal(
    RequestEvent,
    "words",
    what=_("what was said about a meeting being arranged"),
    whose=Whose.ANYONE,
    rule=REQUESTS,
    path="request",
)
impersonal(RequestParty, "zone language", because="how to write to somebody")
impersonal(RequestEvent, "verb", because="a word of ours")
impersonal(GuestLink, "token_hash", because="the hash of what opens a page")
