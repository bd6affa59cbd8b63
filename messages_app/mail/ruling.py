"""The client's rules for her mail: written, put in another's place, accepted or declined, tried out."""

from datetime import datetime

from django.db import transaction

from messages_app.models import Mailbox, MailRule
from secretariat import ledger

from . import judging, triage

State = MailRule.State


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
    if not proposed.update(state=state, decided_by=by, decided_at=at):
        return False
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


def rehearse(mailbox: Mailbox, facts: triage.Facts) -> triage.Verdict:
    """What would become of such a mail, and why not otherwise."""
    return triage.judge(judging.rules_of(mailbox), facts)


def _end(rule: MailRule, state: str, *, by, at: datetime) -> bool:
    held = MailRule.objects.filter(pk=rule.pk, state=state)
    return bool(held.update(state=State.ENDED, decided_by=by, decided_at=at))


def _record(verb: str, rule: MailRule, by) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=rule.client_id, subject=("messages_app.mailrule", rule.pk))
