"""One search over everything a secretary may see: clients, callers, messages, meetings."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import formats

from calendar_app import finding
from calendar_app.models import Meeting
from clients.models import Client, Correspondent
from messages_app.finding import found
from messages_app.models import Message

EACH = 6


@dataclass(frozen=True)
class Found:
    """A line of the answer."""

    kind: str  # client, caller, message or meeting
    title: str
    about: str
    url: str
    band: str


def search(user, words: str) -> list[Found]:
    """The best of each kind, clients first. Nothing for fewer than two letters."""
    words = " ".join(words.split())[:120]
    if len(words) < 2:
        return []
    return [*_clients(user, words), *_callers(user, words), *_messages(user, words), *_meetings(user, words)]


def _clients(user, words):
    for client in Client.objects.visible_to(user).filter(name__unaccent__icontains=words, is_active=True)[
        :EACH
    ]:
        yield Found("client", client.name, "", reverse("client-card", args=[client.pk]), client.band)


def _callers(user, words):
    digits = "".join(filter(str.isdigit, words)).lstrip("0")
    match = Q(name__unaccent__icontains=words) | Q(firm__unaccent__icontains=words)
    if len(digits) >= 4:
        match |= Q(addresses__value__endswith=digits)
    callers = Correspondent.objects.visible_to(user).filter(match).select_related("client").distinct()
    for caller in callers[:EACH]:
        last = Message.objects.visible_to(user).filter(correspondent=caller).first()
        url = (
            reverse("messages-message", args=[last.pk])
            if last
            else reverse("client-card", args=[caller.client_id])
        )
        about = ", ".join(filter(None, [caller.firm, caller.client.name]))
        yield Found("caller", str(caller), about, url, caller.client.band)


def _messages(user, words):
    messages = found(Message.objects.visible_to(user), words).select_related("client").order_by("-taken_at")
    for message in messages[:EACH]:
        yield Found(
            "message",
            message.caller_name or message.caller_firm or message.client.name,
            message.client.name,
            reverse("messages-message", args=[message.pk]),
            message.client.band,
        )


def _meetings(user, words):
    """Those furthest ahead first."""
    meetings = Meeting.objects.visible_to(user).exclude(state=Meeting.State.LAPSED)
    meetings = finding.found(meetings, words, user=user)
    for meeting in meetings.select_related("client").order_by("-starts_at")[:EACH]:
        on = formats.date_format(meeting.starts_at.astimezone(ZoneInfo(meeting.zone)), "j M Y")
        yield Found(
            "meeting",
            meeting.about,
            f"{on}, {meeting.client.name}",
            reverse("diary-meeting", args=[meeting.pk]),
            meeting.client.band,
        )
