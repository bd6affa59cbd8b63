"""What is left to do when a client goes: a list made from what we hold, worked off step by step."""

from datetime import datetime

from django.db import transaction
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from clients.models import Contact, Line
from clients.numbers import spaced
from secretariat import ledger
from secretariat.books.models import Agreement, LeavingStep
from secretariat.office.models import User

Kind = LeavingStep.Kind
DAY = "j F Y"


def write_down(agreement: Agreement) -> list[LeavingStep]:
    """The list for this client, as she stands now."""
    last = {"day": date_words(agreement.until_on, DAY)}
    found: list[tuple[str, str]] = []
    for line in Line.objects.filter(client=agreement.client, is_active=True):
        if line.forwarded_from:
            words = _("Have the forwarding from %(number)s cancelled by %(day)s")
            found.append((Kind.FORWARDING, words % {**last, "number": spaced(line.forwarded_from)}))
        words = _("Release %(number)s at the carrier after %(day)s, or hand it over")
        found.append((Kind.NUMBER, words % {**last, "number": spaced(line.number)}))
    found += [
        (Kind.MESSAGES, _("See that the last messages are delivered, and that nothing is left to answer")),
        (Kind.BILL, _("Issue the last bill, for the month of %(day)s") % last),
        (Kind.RETURN, _("Give the client a copy of the data, and have its receipt confirmed")),
        (Kind.ERASE, _("Erase the data that no law asks us to keep, and say so in writing")),
    ]
    people = Contact.objects.filter(client=agreement.client, is_active=True, user__isnull=False).count()
    if people:
        words = _("Close the sign-ins of the client’s people: %(n)d")
        found.append((Kind.ACCESS, words % {"n": people}))
    return LeavingStep.objects.bulk_create(
        LeavingStep(agreement=agreement, client=agreement.client, rank=rank, kind=kind, words=words)
        for rank, (kind, words) in enumerate(found)
    )


@transaction.atomic
def done(step: LeavingStep, *, note: str, by: User, at: datetime) -> bool:
    """It is done, and how. False if somebody was quicker."""
    still = LeavingStep.objects.filter(pk=step.pk, done_at=None)
    if not still.update(done_at=at, done_by=by, note=note):
        return False
    ledger.record(
        "books.agreement.step_done",
        actor_id=by.pk,
        client_id=step.client_id,
        subject=("books.leavingstep", step.pk),
        detail={"kind": step.kind},
    )
    return True
