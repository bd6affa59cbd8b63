"""Goal 13: many calls at once for one client, whose secretaries are few.

How much slower that is than the same calls spread over all clients; and, when every ringing line is answered
twice in the same moment, that no secretary is given two callers and no caller two secretaries.
"""

import asyncio
import random
import time
from collections import defaultdict
from contextlib import suppress

import psycopg

from . import ringing, webhook
from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed
from .office import Office

AT_ONCE = 64
POOL = 12  # secretaries who answer for the client besides her own
CALLS = 30  # more than there are secretaries
PATIENCE = 90.0  # seconds until everybody has a caller
RINGING = """
    SELECT id::text, secretary_id::text FROM calls_offer WHERE state = 'pending' AND leg_id IS NOT NULL
"""
TALKING = """
    SELECT 'room-' || replace(id::text, '-', ''), secretary_id::text
    FROM calls_call WHERE state = 'talking' AND held_at IS NULL
"""


def measure(office: Office, *, quick: bool) -> list[Figure]:
    calls, rounds = (128, 1) if quick else (640, 5)
    office.fill(200)
    office.with_django(f"filling.gather({POOL})")
    office.begin()
    web = office.serve("web", "secretariat.wsgi:application")
    speeds: dict[str, list[float]] = {"hot": [], "spread": []}
    for number in range(rounds + 1):
        for name in sorted(speeds, reverse=number % 2 == 0):
            took = _rung(office, web, name, calls if number else 16)
            if number:
                speeds[name].append(calls / took)
    ratios = tuple(hot / spread for hot, spread in zip(speeds["hot"], speeds["spread"], strict=True))
    figures = [Figure("hotspot-throughput", "13", "× spread", 0.7, AT_LEAST, ratios)]
    office.forget()
    figures += _raced(office, web)
    office.stop_all()
    office.filled = {}  # the first client has more secretaries than others expect
    return figures


def _rung(office: Office, web: int, name: str, calls: int) -> float:
    office.forget()
    numbers = office.filled["numbers"]
    requests = [
        webhook.request(office, numbers[0] if name == "hot" else random.choice(numbers)) for _ in range(calls)
    ]
    answers, took = asyncio.run(ringing.at_once(web, requests, AT_ONCE))
    written = office.written().get("calls_call", 0)
    if any(answer.status != 200 for answer in answers) or written != calls:
        raise MeasurementFailed(f"{calls} calls, {len(answers)} answers, {written} rows")
    return took


def _raced(office: Office, web: int) -> list[Figure]:
    words = f"import django; django.setup(); from {__package__} import filling; filling.look_after()"
    office.start("rounds", "-c", words)
    rooms, answered = asyncio.run(_race(office, web))
    with psycopg.connect(office.owner_url) as rows:
        talking = rows.execute(TALKING).fetchall()
    office.stop("rounds")
    by_secretary, by_call = defaultdict(set), defaultdict(set)
    for call, secretary in talking:
        by_secretary[secretary].add(call)
        by_call[call].add(secretary)
    for secretary, where in rooms.items():
        by_secretary[secretary] |= where
        for call in where:
            by_call[call].add(secretary)
    if len(rooms) < POOL / 2:
        raise MeasurementFailed(f"only {len(rooms)} secretaries got a caller; {answered} lines were answered")
    beside = f"{len(rooms)} of {POOL + 1} secretaries have a caller, {answered} lines answered twice"
    doubled = sum(len(calls) > 1 for calls in by_secretary.values())
    shared = sum(len(secretaries) > 1 for secretaries in by_call.values())
    return [
        Figure("secretaries-with-two-calls", "13", "people", 0, AT_MOST, (doubled,), beside),
        Figure("calls-with-two-secretaries", "13", "calls", 0, AT_MOST, (shared,)),
    ]


async def _race(office: Office, web: int) -> tuple[dict[str, set[str]], int]:
    """Ring, and answer every line twice as soon as it rings. Which rooms each secretary was sent into."""
    number = office.filled["numbers"][0]
    ringing_in = asyncio.create_task(_ring_in(office, web, number))
    rooms: dict[str, set[str]] = defaultdict(set)
    seen: set[str] = set()
    deadline = time.monotonic() + PATIENCE
    async with await psycopg.AsyncConnection.connect(office.owner_url, autocommit=True) as rows:
        while len(rooms) <= POOL and time.monotonic() < deadline:
            offers = [each for each in await (await rows.execute(RINGING)).fetchall() if each[0] not in seen]
            seen |= {offer for offer, _ in offers}
            answers = [answer(office, web, offer) for offer, _ in offers for _ in range(2)]
            for (_, secretary), into in zip(
                (each for each in offers for _ in range(2)), await asyncio.gather(*answers), strict=True
            ):
                if into:
                    rooms[secretary].add(into)
            await asyncio.sleep(0.05)
    ringing_in.cancel()
    with suppress(asyncio.CancelledError):
        await ringing_in
    return rooms, len(seen)


async def _ring_in(office: Office, web: int, number: str) -> None:
    lines = [await ringing.Line.open(web) for _ in range(6)]
    for begun in range(0, CALLS, len(lines)):
        await asyncio.gather(*(line.send(webhook.request(office, number)) for line in lines))
        await asyncio.sleep(0.2 if begun else 0)


async def answer(office: Office, web: int, offer: str) -> str:
    """Her line is answered and 1 is pressed. Returns the room she is sent into, if she is."""
    environment = office.environment
    fields = {
        "AccountSid": environment["TWILIO_ACCOUNT_SID"],
        "CallSid": f"CA{offer.replace('-', '')}",
        "CallStatus": "in-progress",
        "Digits": "1",
    }
    request = ringing.posting(
        f"{environment['PUBLIC_BASE_URL']}/twilio/voice/offer/{offer}/",
        fields,
        token=environment["TWILIO_AUTH_TOKEN"],
        I_Twilio_Idempotency_Token=str(random.getrandbits(64)),
    )
    line = await ringing.Line.open(web)
    answer = await line.send(request)
    line.close()
    if answer.status != 200:
        raise MeasurementFailed(f"an answered line was told {answer.status}")
    said = answer.body.decode()
    return said.partition("</Conference>")[0].rpartition(">")[2] if "<Conference" in said else ""
