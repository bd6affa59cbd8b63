"""Letters on paper: how long one takes from the question to its PDF, and a thousand copies until all are set.

The copies are set as in production, by two processes of the queue `cpu`; each is kept sealed, with its hash.
What is counted in the end are rows and files, and not what a process says it did.
"""

import hashlib
import http.client
import json
import time
from urllib.parse import urlsplit

import psycopg

from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .growth import COOKIE
from .office import Office

WORKERS = 2  # as docker-compose.yml has it
PATIENCE = 600  # seconds
MANY = 1000


def measure(office: Office, *, quick: bool) -> list[Figure]:
    letters, rounds, copies = (10, 1, 100) if quick else (40, 5, MANY)
    office.fill(2)
    told = json.loads(office.with_django(f"writing.write({letters}, {copies})"))
    serve = {"application": "secretariat.wsgi:application", "workers": 1, "SECOND_STEP": "off"}
    port = office.serve("web-letters", **serve)
    took = [_asked(office, port, told["letters"]) for _ in range(rounds + 1)][1:]  # the first warms up
    office.stop("web-letters")
    seconds = _set(office, told["serial"], copies)
    office.stop_all()
    office.filled = {}  # its first client has letters
    beside = f"p50 {percentile([each for heard in took for each in heard], 50):.0f} ms, {letters} letters"
    return [
        Figure(
            "letter-p95",
            "letters",
            "ms",
            150,
            AT_MOST,
            tuple(percentile(heard, 95) for heard in took),
            beside,
        ),
        Figure(
            "serial-thousand",
            "letters",
            "s",
            60,
            AT_MOST,
            (seconds * MANY / copies,),
            f"{copies} copies in {seconds:.1f} s, {WORKERS} processes",
        ),
    ]


def _asked(office: Office, port: int, letters: list[str]) -> list[float]:
    """Milliseconds for the PDF of each letter, over HTTP, one after the other."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Host": urlsplit(office.signed_url).netloc,
        "Cookie": f"{COOKIE}={office.filled['sessions'][0]}",
    }
    took = []
    for letter in letters:
        began = time.perf_counter()
        line.request("GET", f"/desk/letters/{letter}/preview/", headers=headers)
        answer = line.getresponse()
        body = answer.read()
        took.append((time.perf_counter() - began) * 1e3)
        if answer.status != 200 or not body.startswith(b"%PDF-"):
            raise MeasurementFailed(f"letter {letter} answered {answer.status}: {body[:300]!r}")
    line.close()
    return took


def _set(office: Office, serial: str, copies: int) -> float:
    """Seconds from the word that they may be posted until every copy lies there, set and kept."""
    workers = [office.beginning("writing.work()") for _ in range(WORKERS)]
    for worker in workers:
        worker.stdout.readline()  # it is ready: what Python takes to start is not the letters' time
    office.with_django(f"writing.release({serial!r})")
    began = time.monotonic()
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        asked = "SELECT count(*), count(DISTINCT media_id), min(pages), max(pages) FROM messages_app_letter"
        while True:
            found = rows.execute(f"{asked} WHERE serial_id = %s AND state = 'ready'", [serial]).fetchone()
            if found[0] == copies:
                break
            if time.monotonic() - began > PATIENCE:
                raise MeasurementFailed(f"{found[0]} of {copies} copies were set")
            time.sleep(0.05)
        since = "extract(epoch FROM clock_timestamp() - min(posted_at))"  # by the one clock that all share
        asked = f"SELECT {since} FROM outbox_effect WHERE kind = 'letters.make'"
        took = float(rows.execute(asked).fetchone()[0])
    for worker in workers:
        worker.stdin.close()
        worker.wait()
    if found[1:] != (copies, 1, 1):
        raise MeasurementFailed(f"{copies} copies are {found[1]} files of {found[2]} to {found[3]} pages")
    kept = json.loads(office.with_django(f"writing.kept({serial!r})"))
    wrong = [each for each in kept if _sum(each["paper"]) != each["sha256"]]
    if wrong or not kept:
        raise MeasurementFailed(f"{len(wrong)} of {len(kept)} files are not what their hash says")
    return took


def _sum(paper: str) -> str:
    """SHA-256 of a file that is told in hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(paper)).hexdigest()
