"""Mail and letters: arrival, what is lost while things break, an inbox of a million mails, and paper."""

import json

from secretariat.local.paths import CHECKOUT

from . import full_inbox, mail_arriving, mail_elsewhere
from .figures import AT_MOST, Figure, percentile
from .office import Office

DESKS = 220
LETTER = 150.0  # ms
SERIAL = 60.0  # seconds for a thousand
WORKER = (
    *("-m", "celery", "--app", "secretariat.celery", "worker", "--pool", "prefork", "--concurrency", "2"),
    *("--queues", "cpu", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
)


def measure(office: Office, *, quick: bool) -> list[Figure]:
    return [
        *_arriving(office, quick=quick),
        *_on_paper(office, quick=quick),
        *full_inbox.measure(office, quick=quick),
    ]


def _arriving(office: Office, *, quick: bool) -> list[Figure]:
    figures: list[Figure] = []
    for part in (_by_webhook, mail_arriving.while_things_break, mail_elsewhere.on_the_desk):
        office.filled = {}
        office.fill(DESKS)
        addresses = json.loads(office.with_django("correspondence.begin()"))
        figures += part(office, addresses, quick=quick)
    office.filled = {}  # its clients have mailboxes
    return figures


def _by_webhook(office: Office, addresses: list[str], *, quick: bool) -> list[Figure]:
    return [mail_arriving.on_the_desk(office, addresses, quick=quick)]


def _on_paper(office: Office, *, quick: bool) -> list[Figure]:
    people, times = (100, 20) if quick else (1000, 100)
    office.fill(DESKS)
    office.start("worker-cpu", *WORKER)
    office.start("sweep", str(CHECKOUT / "manage.py"), "sweep", "--watch")
    told = json.loads(office.with_django(f"stationery.measure({people}, {times})"))
    office.stop_all()
    office.filled = {}
    single, whole = told["single"], told["looked"] + told["made"]
    beside = f"{people:,} of them: looked at in {told['looked']:.0f} s, set in {told['made']:.0f} s"
    return [
        Figure(
            *("letter-p95", "post", "ms", LETTER, AT_MOST, (percentile(single, 95),)),
            f"p50 {percentile(single, 50):.0f} ms",
        ),
        Figure("letters-thousand", "post", "s", SERIAL, AT_MOST, (whole * 1000 / people,), beside),
    ]
