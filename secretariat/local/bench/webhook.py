"""Goal 1: how much of the bare floor's speed the whole webhook of an incoming call keeps."""

import asyncio
import random

from . import ringing, sample
from .figures import AT_LEAST, Figure, MeasurementFailed
from .office import Office

CONNECTIONS = 16
LIMIT = 0.25


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Rounds of product and floor, one after the other, the order turned round every second time."""
    calls, rounds, warm_up = (120, 3, 24) if quick else (1500, 5, 48)
    office.fill(200 if quick else calls)
    ports = {"product": office.serve("web", "secretariat.wsgi:application")}
    expected = sampled(office, ports["product"])
    ports["floor"] = office.serve(
        "floor", "secretariat.local.bench.floor:application", BENCH_SAMPLE=str(office.folder / "sample.json")
    )
    speeds: dict[str, list[float]] = {"product": [], "floor": []}
    for name, port in ports.items():
        _round(office, name, port, warm_up, {})
    for number in range(rounds):
        for name in sorted(ports, reverse=number % 2 == 0):
            speeds[name].append(_round(office, name, ports[name], calls, expected))
    office.stop("floor")
    ratios = [ours / bare for ours, bare in zip(speeds["product"], speeds["floor"], strict=True)]
    beside = "product {:.0f}, floor {:.0f} req/s, {} rows a call".format(
        Figure("", "", "", 0, AT_LEAST, tuple(speeds["product"])).value,
        Figure("", "", "", 0, AT_LEAST, tuple(speeds["floor"])).value,
        sum(expected.values()),
    )
    return [Figure("webhook-throughput", "1", "× floor", LIMIT, AT_LEAST, tuple(ratios), beside)]


def sampled(office: Office, port: int) -> dict[str, int]:
    """One call through the product, kept as the floor's model. Returns the rows it wrote, by table."""
    ring = request(office, office.filled["numbers"][0])
    office.forget()
    [answer], _ = asyncio.run(ringing.at_once(port, [ring], 1))
    if answer.status != 200:
        raise MeasurementFailed(f"the webhook answered {answer.status}:\n{office.children.last_words('web')}")
    expected = sample.take(office, answer.body, office.folder / "sample.json")
    if not {"calls_call", "calls_offer", "outbox_effect", "outbox_inboundevent"} <= set(expected):
        raise MeasurementFailed(f"a call was expected to be offered, but wrote only {sorted(expected)}")
    return expected


def _round(office: Office, name: str, port: int, calls: int, expected: dict[str, int]) -> float:
    """Requests a second, once it is sure that each was answered and wrote its rows."""
    office.forget()
    numbers = random.sample(office.filled["numbers"], calls)
    requests = [request(office, number) for number in numbers]
    answers, took = asyncio.run(ringing.at_once(port, requests, CONNECTIONS))
    refused = [answer.status for answer in answers if answer.status != 200]
    if refused or len(answers) != calls:
        words = office.children.last_words("web" if name == "product" else "floor", 3)
        raise MeasurementFailed(f"{name}: {len(refused)} of {calls} refused, {refused[:3]}\n{words}")
    wanted = {table: count * calls for table, count in expected.items()}
    written = office.written()
    if wanted and {table: written.get(table, 0) for table in wanted} != wanted:
        raise MeasurementFailed(f"{name}: rows do not match responses: {written}, not {wanted}")
    return calls / took


def request(office: Office, number: str) -> bytes:
    environment = office.environment
    return ringing.incoming_call(
        office.signed_url,
        number,
        account=environment["TWILIO_ACCOUNT_SID"],
        token=environment["TWILIO_AUTH_TOKEN"],
    )
