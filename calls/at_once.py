"""The incoming call's short way: one statement to look everything up, one to write everything down.

A caller waits for this answer, so it is the one place that does not go through the ORM query by query. It
decides nothing of its own: the conditions are the query sets of `incoming.looked_up`, asked together, and
from the decision on both ways are the same. Whatever is out of the ordinary takes the long way, which is
also what this way is held equal to (tests/calls/test_at_once.py).
"""

import logging
from contextlib import nullcontext

from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, DateTimeField, UUIDField
from prometheus_client import Counter

from clients import correspondents, guidance, numbers
from secretariat.office.models import Firm
from secretariat.one_trip.asking import Given, Of, Question, count, exists, rows
from secretariat.one_trip.writing import Rows
from secretariat.outbox import inbox

from . import incoming, routing, situation
from .incoming import Ring

KIND = "incoming-call"
logger = logging.getLogger(__name__)
long_ways = Counter("calls_long_ways", "Incoming calls whose short way failed")


def _parts():
    number, at = Given("number", CharField()), Given("at", DateTimeField())
    client, line = Of("line", "client_id", UUIDField()), Of("line", "id", UUIDField())
    return {
        "line": rows(situation.lines_called(Given("to", CharField()))),
        **guidance.questions(client, line, at),
        "known": rows(correspondents.with_number(client, number)),
        "team": rows(situation.team_rows(client)),
        "firm": rows(Firm.objects.all()),
        "from_our_line": exists(situation.lines_of_ours(number)),
        "being_put_through": exists(situation.legs_put_through(number)),
        "earlier_calls": count(situation.earlier_calls(client, number)),
        "asked_before": exists(inbox.asked_before("twilio", KIND, Given("key", CharField()))),
    }


QUESTION = Question(_parts)


def answer(notice) -> str | None:
    """What the carrier is told to do with this call, which is written down then. None: take the long way."""
    # Not asked first whether the connection still stands, which is a trip of its own: if not, the long way
    # finds a new one.
    connection.health_check_done = True
    try:
        return _answer(notice)
    except IntegrityError:  # the same ring, told twice at once: the other's answer is the one that counts
        return None
    except Exception as fault:  # the long way finds out whether it was the way or the matter
        long_ways.inc()
        logger.warning("short way failed", extra={"fault": type(fault).__name__})
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return None


def _answer(notice) -> str | None:
    params, at = notice.params, notice.received_at
    ring = looked_up(params, at=at)
    if ring is None:
        return None
    together = Rows()
    call, route = incoming.begin(together, ring, params=params)
    if route.kind == routing.OFFER:
        told = incoming.first_words(call)
        together.add(inbox.answered(notice, KIND, params["CallSid"], told))
        # One statement is a transaction by itself; one more around it would be two trips more.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            together.write()
        return told
    with transaction.atomic():
        together.write()
        incoming.follow(call, route, at=at)
        told = incoming.first_words(call)
        inbox.answered(notice, KIND, params["CallSid"], told).save(force_insert=True)
    return told


def looked_up(params, *, at) -> Ring | None:
    """As `incoming.looked_up`, in one statement. None where it needs more than that, or rang before."""
    number = numbers.international(params.get("From", ""))
    if number is None:
        return None
    # Nothing is known by a number that was withheld: NULL equals nothing.
    found = QUESTION.ask(number=number or None, at=at, to=params.get("To", ""), key=params["CallSid"])
    if found["asked_before"] or not found["line"]:
        return None
    if found["from_our_line"] or found["being_put_through"]:  # which leg of ours comes back is asked there
        return None
    [line] = found["line"]
    [known] = found["known"] or [None]
    [firm] = found["firm"] or [Firm.current()]  # made at its first use
    caller = correspondents.described(known, number)
    told = guidance.guidance_from(line.client, line, caller, at, speaks_for=line, told=found)
    if told.verdict.wins and told.verdict.wins.directly:
        return None  # somebody at the client is rung, whose numbers are looked up there
    return Ring(
        line=line,
        number=number,
        known=known,
        guidance=told,
        situation=situation.of(told, team=tuple(map(situation.candidate, found["team"]))),
        earlier_calls=found["earlier_calls"],
        offer_seconds=line.client.offer_seconds or firm.offer_seconds,
        at=at,
    )
