"""What a secretary has paid for at the post is hers to be paid back, once the firm has agreed.

It is written down with the letter itself: nobody types it twice, and nothing is forgotten.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.dispatch import receiver
from django.utils.translation import gettext as _

from messages_app import signals
from messages_app.models import Posting, PrintRun
from secretariat.office.contracts import holding

from .models import PayExtra


@receiver(signals.posted_by_hand, dispatch_uid="books.laid_out.posted")
def posted(sender, postings, subject, words, by, at, **rest):
    """One expense for all that was posted at once. None where nothing was paid, or the firm's people did it.

    Its words say the money of the client, in which it was paid: her contract may be in another.
    """
    secretary = getattr(by, "secretary", None)
    paid = sum((each.cost for each in postings), Decimal(0))
    if secretary is None or not paid:
        return
    kind, key = subject
    on, currency = holding.today(secretary, at), postings[0].currency
    said = _("%(what)s: %(amount)s %(currency)s") % {"what": words, "amount": paid, "currency": currency}
    contract = holding.of(secretary, on)
    if contract and contract.currency != currency:
        said += " " + _("(the contract pays in %(currency)s)") % {"currency": contract.currency}
    # It lies on Pay with its proof, and is no piece of work: a day of posting would fill the list.
    PayExtra.objects.create(
        secretary=secretary,
        kind=PayExtra.Kind.EXPENSE,
        on=on,
        amount=paid,
        words=said[:240],
        asked_by=by,
        asked_at=at,
        subject_kind=kind,
        subject_id=key,
    )


def with_proof(extras: Iterable[PayExtra]) -> list[PayExtra]:
    """These, each with `proof`: the photograph of the receipt (its file's id), where there is one."""
    rows = list(extras)
    about = {each.subject_id for each in rows if each.subject_id}
    proofs = dict(Posting.objects.filter(pk__in=about).values_list("pk", "proof_id"))
    proofs |= dict(PrintRun.objects.filter(pk__in=about).values_list("pk", "proof_id"))
    for each in rows:
        each.proof = proofs.get(each.subject_id)
    return rows
