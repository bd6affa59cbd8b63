"""Meetings by telephone that we ring at their time: the client on her numbers in order, then the guests.

Whoever is rung must press a key, so that a mailbox never sits in a meeting. The client hears it ring until a
guest is there; if none answers she is told so, and it is tried once more. The room ends with the client, or
with the last of the guests: nobody is left in it alone. The row of the meeting's call is the lock.

One of ours is rung where she works: in her browser, where her being at the desk is the key, or at her own
telephone. While she is on the line no caller is offered to her; a browser's line that drops is rung again.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.utils.translation import gettext as _

from calendar_app import booking, signals
from calendar_app.models import Meeting
from clients import work
from clients.models import WorkItem
from secretariat import outbox
from secretariat.ids import uuid7
from secretariat.office.models import Presence
from secretariat.outbox.models import Effect

from . import diary_legs, diary_seconds, whom_to_ring, wrap_up
from .models import DiaryLeg, Leg, MeetingCall

NOT_REACHED = "calls.meeting_not_reached"
SUBJECT = "calendar_app.meeting"
BEFORE = timedelta(minutes=1)
LATE = timedelta(minutes=10)  # rung so long after its time it would disturb more than help
FORGOTTEN = timedelta(days=1)
AGAIN_AFTER = timedelta(minutes=1)
STRAY = timedelta(minutes=2)
TRIES = 2
MOST_TRIES = 4  # of one whose line was lost
RELOADS_WITHIN = timedelta(seconds=5)
TRYING, NOBODY, AGAIN = "trying", "nobody", "again"  # what the client is told while she waits
CLIENT, GUEST = DiaryLeg.Party.CLIENT, DiaryLeg.Party.GUEST
State, Result = MeetingCall.State, MeetingCall.Result
ALONE = (Result.NO_GUEST, Result.LOST)  # she waits in the room, and nobody comes
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
    line, numbers = diary_legs.line_of(meeting.client_id), whom_to_ring.numbers_of(meeting)
    call, made = MeetingCall.objects.get_or_create(
        meeting=meeting,
        of=meeting.starts_at,
        defaults={"client_id": meeting.client_id, "line": line, "numbers": numbers, "began_at": at},
    )
    if not made:
        return False
    if meeting.starts_at < at - LATE:
        finish(call, Result.MISSED, at=at)
    elif not line or not numbers or not whom_to_ring.to_ring(meeting):
        finish(call, Result.NO_NUMBER, at=at)
    else:
        _ring_client(call, at=at)
    return True


def _ring_client(call: MeetingCall, *, at: datetime) -> None:
    number = call.numbers[call.tried]
    _ring(call, CLIENT, number["number"], seconds=number["seconds"], nth=call.round)
    words = _("Ringing %(name)s: %(label)s") % {"name": number["name"], "label": number["label"]}
    booking.note(call.meeting, "ringing", by=None, at=at, words=words)
    booking.announce(call.meeting)


def _ring_guest(
    call: MeetingCall, guest, *, nth: int, due_at: datetime | None = None, in_vain: bool = False
) -> None:
    place = whom_to_ring.place_of(guest, in_vain=in_vain)
    _ring(call, GUEST, place, seconds=whom_to_ring.GUEST_SECONDS, nth=nth, guest=guest, due_at=due_at)


def _ring(
    call: MeetingCall, party: str, number: str, *, seconds: int, nth: int, guest=None, due_at=None
) -> None:
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
    diary_legs.ring(leg, diary_legs.MEET, line=call.line, seconds=seconds, due_at=due_at)


def is_awaited(leg: DiaryLeg) -> bool:
    """Whether whoever picks up this line is still waited for."""
    return leg.is_live and not call_of(leg).is_over


def needs_key(leg: DiaryLeg) -> bool:
    if leg.is_browser:
        return False
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
    if leg.party == CLIENT and not whom_to_ring.to_ring(call.meeting):  # who was to come is not coming
        finish(call, Result.NO_NUMBER, at=at)
        return False
    if leg.party == CLIENT:
        MeetingCall.objects.filter(pk=call.pk).update(state=State.GUESTS, again_at=None)
        _note(call, _("%(name)s is on the line") % {"name": _name(call, leg)}, at=at)
        for guest in whom_to_ring.to_ring(call.meeting):
            _ring_guest(call, guest, nth=1)
        return True
    _settle_her(leg, at=at)
    diary_legs.tell_her(leg)
    since = {}
    if call.talking_at is None:
        since = {"talking_at": at}
        # What did not come about at first has come about now.
        work.finish_all(
            subject=(SUBJECT, call.meeting_id), by=None, outcome=_("They talk now."), kind=NOT_REACHED
        )
    MeetingCall.objects.filter(pk=call.pk).update(state=State.TALKING, **since)
    _note(call, _("%(name)s is on the line") % {"name": _name(call, leg)}, at=at, guest=leg.guest)
    return True


def _settle_her(leg: DiaryLeg, *, at: datetime) -> None:
    """One of ours comes to the line or leaves it: whether callers are offered to her follows from that."""
    if not leg.guest or not leg.guest.secretary:
        return
    here = Presence.objects.filter(secretary=leg.guest.secretary)
    if here.exclude(state__in=[Presence.State.OFF, Presence.State.BREAK]).exists():
        wrap_up.settle_presence(leg.guest.secretary, at=at)


def refused(leg: DiaryLeg, *, at: datetime) -> None:
    """They said by a key that they cannot now."""
    if not leg.took_at:
        DiaryLeg.objects.filter(pk=leg.pk).update(refused_at=at)


def leave(leg: DiaryLeg, *, at: datetime) -> None:
    """One of ours says not now, or hangs up: she is not rung again. A line that is over already stays so."""
    if not leg.is_live:
        return
    DiaryLeg.objects.filter(pk=leg.pk).update(refused_at=at)
    leg.refused_at = at
    diary_legs.hang_up(leg, at=at, because=_("she said so"))
    if not leg.is_live:  # it was never rung: the carrier tells of no end
        ended(leg, at=at)


def ended(leg: DiaryLeg, *, at: datetime) -> None:
    """The line is over. The meeting's call is locked."""
    call = call_of(leg)
    if leg.took_at and leg.guest and leg.guest.secretary:
        diary_seconds.keep_hers(call, leg, at=at)
        _settle_her(leg, at=at)
    if call.is_over:
        return
    if leg.party == CLIENT and leg.took_at:
        finish(call, Result.TALKED if call.talking_at else Result.CLIENT_LEFT, at=at)
    elif leg.party == CLIENT:
        _client_missed(call, leg, at=at)
    elif leg.took_at and leg.is_browser and leg.guest and not leg.refused_at and leg.nth < MOST_TRIES:
        _line_lost(call, leg, at=at)
    elif leg.took_at:
        if not _others_talk(call) and not _comes_back(call):
            finish(call, Result.TALKED, at=at)
    else:
        _guest_missed(call, leg, at=at)


