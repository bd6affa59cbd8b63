"""Reminding guests of meetings: planned when one is arranged or moves, sent when due, each once.

Every reminder is a row, so that everybody sees what will go out, what did, and what did not and why.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients import numbers, work
from clients.models import Suppression, WorkItem
from secretariat import outbox
from secretariat.outbox.models import Effect

from . import booking, guest_words, reminding_times, signals
from .models import Around, Diary, Guest, Meeting, Reminder, Way

BY_MAIL, BY_TEXT = "calendar.reminder_mail", "calendar.reminder_text"
SUBJECT = "calendar_app.reminder"
NOT_REMINDED = "calendar.not_reminded"
GUEST = "calendar_app.guest"
AT_MOST = 100
LOOKED_AHEAD = timedelta(days=3)  # how far due moments are worked out anew, should a zone's law change
State, Kind = Reminder.State, Reminder.Kind
OVER = (State.FAILED, State.DROPPED)


@receiver(signals.meeting_changed)
def meeting_changed(sender, meeting: Meeting, at: datetime, **facts):
    """What is planned for it is planned anew."""
    plan(meeting, at=at)


def plan_all(diary: Diary, *, at: datetime) -> None:
    """The diary's wishes have changed: plan anew for every meeting to come."""
    coming = Meeting.objects.filter(diary=diary, state=Meeting.State.CONFIRMED, starts_at__gt=at)
    for meeting in coming.select_related("diary").order_by("starts_at"):
        plan(meeting, at=at)


def plan(meeting: Meeting, *, at: datetime) -> None:
    """Bring what is planned in line with the meeting, its guests and the diary's wishes. Sent is sent."""
    wishes = Around.objects.filter(diary=meeting.diary_id).first()
    wanted = _wanted(meeting, wishes, at=at) if wishes else {}
    rows = {
        (row.guest_id, row.kind, row.way, row.of): row
        for row in Reminder.objects.filter(meeting=meeting).select_for_update()
    }
    for key, row in rows.items():
        if row.state == State.PLANNED and wanted.get(key) is None:
            row.delete()
        elif row.state == State.PLANNED and row.due_at != wanted[key] > at:  # not what waits for a morning
            Reminder.objects.filter(pk=row.pk).update(due_at=wanted[key])
        elif row.state == State.DROPPED and wanted.get(key):
            Reminder.objects.filter(pk=row.pk).update(
                state=State.PLANNED, due_at=wanted[key], because="", changed_at=at
            )
    Reminder.objects.bulk_create(
        Reminder(
            client_id=meeting.client_id,
            meeting=meeting,
            guest_id=guest_id,
            kind=kind,
            way=way,
            of=of,
            due_at=due,
            changed_at=at,
        )
        for (guest_id, kind, way, of), due in wanted.items()
        if due and (guest_id, kind, way, of) not in rows
    )


def _wanted(meeting: Meeting, wishes: Around, *, at: datetime) -> dict:
    """By guest, kind, way and time: when it is due, or None where it need not go out any more."""
    if meeting.state != Meeting.State.CONFIRMED or meeting.manner == Meeting.Manner.BLOCK:
        return {}
    if meeting.starts_at <= at:
        return {}
    planned = set(Reminder.objects.filter(meeting=meeting).values_list("guest", "kind", "way", "of"))
    found = {}
    for guest in meeting.guests.all():
        for kind, way in ways(wishes, guest):
            key = (guest.pk, kind, way, meeting.starts_at)
            # What was planned once stays due, even if its moment passes while something else changes.
            known_at = meeting.created_at if key in planned else at
            found[key] = due_at(meeting, guest, wishes, kind, way, known_at=known_at)
    return found


def ways(wishes: Around, guest: Guest) -> list[tuple[str, str]]:
    """In which ways this guest is reminded: those wanted for which there is an address."""
    wanted = [(Kind.DAY_BEFORE, way) for way in wishes.day_before_by]
    wanted += [(Kind.SHORTLY, way) for way in wishes.shortly_by]
    if guest.answer == Guest.Answer.DECLINED:
        return []
    return [(str(kind), str(way)) for kind, way in wanted if address_of(guest, way)]


def address_of(guest: Guest, way: str) -> str:
    """Where this way leads; empty where it leads nowhere."""
    if way == Way.EMAIL:
        return guest.email
    if way == Way.TEXT:
        return guest.number if numbers.takes_texts(guest.number) else ""
    return guest.number


def due_at(meeting, guest, wishes, kind, way, *, known_at) -> datetime | None:
    zone = guest.zone or meeting.zone
    if kind == Kind.DAY_BEFORE:
        moment = reminding_times.a_day_before(
            meeting.starts_at, days=wishes.days_before, at=wishes.day_before_at, zone=zone
        )
    else:
        moment = reminding_times.shortly_before(meeting.starts_at, minutes=wishes.minutes_before)
    return reminding_times.due(
        moment, starts=meeting.starts_at, zone=zone, wakes=way != Way.EMAIL, known_at=known_at
    )


def send_due(*, at: datetime) -> int:
    """Let go out what is due. Returns how many that were."""
    due = Reminder.objects.filter(state=State.PLANNED, due_at__lte=at).order_by("due_at", "pk")
    done = 0
    for pk in list(due.values_list("pk", flat=True)[:AT_MOST]):
        with transaction.atomic():
            done += _let_go(pk, at=at)
    return done


