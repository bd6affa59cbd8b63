"""What is asked and answered in writing about an agreement, before it is accepted and while it holds."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat import ledger
from secretariat.books.models import Agreement, AgreementWord
from secretariat.office.models import User

from . import word
from .agreeing import KIND, NotNow

ASKED, ANSWER_WITHIN = "books.agreement_asked", timedelta(days=7)


@transaction.atomic
def ask(agreement: Agreement, words: str, *, by: User, at: datetime) -> AgreementWord:
    """Somebody who speaks for the client asks. It is the firm's to answer, within a week."""
    said = _say(agreement, words, by=by, at=at)
    work.open_item(
        ASKED,
        subject=(KIND, agreement.pk),
        because=_("%(name)s asks about the agreement") % {"name": agreement.client.name},
        urgency=WorkItem.Urgency.TODAY,
        promised_at=at + ANSWER_WITHIN,
    )
    return said


@transaction.atomic
def answer(agreement: Agreement, words: str, *, by: User, at: datetime) -> AgreementWord:
    """The firm answers, or says something of its own. Nothing waits for it any more."""
    if agreement.is_draft:
        raise NotNow(_("This version was not offered yet."))
    said = _say(agreement, words, by=by, at=at)
    work.finish_all(subject=(KIND, agreement.pk), by=by, outcome=_("Answered"), kind=ASKED)
    word.answered(agreement, said.pk)
    return said


def _say(agreement: Agreement, words: str, *, by: User, at: datetime) -> AgreementWord:
    said = AgreementWord.objects.create(
        agreement=agreement, client_id=agreement.client_id, by=by, words=words, said_at=at
    )
    ledger.record(
        f"{KIND}.asked", actor_id=by.pk, client_id=agreement.client_id, subject=(KIND, agreement.pk)
    )
    return said
