"""Lapses of confidentiality: reported by the desk or a client, looked into, closed with a consequence.

What followed stands on the record of whom it concerns, and what it says happens: she is told, or is off the
team; an end of her contract is one act further, on its page.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clients import team, work
from clients.models import Assignment, Client, Lapse, LapseNote, WorkItem
from clients.people import speakers
from clients.suppressing import reached
from secretariat import ledger
from secretariat.office.contracts import holding
from secretariat.office.models import Contract, Secretary, User

from . import telling

KIND = "clients.lapse"
TELL_WITHIN = timedelta(hours=72)  # an authority is told of a breach within, GDPR article 33
State = Lapse.State


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


@transaction.atomic
def report(
    *, kind: str, what: str, by: User, at: datetime, client: Client | None = None, by_client: bool = False
) -> Lapse:
    """Write down what happened, and put it before the firm at once. `by_client`: somebody there says it."""
    made = Lapse.objects.create(kind=kind, what=what, client=client, reported_by=by, reported_at=at)
    words = _("%(client)s reports: %(what)s") if by_client else _("Reported: %(what)s")
    work.open_item(
        KIND,
        subject=(KIND, made.pk),
        because=words % {"what": made.get_kind_display(), "client": client},
        urgency=WorkItem.Urgency.URGENT,
        promised_at=at + TELL_WITHIN,
    )
    _record("clients.lapse.reported", made, by)
    return made


@transaction.atomic
def note(lapse: Lapse, words: str, *, by: User, at: datetime) -> LapseNote:
    """A step of looking into it. Raises NotNow once it is closed."""
    _still_open(lapse)
    Lapse.objects.filter(pk=lapse.pk, state=State.REPORTED).update(state=State.LOOKED_INTO)
    made = LapseNote.objects.create(lapse=lapse, words=words, by=by, at=at)
    _record("clients.lapse.looked_into", lapse, by)
    return made


@transaction.atomic
def tell_client(lapse: Lapse, words: str, *, by_mail: bool, by: User, at: datetime) -> None:
    """Those who own the client read these words: by mail, unless somebody has told them another way.

    Raises NotNow where no client is concerned, and where a mail would reach nobody.
    """
    if lapse.client is None:
        raise NotNow(_("No client is concerned by it."))
    addresses = reached(speakers(lapse.client)) if by_mail else []
    if by_mail and not addresses:
        words = _(
            "Nobody who owns %(client)s has a mailbox that we may write to. Tell them another way, and say "
            "here that you have."
        )
        raise NotNow(words % {"client": lapse.client})
    how = _("The client was told by mail: %(words)s") if by_mail else _("The client was told: %(words)s")
    note = LapseNote.objects.create(lapse=lapse, words=(how % {"words": words})[:1000], by=by, at=at)
    Lapse.objects.filter(pk=lapse.pk).update(client_words=words, client_told_at=lapse.client_told_at or at)
    lapse.refresh_from_db()
    telling.client(lapse, addresses, words, key=note.pk)
    _record("clients.lapse.client_told", lapse, by, mails=len(addresses))


@transaction.atomic
def close(
    lapse: Lapse,
    *,
    consequence: str,
    findings: str,
    by: User,
    at: datetime,
    about: Secretary | None = None,
    said_to_her: str = "",
) -> Lapse:
    """Say what was found, what followed from it, and for whom. Whoever reported it does not judge it alone.

    She reads at her desk what she is told; whoever no longer answers for the client is off its team.
    """
    _still_open(lapse)
    if lapse.reported_by_id == by.pk and not by.roles.admin:
        raise NotNow(_("You reported it. Somebody else closes it."))
    if about is not None and about.user_id == by.pk:
        raise NotNow(_("It concerns yourself. Somebody else closes it."))
    if consequence in Lapse.OF_SOMEBODY and about is None:
        raise NotNow(_("Say whom it concerns."))
    Lapse.objects.filter(pk=lapse.pk).update(
        state=State.CLOSED,
        consequence=consequence,
        findings=findings,
        about=about,
        said_to_her=said_to_her if about else "",
        closed_at=at,
        closed_by=by,
    )
    lapse.refresh_from_db()
    if consequence == Lapse.Consequence.OFF_TEAM:
        hers = Assignment.objects.filter(secretary=about, client=lapse.client, until_at=None)
        for assignment in hers.select_related("client"):
            team.end(assignment, by=by, at=at)
    if about is not None and consequence != Lapse.Consequence.NONE:
        telling.her(lapse)
    work.finish_all(subject=(KIND, lapse.pk), by=by, outcome=lapse.get_consequence_display())
    _record("clients.lapse.closed", lapse, by, consequence=lapse.consequence)
    return lapse


def contract_to_end(lapse: Lapse, *, at: datetime) -> Contract | None:
    """Her contract that was to be ended because of it, as long as it has no end."""
    if lapse.consequence != Lapse.Consequence.ENDED or lapse.about is None:
        return None
    today = holding.today(lapse.about, at)
    lasting = Q(until_on=None) | Q(until_on__gte=today)
    hers = Contract.objects.signed().filter(lasting, secretary=lapse.about, closed_at=None, ended_because="")
    return hers.order_by("from_on").first()


def _still_open(lapse: Lapse) -> None:
    if not Lapse.objects.select_for_update().filter(pk=lapse.pk).exclude(state=State.CLOSED).exists():
        raise NotNow(_("It is closed. Report anew what came to light since."))


def _record(verb: str, lapse: Lapse, by: User, **detail) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=lapse.client_id, subject=(KIND, lapse.pk), detail=detail)
