"""Who looked at what of a client's, from the ledger, told with names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client, Contact
from secretariat.ledger.models import LedgerEntry
from secretariat.office.looking import Of
from secretariat.office.models import Secretary, User
from secretariat.spreadsheets import BOM, line

SIZE = 50
MOST = 10_000  # lines of one file
SHOWN = {
    "looks": Q(verb="looked"),
    "taken": Q(verb__startswith="taken_out.") | Q(verb__startswith="clients.data_copy."),
    # What lies on the desk is the firm's own business.
    "changed": Q(verb__startswith="clients.") & ~Q(verb__startswith="clients.work."),
}
THINGS = {
    "calls.call": gettext_lazy("a call"),
    "messages_app.message": gettext_lazy("a message"),
    "messages_app.inboundtext": gettext_lazy("a text that came in"),
    "messages_app.inboundmail": gettext_lazy("a mail that came in"),
    "messages_app.mailthread": gettext_lazy("your mail with somebody"),
    "messages_app.mail": gettext_lazy("a file that came with a mail"),
    "media.mediafile": gettext_lazy("a recording"),
    "clients.client": gettext_lazy("your card"),
    "clients.contact": gettext_lazy("one of your people"),
    "clients.workitem": gettext_lazy("a piece of work for you"),
    "clients.instruction": gettext_lazy("an instruction"),
    "clients.status": gettext_lazy("where somebody is"),
    "clients.holiday": gettext_lazy("a holiday"),
    "clients.datacopy": gettext_lazy("a copy of your data"),
    "office.secretary": gettext_lazy("a report of one secretary"),  # as they were named before
    Of.REPORT.value: gettext_lazy("a report of one secretary"),
    Of.HOURS.value: gettext_lazy("time that a secretary worked for you"),
    "overview.report": gettext_lazy("a report"),
}
ACTS = {
    "looked": gettext_lazy("Looked at"),
    "taken_out.download": gettext_lazy("Downloaded"),
    "taken_out.print": gettext_lazy("Opened to print"),
    "taken_out.export": gettext_lazy("Took out as a list"),
    "taken_out.copy": gettext_lazy("Copied out"),
    "clients.data_copy.asked": gettext_lazy("Asked for"),
    "clients.data_copy.fetched": gettext_lazy("Fetched"),
}


@dataclass(frozen=True)
class Look:
    at: datetime
    who: str
    part: str  # what she is to the client
    act: str
    thing: str
    url: str = ""


@dataclass(frozen=True)
class Page:
    looks: list[Look]
    next: int | None = None  # the entry after which the earlier ones come


def entries(client: Client, show: str) -> QuerySet:
    """Of one kind, the newest first. The reader must be allowed to know."""
    found = LedgerEntry.objects.filter(SHOWN[show], client_id=client.pk)
    return found.order_by("-pk")


def page(client: Client, show: str, *, before: int | None = None) -> Page:
    found = entries(client, show)
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[: SIZE + 1])
    more = rows[SIZE - 1].pk if len(rows) > SIZE else None
    return Page(told(client, rows[:SIZE]), more)


def told(client: Client, rows: list[LedgerEntry]) -> list[Look]:
    people = _people(client, {row.actor_id for row in rows if row.actor_id})
    looks = []
    for row in rows:
        who, part = people.get(row.actor_id, (_("Somebody who has left"), ""))
        if row.actor_id is None:
            who, part = _("Secretariat itself"), ""
        act = ACTS.get(row.verb) or _("Changed")
        thing = THINGS.get(row.subject_kind) or row.subject_kind.rpartition(".")[2]
        looks.append(Look(row.at, who, part, str(act), str(thing), _url(row)))
    return looks


def as_csv(client: Client, show: str) -> Iterator[str]:
    """The file in pieces, times in the client's zone. Ids are those under which the rows are kept."""
    here = ZoneInfo(client.zone)
    yield BOM + line([_("When"), _("Who"), _("Part"), _("What"), _("Of what"), _("Id")])
    rows = list(entries(client, show)[:MOST])
    for row, look in zip(rows, told(client, rows), strict=True):
        at = f"{look.at.astimezone(here):%Y-%m-%d %H:%M:%S}"
        yield line([at, look.who, look.part, look.act, look.thing, row.subject_id])


def _people(client: Client, ids: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """Name and part of each: her own people, secretaries, and others of the firm."""
    own = set(Contact.objects.filter(client=client, user__in=ids).values_list("user", flat=True))
    secretaries = dict(Secretary.objects.filter(user__in=ids).values_list("user", "spoken_name"))

    def part(pk) -> str:
        if pk in own:
            return _("your people")
        return _("secretary") if pk in secretaries else _("the firm")

    people = User.objects.filter(pk__in=ids)
    return {user.pk: (secretaries.get(user.pk) or user.name, part(user.pk)) for user in people}


def _url(row: LedgerEntry) -> str:
    names = {
        "calls.call": "portal-call",
        "messages_app.message": "messages-portal-message",
        "messages_app.mailthread": "mail-history-thread",
    }
    name = names.get(row.subject_kind)
    try:
        return reverse(name, args=[UUID(row.subject_id)]) if name else ""
    except ValueError:
        return ""
