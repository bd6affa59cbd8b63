"""What a client's rules make of a mail: the facts gathered, the pure rules asked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from clients.models import Correspondent, CorrespondentAddress
from messages_app.models import Mail, Mailbox, MailRule

from . import attached, triage
from .reading import Read


def correspondent_of(client_id, sender: str) -> Correspondent | None:
    """Whom this address means to this client."""
    known = CorrespondentAddress.objects.filter(
        client=client_id, kind=CorrespondentAddress.Kind.EMAIL, value=sender
    )
    found = known.select_related("correspondent").first() if sender else None
    return found.correspondent if found else None


def rules_of(mailbox: Mailbox) -> list[triage.Rule]:
    """The client's rules for it, in the order in which they are asked."""
    kept = MailRule.objects.filter(client=mailbox.client_id, state=MailRule.State.IN_FORCE)
    return rules_for(mailbox.pk, kept)


def rules_for(mailbox_id: UUID | None, rules: Iterable[MailRule]) -> list[triage.Rule]:
    """Those of these rules that are asked about mail of this mailbox."""
    return [as_judged(each) for each in rules if each.mailbox_id in (None, mailbox_id)]


def as_judged(rule: MailRule) -> triage.Rule:
    return triage.Rule(
        id=rule.pk,
        verdict=rule.verdict,
        sender=rule.sender,
        firm=rule.company,
        subject=rule.subject,
        words=rule.words,
        known=rule.known,
        with_attachment=rule.with_attachment,
        hours=rule.hours,
        within_hours=rule.within_hours,
        later_days=rule.later_days,
        contact_id=rule.contact_id,
    )


def facts_of(
    mail: Read, known: Correspondent | None, *, is_open: bool, is_automatic: bool | None = None
) -> triage.Facts:
    return triage.Facts(
        sender=mail.sender.email if mail.sender else "",
        name=mail.sender.name if mail.sender else "",
        subject=mail.subject,
        words=mail.words,
        firm=known.firm if known else "",
        is_known=known is not None,
        is_vip=bool(known and known.vip),
        is_blocked=bool(known and known.blocked),
        has_attachment=any(not each.is_drawn for each in attached.files_of(mail)),
        is_automatic=mail.by_a_machine if is_automatic is None else is_automatic,
        is_spam=mail.is_spam,
        is_open=is_open,
    )


def facts_of_past(mail: Mail, known: Correspondent | None, *, is_open: bool) -> triage.Facts:
    """The same of one that is kept: by what its row says of it."""
    return triage.Facts(
        sender=mail.sender,
        name=mail.sender_name,
        subject=mail.subject,
        words=mail.words,
        firm=known.firm if known else "",
        is_known=known is not None,
        is_vip=bool(known and known.vip),
        is_blocked=bool(known and known.blocked),
        has_attachment=any(not attached.is_drawn(each) for each in mail.attachments),
        is_automatic=mail.automatic,
        is_open=is_open,
    )


def promise_of(mailbox: Mailbox, verdict: triage.Verdict, *, at: datetime, opening) -> datetime | None:
    """By when it is to be answered; for what is for later the day on which it comes up."""
    if verdict.verdict == triage.JUNK:
        return None
    if verdict.verdict == triage.LATER:
        return triage.kept_until(at, opening, days=verdict.rule.later_days if verdict.rule else None)
    hours = verdict.rule.within_hours if verdict.rule else None
    return triage.promised(at, mailbox.answer_hours if hours is None else hours, opening)
