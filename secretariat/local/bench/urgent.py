"""R10: an urgent letter leaves within five seconds, however many bulk ones wait."""

import json

from . import delivering, post_office
from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

LIMIT = 5.0  # seconds, at the 99th percentile
APART = 0.5  # seconds between two urgent letters


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """The workers as docker-compose.yml has them, and a slow provider that both queues share."""
    many, urgent = (9_000, 12) if quick else (50_000, 120)
    with post_office.beside(office) as post:
        office.with_django(f"delivering.post_many('bulk', {many})")
        post.starts("worker-urgent", *delivering.URGENT, *delivering.QUIETLY)
        post.starts("worker-bulk", *delivering.bulk(16))
        post.starts("sweep", "sweep")
        office.with_django("delivering.hint('bulk', 16)")
        post.until(lambda: post.arrived("bulk"), "no bulk letter left", seconds=60)
        posted = json.loads(office.with_django(f"delivering.post_urgent('urgent', {urgent}, {APART})"))
        post.until(lambda: not post.waiting("urgent"), "urgent letters do not end", seconds=60)
        behind = post.waiting("bulk")
        arrived = post.arrived("urgent")
    if not behind:
        raise MeasurementFailed("the bulk letters were gone before the urgent ones were")
    if set(arrived) != set(posted):
        raise MeasurementFailed(f"{len(posted)} urgent letters, {len(arrived)} at the provider")
    took = [arrived[key][0] - at for key, at in posted.items()]
    beside = (
        f"p50 {percentile(took, 50):.2f} s, most {max(took):.2f} s; {behind:,} of {many:,} bulk still wait"
    )
    doubled = sum(len(times) > 1 for times in arrived.values())
    return [
        Figure("urgent-while-bulk", "R10", "s", LIMIT, AT_MOST, (percentile(took, 99),), beside),
        Figure("urgent-doubled", "R10", "letters", 0, AT_MOST, (doubled,), f"of {urgent}"),
        Figure("bulk-waiting-meanwhile", "R10", "letters", 1, AT_LEAST, (behind,)),
    ]
