"""What a mail is: urgent, to be answered, for later, or junk; and why. Pure: no clock, database or settings.

The client's rules are asked in her order and the first that fits decides. Without one, what a machine wrote
is for later, what comes from somebody she has blocked is junk, as is what the provider calls spam, and
everything else is to be answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from clients import open_hours

URGENT, ANSWER, LATER, JUNK = "urgent", "answer", "later", "junk"
LATER_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class Facts:
    """A mail as far as rules ask about it. `sender` in lower case; `firm` as the client knows it."""

    sender: str
    subject: str = ""
    words: str = ""
    firm: str = ""
    name: str = ""
    is_known: bool = False
    is_vip: bool = False
    is_blocked: bool = False
    has_attachment: bool = False
    is_automatic: bool = False
    is_spam: bool = False  # the e-mail provider says so
    is_open: bool = True  # the client, when it came


@dataclass(frozen=True)
class Rule:
    """What a client said of mail of one sort. What is left empty is not asked about."""

    id: UUID | None
    verdict: str
    sender: str = ""  # an address, or a domain
    firm: str = ""
    subject: str = ""
    words: str = ""
    known: str = "anyone"  # anyone, known, vip, unknown
    with_attachment: bool = False
    hours: str = "any"  # any, open, closed
    within_hours: int | None = None
    later_days: int | None = None  # after which it comes up, of what is for later
    contact_id: UUID | None = None


@dataclass(frozen=True)
class Passed:
    """A rule that was asked before the one that decided, and why it does not fit."""

    rule: Rule
    because: str


@dataclass(frozen=True)
class Verdict:
    verdict: str
    because: str
    rule: Rule | None = None
    passed: tuple[Passed, ...] = ()


def judge(rules: Iterable[Rule], facts: Facts, *, to_her: bool = False) -> Verdict:
    """What the mail is, by the first of `rules` that fits it, with the reasons in words.

    `to_her`: they are said to the client herself, and not of her.
    """
    passed: list[Passed] = []
    for rule in rules:
        if objection := _objection(rule, facts, to_her):
            passed.append(Passed(rule, objection))
        else:
            return Verdict(rule.verdict, described(rule, to_her=to_her), rule, tuple(passed))
    if facts.is_blocked:
        blocked = _("you have blocked whoever wrote it"), _("the client has blocked whoever wrote it")
        usual = JUNK, blocked[0] if to_her else blocked[1]
    elif facts.is_spam:
        usual = JUNK, _("the e-mail provider calls it spam, and no rule says otherwise")
    elif facts.is_automatic:
        usual = LATER, _("a machine wrote it, and no rule says otherwise")
    else:
        usual = ANSWER, _("no rule says otherwise")
    return Verdict(*usual, passed=tuple(passed))


def described(rule: Rule, *, to_her: bool = False) -> str:
    """What the rule asks, in words: *from harlow.example, with “court” in the subject*.

    `to_her`: they are said to the client herself.
    """
    asked = [
        _("from %(sender)s") % {"sender": rule.sender} if rule.sender else "",
        _("from the firm %(firm)s") % {"firm": rule.firm} if rule.firm else "",
        _("with “%(words)s” in the subject") % {"words": rule.subject} if rule.subject else "",
        _("with “%(words)s” in it") % {"words": rule.words} if rule.words else "",
        {
            "known": _("from somebody you know") if to_her else _("from somebody the client knows"),
            "vip": _("from somebody important to you")
            if to_her
            else _("from somebody important to the client"),
            "unknown": _("from somebody new"),
        }.get(rule.known, ""),
        _("with an attachment") if rule.with_attachment else "",
        {
            "open": _("while you are open") if to_her else _("while the client is open"),
            "closed": _("while you are closed") if to_her else _("while the client is closed"),
        }.get(rule.hours, ""),
    ]
    return ", ".join(filter(None, asked)) or _("every mail")


def _objection(rule: Rule, facts: Facts, to_her: bool) -> str:
    """Why the rule does not fit; empty where it does."""
    if to_her:
        at_the_time = _("you were open") if facts.is_open else _("you were closed")
    else:
        at_the_time = _("the client was open") if facts.is_open else _("the client was closed")
    checks = (
        (not rule.sender or _is_from(rule.sender, facts.sender), _("somebody else wrote it")),
        (not rule.firm or rule.firm.casefold() in facts.firm.casefold(), _("it comes from another firm")),
        (not rule.subject or _holds(facts.subject, rule.subject), _("its subject does not say so")),
        (
            not rule.words or _holds(f"{facts.subject}\n{facts.words}", rule.words),
            _("it does not hold these words"),
        ),
        (_is_of(rule.known, facts), _("its author is not of that sort")),
        (not rule.with_attachment or facts.has_attachment, _("nothing is attached")),
        (
            rule.hours == "any" or (rule.hours == "open") == facts.is_open,
            at_the_time,
        ),
    )
    return next((because for holds, because in checks if not holds), "")


def _is_from(asked: str, sender: str) -> bool:
    """Whether an address is the one asked for, or lies in the domain asked for or below it."""
    asked = asked.strip().casefold().removeprefix("@")
    sender = sender.casefold()
    domain = sender.rpartition("@")[2]
    return sender == asked if "@" in asked else domain == asked or domain.endswith(f".{asked}")


def _holds(text: str, asked: str) -> bool:
    """Whether it holds any of the phrases, which commas divide."""
    said = " ".join(text.casefold().split())
    phrases = [" ".join(each.casefold().split()) for each in asked.split(",")]
    return any(phrase in said for phrase in phrases if phrase)


def _is_of(known: str, facts: Facts) -> bool:
    return {"known": facts.is_known, "vip": facts.is_vip, "unknown": not facts.is_known}.get(known, True)


def promised(at: datetime, hours: int, opening) -> datetime:
    """When `hours` of the client's opening hours have passed since `at`.

    `opening(at)` is whether she is open then, and when that changes next (None: not for weeks).
    """
    return open_hours.passed(at, timedelta(hours=hours), opening)


def kept_until(at: datetime, opening, *, days: int | None = None) -> datetime:
    """The day for what is for later: the first opening after so many days."""
    return first_open(at + (LATER_AFTER if days is None else timedelta(days=days)), opening)


def first_open(at: datetime, opening) -> datetime:
    """The first moment from then on at which the client is open."""
    is_open, until = opening(at)
    return at if is_open or until is None else until
