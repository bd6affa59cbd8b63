"""What a secretary asks of her pay, an expense or a statement put right: the firm decides, and tells her."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from clients import work
from secretariat import ledger, outbox

from . import pay_details
from .models import PayExtra
from .supervision import supervising

WAITS, SUBJECT = "books.pay_asked", "books.payextra"
State = PayExtra.State


@transaction.atomic
def ask(row: PayExtra) -> PayExtra:
    """Keep it, and let whoever decides find it among her work. Nobody decides about her own."""
    row.save()
    words = _("%(name)s asks for a statement of pay to be put right.")
    if row.kind == PayExtra.Kind.EXPENSE:
        words = _("%(name)s asks for an expense back.")
    because = words % {"name": row.secretary.spoken_name}
    supervising.for_the_firm(row.secretary, WAITS, (SUBJECT, row.pk), because, but=row.secretary.user)
    return row


@transaction.atomic
def decide(row: PayExtra, *, state: str, answer: str, by) -> bool:
    """Agree, or refuse with the reason, which is mailed to her.

    False if that was done before, or if `row` does not have its amount any more.
    """
    if not PayExtra.objects.filter(pk=row.pk, state=State.ASKED, amount=row.amount).update(
        state=state, decided_by=by, answer=answer
    ):
        return False
    row.refresh_from_db()
    detail = {"secretary": str(row.secretary_id)}
    ledger.record("books.pay_extra_decided", actor_id=by.pk, subject=(SUBJECT, row.pk), detail=detail)
    work.finish_all(subject=(SUBJECT, row.pk), by=by, outcome=row.get_state_display(), kind=WAITS)
    if state == State.REFUSED:
        _tell(row)
    return True


def _tell(row: PayExtra) -> None:
    """Without what was asked and why not: a client may be named in it, and this is her own mailbox."""
    said = {"link": f"{settings.PUBLIC_BASE_URL}{reverse('my-pay')}"}
    outbox.post(
        pay_details.KIND,
        key=f"{pay_details.KIND}:refused:{row.pk}",
        subject=(SUBJECT, row.pk),
        payload={
            "to": row.secretary.user.email,
            "subject": _("What you asked of your pay was not agreed"),
            "text": _("Why it was not agreed stands beside what you asked: %(link)s") % said,
        },
    )
