"""What somebody here makes of a mail, whatever the rules said; and the rule she proposes for the next."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clients import guidance
from messages_app import telling_client
from messages_app.models import Mail, MailRule, MailThread
from secretariat import ledger

from . import coming_up, judging, passing_on, standing, triage

State, Verdict = MailThread.State, MailThread.Verdict
PROMISED = (Verdict.URGENT, Verdict.ANSWER)


@transaction.atomic
def call_it(
    thread: MailThread, verdict: str, *, by, at: datetime, seen: UUID | None = None, on: date | None = None
) -> bool:
    """Say what it is. Urgent is passed on at once, junk leaves the desk, later comes up `on` a day.

    What was promised before stands for as long as it is not answered: its author was told.
    False if it is that already. Raises MoreCame if a mail came after the newest that was `seen`.
    """
    locked = (
        MailThread.objects.select_for_update(of=["self"])
        .select_related("mailbox__client", "rule")
        .get(pk=thread.pk)
    )
    if locked.verdict == verdict and locked.state == State.OPEN and on is None:
        return False
    standing.raise_if_more_came(locked, seen)
    opening = guidance.opening_of(locked.mailbox.client)
    told = _promised(locked)
    promised_at = _reckoned(locked, verdict, at=at, opening=opening)
    if told and verdict in PROMISED:
        promised_at = told if verdict == Verdict.ANSWER else min(told, promised_at or told)
    if on is not None and verdict == Verdict.LATER:
        morning = datetime.combine(on, time.min, tzinfo=locked.mailbox.client.tz)
        promised_at = triage.first_open(morning, opening)
    standing.take_off_desk(locked, _("Sorted anew"), by=by)
    was_junk = verdict == Verdict.JUNK
    put_off: dict = {"over_at": None, "promise_was": told} if told and verdict not in PROMISED else {}
    standing.changed(
        locked,
        verdict=verdict,
        because=_("%(name)s said so at %(time)s")
        % {"name": by.get_short_name(), "time": f"{timezone.localtime(at):%H:%M}"},
        rule=None,
        judged_by=by,
        promised_at=promised_at,
        state=State.DONE if was_junk else State.OPEN,
        done_by=by if was_junk else None,
        done_because=_("Junk") if was_junk else "",
        waits_since=None if was_junk else (locked.waits_since or at),
        **put_off,
    )
    if not was_junk:
        standing.put_on_desk(locked)
    coming_up.finish(locked.client_id, by=by)
    newest = locked.mails.filter(direction=Mail.Direction.IN).order_by("-at", "-id").first()
    if verdict == Verdict.URGENT and newest is not None:
        passing_on.pass_on(newest, locked, by=by, at=at)
    if verdict in (Verdict.JUNK, Verdict.LATER):
        passing_on.not_urgent(locked, verdict, by=by, at=at)
    ledger.record(
        "correspondence.judged",
        actor_id=by.pk,
        client_id=locked.client_id,
        subject=(standing.SUBJECT, locked.pk),
        detail={"verdict": verdict},
    )
    thread.refresh_from_db()
    return True


def _promised(thread: MailThread) -> datetime | None:
    """By when it is to be answered, as was promised before; None where nobody waits for that."""
    if thread.state == State.OPEN and thread.verdict in PROMISED:
        return thread.promised_at
    return standing.still_promised(thread)


def _reckoned(thread: MailThread, verdict: str, *, at: datetime, opening) -> datetime | None:
    """What would be promised now, in the hours of the rule that sorted it."""
    said = triage.Verdict(verdict, "", judging.as_judged(thread.rule) if thread.rule else None)
    return judging.promise_of(thread.mailbox, said, at=at, opening=opening)


def could_be_proposed(thread: MailThread) -> bool:
    """Whether what she made of it may become a rule: somebody sorted it, and the client was not asked yet."""
    if thread.judged_by_id is None or not thread.address:
        return False
    standing_rules = MailRule.objects.filter(
        client=thread.client_id,
        sender=thread.address,
        state__in=[MailRule.State.PROPOSED, MailRule.State.IN_FORCE, MailRule.State.DECLINED],
        verdict=thread.verdict,
    )
    return not standing_rules.exists()


@transaction.atomic
def propose(thread: MailThread, *, by, at: datetime) -> MailRule | None:
    """Ask the client whether mail of this author is always to be so. None if she was asked before."""
    if not could_be_proposed(thread):
        return None
    rule = MailRule.objects.create(
        client_id=thread.client_id,
        mailbox=thread.mailbox,
        verdict=thread.verdict,
        sender=thread.address,
        state=MailRule.State.PROPOSED,
        by=by,
        since=at,
    )
    telling_client.that_a_rule_is_proposed(rule)
    ledger.record(
        "mail_rule.proposed",
        actor_id=by.pk,
        client_id=thread.client_id,
        subject=("messages_app.mailrule", rule.pk),
    )
    return rule


def reopen(thread: MailThread, *, by, at: datetime) -> bool:
    """It is to be answered after all, by a promise counted from now. False if it was open."""
    opening = guidance.opening_of(thread.client)
    if thread.verdict == Verdict.JUNK or thread.verdict == Verdict.LATER:
        return call_it(thread, Verdict.ANSWER, by=by, at=at)
    promised_at = _reckoned(thread, thread.verdict, at=at, opening=opening)
    return standing.reopen(thread, promised_at=promised_at, by=by, at=at)