def _others_talk(call: MeetingCall) -> bool:
    return call.legs.filter(party=GUEST, took_at__isnull=False, ended_at=None).exists()


def _comes_back(call: MeetingCall) -> bool:
    """Whether somebody whose line was lost is being rung again."""
    rung = call.legs.filter(party=GUEST, ended_at=None, took_at=None)
    return rung.filter(guest__in=call.legs.filter(took_at__isnull=False).values("guest")).exists()


def _line_lost(call: MeetingCall, leg: DiaryLeg, *, at: datetime) -> None:
    """Her browser's line is gone without her word: she is rung once more, and the client hears so."""
    _note(call, _("%(name)s: the line was lost") % {"name": _name(call, leg)}, at=at, guest=leg.guest)
    # Her page may just be loaded anew, and her line be there again in a moment.
    _ring_guest(call, leg.guest, nth=leg.nth + 1, due_at=at + RELOADS_WITHIN)
    if not _others_talk(call):
        _say_to_client(call, AGAIN, nth=leg.nth)


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
    was_there = call.legs.filter(guest=leg.guest_id, took_at__isnull=False).exists()
    most = MOST_TRIES if was_there else TRIES
    if leg.guest and leg.nth < most and not leg.refused_at:
        # A browser of ours that is busy or not there will not be otherwise in the same second.
        soon = leg.guest.secretary_id and leg.status in (Leg.Status.FAILED, Leg.Status.BUSY)
        due_at = at + whom_to_ring.IN_A_MOMENT if soon else None
        _ring_guest(call, leg.guest, nth=leg.nth + 1, due_at=due_at, in_vain=True)
        if not expected and not call.talking_at:
            _say_to_client(call, TRYING)
        return
    if call.talking_at and (expected or _others_talk(call)):
        said = _("%(name)s could not be reached for a meeting by telephone that is going on.")
        if whom_to_ring.is_dictation(call.meeting):
            said = _("%(name)s could not be reached for a dictation that is going on.")
        to_a_person(call, said % {"name": _name(call, leg)})
    elif not expected:
        finish(call, Result.LOST if call.talking_at else Result.NO_GUEST, at=at)


def _say_to_client(call: MeetingCall, word: str, *, nth: int = 1) -> None:
    """Tell her who waits in the room; then she is in it again, or her line ends. Each `nth` time once."""
    leg = call.legs.filter(party=CLIENT, took_at__isnull=False, ended_at=None).first()
    if leg is None:
        return
    outbox.post(
        diary_legs.WORD,
        key=f"{diary_legs.WORD}:{leg.pk}:{word}:{nth}",
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
    if result in ALONE:
        _say_to_client(call, NOBODY)
    for leg in call.legs.filter(ended_at=None):
        if result in ALONE and leg.party == CLIENT and leg.took_at:
            continue  # her line ends with what she is told
        diary_legs.hang_up(leg, at=at, because="over")
    diary_seconds.keep(call)
    words = str(Result(result).label)
    if call.talking_at and result != Result.LOST:
        minutes = max(1, round((at - call.talking_at).total_seconds() / 60))
        words = _("They talked for %(n)s min") % {"n": minutes}
    _note(call, words, at=at)
    if result not in WENT_WELL:
        said = _("A meeting by telephone did not come about: %(why)s.")
        if whom_to_ring.is_dictation(call.meeting):
            said = _("A booked dictation did not come about: %(why)s.")
        to_a_person(call, said % {"why": words})


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
