"""A call told in words: what happened, line by line, and its seconds to scale. Pure but for translation."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients import numbers
from clients.models import WorkRecord

from . import reachable, timeline
from .models import Call
from .records import Stretch

Kind = WorkRecord.Kind
WIDTH = 1000  # of the drawing
GAP = 2
# What we worked. That caller and client talk on without us costs nobody anything.
BILLED = {Kind.TALK, Kind.ASKING, Kind.WRAP_UP, Kind.CHECK_IN}
FILLS = {
    Kind.RING: "ringing",
    Kind.TALK: "talk",
    Kind.HOLD: "hold",
    Kind.PUT_THROUGH: "talk",
    Kind.WRAP_UP: "writing",
}
# What a person did, as against what followed by itself.
DONE_BY_SOMEBODY = {
    timeline.RANG,
    timeline.ANSWERED,
    timeline.ASKED,
    timeline.TAKEN,
    timeline.THREE,
    timeline.THROUGH,
    timeline.NOTED,
    timeline.HUNG_UP,
    timeline.PUT_ASIDE,
    timeline.TAKEN_UP,
    timeline.REOPENED,
    timeline.VOICEMAIL_LEFT,
    timeline.CLOSED,
}


@dataclass(frozen=True)
class Told:
    """One line of what happened. `at` is a clock time in the reader's zone."""

    at: str
    words: str
    did: bool


def events(call, rows, *, zone: str, to_client: bool = False) -> list[Told]:
    """What happened, in words. `to_client`: names of those who let it ring are the firm's business."""
    hidden = {timeline.OFFERED, timeline.DECLINED, timeline.MISSED} if to_client else set()
    return [
        Told(_clock(row.at, zone), _words(call, row), row.verb in DONE_BY_SOMEBODY)
        for row in rows
        if row.verb not in hidden
    ]


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M:%S}"


def _words(call, row) -> str:
    name = row.secretary.spoken_name if row.secretary else ""
    who = {"name": name, "caller": call.caller_name or _("The caller"), "client": call.client.name}
    if row.contact or "to" in row.detail:
        who["contact"] = row.contact.name if row.contact else _stranger(row.detail)
        if row.verb in _OF_THE_CLIENT:
            return _of_the_client(row, who)
    by_phone = row.detail.get("line") == "phone"
    match row.verb:
        case timeline.RANG:
            return _("%(caller)s rang %(client)s") % who
        case timeline.OFFERED:
            return _("Offered to %(name)s") % who
        case timeline.DECLINED:
            return _("%(name)s said not now") % who
        case timeline.MISSED:
            return _("%(name)s did not pick up") % who
        case timeline.ANSWERED if by_phone:
            return _("%(name)s answered on her own telephone") % who
        case timeline.ANSWERED:
            return _("%(name)s answered in her browser") % who
        case timeline.HELD:
            return _("On hold, with music") % who
        case timeline.RESUMED:
            return _("%(name)s talked on") % who
        case timeline.NOTED if row.detail.get("outcome") == Call.Outcome.MESSAGE:
            return _("%(name)s sent the message while the call went on") % who
        case timeline.NOTED if row.detail.get("outcome") == Call.Outcome.PUT_THROUGH:
            return _("%(name)s had nothing to add") % who
        case timeline.NOTED if row.detail.get("outcome") == Call.Outcome.NONE:
            return _("%(name)s will take a message after all") % who
        case timeline.NOTED:
            return _("%(name)s noted that there is no message") % who
        case timeline.LINE_LOST:
            return _("%(name)s’s line was lost; the caller was offered again") % who
        case timeline.HUNG_UP if row.detail.get("by") == "secretary":
            return _("%(name)s hung up") % who
        case timeline.HUNG_UP if row.detail.get("by") == "contact":
            return _("The client hung up")
        case timeline.HUNG_UP:
            return _("%(caller)s hung up") % who
        case timeline.TO_VOICEMAIL:
            return _("To voicemail")
        case timeline.VOICEMAIL_LEFT if row.detail.get("seconds"):
            seconds = row.detail["seconds"]
            return ngettext(
                "Left a voicemail of %(n)d second", "Left a voicemail of %(n)d seconds", seconds
            ) % {"n": seconds}
        case timeline.VOICEMAIL_LEFT:
            return _("Left a voicemail")
        case timeline.NOTHING_LEFT:
            return _("Nothing was left")
        case timeline.TURNED_AWAY:
            return _("Turned away: %(outcome)s") % {"outcome": call.get_outcome_display()}
        case timeline.PUT_ASIDE:
            return _("%(name)s put it aside") % who
        case timeline.TAKEN_UP:
            return _("%(name)s took it up again") % who
        case timeline.REOPENED:
            return _("Opened again")
        case timeline.CLOSED:
            return outcome(call)
    return row.verb


