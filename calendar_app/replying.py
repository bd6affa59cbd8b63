"""What guests answer, however it comes: by their calendar's mail or by their link.

An answer counts where it is hers, and newer than what she said before; twice delivered it counts once. What
no program may decide goes to a person.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from clients import wording, work

from . import booking, replies
from .models import Guest, Meeting
from .replies import Answer

DECLINED, PROPOSED, STRANGER = "calendar.declined", "calendar.proposed", "calendar.stranger"
SUBJECT = "calendar_app.guest"
MEETING = "calendar_app.meeting"


@transaction.atomic
def received(raw: bytes, *, at: datetime) -> bool:
    """Work a mail that came in. False: it says nothing about a meeting of ours, and is still to be read."""
    mail = replies.read(raw)
    taken = False
    for answer in mail.answers:
        meetings = _meetings(answer)
        said = False  # to a series one answers once: it counts for each, and one piece of work comes of it
        for meeting in meetings:
            sender = {"sender": mail.sender, "vouched": mail.vouched}
            said = _of_one(meeting, answer, **sender, at=at, quietly=said) or said
        taken = taken or bool(meetings)
    return taken


def _meetings(answer: Answer) -> list[Meeting]:
    if not answer.uid:
        return []
    found = Meeting.objects.filter(uid=answer.uid).select_related("diary", "client")
    if answer.instance:
        found = found.filter(Q(instance_at=answer.instance) | Q(series=None))
    return list(found.order_by("starts_at")[:400])


def _of_one(
    meeting: Meeting, answer: Answer, *, sender: str, vouched: bool, at: datetime, quietly=False
) -> bool:
    """Whether it says anything of this one."""
    booking.locked(meeting.diary_id, at)
    guest = meeting.guests.filter(email=answer.address).first()
    if guest is None or sender != answer.address or not vouched:
        if quietly:
            return True
        _to_a_person(
            STRANGER,
            (MEETING, meeting.pk),
            meeting,
            because=_("An answer to a meeting came from an address that was not invited."),
        )
        words = _("An answer that is not counted came from %(address)s") % {"address": sender or "?"}
        booking.note(meeting, "doubted", by=None, at=at, words=words)
        booking.announce(meeting)
        return True
    if answer.method == "COUNTER":
        if not quietly and _is_newer(guest, answer.sequence, answer.stamp):
            _stamp(guest, answer.sequence, answer.stamp)
            propose(guest, meeting, answer.starts, words=answer.comment, at=at)
        return True
    if answer.sequence < meeting.sequence:
        return False  # to an earlier time, of which she has been told since that it is another
    return answered(
        guest,
        meeting,
        answer.answer,
        sequence=answer.sequence,
        stamp=answer.stamp,
        comment=answer.comment,
        at=at,
        quietly=quietly,
    )


@transaction.atomic
def answered(
    guest: Guest,
    meeting: Meeting,
    answer: str,
    *,
    sequence: int,
    stamp: datetime,
    comment="",
    at: datetime,
    quietly=False,
) -> bool:
    """She comes, perhaps, or not. False where she has said so before, or something newer.

    `quietly`: whoever must know that she does not come is told of it by another of the same series.
    """
    if answer == Guest.Answer.WAITING or meeting.state != Meeting.State.CONFIRMED:
        return False
    hers = Guest.objects.filter(pk=guest.pk).filter(
        Q(answered_sequence__lt=sequence)
        | Q(answered_sequence=sequence, answered_stamp__lt=stamp)
        | Q(answered_sequence=sequence, answered_stamp=None)
    )
    same = hers.filter(answer=answer).exists()
    told = hers.update(
        answer=answer,
        answered_at=at,
        answered_sequence=sequence,
        answered_stamp=stamp,
        version=F("version") + 1,
    )
    if not told:
        return False
    if same and not comment:
        return True
    guest.refresh_from_db()
    did = {
        Guest.Answer.ACCEPTED: _("%(name)s is coming"),
        Guest.Answer.TENTATIVE: _("%(name)s is perhaps coming"),
        Guest.Answer.DECLINED: _("%(name)s is not coming"),
    }[Guest.Answer(answer)] % {"name": str(guest)}
    words = f"{did}: {comment}" if comment else did
    booking.note(meeting, "answered", by=None, at=at, words=words, guest=guest, detail={"answer": answer})
    booking.announce(meeting)
    if answer == Guest.Answer.DECLINED and not quietly:
        _to_a_person(DECLINED, (SUBJECT, guest.pk), meeting, because=_("A guest is not coming."))
    elif answer != Guest.Answer.DECLINED:
        work.finish_all(subject=(SUBJECT, guest.pk), by=None, outcome=did, kind=DECLINED)
    return True


@transaction.atomic
def propose(guest: Guest, meeting: Meeting, starts: datetime | None, *, words: str, at: datetime) -> None:
    """She asks for another time. Whether it suits the client, a person judges."""
    when = wording.moment(starts, meeting.zone, now=at) if starts else ""
    said = (
        _("%(name)s proposes %(when)s") % {"name": str(guest), "when": when}
        if when
        else _("%(name)s asks for another time") % {"name": str(guest)}
    )
    said = f"{said}: {words}" if words else said
    detail = {"starts": starts.isoformat() if starts else ""}
    booking.note(meeting, "proposed", by=None, at=at, words=said, guest=guest, detail=detail)
    booking.announce(meeting)
    because = _("A guest asks for another time.")
    _to_a_person(PROPOSED, (SUBJECT, guest.pk), meeting, because=because)


def _is_newer(guest: Guest, sequence: int, stamp: datetime) -> bool:
    before = guest.answered_stamp
    return guest.answered_sequence < sequence or (
        guest.answered_sequence == sequence and (before is None or before < stamp)
    )


def _stamp(guest: Guest, sequence: int, stamp: datetime) -> None:
    Guest.objects.filter(pk=guest.pk).update(
        answered_sequence=sequence, answered_stamp=stamp, version=F("version") + 1
    )


def _to_a_person(kind: str, subject, meeting: Meeting, *, because: str) -> None:
    work.open_item(kind, subject=subject, client=meeting.client_id, because=because)
