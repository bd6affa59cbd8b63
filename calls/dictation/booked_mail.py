"""Word by mail of a booked dictation: to everybody who is on the line, and once more shortly before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from calendar_app.models import Guest
from calls.models import BookedDictation
from clients import wording
from clients.models import Contact, ContactAddress
from secretariat import outbox
from secretariat.office.models import Secretary

TELL = "calls.dictation_booked"
SUBJECT = "calls.bookeddictation"
BOOKED, MOVED, OFF, SOON, NOT_YOU = "booked", "moved", "off", "soon", "not_you"
OTHER = "other"  # somebody else types it
BEFORE = timedelta(hours=1)
IN_PORTAL = "/portal/dictation/"  # which stands above this


@dataclass(frozen=True)
class Told:
    """Who is told, a contact or one of ours: where to, with which page, by which clock, in which language."""

    who: UUID
    user_id: UUID | None
    to: str
    page: str
    zone: str
    language: str


def tell(booked: BookedDictation, word: str, *, by, at: datetime) -> None:
    """To all but who did it; the reminder goes to all. Call it in the transaction that books."""
    for each in people(booked):
        if by is None or each.user_id != by.pk:
            _post(booked, word, each, at=at)
    if word != OFF:
        remind(booked, at=at)


def remind(booked: BookedDictation, *, at: datetime) -> None:
    """Everybody hears of it shortly before: of the time, and of who types it, as they are now."""
    due_at = booked.meeting.starts_at - BEFORE
    for each in people(booked) if due_at > at else ():
        _post(booked, SOON, each, at=at, due_at=due_at)


def tell_gone(booked: BookedDictation, guest: Guest, *, by, at: datetime) -> None:
    """Whoever is taken off the line hears that she is not expected any more."""
    for each in people(booked):
        if each.who in (guest.secretary_id, guest.contact_id) and (by is None or each.user_id != by.pk):
            _post(booked, NOT_YOU, each, at=at)


def people(booked: BookedDictation) -> list[Told]:
    """Everybody who is rung and has an address, each once."""
    guests = list(booked.meeting.guests.select_related("secretary__user", "contact"))
    contacts = [booked.contact, *(guest.contact for guest in guests if guest.contact)]
    rows = ContactAddress.objects.filter(contact__in=contacts, kind=ContactAddress.Kind.EMAIL)
    mailboxes = {row.contact_id: row.value for row in rows.order_by("contact_id", "-rank", "-pk")}
    theirs = {
        each.pk: _at_the_client(booked, each, mailboxes[each.pk])
        for each in contacts
        if each.pk in mailboxes and each.is_active
    }
    ours = [_of_ours(booked, guest.secretary) for guest in guests if guest.secretary]
    return [*theirs.values(), *ours]


def _at_the_client(booked: BookedDictation, contact: Contact, to: str) -> Told:
    # Her page tells a member of none but her own.
    is_shown = contact.user_id and (contact.sees_all or contact.pk == booked.contact_id)
    page = f"{IN_PORTAL}?client={booked.client_id}" if is_shown else ""
    client = booked.client
    return Told(contact.pk, contact.user_id, to, page, client.zone, client.language)


def _of_ours(booked: BookedDictation, secretary: Secretary) -> Told:
    user, page = secretary.user, reverse("dictation-booked", args=[booked.pk])
    return Told(secretary.pk, user.pk, user.email, page, user.zone, settings.LANGUAGE_CODE)


def _post(booked: BookedDictation, word: str, to: Told, *, at: datetime, due_at=None) -> None:
    meeting = booked.meeting
    with translation.override(to.language):
        when = wording.moment(meeting.starts_at, to.zone, now=due_at or at)
        subject = {
            BOOKED: _("Dictation by telephone: %(when)s"),
            MOVED: _("Dictation by telephone, at another time: %(when)s"),
            OFF: _("Dictation by telephone does not take place: %(when)s"),
            SOON: _("Soon: dictation by telephone, %(when)s"),
            NOT_YOU: _("Dictation by telephone goes on without you: %(when)s"),
            OTHER: _("Dictation by telephone, to %(typist)s now: %(when)s"),
        }[word] % {"when": when, "typist": booked.secretary.spoken_name}
        text = _words(booked, word, to, when)
    # A reminder is one for each time, by whoever types it; whatever else is told anew, should it come to the
    # same time once more.
    nth = f":{booked.secretary_id.hex}" if word == SOON else f":{meeting.version}"
    outbox.post(
        TELL,
        key=f"{TELL}:{booked.pk}:{meeting.starts_at:%Y%m%d%H%M}:{word}:{to.who.hex}{nth}",
        client_id=booked.client_id,
        subject=(SUBJECT, booked.pk),
        payload={
            "to": to.to,
            "subject": subject,
            "text": f"{text}\n\n{settings.PUBLIC_BASE_URL}{to.page}" if to.page and word != NOT_YOU else text,
            "of": meeting.starts_at.isoformat(),
            "word": word,
            "who": to.who.hex,
            "typist": booked.secretary_id.hex,
        },
        due_at=due_at,
    )


def _words(booked: BookedDictation, word: str, to: Told, when: str) -> str:
    typist, meeting = booked.secretary, booked.meeting
    facts = {"client": booked.client.name, "who": booked.contact.name, "typist": typist.spoken_name}
    facts |= {"when": when, "place": wording.place(to.zone), "n": meeting.minutes}
    lines = [_("%(who)s dictates to %(typist)s for %(client)s: %(when)s (%(place)s), %(n)d minutes.") % facts]
    others = [
        str(guest)
        for guest in meeting.guests.all()
        if not {guest.secretary_id, guest.contact_id} & {typist.pk, to.who}
    ]
    if others:
        lines.append(_("On the line besides: %(names)s.") % {"names": ", ".join(others)})
    told = {
        OFF: _("It does not take place. Nobody is rung."),
        NOT_YOU: _("It takes place, but you are not rung."),
    }
    rung = _("You are rung at that time, and need do nothing until then.")
    return "\n".join(lines) + "\n\n" + told.get(word, rung)


def why_not(booked: BookedDictation | None, payload: dict, *, now: datetime) -> str:
    """Why it need not be said any more; empty where it does."""
    if booked is None:
        return "it is gone"
    meeting, word = booked.meeting, payload["word"]
    if word == OFF:
        return "" if meeting.state == meeting.State.CANCELLED else "it takes place"
    if meeting.state != meeting.State.CONFIRMED or meeting.starts_at.isoformat() != payload["of"]:
        return "it does not stand any more"
    if word != NOT_YOU and payload.get("typist", booked.secretary_id.hex) != booked.secretary_id.hex:
        return "somebody else types it"
    if (payload["who"] in {each.who.hex for each in people(booked)}) is (word == NOT_YOU):
        return "who is on the line has changed"
    return "it has begun" if meeting.starts_at <= now else ""
