"""What a firm runs to get things out: the workers of docker-compose.yml and a sweep, with letters to send.

Runs in a process with Django: `python -m secretariat.local.bench.delivering PORT WORDS…` knows how to send
the benchmark's letters and then is what the words say, a Celery worker or the sweep.
"""

import json
import sys
import time

URGENT = ("worker", "--pool", "threads", "--concurrency", "32", "--queues", "calls,urgent")
QUIETLY = ("--loglevel", "WARNING", "--without-gossip", "--without-mingle")


def bulk(threads: int) -> tuple[str, ...]:
    return ("worker", "--pool", "threads", "--concurrency", str(threads), "--queues", "bulk", *QUIETLY)


def _set_up(port: int) -> None:
    import django

    django.setup()
    from secretariat.outbox import effects

    from . import sent_letters

    effects._kinds[sent_letters.KIND] = sent_letters.Letter(port)
    effects._kinds[sent_letters.KIND].channel = "post"  # with a breaker, like all that leaves for a provider


def post_many(name: str, count: int) -> None:
    """So many letters in the bulk queue, all due, written at once."""
    from django.db import connection, transaction

    from secretariat import outbox

    from . import sent_letters

    with transaction.atomic(), connection.cursor() as cursor:
        first = outbox.post(sent_letters.KIND, key=f"{name}-0", queue="bulk")
        columns = [field.column for field in type(first)._meta.concrete_fields]
        told = {"id": "uuidv7()", "place": "nextval('outbox_effect_place')", "key": f"'{name}-' || n"}
        values = ", ".join(told.get(column, column) for column in columns)
        cursor.execute(
            f"INSERT INTO outbox_effect ({', '.join(columns)}) "
            f"SELECT {values} FROM outbox_effect, generate_series(1, %s) n WHERE key = %s",
            [count - 1, f"{name}-0"],
        )


def post_urgent(name: str, count: int, apart: float) -> None:
    """Post one urgent letter after the other, so many seconds apart; print when each was written."""
    from secretariat import outbox

    from . import sent_letters

    posted = {}
    for number in range(count):
        key = f"{name}-{number}"
        outbox.post(sent_letters.KIND, key=key, queue="urgent")
        posted[key] = time.time()
        time.sleep(apart)
    json.dump(posted, sys.stdout)


def hint(queue: str, times: int) -> None:
    """As many hints as there are threads to hear them."""
    from secretariat.outbox import hints

    for _ in range(times):
        hints.kick(queue)


if __name__ == "__main__":
    _set_up(int(sys.argv[1]))
    if sys.argv[2] == "sweep":
        from django.core.management import call_command

        call_command("sweep", "--watch")
    else:
        from secretariat.celery import app

        app.worker_main(sys.argv[2:])