def _let_go(pk, *, at: datetime) -> bool:
    reminder = (
        Reminder.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("meeting__diary", "meeting__client", "meeting__place", "guest")
        .filter(pk=pk, state=State.PLANNED, due_at__lte=at)
        .first()
    )
    if reminder is None:
        return False
    guest, meeting = reminder.guest, reminder.meeting
    guest.meeting = meeting
    if because := no_longer(reminder, at=at):
        become(reminder, State.DROPPED, because=because, at=at)
        return True
    if asleep(reminder, at=at):
        _after_the_night(reminder, guest.zone or meeting.zone, at=at)
        return True
    if because := refused(reminder):
        not_reached(reminder, because, at=at)
        return True
    become(reminder, State.LEAVING, at=at)
    if reminder.way == Way.CALL:
        signals.reminder_to_ring.send(sender=Reminder, reminder=reminder, at=at)
        return True
    mail = reminder.way == Way.EMAIL
    kind, payload = (BY_MAIL, guest_words.mail(reminder)) if mail else (BY_TEXT, guest_words.text(reminder))
    outbox.post(
        kind,
        key=f"{kind}:{reminder.pk}",
        queue=Effect.Queue.BULK,
        client_id=reminder.client_id,
        subject=(SUBJECT, reminder.pk),
        payload=payload,
    )
    return True


def no_longer(reminder: Reminder, *, at: datetime) -> str:
    """Why it need not go out any more; empty where it does."""
    meeting = reminder.meeting
    if meeting.state != Meeting.State.CONFIRMED:
        return _("the meeting does not take place")
    if meeting.starts_at != reminder.of:
        return _("the meeting was moved")
    if meeting.starts_at <= at:
        return _("the meeting has begun")
    if reminder.guest.answer == Guest.Answer.DECLINED:
        return _("this guest is not coming")
    return ""


def refused(reminder: Reminder) -> str:
    """Why nothing may be sent there; empty where it may."""
    if not address_of(reminder.guest, reminder.way):
        return _("no address for it is known")
    if reminder.way == Way.CALL:
        return ""
    address = address_of(reminder.guest, reminder.way)
    found = Suppression.objects.standing().filter(channel=reminder.way, address=address).first()
    return str(found.get_because_display()) if found else ""


def asleep(reminder: Reminder, *, at: datetime) -> str:
    """Why it would wake them; empty where it does not."""
    zone = reminder.guest.zone or reminder.meeting.zone
    wakes = reminder.way != Way.EMAIL and reminding_times.in_the_night(at, zone)
    return _("it is night where they are") if wakes else ""


def _after_the_night(reminder: Reminder, zone: str, *, at: datetime) -> None:
    """We were away when it was due, and now they sleep: in the morning, if that is early enough."""
    morning = reminding_times.after_the_night(at, zone)
    if morning < reminder.of:
        Reminder.objects.filter(pk=reminder.pk).update(due_at=morning)
    else:
        not_reached(reminder, _("it is night where they are"), at=at)


def become(reminder: Reminder, state: str, *, at: datetime, because: str = "") -> bool:
    """Write down how far it got. False where it is past that."""
    moved = Reminder.objects.filter(pk=reminder.pk, state=reminder.state)
    if not moved.update(state=state, because=because[:240], changed_at=at):
        return False
    reminder.state, reminder.because = state, because
    booking.announce(reminder.meeting)
    return True


def sent(reminder: Reminder, *, at: datetime) -> None:
    """It has left us."""
    # A person may have had it sent again after all.
    if reminder.state in (State.LEAVING, State.FAILED) and become(reminder, State.SENT, at=at):
        words = _("Reminder by %(way)s to %(name)s") % _named(reminder)
        booking.note(reminder.meeting, "reminded", by=None, at=at, words=words, guest=reminder.guest)


def not_reached(reminder: Reminder, because: str, *, at: datetime, shown=False) -> None:
    """It did not reach the guest: somebody at the desk sees it, unless it is `shown` to somebody already."""
    if reminder.state in OVER or not become(reminder, State.FAILED, because=because, at=at):
        return
    words = _("Reminder by %(way)s did not reach %(name)s: %(because)s")
    facts = _named(reminder) | {"because": because}
    booking.note(reminder.meeting, "not_reminded", by=None, at=at, words=words % facts, guest=reminder.guest)
    if not shown:
        work.open_item(
            NOT_REMINDED,
            subject=(GUEST, reminder.guest_id),
            client=reminder.client_id,
            because=_("A guest could not be reminded of a meeting."),
            urgency=WorkItem.Urgency.TODAY,
            promised_at=reminder.of,
        )


def _named(reminder: Reminder) -> dict:
    return {"way": reminder.get_way_display(), "name": str(reminder.guest)}


def look_again(*, at: datetime) -> int:
    """Work out anew what is due soon: a zone's law may have changed since it was planned."""
    coming = Meeting.objects.filter(
        reminders__state=State.PLANNED, reminders__due_at__lte=at + LOOKED_AHEAD, starts_at__gt=at
    )
    for meeting in coming.select_related("diary").distinct()[:AT_MOST]:
        with transaction.atomic():
            plan(meeting, at=at)
    return 0
