"""Whoever was asked which time suits may answer by mail instead of by her link: it joins the negotiation.

A mail decides nothing. What it says stands in the thread of the request, and a person reads it.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat.channels import email
from secretariat.outbox.models import Effect

from . import asking_mail, negotiation
from .models import MeetingRequest, RequestParty


@transaction.atomic
def received(
    sender: str, answers_to: Collection[str], words: str, *, vouched: bool, at: datetime
) -> MeetingRequest | None:
    """The request that this mail is about; None: it is about none.

    `sender` in lower case, `answers_to`: the Message-IDs it names as what it answers, without brackets.
    Only who was asked is heard, and only where no server on the way denied that she wrote it (`vouched`).
    """
    if not vouched or not sender or not answers_to:
        return None
    way = RequestParty.Way.MAIL
    asked = RequestParty.objects.filter(email__iexact=sender, way=way).select_related("request__diary")
    for party in asked.order_by("-pk"):
        if _sent(party) & set(answers_to):
            negotiation.note(party.request, "wrote", by=None, at=at, party=party, words=_said(party, words))
            negotiation.announce(party.request)
            return party.request
    return None


def _said(party: RequestParty, words: str) -> str:
    return _("%(name)s wrote: “%(words)s”") % {"name": str(party), "words": " ".join(words.split())[:400]}


def _sent(party: RequestParty) -> set[str]:
    """The Message-IDs of what she was sent. They are made of keys, which outlive what was said."""
    kinds = {"kind": asking_mail.BY_MAIL, "subject_kind": asking_mail.SUBJECT, "subject_id": party.pk}
    keys = Effect.objects.filter(**kinds).values_list("key", flat=True)
    return {email.message_id(key).strip("<>") for key in keys}
