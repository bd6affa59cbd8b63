"""The domains in whose name mail is sent: their records are looked at at once and every week."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import work
from clients.models import Client
from messages_app.mail import addressing, domain_check
from messages_app.mail.domain_check import Records, State
from messages_app.models import Mailbox, SendingDomain
from secretariat import ledger, outbox

LOOK = "messages.domain_check"
SUBJECT = "messages_app.sendingdomain"
GONE = "messages.domain_records"
EVERY, SOON = timedelta(days=7), timedelta(hours=1)
AT_MOST = 20


@transaction.atomic
def set_up(
    client: Client, domain: str, *, selectors: list[str], include: str, by, at: datetime
) -> SendingDomain:
    """Have a domain's records looked at, now and every week.

    What leaves by us from a mailbox of that domain bears its name from then on, while its records stand.
    """
    kept, _is_new = SendingDomain.objects.update_or_create(
        client=client,
        domain=domain.strip().lower().strip("."),
        defaults={"selectors": selectors, "include": include.strip().lower(), "due_at": at},
    )
    ledger.record(
        "correspondence.domain_set_up", actor_id=by.pk, client_id=client.pk, subject=(SUBJECT, kept.pk)
    )
    through_us = Mailbox.objects.filter(
        client=client,
        ended_at=None,
        from_mode=Mailbox.FromMode.VIA_FIRM,
        address__endswith=f"@{kept.domain}",
    )
    through_us.update(from_mode=Mailbox.FromMode.VERIFIED, version=F("version") + 1)
    ask(kept, at=at)
    return kept


def bear_its_name(mailbox: Mailbox, *, by, at: datetime) -> None:
    """A mailbox that was just made, of a domain that the firm has set up already.

    What was said of a domain of ours for one client holds for the next.
    """
    domain = addressing.domain_of(mailbox.address)
    known = SendingDomain.objects.filter(domain=domain)
    own = known.filter(client=mailbox.client_id).first()
    said = own or (known.exclude(selectors=[]).first() if domain == settings.INBOUND_MAIL_DOMAIN else None)
    if said:
        facts = {"selectors": said.selectors, "include": said.include}
        set_up(mailbox.client, domain, **facts, by=by, at=at)
        mailbox.refresh_from_db(fields=["from_mode", "version"])


def ask(domain: SendingDomain, *, at: datetime) -> None:
    """Have its records looked at now."""
    SendingDomain.objects.filter(pk=domain.pk).update(due_at=at + EVERY)
    outbox.post(
        LOOK,
        key=f"domain:{domain.pk}:{at:%Y%m%d%H%M%S}",
        queue="bulk",
        client_id=domain.client_id,
        subject=(SUBJECT, domain.pk),
    )


def ask_for_due(*, at: datetime) -> int:
    """Look again at those whose week is over."""
    done = 0
    for domain in SendingDomain.objects.filter(due_at__lte=at).order_by("due_at")[:AT_MOST]:
        with transaction.atomic():
            ask(domain, at=at)
        done += 1
    return done


@transaction.atomic
def found(domain: SendingDomain, records: Records, *, at: datetime) -> None:
    """Keep what the name servers said. What they did not say changes nothing."""
    row = SendingDomain.objects.select_for_update().get(pk=domain.pk)
    findings = domain_check.judge(row.domain, records, selectors=row.selectors, include=row.include)
    stood, stands = row.stands, domain_check.stands(findings)
    silent = any(each.state == State.SILENT for each in findings)
    if stands is None:
        stands = stood
    row.findings = [
        {
            "record": each.record,
            "name": each.name,
            "state": str(each.state),
            "because": each.because,
            "wanted": each.wanted,
        }
        for each in findings
    ]
    row.stands, row.checked_at, row.due_at = stands, at, at + (SOON if silent else EVERY)
    row.save()
    if stands:
        work.finish_all(subject=(SUBJECT, row.pk), kind=GONE, by=None, outcome=_("The records are there"))
    elif stands is False and stood is not False:
        work.open_item(
            GONE,
            client=row.client_id,
            subject=(SUBJECT, row.pk),
            because=_("Mail in the name of %(domain)s goes through the firm: a record is missing.")
            % {"domain": row.domain},
            urgency=2,
        )
    if stood != stands:
        ledger.record(
            "correspondence.domain_stands" if stands else "correspondence.domain_fell",
            client_id=row.client_id,
            subject=(SUBJECT, row.pk),
        )


def in_words(finding: dict) -> str:
    """What one record says, and what to do about it."""
    name, wanted = finding["name"], finding["wanted"]
    words = {
        ("dkim", "there"): _("The key for signing (DKIM) is there."),
        ("dkim", "no_key"): _("The key for signing (DKIM) is missing. The provider shows you what it is."),
        ("dkim", "no_selector"): _("Nobody has said yet under which name the key for signing (DKIM) lies."),
        ("dkim", "revoked"): _("The key for signing (DKIM) has been withdrawn: its record is empty."),
        ("dkim", "no_key_can_be_read"): _("What stands there is no key for signing (DKIM) that can be read."),
        ("dkim", "too_short"): _("The key for signing (DKIM) is too short. 2048 bits are usual."),
        ("spf", "there"): _("The list of who may send (SPF) is there."),
        ("spf", "none"): _("The list of who may send (SPF) is missing."),
        ("spf", "two"): _("There are two lists of who may send (SPF). Only one may stand there."),
        ("spf", "everybody"): _("The list of who may send (SPF) lets everybody send. It should end in ~all."),
        ("spf", "too_many"): _("The list of who may send (SPF) names more than ten others: it is ignored."),
        ("spf", "not_named"): _("The list of who may send (SPF) does not name the provider."),
        ("dmarc", "there"): _("The rule for the rest (DMARC) is there."),
        ("dmarc", "none"): _("The rule for the rest (DMARC) is missing: large mail services want one."),
        ("dmarc", "two"): _("There are two rules for the rest (DMARC). Only one may stand there."),
        ("dmarc", "no_policy"): _("The rule for the rest (DMARC) says nothing that counts: it needs p=."),
    }
    if finding["state"] == State.SILENT:
        return _("No name server answered for %(name)s. It is asked again in an hour.") % {"name": name}
    return words.get((finding["record"], finding["because"] or finding["state"])) or wanted
