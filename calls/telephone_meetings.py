"""Meetings by telephone that we ring at their time: the client on her numbers in order, then the guests.

Whoever is rung must press a key, so that a mailbox never sits in a meeting. The client hears it ring until a
guest is there; if none answers she is told so, and it is tried once more. The room ends with the client, or
with the last of the guests: nobody is left in it alone. The row of the meeting's call is the lock.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from calendar_app import booking, signals
from calendar_app.models import Guest, Meeting
from clients import work
from clients.models import Contact, Line, WorkItem, WorkRecord
from secretariat import outbox
from secretariat.ids import uuid7
from secretariat.outbox.models import Effect

from . import diary_legs, reachable
from .models import BookedDictation, DiaryLeg, Leg, MeetingCall

NOT_REACHED = "calls.meeting_not_reached"
SUBJECT = "calendar_app.meeting"
BEFORE = timedelta(minutes=1)
LATE = timedelta(minutes=10)  # rung so long after its time it would disturb more than help
FORGOTTEN = timedelta(days=1)
AGAIN_AFTER = timedelta(minutes=1)
STRAY = timedelta(minutes=2)
TRIES = 2
GUEST_SECONDS = 35
TRYING, NOBODY = "trying", "nobody"  # what the client is told while she waits
CLIENT, GUEST = DiaryLeg.Party.CLIENT, DiaryLeg.Party.GUEST
State, Result = MeetingCall.State, MeetingCall.Result
WENT_WELL = (Result.TALKED, Result.CALLED_OFF)


def begin_due(*, at: datetime) -> int:
    """Ring what is about to begin. Returns how many meetings that were."""
    rung = Exists(MeetingCall.objects.filter(meeting=OuterRef("pk"), of=OuterRef("starts_at")))
    due = Meeting.objects.filter(
        ~rung,
        state=Meeting.State.CONFIRMED,
        manner=Meeting.Manner.TELEPHONE,
        we_ring=True,
        starts_at__lte=at + BEFORE,
        starts_at__gt=at - FORGOTTEN,
    )
    found = list(due.order_by("starts_at", "pk").values_list("pk", flat=True)[:50])
    return sum(_begin(pk, at=at) for pk in found)


@transaction.atomic
def _begin(meeting_id, *, at: datetime) -> bool:
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("client", "diary__contact")
    meeting = meetings.get(pk=meeting_id)
    if meeting.state != Meeting.State.CONFIRMED or meeting.starts_at > at + BEFORE or not meeting.we_ring:
        return False
    line, numbers = diary_legs.line_of(meeting.client_id), numbers_of(meeting)
    call, made = MeetingCall.objects.get_or_create(
        meeting=meeting,
        of=meeting.starts_at,
        defaults={"client_id": meeting.client_id, "line": line, "numbers": numbers, "began_at": at},
    )
    if not made:
        return False
    if meeting.starts_at < at - LATE:
        finish(call, Result.MISSED, at=at)
    elif not line or not numbers or not to_ring(meeting):
        finish(call, Result.NO_NUMBER, at=at)
    else:
        _ring_client(call, at=at)
    return True


def numbers_of(meeting: Meeting) -> list[dict]:
    """Where the client is rung: whose diary it is, or the first owner with a number. In order."""
    owners = Contact.objects.filter(
        client=meeting.client_id, standing=Contact.Standing.OWNER, is_active=True
    ).order_by("rank", "pk")
    people = [meeting.diary.contact] if meeting.diary.contact_id else list(owners)
    for person in people:
        numbers = [each for each in reachable.numbers_of(person) if not _comes_back(each["number"])]
        if numbers:
            return [each | {"name": person.name} for each in numbers]
    return []


def _comes_back(number: str) -> bool:
    """Whether calls to this number come to us."""
    return Line.objects.filter(Q(number=number) | Q(forwarded_from=number)).exists()


def to_ring(meeting: Meeting) -> list[tuple[Guest, str]]:
    """The guests who are rung, each with her number. A secretary's stands with her, and not in the diary."""
    coming = meeting.guests.exclude(number="", is_ours=False).exclude(answer=Guest.Answer.DECLINED)
    found = [(guest, _at_home(meeting) if guest.is_ours else guest.number) for guest in coming]
    return [(guest, number) for guest, number in found if number and not _comes_back(number)]


