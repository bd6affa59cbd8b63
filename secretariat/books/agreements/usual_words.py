"""Words a first client agreement may begin with. The firm changes them as it likes, with its own lawyer."""

from django.utils.translation import gettext as _

from clients import wording
from clients.models import Client, Line
from clients.numbers import spaced


def to_begin_with(client: Client | None = None) -> dict:
    """`client`: whose hours of cover are those at which her lines are answered, where she has any."""
    data = [
        _("The client decides what personal data is kept, and we keep it for the client alone."),
        _("We do with it what the client asks, and nothing else; everybody who sees it is bound to silence."),
        _("It is kept sealed, each look at it is on record, and the client may read who looked."),
        _("Whoever helps us to keep it is named, and the client may object before another is chosen."),
        _("We tell the client of a breach as soon as we know of it, and within 24 hours."),
        _("When the agreement ends we give the data back, and erase what no law asks us to keep."),
    ]
    return {
        "services": "\n".join([_("Calls answered in the client’s name"), _("Messages passed on at once")]),
        "cover": (cover_of(client) if client else "") or _("Monday to Friday, 09:00 to 17:00"),
        "data_terms": "\n".join(data),
    }


def cover_of(client: Client) -> str:
    """When we answer, as it is set for her lines: a line each, and whose where they differ."""
    lines = Line.objects.filter(client=client, is_active=True).prefetch_related("hours")
    said = {line: _answered(line) for line in lines}
    if len({tuple(words) for words in said.values()}) == 1:
        return "\n".join(next(iter(said.values())))
    facts = [(line.label or spaced(line.number), words) for line, words in said.items()]
    return "\n".join(f"{name}: {each}" for name, words in facts for each in words)


def _answered(line: Line) -> list[str]:
    hours = {
        kind: wording.week([each for each in line.hours.all() if each.kind == kind])
        for kind in ("open", "answered")
    }
    match line.answers:
        case Line.Answers.LISTED:
            return hours["answered"]
        case Line.Answers.WHEN_CLOSED if hours["open"]:
            open_hours = {"hours": "; ".join(hours["open"])}
            return [_("Whenever the client is closed, that is outside %(hours)s") % open_hours]
        case Line.Answers.WHEN_CLOSED:
            return [_("Whenever the client is closed")]
    return [_("At any hour, every day")]
