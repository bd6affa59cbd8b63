"""Telling guests by mail what was arranged, in their own language and on their own clocks.

One way for each calendar: where the client's server sends invitations itself, we send none.
"""

import hashlib
from datetime import datetime
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.db.models import F
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import ContactAddress
from secretariat import outbox
from secretariat.office.models import Firm
from secretariat.outbox.models import Effect

from . import guest_links, invitations, signals, when
from .invitations import Invitation, Person
from .models import Calendar, Guest, Meeting

INVITE, UNINVITE = "calendar.invitation", "calendar.cancellation"
SUBJECT = "calendar_app.guest"
TOLD_AT = {"booked", "confirmed", "moved", "changed", "guests"}
State = Meeting.State
ANSWERS = {
    Guest.Answer.WAITING: "NEEDS-ACTION",
    Guest.Answer.ACCEPTED: "ACCEPTED",
    Guest.Answer.TENTATIVE: "TENTATIVE",
    Guest.Answer.DECLINED: "DECLINED",
}


@receiver(signals.meeting_changed)
def meeting_changed(sender, meeting: Meeting, verb: str, at: datetime, before, whole_series, **facts):
    """What guests must know of it goes to them."""
    if whole_series or meeting.manner == Meeting.Manner.BLOCK or server_invites(meeting):
        return
    if verb in TOLD_AT and meeting.state == State.CONFIRMED:
        for guest in to_tell(meeting):
            if waits_for_series(meeting.series_id, guest.email) or (verb == "guests" and was_told(guest)):
                continue
            tell(guest, invited(guest, at=at), meeting)
            if verb == "moved" and before.starts_at != meeting.starts_at:
                ask_anew(guest)
    elif verb == "cancelled" and before.state == State.CONFIRMED:
        for guest in to_tell(meeting):
            if waits_for_series(meeting.series_id, guest.email):
                continue
            take_back(guest, invited(guest, at=at), meeting, because=meeting.cancelled_because)


@receiver(signals.guest_taken_off)
def guest_taken_off(sender, guest: Guest, meeting: Meeting, at: datetime, whole_series=False, **facts):
    if whole_series or waits_for_series(meeting.series_id, guest.email):
        return
    if guest.email and meeting.state == State.CONFIRMED and not server_invites(meeting):
        take_back(guest, invited(guest, at=at), meeting, because="")


def server_invites(meeting: Meeting) -> bool:
    """Whether the client's own server tells the guests, once it stands in her calendar.

    Never of a series: each of it is an entry of its own there, and they are told of it once, by its rule.
    """
    if meeting.series_id:
        return False
    if meeting.calendar_id:
        return meeting.calendar.server_invites
    written_to = Calendar.objects.filter(diary=meeting.diary_id, is_written_to=True)
    return written_to.values_list("server_invites", flat=True).first() or False


def to_tell(meeting: Meeting):
    """Who is told by mail."""
    return list(meeting.guests.exclude(email=""))


def was_told(guest: Guest) -> bool:
    """Of this meeting, or of the series it is one of."""
    hers = Guest.objects.filter(pk=guest.pk)
    if series := guest.meeting.series_id:
        hers = Guest.objects.filter(meeting__series=series, email=guest.email)
    told = Effect.objects.filter(kind=INVITE, subject_kind=SUBJECT, subject_id__in=hers.values("pk"))
    return told.exclude(state=Effect.State.CANCELLED).exists()


def lane_of_series(series_id, email: str) -> str:
    """In which the mails of one series to one address wait for each other."""
    return f"calendar.series:{series_id}:{hashlib.sha256(email.encode()).hexdigest()[:16]}"


def waits_for_series(series_id, email: str) -> bool:
    """Whether the mail that tells her of the whole series has yet to leave."""
    if not series_id or not email:
        return False
    lane = lane_of_series(series_id, email)
    return Effect.objects.filter(lane=lane, state=Effect.State.PENDING, kind=INVITE).exists()


def ask_anew(guest: Guest) -> None:
    """Her answer was for another time."""
    Guest.objects.filter(pk=guest.pk).update(
        answer=Guest.Answer.WAITING, answered_at=None, version=F("version") + 1
    )


def invited(guest: Guest, *, at: datetime) -> Invitation:
    """The meeting as this guest's calendar is told of it."""
    meeting = guest.meeting
    ours = firm_address()
    return Invitation(
        uid=meeting.uid,
        sequence=max(meeting.sequence, meeting.series.sequence if meeting.series_id else 0),
        stamp=at,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        about=about(meeting),
        organiser=organiser(meeting, ours),
        guest=Person(guest.name, guest.email),
        sent_by=ours,
        where=where(meeting),
        link=meeting.link,
        words=meeting.place.directions if meeting.place else "",
        instance=meeting.instance_at if meeting.series_id else None,
    )


