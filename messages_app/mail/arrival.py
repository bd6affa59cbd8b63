"""What follows from a mail that was filed: it is judged, and comes to the desk, or what it answers leaves it.

The floor's own verbs are called; nothing leaves from here.
"""

from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from clients import guidance
from messages_app.models import Mail, MailThread

from . import judging, passing_on, promising, standing, triage
from .reading import Read

State, Verdict = MailThread.State, MailThread.Verdict


def came_in(
    row: Mail, thread: MailThread, mail: Read, *, is_first: bool, at: datetime, now: datetime
) -> None:
    """Somebody wrote `at` a time: what it is, by when it is to be answered, and whether it cannot wait.

    Found later, it is told `now`: whom it reaches, and the time each has to answer, count from then.
    """
    mailbox = row.mailbox
    opening = guidance.opening_of(mailbox.client)
    known = thread.correspondent
    if known is None and not is_first:  # whoever began it was looked up when it began
        known = judging.correspondent_of(mailbox.client_id, row.sender)
    facts = judging.facts_of(mail, known, is_open=opening(at)[0], is_automatic=row.automatic)
    if known or not is_first:  # somebody would wait in vain where the provider errs
        facts = replace(facts, is_spam=False)
    verdict = judging_of(mailbox, facts)
    if verdict.verdict == Verdict.JUNK and not is_first and _is_taken_up(thread):
        verdict = judging_of(mailbox, facts, but=Verdict.JUNK)
    columns = {"last_at": max(thread.last_at, at), "address": row.sender or thread.address}
    if not is_first and not _changes_anything(thread, row, verdict):
        standing.changed(thread, "mail.arrived", **columns)
        return
    columns |= {"correspondent": known, **_judged(thread, verdict, is_first=is_first)}
    is_junk = columns["verdict"] == Verdict.JUNK
    promised_at = judging.promise_of(mailbox, verdict, at=at, opening=opening)
    if thread.state == State.OPEN and not is_first:  # what was promised before still is
        before = standing.still_promised(thread), thread.promised_at
        promised_at = min(filter(None, (*before, promised_at)), default=None)
    columns |= {
        "promised_at": promised_at,
        "state": State.DONE if is_junk else State.OPEN,
        "done_by": None,
        "done_because": _("Junk") if is_junk else "",
        "waits_since": min(thread.waits_since or at, at),  # one found late may have come first
    }
    standing.changed(thread, "mail.arrived", **columns)
    standing.put_on_desk(thread)
    if verdict.verdict in (Verdict.URGENT, Verdict.ANSWER):
        promising.promise(row, thread, mail, at=now)
    if verdict.verdict == Verdict.URGENT and not is_from_herself(row):
        passing_on.pass_on(row, thread, to=verdict.rule.contact_id if verdict.rule else None, at=now)


def is_from_herself(row: Mail) -> bool:
    """Whether her own address stands as its author: a copy to herself, perhaps, or a forgery.

    Somebody here looks at it first: nobody is told at once what she wrote herself. A form of her web site
    writes as her, too, and has somebody else answered.
    """
    hers = {row.mailbox.address, row.mailbox.our_address} - {""}
    return row.sender in hers and (not row.reply_to or row.reply_to in hers)


def judging_of(mailbox, facts: triage.Facts, *, but: str = "") -> triage.Verdict:
    """`but`: what no rule may make of it."""
    return triage.judge([each for each in judging.rules_of(mailbox) if each.verdict != but], facts)


def _is_taken_up(thread: MailThread) -> bool:
    """Whether somebody here has sorted it, or has written in it, and it was not called junk since."""
    if thread.state == State.DONE and thread.verdict == Verdict.JUNK:
        return False
    by_us = Mail.objects.filter(thread=thread, direction=Mail.Direction.OUT, by__isnull=False)
    return thread.judged_by_id is not None or by_us.exists()