def _stranger(detail) -> str:
    return _("%(name)s (%(number)s)") % {"name": detail["to"], "number": numbers.spaced(detail["number"])}


_OF_THE_CLIENT = {
    timeline.ASKED,
    timeline.RUNG,
    timeline.NOT_TAKEN,
    timeline.TAKEN,
    timeline.THREE,
    timeline.BACK,
    timeline.THROUGH,
}


def _of_the_client(row, who) -> str:
    """What somebody at the client did, or was asked to do."""
    detail = row.detail
    way = detail.get("way")
    match row.verb:
        case timeline.ASKED if way == "straight":
            return _("%(name)s put %(caller)s straight through to %(contact)s") % who
        case timeline.ASKED:
            return _("%(name)s asked %(contact)s, with %(caller)s on hold") % who
        case timeline.RUNG:
            return _("%(label)s of %(contact)s rang") % {**who, "label": detail.get("label", "")}
        case timeline.NOT_TAKEN:
            words = reachable.result_words(detail["result"], detail.get("seconds"))
            return _("%(contact)s did not take the call: %(words)s") % {**who, "words": words}
        case timeline.TAKEN:
            return _("%(contact)s took the call") % who
        case timeline.THREE:
            return _("All three talked: %(caller)s, %(contact)s and %(name)s") % who
        case timeline.BACK if detail.get("because") == "left_three":
            return _("%(contact)s left the two others") % who
        case timeline.BACK:
            return _("%(caller)s was with %(name)s again") % who
    if way == "rule":
        return _("Put through to %(contact)s, without a secretary") % who
    return _("Put through to %(contact)s") % who


def outcome(call) -> str:
    """What became of the call, or what is going on."""
    if call.state != Call.State.CLOSED:
        return _("Put aside") if call.is_parked else call.get_state_display()
    if call.outcome == Call.Outcome.NO_MESSAGE:
        return _("No message: %(reason)s") % {"reason": call.get_no_message_reason_display()}
    if call.through_at and call.outcome == Call.Outcome.MESSAGE:
        return _("Put through, and message taken")
    return call.get_outcome_display()


def seconds_to_scale(call, stretches: list[Stretch], names: dict) -> list[dict]:
    """The call's stretches for the drawing: where each begins and how wide it is, of a thousand."""
    total = sum(each.seconds for each in stretches)
    if not total:
        return []
    parts, x = [], 0.0
    for each in stretches:
        width = each.seconds / total * WIDTH
        parts.append(
            {
                "kind": FILLS.get(each.kind, "asking"),
                "words": _stretch_words(call, each, names),
                "seconds": int(each.seconds),
                "billed": each.kind in BILLED,
                "x": round(x, 1),
                "width": round(max(GAP, width - GAP), 1),
            }
        )
        x += width
    return parts


def _stretch_words(call, each, names) -> str:
    who = {"caller": call.caller_name or _("Caller"), "name": names.get(each.secretary_id, "")}
    return {
        Kind.RING: _("Ringing"),
        Kind.TALK: _("%(caller)s and %(name)s") % who,
        Kind.HOLD: _("%(caller)s on hold") % who,
        Kind.ASKING: _("%(name)s asks the client") % who,
        Kind.PUT_THROUGH: _("%(caller)s and the client") % who,
        Kind.WRAP_UP: _("Wrap-up"),
    }.get(each.kind, str(Kind(each.kind).label))


def billed_seconds(stretches: list[Stretch]) -> int:
    return int(sum(each.seconds for each in stretches if each.kind in BILLED))
