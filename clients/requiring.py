"""What a client requires of whoever answers for her: added and taken back, with what it does to the team."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office.contracts import holding
from secretariat.office.models import Secretary
from secretariat.office.profiles import lacking, qualifications, requirements

from . import work
from .models import Assignment, Client, ClientRequirement, WorkItem

SHORT = "clients.required"
SUBJECT = "clients.clientrequirement"


class NotNow(Exception):
    """It cannot be required as things stand. Says why."""


class NobodyLeft(NotNow):
    """Nobody of the team has it: her calls would find nobody."""


@dataclass(frozen=True)
class Required:
    """One requirement, and who of the team has it, by the names clients know."""

    row: ClientRequirement
    name: str
    have: list[str]
    lack: list[str]


def standing(client: Client, *, at: datetime) -> list[Required]:
    """Everything she requires, in the order in which it was added."""
    team = _team(client)
    held = qualifications.held_by_all([each.pk for each in team])
    rows = ClientRequirement.objects.filter(client=client).select_related("training")
    return [_judged(row, team, held, at) for row in rows]


def _judged(row: ClientRequirement, team: list[Secretary], held, at: datetime) -> Required:
    need = qualifications.need(row)
    have, lack = [], []
    for her in team:
        lacks = requirements.lacking([need], held[her.pk], holding.today(her, at))
        (lack if lacks else have).append(her.spoken_name)
    return Required(row, need.name, have, lack)


def lacking_on_teams(clients: Iterable[Client], *, at: datetime) -> list[tuple[Client, list[lacking.Lacks]]]:
    """Each of these who requires something that somebody of her team lacks, with who that is."""
    needs, teams = defaultdict(list), defaultdict(list)
    by_id = {each.pk: each for each in clients}
    for row in ClientRequirement.objects.filter(client__in=by_id).select_related("training"):
        needs[row.client_id].append(qualifications.need(row))
    on_them = Assignment.objects.filter(client__in=needs, until_at=None, secretary__user__is_active=True)
    for each in on_them.select_related("secretary__user").order_by("secretary__spoken_name", "pk"):
        teams[each.client_id].append(each.secretary)
    asked = [pk for pk in by_id if pk in needs]
    found = lacking.of_each([(teams[pk], needs[pk]) for pk in asked], at=at)
    return [(by_id[pk], rows) for pk, rows in zip(asked, found, strict=True) if rows]


def _team(client: Client) -> list[Secretary]:
    on_it = Assignment.objects.filter(client=client, until_at=None).values("secretary")
    return list(Secretary.objects.filter(pk__in=on_it).order_by("spoken_name", "pk"))


@transaction.atomic
def require(row: ClientRequirement, *, by, at: datetime, anyway: bool = False) -> Required:
    """From now on nobody without it is put on the team or offered a call. The firm hears who lacks it.

    Raises NotNow where she requires it already; NobodyLeft where nobody of the team has it, unless `anyway`.
    """
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=row.client_id)
    same = {"training": row.training, "language": row.language, "level": row.level}
    same["words_a_minute"] = row.words_a_minute
    if ClientRequirement.objects.filter(client=row.client, **same).exists():
        raise NotNow(_("This is required already."))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as wrong:
        raise NotNow(_("Choose a training, a language with its level, or a speed.")) from wrong
    team = _team(row.client)
    found = _judged(row, team, qualifications.held_by_all([each.pk for each in team]), at)
    if team and not found.have and not anyway:
        raise NobodyLeft(
            _("Nobody on your team has it: your calls would go to voicemail until somebody has it.")
        )
    _say(found)
    _tell("clients.requirement.added", row, by)
    return found


@transaction.atomic
def say_who_lacks(row: ClientRequirement, *, at: datetime) -> Required:
    """The firm has written down what she requires: it hears at once who of the team lacks it."""
    team = _team(row.client)
    found = _judged(row, team, qualifications.held_by_all([each.pk for each in team]), at)
    work.finish_all(subject=(SUBJECT, row.pk), by=None, outcome=_("Something else is required now"))
    _say(found)
    return found


def _say(found: Required) -> None:
    if not found.lack:
        return
    words = {"client": found.row.client.name, "what": found.name, "names": ", ".join(found.lack)}
    work.open_item(
        SHORT,
        subject=(SUBJECT, found.row.pk),
        because=_("%(client)s now requires “%(what)s”, which %(names)s lacks") % words,
        urgency=WorkItem.Urgency.TODAY,
    )


def no_longer(rows: Iterable[ClientRequirement], *, by) -> None:
    """These are about to be taken out: what was to be done about them is done."""
    for row in rows:
        work.finish_all(subject=(SUBJECT, row.pk), by=by, outcome=_("Required no more"))


@transaction.atomic
def take_back(row: ClientRequirement, *, by) -> None:
    """It is required no more."""
    no_longer([row], by=by)
    _tell("clients.requirement.taken_back", row, by)
    row.delete()


def _tell(verb: str, row: ClientRequirement, by) -> None:
    Client.objects.filter(pk=row.client_id).update(version=F("version") + 1)
    ledger.record(verb, actor_id=by.pk, client_id=row.client_id, subject=(SUBJECT, row.pk))
