"""Telling whoever invited the client what she answers: in her calendar, if its server writes to them; else by
mail. Never both."""

from datetime import UTC, datetime
from email.utils import formataddr

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar as Written
from icalendar import Event, vCalAddress, vText

from clients import work
from clients.models import WorkItem
from secretariat import calendar_files, clock, outbox
from secretariat.office.models import Firm
from secretariat.outbox.models import Effect

from . import inviting, opening, when
from .elsewhere import Missing
from .invitations import PRODUCT, REPLY
from .models import Calendar, InvitedTo

ANSWER, BY_MAIL = "calendar.answer", "calendar.reply"
SUBJECT = "calendar_app.invitedto"
NOT_TOLD = "calendar.not_told"
PARTS = {"accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED"}
State, Sent = InvitedTo.State, InvitedTo.Sent


def post(invited: InvitedTo, *, at: datetime) -> None:
    """Post it, in the transaction that answers."""
    calendar = invited.calendar or server_of(invited)
    if calendar is not None:
        outbox.post(
            ANSWER,
            key=f"{ANSWER}:{invited.pk}:{invited.version}",
            client_id=invited.client_id,
            subject=(SUBJECT, invited.pk),
            payload={
                "calendar": str(calendar.pk),
                "remote_id": invited.remote_id,
                "uid": invited.uid,
                "address": invited.addressed_to,
                "answer": invited.state,
                "words": invited.words,
                "version": invited.version,
                "tells": calendar.server_invites,
            },
            lane=_lane(invited),
        )
    if calendar is None or not calendar.server_invites:
        by_mail(invited, at=at)


def server_of(invited: InvitedTo) -> Calendar | None:
    """A calendar of hers whose server puts invitations to that address into it by itself."""
    servers = Calendar.objects.filter(
        diary=invited.diary_id,
        server_invites=True,
        connection__ended_at=None,
        connection__username__iexact=invited.addressed_to or None,
    )
    return servers.select_related("connection").order_by("-is_written_to", "-counts_as_busy", "pk").first()


def _lane(invited: InvitedTo) -> str:
    return f"calendar.invited:{invited.pk}"


def by_mail(invited: InvitedTo, *, at: datetime) -> Effect | None:
    """The answer as whoever invited understands it: for a person, and for her calendar."""
    if not invited.organiser:
        return None
    firm, client, ours = Firm.current(), invited.client, inviting.firm_address()
    with translation.override(client.language.split("-")[0]):
        context = {
            "invited": invited,
            "client": client,
            "firm": firm,
            "language": client.language,
            "times": when.told(
                invited.starts_at, invited.ends_at, invited.diary.zone_name, invited.diary.zone_name
            ),
        }
        said = {
            State.ACCEPTED: _("Accepted: %(about)s"),
            State.TENTATIVE: _("Perhaps: %(about)s"),
            State.DECLINED: _("Declined: %(about)s"),
        }[State(invited.state)] % {"about": invited.about}
        sender = _("%(client)s, by %(firm)s") % {"client": client.name, "firm": firm.name}
        text = render_to_string("calendar_app/mail/answer.txt", context)
    return outbox.post(
        BY_MAIL,
        key=f"{BY_MAIL}:{invited.pk}:{invited.version}",
        client_id=invited.client_id,
        subject=(SUBJECT, invited.pk),
        payload={
            "to": invited.organiser,
            "name": invited.organiser_name,
            "subject": said,
            "text": text,
            "from": formataddr((sender, ours)),
            "reply_to": ours,
            "ics": reply(invited, sent_by=ours, at=at),
            "version": invited.version,
        },
        lane=_lane(invited),
    )


def reply(invited: InvitedTo, *, sent_by: str, at: datetime) -> str:
    """REPLY (RFC 5546 §3.2.3): the request's UID and SEQUENCE, our own stamp, and her alone."""
    event = Event()
    event.add("UID", invited.uid)
    event.add("SEQUENCE", invited.sequence)
    event.add("DTSTAMP", at.astimezone(UTC))
    if invited.all_day:
        event.add("DTSTART", invited.starts_at.date())
    else:
        event.add("DTSTART", invited.starts_at.astimezone(UTC))
        event.add("DTEND", invited.ends_at.astimezone(UTC))
    if invited.instance_at:
        event.add("RECURRENCE-ID", invited.instance_at.astimezone(UTC))
    event.add("SUMMARY", invited.about)
    event.add("ORGANIZER", vCalAddress(f"mailto:{invited.organiser}"))
    attendee = vCalAddress(f"mailto:{invited.addressed_to}")
    attendee.params["PARTSTAT"] = PARTS[invited.state]
    attendee.params["CN"] = vText(invited.client.name)
    if sent_by and sent_by != invited.addressed_to:
        attendee.params["SENT-BY"] = f"mailto:{sent_by}"
    event.add("ATTENDEE", attendee)
    if invited.words:
        event.add("COMMENT", invited.words)
    whole = Written()
    whole.add("PRODID", PRODUCT)
    whole.add("VERSION", "2.0")
    whole.add("METHOD", REPLY)
    whole.add_component(event)
    return calendar_files.written(whole)


class NotThere(Exception):
    """It has not come to stand in that calendar yet."""


def in_calendar(effect: Effect) -> str:
    """Answer it there; outside any transaction. Raises Trouble, and NotThere."""
    told = effect.payload
    calendar = Calendar.objects.select_related("connection").get(pk=told["calendar"])
    with opening.reached(calendar.connection) as there:
        remote_id = told["remote_id"]
        if not remote_id:
            found = there.find(calendar.remote_id, told["uid"])
            if found is None:
                raise NotThere
            remote_id = found.remote_id
        try:
            there.answer(calendar.remote_id, remote_id, told["address"], told["answer"], told["words"])
        except Missing as missing:
            raise NotThere from missing
    return "answered"


def became(effect: Effect, how: str) -> None:
    """What became of it, for this answer alone. In the transaction of that state."""
    mine = InvitedTo.objects.filter(pk=effect.subject_id, version=effect.payload["version"])
    invited = mine.select_related("client", "diary__client").first()
    if invited is None:
        return
    by_server = effect.kind == ANSWER and effect.payload["tells"]
    if how == Sent.FAILED and by_server and effect.reason == "not_there":
        by_mail(invited, at=clock.now())  # no server of hers knows of it, so none tells anybody
        return
    if effect.kind == ANSWER and not by_server and how == Sent.TOLD:
        return  # her entry only follows; the mail tells
    mine.update(sent=how)
    if how == Sent.FAILED:
        work.open_item(
            NOT_TOLD,
            subject=(SUBJECT, invited.pk),
            client=invited.client_id,
            because=_("Whoever invited the client could not be told what she answers."),
            urgency=WorkItem.Urgency.TODAY,
        )
