"""Word by mail of a booked dictation: to everybody who is on the line, and once more shortly before."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from calls.models import BookedDictation
from clients import wording
from clients.models import ContactAddress
from secretariat import outbox

TELL = "calls.dictation_booked"
SUBJECT = "calls.bookeddictation"
BOOKED, MOVED, OFF, SOON = "booked", "moved", "off", "soon"
BEFORE = timedelta(hours=1)
IN_PORTAL = "/portal/dictation/"  # which stands above this


def tell(booked: BookedDictation, word: str, *, by, at: datetime) -> None:
    """To all but who did it; the reminder goes to all. Call it in the transaction that books."""
    meeting = booked.meeting
    for key, user_id, to, page, zone, language in _people(booked):
        if by is None or user_id != by.pk:
            _post(booked, word, key, to, page, zone, language, at=at)
        due_at = meeting.starts_at - BEFORE
        if word != OFF and due_at > at:
            _post(booked, SOON, key, to, page, zone, language, at=at, due_at=due_at)


def _people(booked: BookedDictation) -> list[tuple]:
    """Each once: a key for her, whose sign-in, where to, which page, by which clock, in which language."""
    client, guests = booked.client, list(booked.meeting.guests.select_related("secretary__user", "contact"))
    contacts = [booked.contact, *(guest.contact for guest in guests if guest.contact)]
    rows = ContactAddress.objects.filter(contact__in=contacts, kind=ContactAddress.Kind.EMAIL)
    mailboxes = {row.contact_id: row.value for row in rows.order_by("contact_id", "-rank", "-pk")}
    portal = f"{IN_PORTAL}?client={client.pk}"
    found = [
        (each.pk.hex, each.user_id, mailboxes[each.pk], portal, client.zone, client.language)
        for each in contacts
        if each.pk in mailboxes and each.is_active
    ]
    desk = reverse("dictation-booked", args=[booked.pk])
    ours = [guest.secretary for guest in guests if guest.secretary]
    return found + [
        (each.pk.hex, each.user_id, each.user.email, desk, each.user.zone, settings.LANGUAGE_CODE)
        for each in ours
    ]


def _post(booked, word, key, to, page, zone, language, *, at: datetime, due_at=None) -> None:
    meeting = booked.meeting
    with translation.override(language):
        when = wording.moment(meeting.starts_at, zone, now=due_at or at)
        facts = {"client": booked.client.name, "who": booked.contact.name, "when": when, "zone": zone}
        facts |= {"names": ", ".join(str(each) for each in meeting.guests.all()), "n": meeting.minutes}
        subject = {
            BOOKED: _("Dictation by telephone: %(when)s"),
            MOVED: _("Dictation by telephone, at another time: %(when)s"),
            OFF: _("Dictation by telephone does not take place: %(when)s"),
            SOON: _("Soon: dictation by telephone, %(when)s"),
        }[word]
        text = _("%(who)s dictates for %(client)s: %(when)s (%(zone)s), %(n)d minutes.") % facts
        text += "\n" + _("On the line besides: %(names)s.") % facts
        if word == OFF:
            text += "\n\n" + _("It does not take place. Nobody is rung.")
        else:
            text += "\n\n" + _("You are rung at that time, and need do nothing until then.")
    outbox.post(
        TELL,
        key=f"{TELL}:{booked.pk}:{meeting.starts_at:%Y%m%d%H%M}:{word}:{key}",
        client_id=booked.client_id,
        subject=(SUBJECT, booked.pk),
        payload={
            "to": to,
            "subject": subject % facts,
            "text": f"{text}\n\n{settings.PUBLIC_BASE_URL}{page}",
            "of": meeting.starts_at.isoformat(),
            "off": word == OFF,
        },
        due_at=due_at,
    )


def why_not(booked: BookedDictation | None, payload: dict, *, now: datetime) -> str:
    """Why it need not be said any more; empty where it does."""
    if booked is None:
        return "it is gone"
    meeting = booked.meeting
    if payload["off"]:
        return "" if meeting.state == meeting.State.CANCELLED else "it takes place"
    if meeting.state != meeting.State.CONFIRMED or meeting.starts_at.isoformat() != payload["of"]:
        return "it does not stand any more"
    return "it has begun" if meeting.starts_at <= now else ""
