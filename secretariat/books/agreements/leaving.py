"""What is left to do when a client goes: a list made from what we hold, worked off step by step."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from calendar_app.models import Connection
from clients import work
from clients.models import Client, Contact, Line
from clients.numbers import spaced
from messages_app.models import Mailbox
from secretariat import ledger
from secretariat.books.models import Agreement, LeavingStep
from secretariat.office.models import User

from . import word

Kind = LeavingStep.Kind
DAYS, AHEAD = timedelta(days=1), timedelta(days=30)
DAY = "j F Y"
Row = Line | Mailbox | Connection | None  # what a step is about


def write_down(agreement: Agreement) -> list[LeavingStep]:
    """The list for this client, as she stands now. What was done of an earlier one stays, and is not asked
    again."""
    agreement.steps.filter(done_at=None).delete()
    done_before = set(agreement.steps.values_list("kind", "words"))
    last = {"day": date_words(agreement.until_on, DAY)}
    found: list[tuple[str, str, Row]] = []
    for line in Line.objects.filter(client=agreement.client, is_active=True):
        if line.forwarded_from:
            words = _("Have the forwarding from %(number)s cancelled by %(day)s")
            found.append((Kind.FORWARDING, words % {**last, "number": spaced(line.forwarded_from)}, line))
        words = _("Release %(number)s at the carrier after %(day)s, or hand it over")
        found.append((Kind.NUMBER, words % {**last, "number": spaced(line.number)}, line))
    found += [
        (
            Kind.MESSAGES,
            _("See that the last messages are delivered, and that nothing is left to answer"),
            None,
        ),
        (Kind.BILL, _("Issue the last bill, for the month of %(day)s") % last, None),
        (Kind.RETURN, _("Give the client a copy of the data, and have its receipt confirmed"), None),
    ]
    found += _sign_ins(agreement.client)
    # Last: nothing of what stands above can be done any more once it is.
    found.append((Kind.ERASE, _("Erase the data that no law asks us to keep, and say so in writing"), None))
    return LeavingStep.objects.bulk_create(
        LeavingStep(
            agreement=agreement,
            client=agreement.client,
            rank=rank,
            kind=kind,
            words=words,
            about=row._meta.label_lower if row else "",
            about_id=row and row.pk,
        )
        for rank, (kind, words, row) in enumerate(found)
        if (kind, words) not in done_before
    )


def _sign_ins(client: Client) -> list[tuple[str, str, Row]]:
    """Ours to her mailboxes and calendars, and her people's to us."""
    found: list[tuple[str, str, Row]] = []
    for box in Mailbox.objects.filter(client=client).exclude(state=Mailbox.State.OFF).order_by("address"):
        words = _("Have the mailbox %(address)s disconnected: we read and answer it no more")
        found.append((Kind.ACCESS, words % {"address": box.address}, box))
    for each in Connection.objects.filter(client=client, ended_at=None).order_by("connected_at"):
        words = _("Have the calendar “%(name)s” disconnected: what we copied of it goes with it")
        found.append((Kind.ACCESS, words % {"name": each}, each))
    people = Contact.objects.filter(client=client, is_active=True, user__isnull=False).count()
    if people:
        words = _("Close the sign-ins of the client’s people: %(n)d")
        found.append((Kind.ACCESS, words % {"n": people}, None))
    return found


def notice_what_ends(*, at: datetime) -> int:
    """Thirty days before an agreement ends by its own date and none follows, both sides are told once, and
    what is left to do is listed."""
    today = at.date()
    due = Agreement.objects.filter(
        state=Agreement.State.ACCEPTED,
        ended_because="",
        until_on__range=(today - DAYS, today + AHEAD + DAYS),
        steps=None,
    )
    return sum(_notice(each, at=at) for each in due.select_related("client").order_by("until_on", "pk"))


@transaction.atomic
def _notice(agreement: Agreement, *, at: datetime) -> bool:
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.client_id)
    ahead = agreement.until_on - at.astimezone(agreement.client.tz).date()
    later = Agreement.objects.filter(client=agreement.client_id, from_on__gt=agreement.from_on)
    if not timedelta() <= ahead <= AHEAD or agreement.steps.exists():
        return False
    if later.filter(state__in=[Agreement.State.ACCEPTED, Agreement.State.OFFERED]).exists():
        return False
    write_down(agreement)
    word.leaving(agreement)
    word.runs_out(agreement)
    return True


def not_needed(agreement: Agreement, *, by: User) -> None:
    """The client stays: what was not done yet of the list goes from it."""
    agreement.steps.filter(done_at=None).delete()
    work.finish_all(
        subject=(word.KIND, agreement.pk), by=by, outcome=_("The client stays"), kind=word.LEAVING
    )


@transaction.atomic
def done(step: LeavingStep, *, note: str, by: User, at: datetime) -> bool:
    """It is done, and how. False if somebody was quicker."""
    still = LeavingStep.objects.filter(pk=step.pk, done_at=None)
    if not still.update(done_at=at, done_by=by, note=note):
        return False
    if not LeavingStep.objects.filter(agreement=step.agreement_id, done_at=None).exists():
        outcome = _("All of it is done")
        work.finish_all(subject=(word.KIND, step.agreement_id), by=by, outcome=outcome, kind=word.LEAVING)
    ledger.record(
        "books.agreement.step_done",
        actor_id=by.pk,
        client_id=step.client_id,
        subject=("books.leavingstep", step.pk),
        detail={"kind": step.kind},
    )
    return True