def about(meeting: Meeting) -> str:
    """A guest is told what it is about as far as she is to know: she is one of those it is between."""
    return meeting.about or _("Meeting with %(client)s") % {"client": meeting.client.name}


def where(meeting: Meeting) -> str:
    """Where it takes place, in one line."""
    place = meeting.place
    parts = [place.name, " ".join(place.address.split())] if place else []
    return ", ".join(filter(None, [*parts, meeting.where]))[:400]


def organiser(meeting: Meeting, ours: str) -> Person:
    """Whose meeting it is: the person whose diary it stands in, else the client's first with a mailbox."""
    mailboxes = ContactAddress.objects.filter(
        client=meeting.client_id, kind=ContactAddress.Kind.EMAIL, contact__is_active=True
    ).select_related("contact")
    whose = mailboxes.filter(contact=meeting.diary.contact_id).order_by("rank", "pk").first()
    found = (
        whose or mailboxes.filter(contact__standing="owner").order_by("contact__rank", "rank", "pk").first()
    )
    if found is None:
        return Person(meeting.client.name, ours)
    return Person(found.contact.name, found.value)


def firm_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def tell(guest: Guest, told: Invitation, meeting: Meeting) -> Effect | None:
    """Invite her, or tell her of what has changed; nothing, if she has been told just this."""
    content = mark(told)
    last = Effect.objects.filter(kind=INVITE, subject_kind=SUBJECT, subject_id=guest.pk).order_by("posted_at")
    last = last.exclude(state=Effect.State.CANCELLED).last()
    if last and last.payload.get("mark") == content:
        return None
    moved = bool(last) and last.payload.get("sequence", 0) < told.sequence
    outbox.cancel(lane=_lane(guest), kinds=[INVITE], because="overtaken")
    ics = invitations.request(told)
    facts = {"moved": moved, "again": bool(last)}
    return post(INVITE, guest, told, meeting, ics, invitations.REQUEST, content, facts)


def take_back(guest: Guest, told: Invitation, meeting: Meeting, *, because: str) -> Effect | None:
    """It does not take place for her; nothing, if the invitation itself never left."""
    outbox.cancel(lane=_lane(guest), kinds=[INVITE], because="cancelled")
    if not was_told(guest):
        return None
    ics = invitations.cancellation(told)
    return post(UNINVITE, guest, told, meeting, ics, invitations.CANCEL, mark(told), {"because": because})


def mark(told: Invitation) -> str:
    """The same for two invitations that tell the same."""
    facts = {name: str(value) for name, value in told.__dict__.items() if name not in ("stamp", "exceptions")}
    return hashlib.sha256(repr(sorted(facts.items())).encode()).hexdigest()


def _lane(guest: Guest) -> str:
    return f"calendar.guest:{guest.pk}"


def post(
    kind,
    guest: Guest,
    told: Invitation,
    meeting: Meeting,
    ics: str,
    method: str,
    content: str,
    facts,
    *,
    key="",
    lane="",
    says=tuple,
) -> Effect:
    """The mail as it will leave, in her language. `says`: lines on how it repeats, asked for in it."""
    firm = Firm.current()
    language = guest.language or meeting.client.language
    link = guest_links.of_guest(guest) if kind == INVITE else None
    with translation.override(language.split("-")[0]):
        context = facts | {
            "guest": guest,
            "meeting": meeting,
            "client": meeting.client,
            "firm": firm,
            "language": language,
            "cancelled": kind == UNINVITE,
            "about": told.about,
            "where": told.where,
            "times": when.told(told.starts, told.ends, guest.zone or meeting.zone, meeting.zone),
            "says": says(),
            "directions": told.words,
            "link": guest_links.PLACEHOLDER if link else "",
        }
        subject = {
            UNINVITE: _("Cancelled: %(about)s"),
            INVITE: _("Changed: %(about)s") if facts.get("again") else _("Invitation: %(about)s"),
        }[kind] % {"about": told.about}
        payload = {
            "to": guest.email,
            "name": guest.name,
            "subject": subject,
            "text": render_to_string("calendar_app/mail/invitation.txt", context),
            "html": render_to_string("calendar_app/mail/invitation.html", context),
            "from": formataddr(
                (
                    _("%(client)s, by %(firm)s") % {"client": meeting.client.name, "firm": firm.name},
                    told.sent_by,
                )
            ),
            "reply_to": told.sent_by,
            "ics": ics,
            "method": method,
            "sequence": told.sequence,
            "meeting": str(meeting.pk),
            "mark": content,
            "link": str(link.pk) if link else "",
        }
    return outbox.post(
        kind,
        key=key or f"{kind}:{guest.pk}:{meeting.version}",
        client_id=meeting.client_id,
        subject=(SUBJECT, guest.pk),
        payload=payload,
        lane=lane or _lane(guest),
    )