def _at_home(meeting: Meeting) -> str:
    booked = BookedDictation.objects.filter(meeting=meeting).select_related("secretary").first()
    return booked.secretary.home_number if booked else ""


def may_ring(meeting: Meeting) -> bool:
    """Whether there is somebody to ring on both sides."""
    return bool(diary_legs.line_of(meeting.client_id) and numbers_of(meeting) and to_ring(meeting))


def _ring_client(call: MeetingCall, *, at: datetime) -> None:
    number = call.numbers[call.tried]
    _ring(call, CLIENT, number["number"], seconds=number["seconds"], nth=call.round)
    words = _("Ringing %(name)s: %(label)s") % {"name": number["name"], "label": number["label"]}
    booking.note(call.meeting, "ringing", by=None, at=at, words=words)
    booking.announce(call.meeting)


def _ring(call: MeetingCall, party: str, number: str, *, seconds: int, nth: int, guest=None) -> None:
    leg = DiaryLeg.objects.create(
        id=uuid7(),
        client_id=call.client_id,
        meeting_id=call.meeting_id,
        meeting_call=call,
        party=party,
        guest=guest,
        to=number,
        nth=nth,
    )
    diary_legs.ring(leg, diary_legs.MEET, line=call.line, seconds=seconds)


def is_awaited(leg: DiaryLeg) -> bool:
    """Whether whoever picks up this line is still waited for."""
    return leg.is_live and not call_of(leg).is_over


def needs_key(leg: DiaryLeg) -> bool:
    call = call_of(leg)
    return leg.party == GUEST or not any(each["no_key"] for each in call.numbers if each["number"] == leg.to)


def call_of(leg: DiaryLeg) -> MeetingCall:
    return MeetingCall.objects.select_related("meeting__client", "meeting__diary").get(pk=leg.meeting_call_id)


def took(leg: DiaryLeg, *, at: datetime) -> bool:
    """They come to the telephone. False if nobody waits for them any more."""
    call = call_of(leg)
    if call.is_over:
        return False
    if leg.took_at:
        return True  # asked twice
    DiaryLeg.objects.filter(pk=leg.pk).update(took_at=at)
    if leg.party == CLIENT and not to_ring(call.meeting):  # whoever was to come is not coming any more
        finish(call, Result.NO_NUMBER, at=at)
        return False
    if leg.party == CLIENT:
        MeetingCall.objects.filter(pk=call.pk).update(state=State.GUESTS, again_at=None)
        _note(call, _("%(name)s is on the line") % {"name": _name(call, leg)}, at=at)
        for guest, number in to_ring(call.meeting):
            _ring(call, GUEST, number, seconds=GUEST_SECONDS, nth=1, guest=guest)
        return True
    since = {"talking_at": at} if call.talking_at is None else {}
    MeetingCall.objects.filter(pk=call.pk).update(state=State.TALKING, **since)
    _note(call, _("%(name)s is on the line") % {"name": _name(call, leg)}, at=at, guest=leg.guest)
    return True


def refused(leg: DiaryLeg, *, at: datetime) -> None:
    """They said by a key that they cannot now."""
    if not leg.took_at:
        DiaryLeg.objects.filter(pk=leg.pk).update(refused_at=at)


