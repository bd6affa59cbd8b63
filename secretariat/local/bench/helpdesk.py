"""Goal 7, the peer's half: a secretary's list of messages beside django-helpdesk's list of tickets.

Both hold a hundred thousand on the same PostgreSQL, are served by the same server with as many processes, and
are asked in turn for one list of the newest. Of django-helpdesk it is the answer with 25 rows alone, without
the page around it that its browser loads before; of ours it is the whole page, with 50 rows. Needs a
network: django-helpdesk is installed beside, in a Python of its own, and is no part of the project.
"""

import asyncio
import base64
import json
import os
import subprocess
import venv
from pathlib import Path
from urllib.parse import urlsplit

from secretariat.local.databases import copy_database
from secretariat.local.paths import CHECKOUT
from secretariat.local.test_servers import on

from . import past, ringing
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .growth import DESK, Page, get
from .office import DATABASE, Office

WANTED = ("django-helpdesk==2.6.1", "psycopg[binary]", "granian")
TICKETS = 100_000
LIMIT = 0.2
PEERS = Path(__file__).parent / "peers"
OURS, THEIRS = "test_bench_messages", "test_bench_helpdesk"


def measure(office: Office, *, quick: bool) -> list[Figure]:
    count, rounds, times = (10_000, 3, 5) if quick else (TICKETS, 5, 20)
    office.fill(1000)
    office.stop_all()
    office.collect_static()
    sessions = json.loads(office.with_django("people.tell()"))
    copy_database(on(office.owner_url, "postgres"), DATABASE, OURS)
    past.live_through(on(office.owner_url, OURS), count)
    ours = office.beside(OURS).serve("web", "secretariat.wsgi:application", SECOND_STEP="off")
    theirs, session = _peer(office, count)
    host = urlsplit(office.signed_url).netloc
    took = asyncio.run(_asked(ours, host, sessions["secretary"], theirs, session, rounds, times))
    office.stop_all()
    ratios = [percentile(us, 50) / percentile(them, 50) for us, them in took]
    told = " and ".join(
        f"{percentile([each for pair in took for each in pair[which]], 50):.0f} ms" for which in (0, 1)
    )
    told += f" at {count:,}, of {WANTED[0].replace('==', ' ')}"
    return [Figure("list-of-helpdesk", "7", "×", LIMIT, AT_MOST, tuple(ratios), told)]


async def _asked(ours: int, host: str, secretary: str, theirs: int, staff: str, rounds: int, times: int):
    """Milliseconds of both lists, in turn, by round; the first one warms up and is not counted."""
    mine, yours = await ringing.Line.open(ours), await ringing.Line.open(theirs)
    page, took = Page("messages", "secretary", DESK), []
    for _ in range(rounds + 1):
        took.append(
            (
                [await get(mine, host, page, secretary) for _ in range(times)],
                [await _tickets(yours, theirs, staff) for _ in range(times)],
            )
        )
    return took[1:]


async def _tickets(line: ringing.Line, port: int, session: str) -> float:
    """Milliseconds until its newest 25 tickets are there, as its own page asks for them."""
    query = {"filtering": {"status__in": [1, 2]}, "sorting": "created", "sortreverse": True}
    asked = base64.b64encode(json.dumps(query).encode()).decode()
    address = f"/datatables_ticket_list/{asked}?draw=1&start=0&length=25"
    headers = f"Host: 127.0.0.1:{port}\r\nCookie: sessionid={session}\r\n"
    answer = await line.send(f"GET {address} HTTP/1.1\r\n{headers}\r\n".encode())
    if answer.status != 200 or len(json.loads(answer.body)["data"]) != 25:
        raise MeasurementFailed(f"the peer answered {answer.status}: {answer.body[:300]!r}")
    return answer.seconds * 1e3


def _peer(office: Office, count: int) -> tuple[int, str]:
    """Install it, fill it and start it: its port, and the session of one of its staff."""
    folder = office.folder / "helpdesk"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    _done([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WANTED], os.environ)
    copy_database(on(office.owner_url, "postgres"), "template1", THEIRS)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PEERS),
        "DJANGO_SETTINGS_MODULE": "helpdesk_settings",
        "PEER_DATABASE": json.dumps(_as_django_says(on(office.owner_url, THEIRS))),
    }
    _done([python, "-m", "django", "migrate", "--verbosity", "0"], environment)
    session = _done([python, str(PEERS / "fill_helpdesk.py"), str(count)], environment).strip()
    peer = Office(office.folder, environment, office.owner_url, office.template, office.children)
    return peer.serve("helpdesk", "helpdesk_wsgi:application", python=str(python)), session


def _as_django_says(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.removeprefix("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def _done(command: list, environment) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=CHECKOUT, env=dict(environment), capture_output=True, text=True
    )
    if done.returncode:
        raise MeasurementFailed(done.stderr.strip()[-2000:])
    return done.stdout
