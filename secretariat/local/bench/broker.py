"""R2: Redis is emptied again and again, and then it dies. Nothing that is to be sent depends on it."""

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from secretariat.local import valkey
from secretariat.local.children import Children

from . import delivering, post_office
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

FLUSHES = 20
SLOWEST = 10.0  # seconds, for 95 of 100 letters


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Half of the letters are written while Redis is emptied, the other half when there is none any more."""
    half, apart = (125, 0.04) if quick else (2500, 0.02)
    children = Children(office.folder / "broker")
    children.reap_leftovers()
    address = valkey.start(children).url()
    try:
        with post_office.beside(office, REDIS_URL=address) as post:
            post.starts("worker-urgent", *delivering.URGENT, *delivering.QUIETLY)
            post.starts("sweep", "sweep")
            posted = _while_emptied(post, address, half, apart)
            post.until(lambda: not post.waiting("during"), "letters do not end", seconds=120)
            os.kill(children.running[0].process.pid, signal.SIGKILL)
            posted |= json.loads(post.office.with_django(f"delivering.post_urgent('after', {half}, {apart})"))
            post.until(lambda: not post.waiting(), "letters do not end without Redis", seconds=180)
            arrived, done = post.arrived(""), post.ended("done")
    finally:
        children.stop()
    lost = set(posted) - (set(arrived) & done)
    doubled = [key for key, times in arrived.items() if len(times) > 1]
    took = {key: arrived[key][0] - at for key, at in posted.items() if key in arrived}
    figures = [
        Figure(
            "broker-lost", "R2", "letters", 0, AT_MOST, (len(lost),), f"of {len(posted)}, {FLUSHES} flushes"
        ),
        Figure("broker-doubled", "R2", "letters", 0, AT_MOST, (len(doubled),)),
    ]
    for when in ("during", "after"):
        seconds = [each for key, each in took.items() if key.startswith(when)]
        told = f"p50 {percentile(seconds, 50):.2f} s, most {max(seconds):.1f} s"
        figures.append(
            Figure(f"broker-{when}-p95", "R2", "s", SLOWEST, AT_MOST, (percentile(seconds, 95),), told)
        )
    return figures


def _while_emptied(post, address: str, count: int, apart: float) -> dict[str, float]:
    """Letters are posted by another process; meanwhile Redis forgets everything, as often as FLUSHES says."""
    import redis

    writing = post.office.beginning(f"delivering.post_urgent('during', {count}, {apart})")
    client, flushed = redis.Redis.from_url(address), 0
    with ThreadPoolExecutor(1) as reading:  # all along: what it tells is more than a pipe holds
        heard = reading.submit(writing.communicate)
        while not heard.done() or flushed < FLUSHES:
            client.flushall()
            flushed += 1
            time.sleep(count * apart / FLUSHES)
        told, troubles = heard.result()
    if writing.returncode:
        raise MeasurementFailed(troubles)
    client.close()
    return json.loads(told)