def _changes_anything(thread: MailThread, row: Mail, verdict: triage.Verdict) -> bool:
    """What a machine wrote asks for nothing, unless a rule says so, and is seen with what waits already.

    Where nothing waits any more nobody would see it: it is for later, as if nothing had come before it.
    """
    return not row.automatic or verdict.rule is not None or thread.state != State.OPEN


def _judged(thread: MailThread, verdict: triage.Verdict, *, is_first: bool) -> dict:
    """What it is by now, with why. What an open one is already it stays, and by the reason that made it so.

    An urgent conversation stays urgent while it is open, and one that is to be answered stays that.
    """
    stays = not is_first and thread.state == State.OPEN and verdict.verdict != Verdict.URGENT
    if stays and thread.verdict in (Verdict.URGENT, Verdict.ANSWER):
        return {"verdict": thread.verdict}
    return {
        "verdict": verdict.verdict,
        "because": verdict.because[:240],
        "rule_id": verdict.rule.id if verdict.rule else None,
        "judged_by": None,
    }


def went_out(row: Mail, thread: MailThread, *, at: datetime, now: datetime) -> None:
    """The client wrote, in her own program or through us: the conversation waits for the others.

    A copy of what she sent may be found long after: what came since is still to be answered. What she passes
    on to somebody else names the mail, too, and answers nobody.
    """
    incoming = Mail.objects.filter(thread=thread, direction=Mail.Direction.IN)
    if incoming.filter(at__gt=at).exists():  # somebody has written since
        standing.changed(thread)
        return
    if row.by_id is None and not answers(row, since=thread.waits_since):
        standing.changed(thread, last_at=max(thread.last_at, at))
        return
    if row.by_id is None:  # what she marked as answered herself stays so when we answer, too
        incoming.update(answered_by_client=True)
    standing.take_off_desk(thread, _("Answered"), by=row.by)
    standing.changed(
        thread,
        "mail.answered",
        last_at=max(thread.last_at, at),
        state=State.WAITING,
        done_by=row.by,
        done_because=_("Answered") if row.by_id else _("The client answered it herself"),
        **standing.was_promised(thread, at=at),
        promised_at=None,
        waits_since=None,
        **({} if row.by_id else {"claimed_by": None, "claimed_at": None}),
    )
    if row.by_id is None:
        passing_on.she_dealt_with(thread, incoming.filter(_answered_by(row)), at=now)


def answers(row: Mail, *, since: datetime | None = None) -> bool:
    """Whether what the client wrote goes to somebody who wrote in the conversation before.

    `since`: to somebody who waits since then, if anybody does. It may go to them by a list, or by another
    address: then her own program has marked the mail that it names as answered, when it left. A machine's
    word that it came answers nobody, be it of hers or of ours.
    """
    came = Mail.objects.filter(thread=row.thread_id, direction=Mail.Direction.IN, at__lte=row.at)
    if since is not None and came.filter(at__gte=since).exists():
        came = came.filter(at__gte=since)
    if not came.exists():
        return True
    if row.automatic:
        return False
    authors = {address for pair in came.values_list("sender", "reply_to") for address in pair} - {""}
    if authors & {address for _name, address in (*row.to, *row.cc, *row.bcc)}:
        return True
    named = row.in_reply_to or next(reversed(row.references), "")
    return bool(named) and came.filter(message_id=named, answered_at__gte=row.at).exists()


def _answered_by(row: Mail) -> Q:
    """Those who read what the client wrote, and the mail that it names."""
    reached = [address for _name, address in (*row.to, *row.cc, *row.bcc)]
    named = Q(message_id=row.in_reply_to) if row.in_reply_to else Q(pk=None)
    return Q(sender__in=reached) | Q(reply_to__in=reached) | named


def was_there(row: Mail, thread: MailThread, *, is_first: bool) -> None:
    """It had come before the mailbox was connected. It is there to be looked up."""
    if is_first:
        standing.changed(
            thread, state=State.DONE, because=_("it was there before"), done_because=_("It was there before")
        )