def ended(leg: DiaryLeg, *, at: datetime) -> None:
    """The line is over. The meeting's call is locked."""
    call = call_of(leg)
    if call.is_over:
        return
    if leg.party == CLIENT and leg.took_at:
        finish(call, Result.TALKED if call.talking_at else Result.CLIENT_LEFT, at=at)
    elif leg.party == CLIENT:
        _client_missed(call, leg, at=at)
    elif leg.took_at:
        if not call.legs.filter(party=GUEST, took_at__isnull=False, ended_at=None).exists():
            finish(call, Result.TALKED, at=at)
    else:
        _guest_missed(call, leg, at=at)


def _client_missed(call: MeetingCall, leg: DiaryLeg, *, at: datetime) -> None:
    _note(call, _("%(name)s: %(what)s") % {"name": _name(call, leg), "what": _what(leg)}, at=at)
    if leg.refused_at:
        finish(call, Result.NO_CLIENT, at=at)
        return
    call.tried += 1
    if call.tried < len(call.numbers):
        MeetingCall.objects.filter(pk=call.pk).update(tried=call.tried)
        _ring_client(call, at=at)
    elif call.round < TRIES:
        again = {"tried": 0, "round": call.round + 1, "again_at": at + AGAIN_AFTER}
        MeetingCall.objects.filter(pk=call.pk).update(**again)
    else:
        finish(call, Result.NO_CLIENT, at=at)


def try_again_due(*, at: datetime) -> int:
    """Clients who did not answer at first are rung once more."""
    due = MeetingCall.objects.filter(state=State.CLIENT, again_at__lte=at)
    done = 0
    for pk in list(due.values_list("pk", flat=True)[:50]):
        with transaction.atomic():
            call = MeetingCall.objects.select_for_update().get(pk=pk)
            if call.state != State.CLIENT or call.again_at is None or call.again_at > at:
                continue
            MeetingCall.objects.filter(pk=pk).update(again_at=None)
            _ring_client(call, at=at)
            done += 1
    return done


def _guest_missed(call: MeetingCall, leg: DiaryLeg, *, at: datetime) -> None:
    words = _("%(name)s: %(what)s") % {"name": _name(call, leg), "what": _what(leg)}
    _note(call, words, at=at, guest=leg.guest)
    expected = call.legs.filter(party=GUEST, ended_at=None).exists()
    if leg.nth < TRIES and not leg.refused_at:
        _ring(call, GUEST, leg.to, seconds=GUEST_SECONDS, nth=leg.nth + 1, guest=leg.guest)
        if not expected and not call.talking_at:
            _say_to_client(call, TRYING)
        return
    if call.talking_at:
        to_a_person(call, _("A guest could not be reached for a meeting by telephone that is going on."))
    elif not expected:
        finish(call, Result.NO_GUEST, at=at)


def _say_to_client(call: MeetingCall, word: str) -> None:
    """Tell her who waits in the room; then she is in it again, or her line ends."""
    leg = call.legs.filter(party=CLIENT, took_at__isnull=False, ended_at=None).first()
    if leg is None:
        return
    outbox.post(
        diary_legs.WORD,
        key=f"{diary_legs.WORD}:{leg.pk}:{word}",
        queue="calls",
        client_id=call.client_id,
        subject=(diary_legs.SUBJECT, leg.pk),
        payload={"word": word},
        lane=leg.lane,
    )


def finish(call: MeetingCall, result: str, *, at: datetime) -> None:
    """It is over: all are let go, the seconds are kept, and a person sees what failed."""
    open_ones = MeetingCall.objects.filter(pk=call.pk).exclude(state=State.OVER)
    if not open_ones.update(state=State.OVER, result=result, ended_at=at, again_at=None):
        return
    call.refresh_from_db()
    if result == Result.NO_GUEST:
        _say_to_client(call, NOBODY)
    for leg in call.legs.filter(ended_at=None):
        if result == Result.NO_GUEST and leg.party == CLIENT and leg.took_at:
            continue  # her line ends with what she is told
        diary_legs.hang_up(leg, at=at, because="over")
    _keep_seconds(call)
    words = str(Result(result).label)
    if call.talking_at:
        minutes = max(1, round((at - call.talking_at).total_seconds() / 60))
        words = _("They talked for %(n)s min") % {"n": minutes}
    _note(call, words, at=at)
    if result not in WENT_WELL:
        to_a_person(call, _("A meeting by telephone did not come about: %(why)s.") % {"why": words})


