"""The address behind which a guest finds her own page of one meeting, and nothing else.

What stands in the address is made from the firm's secret key when it is needed; a table keeps its hash
alone, so that nothing in the database opens anything. A link opens until its meeting is over; one to what was
never agreed, for a few days after its end. Of meetings that repeat it opens one date after the other, until
the last that is hers.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .models import Guest, GuestLink, Meeting, MeetingRequest, RequestParty

SALT = "calendar.guest"
BYTES = 24
STILL_SAYS = timedelta(days=7)  # for how long after its end a link says that it is over
TOLD = (Meeting.State.CONFIRMED, Meeting.State.CANCELLED)
PLACEHOLDER = "{link}"  # put in only when it leaves, so that no table holds it


class LinkOver(Exception):
    """The link was good once. `client` is whose meeting it was of."""

    def __init__(self, client):
        super().__init__("the link is over")
        self.client = client


@dataclass(frozen=True)
class Opened:
    """What a link opens: a party's asking, or a guest's meeting; once agreed, the party's meeting too."""

    link: GuestLink
    party: RequestParty | None
    request: MeetingRequest | None
    guest: Guest | None
    meeting: Meeting | None

    @property
    def client(self):
        return (self.request or self.meeting).client

    @property
    def here(self) -> str:
        """The zone of the meeting's own clocks."""
        return self.meeting.zone if self.meeting else self.request.diary.zone_name

    @property
    def zone(self) -> str:
        """The zone of whoever holds the link."""
        return (self.party or self.guest).zone or self.here

    @property
    def language(self) -> str:
        return ((self.party or self.guest).language or self.client.language).split("-")[0]


def of_party(party: RequestParty) -> GuestLink:
    """Her link; made, if she has none that still opens."""
    return _link(party.links.all(), client_id=party.client_id, party=party)


def of_guest(guest: Guest) -> GuestLink:
    return _link(guest.links.all(), client_id=guest.client_id, guest=guest)


def _link(known, **whose) -> GuestLink:
    for link in known:
        if link.token_hash == _hash(token(link)):  # not so after the firm has changed its secret key
            return link
    link = GuestLink(**whose)
    link.token_hash = _hash(token(link))
    link.save(force_insert=True)
    return link


def token(link: GuestLink) -> str:
    made = salted_hmac(SALT, str(link.pk), algorithm="sha256").digest()[:BYTES]
    return base64.urlsafe_b64encode(made).decode()


def address(link: GuestLink) -> str:
    """The whole address, to put into a mail or a text or to read out."""
    return settings.PUBLIC_BASE_URL + reverse("diary-guest", args=[token(link)])


def put_in(words: str, link_id) -> str:
    """These words with the address in its place, as they leave."""
    link = GuestLink.objects.filter(pk=link_id).first() if link_id else None
    return words.replace(PLACEHOLDER, address(link) if link else "")


def open_link(text: str, *, at: datetime, date: UUID | None = None) -> Opened:
    """What is behind what stands in the address; `date`: of meetings that repeat, the id of one of them.

    Raises LinkOver once it is over, and GuestLink.DoesNotExist for whatever we did not make.
    """
    found = GuestLink.objects.select_related(
        "party__request__client",
        "party__request__diary__contact",
        "party__request__meeting__client",
        "party__request__meeting__place",
        "party__request__meeting__diary__contact",
        "party__request__meeting__diary__client",
        "party__request__place",
        "guest__meeting__client",
        "guest__meeting__place",
        "guest__meeting__diary__contact",
        "guest__meeting__diary__client",
    )
    link = found.get(token_hash=_hash(text))
    if link.guest:
        guest = _to_come(link.guest, date, at)
        if guest.meeting.state not in TOLD:
            raise GuestLink.DoesNotExist
        _if_over(guest.meeting.ends_at, guest.meeting.client, at)
        return Opened(link, None, None, guest, guest.meeting)
    request = link.party.request
    meeting = request.meeting
    if request.state == MeetingRequest.State.AGREED:
        if meeting is None:
            raise LinkOver(request.client)
        _if_over(meeting.ends_at, request.client, at)
        return Opened(link, link.party, request, guest_of(link.party, meeting), meeting)
    if request.state != MeetingRequest.State.OPEN:
        _if_over(max(request.changed_at, request.expires_at) + STILL_SAYS, request.client, at)
    return Opened(link, link.party, request, None, None)


def dates_of(guest: Guest) -> list[Guest]:
    """Her rows of all the dates of a series that she has been told of, in order; else the one."""
    if not guest.meeting.series_id:
        return [guest]
    same = {"email": guest.email} if guest.email else {"name": guest.name, "number": guest.number}
    rows = Guest.objects.filter(meeting__series=guest.meeting.series_id, meeting__state__in=TOLD, **same)
    related = ("meeting__client", "meeting__place", "meeting__diary__contact", "meeting__diary__client")
    return list(rows.select_related(*related).order_by("meeting__starts_at", "pk"))


def _to_come(guest: Guest, date: UUID | None, at: datetime) -> Guest:
    """Of a series the date that is asked for, if it is hers; else the next that takes place, or the last."""
    if not guest.meeting.series_id:
        return guest
    hers = dates_of(guest)
    ahead = [each for each in hers if each.meeting.ends_at >= at]
    stand = [each for each in ahead if each.meeting.state == Meeting.State.CONFIRMED]
    named = [each for each in ahead if each.meeting_id == date]
    own = [each for each in stand if each.pk == guest.pk]
    return (*named, *own, *stand, *ahead, *hers[::-1], guest)[0]


def pass_on(guest: Guest) -> None:
    """She is taken off one date of a series: what opened it opens those that are still hers."""
    others = [each for each in dates_of(guest) if each.pk != guest.pk] if guest.meeting.series_id else []
    if others:
        guest.links.update(guest=others[0])


def guest_of(party: RequestParty, meeting: Meeting) -> Guest | None:
    """Who she is among those who come to what was agreed; None if she was taken off."""
    same = {"email": party.email} if party.email else {"name": party.name, "number": party.number}
    return meeting.guests.filter(**same).first()


def _if_over(end: datetime, client, at: datetime) -> None:
    if end < at:
        raise LinkOver(client)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
