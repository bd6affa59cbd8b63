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

from .costs import POSTINGS
from .models import Bill, BillItem, PayExtra


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
    on = holding.today(secretary, at)
    # It lies on Pay with its proof, and is no piece of work: a day of posting would fill the list.
    PayExtra.objects.create(
        secretary=secretary,
        kind=PayExtra.Kind.EXPENSE,
        on=on,
        amount=paid,
        words=_said(words, paid, postings[0].currency, holding.of(secretary, on)),
        asked_by=by,
        asked_at=at,
        subject_kind=kind,
        subject_id=key,
    )


@receiver(signals.cost_asked, dispatch_uid="books.laid_out.asked")
def stands(sender, postings, subject, because, lock, **rest):
    """What is on a bill that was issued stays, and what the firm has agreed to pay back."""
    kind, key = subject
    items = BillItem.objects.filter(subject_kind=POSTINGS, subject_id__in=[each.pk for each in postings])
    bills = Bill.objects.filter(pk__in=items.values("line__bill"))
    expenses = PayExtra.objects.filter(subject_kind=kind, subject_id=key)
    if lock:
        bills, expenses = bills.select_for_update().order_by("pk"), expenses.select_for_update()
    if any(not each.is_draft for each in bills):
        because.append(_("It is on a bill that was issued."))
    if any(each.state == PayExtra.State.AGREED for each in expenses):
        because.append(_("The firm has agreed to pay it back."))


@receiver(signals.cost_put_right, dispatch_uid="books.laid_out.put_right")
def put_right(sender, postings, subject, words, by, at, **rest):
    """The expense is what was paid after all. One that the firm did not agree to is asked for anew."""
    kind, key = subject
    expense = PayExtra.objects.filter(subject_kind=kind, subject_id=key).first()
    paid = sum((each.cost for each in postings), Decimal(0))
    if expense and expense.amount == paid:
        return
    if expense and paid and expense.state == PayExtra.State.ASKED:
        contract = holding.of(expense.secretary, expense.on)
        expense.amount, expense.words = paid, _said(words, paid, postings[0].currency, contract)
        expense.save(update_fields=["amount", "words"])
        return
    if expense:
        expense.delete()
    posted(sender, postings, subject, words, by, at)


def _said(words: str, paid: Decimal, currency: str, contract) -> str:
    said = _("%(what)s: %(amount)s %(currency)s") % {"what": words, "amount": paid, "currency": currency}
    if contract and contract.currency != currency:
        said += " " + _("(the contract pays in %(currency)s)") % {"currency": contract.currency}
    return said[:240]


def with_proof(extras: Iterable[PayExtra]) -> list[PayExtra]:
    """These, each with `proof`: the photograph of the receipt (its file's id), where there is one."""
    rows = list(extras)
    about = {each.subject_id for each in rows if each.subject_id}
    proofs = dict(Posting.objects.filter(pk__in=about).values_list("pk", "proof_id"))
    proofs |= dict(PrintRun.objects.filter(pk__in=about).values_list("pk", "proof_id"))
    for each in rows:
        each.proof = proofs.get(each.subject_id)
    return rows
