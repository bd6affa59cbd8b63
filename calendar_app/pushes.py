"""Being told of changes by Google and Microsoft: asked for, heard, and asked for again before it ends.

It only makes reading quicker. Calendars are read in turn anyway: a channel may be late, or silent.
https://developers.google.com/workspace/calendar/api/guides/push
https://learn.microsoft.com/en-us/graph/change-notifications-lifecycle-events
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from secretariat import outbox
from secretariat.outbox.models import Effect

from . import online, tokens
from .elsewhere import Missing
from .elsewhere.watching import Watch
from .models import Calendar, Connection, PushChannel

WATCH = "calendar.watch"
EARLY = timedelta(days=1)
AGAIN = timedelta(hours=1)  # after one that was not to be had
AT_ONCE = 50


def arrange(*, at: datetime) -> int:
    """Ask for channels where there is none, or one that ends soon. Returns how many are asked for."""
    if not _can_be_reached():
        return 0
    good = PushChannel.objects.filter(
        Q(renew_at__gt=at) | Q(ends_at=None, asked_at__gt=at - AGAIN), calendar=OuterRef("pk"), ended_at=None
    )
    wanting = (
        Calendar.objects.filter(
            Q(counts_as_busy=True) | Q(is_written_to=True),
            connection__kind__in=online.KINDS,
            connection__state=Connection.State.WORKING,
            connection__ended_at=None,
        )
        .exclude(Exists(good))
        .select_related("connection")[:AT_ONCE]
    )
    return sum(_ask_for(calendar, at) for calendar in wanting if online.of(calendar.connection.kind))


def _can_be_reached() -> bool:
    """Only addresses with TLS are told anything; where the services are played here, any is."""
    played = settings.GOOGLE_BASE_URL or settings.MICROSOFT_BASE_URL
    return settings.PUBLIC_BASE_URL.startswith("https://") or bool(played)


def _ask_for(calendar: Calendar, at: datetime) -> int:
    old = (
        PushChannel.objects.filter(calendar=calendar, ended_at=None, ends_at__gt=at)
        .order_by("-ends_at")
        .first()
    )
    renewing = old if old and calendar.connection.kind == online.MICROSOFT else None
    channel = renewing or PushChannel(client_id=calendar.client_id, calendar=calendar)
    channel.asked_at, channel.renew_at = at, at + AGAIN
    channel.save()
    outbox.post(
        WATCH,
        key=f"watch:{channel.pk}:{at:%Y%m%d%H%M}",
        queue=Effect.Queue.BULK,
        client_id=calendar.client_id,
        subject=("calendar_app.pushchannel", channel.pk),
    )
    return 1


def watch(channel: PushChannel, *, at: datetime) -> Watch | None:
    """Ask the service, outside any transaction. None if it is no longer wanted. Raises Trouble."""
    calendar = channel.calendar
    connection, service = calendar.connection, online.of(calendar.connection.kind)
    if service is None or connection.ended_at or channel.ended_at:
        return None
    adapter = tokens.adapter(connection)
    until = at + timedelta(days=service.push_lasts)
    if channel.remote_id and channel.ends_at and channel.ends_at > at:
        try:
            return _keep(channel, adapter.renew(_watch_of(channel), until=until), at)
        except Missing:
            PushChannel.objects.filter(pk=channel.pk).update(ended_at=at)
            return None  # the next round asks for a new one
    made = adapter.watch(
        calendar.remote_id,
        channel_id=str(channel.pk),
        address=settings.PUBLIC_BASE_URL + reverse(f"calendar-push-{connection.kind}"),
        token=word_of(channel.pk),
        until=until,
    )
    return _keep(channel, made, at)


@transaction.atomic
def _keep(channel: PushChannel, made: Watch, at: datetime) -> Watch:
    """The newest takes the place of the others of its calendar; those of Google end by themselves."""
    renew_at = max(at + AGAIN, made.ends_at - EARLY)
    PushChannel.objects.filter(pk=channel.pk).update(
        remote_id=made.remote_id, resource_id=made.resource_id, ends_at=made.ends_at, renew_at=renew_at
    )
    older = PushChannel.objects.filter(calendar=channel.calendar, ended_at=None).exclude(pk=channel.pk)
    older.update(ended_at=at)
    return made


def _watch_of(channel: PushChannel) -> Watch:
    return Watch(channel.remote_id, channel.resource_id, channel.ends_at)


def word_of(channel_id: UUID) -> str:
    """What proves that a notice is of this channel: its id, and a word only we can make of it."""
    return f"{channel_id}:{salted_hmac('calendar_app.pushes', str(channel_id)).hexdigest()}"


def channel_of(word: str) -> UUID | None:
    """The channel this word belongs to, or None if we did not make it."""
    try:
        channel_id = UUID(word.partition(":")[0])
    except ValueError:
        return None
    return channel_id if constant_time_compare(word, word_of(channel_id)) else None


def heard(channel_id: UUID, *, at: datetime) -> None:
    """Something changed there: its calendars are looked at next, rather than in their turn."""
    PushChannel.objects.filter(pk=channel_id).update(heard_at=at)
    Connection.objects.filter(calendars__channels=channel_id, ended_at=None, due_at__gt=at).update(due_at=at)


def ended(channel_id: UUID, *, at: datetime) -> None:
    """The service ended it: another is asked for, and what was missed is read."""
    PushChannel.objects.filter(pk=channel_id, ended_at=None).update(ended_at=at)
    heard(channel_id, at=at)


def renew_soon(channel_id: UUID, *, at: datetime) -> None:
    PushChannel.objects.filter(pk=channel_id, ended_at=None).update(renew_at=at)


def stop(connection: Connection, *, at: datetime) -> int:
    """Its channels are no longer listened to. They end by themselves within days; nothing is asked."""
    return PushChannel.objects.filter(calendar__connection=connection, ended_at=None).update(ended_at=at)
