"""What happened to a meeting, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import wording
from secretariat.office import names

from .models import Meeting

DID = {
    "held": gettext_lazy("Held"),
    "booked": gettext_lazy("Booked"),
    "blocked": gettext_lazy("Kept free"),
    "confirmed": gettext_lazy("Confirmed"),
    "moved": gettext_lazy("Moved"),
    "changed": gettext_lazy("Changed"),
    "guests": gettext_lazy("Guests added"),
    "cancelled": gettext_lazy("Cancelled"),
    "released": gettext_lazy("No longer held"),
    "lapsed": gettext_lazy("No longer held: nobody took it in time"),
    "outcome": gettext_lazy("Outcome noted"),
    "decided": gettext_lazy("Decided between two versions"),
    "not_looked": gettext_lazy("Not looked at first"),
    "let_stand": gettext_lazy("Left as it is"),
}


@dataclass(frozen=True)
class Told:
    at: str
    words: str
    did: bool


def thread(meeting: Meeting, events, *, zone: str, now: datetime) -> list[Told]:
    """The events of a meeting for a reader on the clocks of `zone`. Verbs of others speak by their words."""
    return [
        Told(
            at=wording.moment(each.at, zone, now=now),
            words=_words(meeting, each, now),
            did=each.by_id is not None,
        )
        for each in events
    ]


def _words(meeting: Meeting, event, now: datetime) -> str:
    did = str(DID.get(event.verb, "") or event.words or event.verb)
    if event.verb == "moved" and {"from", "to"} <= set(event.detail):
        did = _("Moved from %(before)s to %(after)s") % {
            "before": _moment(event.detail["from"], meeting.zone, now),
            "after": _moment(event.detail["to"], meeting.zone, now),
        }
    if event.verb == "outcome":
        did = str(Meeting.Outcome(event.detail["outcome"]).label) if event.detail.get("outcome") else did
    said = event.words if event.words and event.words != did else ""
    who = names.to_clients(event.by)
    parts = [_("%(did)s by %(who)s") % {"did": did, "who": who} if who else did, said]
    return _(": ").join(filter(None, parts))


def _moment(text: str, zone: str, now: datetime) -> str:
    return wording.moment(datetime.fromisoformat(text), zone, now=now)