def _keep_seconds(call: MeetingCall) -> None:
    """Ringing, and talking without us, as the client's other calls have them."""
    begun, over = call.talking_at or call.ended_at, call.ended_at
    stretches = [(WorkRecord.Kind.RING, call.began_at, begun), (WorkRecord.Kind.PUT_THROUGH, begun, over)]
    WorkRecord.objects.bulk_create(
        [
            WorkRecord(
                client_id=call.client_id,
                kind=kind,
                subject_kind="calls.meetingcall",
                subject_id=call.pk,
                started_at=since,
                ended_at=until,
            )
            for kind, since, until in stretches
            if until > since
        ],
        ignore_conflicts=True,
    )


def to_a_person(call: MeetingCall, because: str) -> None:
    work.open_item(
        NOT_REACHED,
        subject=(SUBJECT, call.meeting_id),
        client=call.client_id,
        because=because,
        urgency=WorkItem.Urgency.URGENT,
    )


@receiver(signals.meeting_changed, dispatch_uid="calls.meeting_changed")
def meeting_changed(sender, meeting: Meeting, at: datetime, **rest):
    """Nobody is rung any more for a time that does not hold. Who talks already talks on."""
    calls = MeetingCall.objects.select_for_update().filter(
        meeting=meeting, state__in=[State.CLIENT, State.GUESTS]
    )
    for call in calls:
        if meeting.state != Meeting.State.CONFIRMED or meeting.starts_at != call.of or not meeting.we_ring:
            finish(call, Result.CALLED_OFF, at=at)


def look_after(*, at: datetime) -> int:
    """What hangs: a line of a meeting that is over, and a meeting of which nobody is on the line."""
    done = 0
    strays = DiaryLeg.objects.filter(
        ended_at=None, meeting_call__state=State.OVER, meeting_call__ended_at__lte=at - STRAY
    ).exclude(pk__in=_being_ended())
    for leg in strays[:50]:
        diary_legs.hang_up(leg, at=at, because="over")
        done += 1
    nobody = MeetingCall.objects.exclude(state=State.OVER).filter(
        ~Exists(DiaryLeg.objects.filter(meeting_call=OuterRef("pk"), ended_at=None)),
        again_at=None,
        began_at__lte=at - STRAY,
    )
    for pk in list(nobody.values_list("pk", flat=True)[:50]):
        with transaction.atomic():
            call = MeetingCall.objects.select_for_update().get(pk=pk)
            if not call.legs.filter(ended_at=None).exists() and call.again_at is None:
                finish(call, Result.TALKED if call.talking_at else Result.NO_CLIENT, at=at)
                done += 1
    return done


def _being_ended():
    return Effect.objects.filter(kind=diary_legs.HANG_UP).values("subject_id")


def _name(call: MeetingCall, leg: DiaryLeg) -> str:
    if leg.party == GUEST:
        return str(leg.guest) if leg.guest else str(_("A guest"))
    return next((each["name"] for each in call.numbers if each["number"] == leg.to), call.meeting.client.name)


def _what(leg: DiaryLeg) -> str:
    if leg.refused_at:
        return _("cannot come to the telephone now")
    if leg.status == Leg.Status.COMPLETED:
        return _("picked up, and no key was pressed")
    return str(leg.get_status_display()).lower()


def _note(call: MeetingCall, words: str, *, at: datetime, guest=None) -> None:
    booking.note(call.meeting, "rung", by=None, at=at, words=words, guest=guest)
    booking.announce(call.meeting)
