"""The client's rules for her mail: written, put in another's place, accepted or declined, tried out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from clients import guidance
from clients.models import Client, Correspondent, CorrespondentAddress
from messages_app.models import Mail, Mailbox, MailRule
from secretariat import ledger

from . import judging, triage

State = MailRule.State
LATELY, MOST_PAST = timedelta(days=30), 100


@transaction.atomic
def write(client, *, by, at: datetime, replaces: MailRule | None = None, **said) -> MailRule | None:
    """A new rule, or one in the place of another. None: that one is no longer in force."""
    if replaces is not None and not _end(replaces, State.IN_FORCE, by=by, at=at):
        return None
    rule = MailRule.objects.create(
        client=client,
        replaces=replaces,
        rank=replaces.rank if replaces else _next_rank(client),
        by=by,
        since=at,
        **said,
    )
    _record("mail_rule.written", rule, by)
    return rule


def _next_rank(client) -> int:
    last = MailRule.objects.filter(client=client, state=State.IN_FORCE).order_by("-rank").first()
    return last.rank + 1 if last else 0


@transaction.atomic
def end(rule: MailRule, *, by, at: datetime) -> bool:
    """It is no longer asked. False if it was not."""
    if not _end(rule, State.IN_FORCE, by=by, at=at):
        return False
    _record("mail_rule.ended", rule, by)
    return True


@transaction.atomic
def decide(rule: MailRule, *, accepted: bool, by, at: datetime) -> bool:
    """What the desk proposed holds, or does not. It is asked before the others: it is of one author."""
    proposed = MailRule.objects.filter(pk=rule.pk, state=State.PROPOSED)
    state = State.IN_FORCE if accepted else State.DECLINED
    if not proposed.update(state=state, rank=0, decided_by=by, decided_at=at):
        return False
    if accepted:
        others = MailRule.objects.filter(client=rule.client_id, state=State.IN_FORCE).exclude(pk=rule.pk)
        others.update(rank=F("rank") + 1)
    _record("mail_rule.accepted" if accepted else "mail_rule.declined", rule, by)
    return True


@transaction.atomic
def ask_sooner(rule: MailRule, *, by) -> None:
    """Let it change places with the one asked before it."""
    rules = list(MailRule.objects.select_for_update().filter(client=rule.client_id, state=State.IN_FORCE))
    place = next((number for number, each in enumerate(rules) if each.pk == rule.pk), 0)
    if place:
        rules[place - 1 : place + 1] = [rules[place], rules[place - 1]]
    for number, each in enumerate(rules):
        MailRule.objects.filter(pk=each.pk).update(rank=number)
    _record("mail_rule.moved", rule, by)


# --- Tried out -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Past:
    """A mail that came, and what the rules as they are would make of it."""

    mail: Mail
    verdict: triage.Verdict


def rehearse(client: Client, mailbox: Mailbox | None, facts: triage.Facts) -> triage.Verdict:
    """What would become of such a mail in that mailbox, and why not otherwise."""
    rules = judging.rules_for(mailbox.pk if mailbox else None, _in_force(client))
    return triage.judge(rules, facts, to_her=True)


def on_past_mail(client: Client, *, rule: MailRule | None = None, at: datetime) -> list[Past]:
    """What the rules make of what came lately, the newest first.

    With `rule`, what that one would catch: as it stands, or asked before the others while it is proposed.
    """
    rules = _in_force(client)
    if rule is not None and rule.state == State.PROPOSED:
        rules = [rule, *rules]
    came = Mail.objects.filter(client=client, direction=Mail.Direction.IN, at__gte=at - LATELY)
    mails = list(came.select_related("thread", "mailbox").defer("found").order_by("-at", "-pk")[:MOST_PAST])
    known = _known(client, {mail.sender for mail in mails})
    opening = guidance.opening_of(client)
    asks_hours = any(each.hours != MailRule.Hours.ANY for each in rules)
    found = []
    for mail in mails:
        is_open = opening(mail.at)[0] if asks_hours else True
        facts = judging.facts_of_past(mail, known.get(mail.sender), is_open=is_open)
        verdict = triage.judge(judging.rules_for(mail.mailbox_id, rules), facts, to_her=True)
        if rule is None or (verdict.rule and verdict.rule.id == rule.pk):
            found.append(Past(mail, verdict))
    return found


def _in_force(client: Client) -> list[MailRule]:
    return list(MailRule.objects.filter(client=client, state=State.IN_FORCE))


def _known(client: Client, senders: set[str]) -> dict[str, Correspondent]:
    addresses = CorrespondentAddress.objects.filter(
        client=client, kind=CorrespondentAddress.Kind.EMAIL, value__in=senders - {""}
    )
    return {each.value: each.correspondent for each in addresses.select_related("correspondent")}


def _end(rule: MailRule, state: str, *, by, at: datetime) -> bool:
    held = MailRule.objects.filter(pk=rule.pk, state=state)
    return bool(held.update(state=State.ENDED, decided_by=by, decided_at=at))


def _record(verb: str, rule: MailRule, by) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=rule.client_id, subject=("messages_app.mailrule", rule.pk))
