"""Many who book times of one diary in the same moment. Runs in processes with Django, side by side."""

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time

from django.db import connection
from django.utils import timezone

from calendar_app import booking, planning
from calendar_app.models import Diary
from clients.models import Client

MINUTES = 30
FIRST = 8 * 60  # minutes after midnight
PATIENCE = 120  # seconds until a round that hangs fails


def tell_diary() -> None:
    """Make a diary that is open at every hour, and print its id."""
    rules = {"notice_minutes": 0, "travel_minutes": 0, "days_ahead": 90}
    diary = Diary.objects.create(client=Client.objects.order_by("id").first(), **rules)
    json.dump(str(diary.pk), sys.stdout)


def book(diary_id: str, threads: int, *, locks: bool) -> None:
    """For each line of the standard input, `{"on": day, "wants": [time's number, …]}`: book, one each thread.

    Prints for each line what each was told: "" if it is hers, else why it is not. `locks` False: the diary is
    not locked meanwhile, which shows what the lock is good for.
    """
    if not locks:
        booking.locked = _unlocked  # type: ignore[assignment]
    diary = Diary.objects.select_related("client").get(pk=diary_id)
    ready = threading.Barrier(threads)
    with ThreadPoolExecutor(threads) as bookers:
        list(bookers.map(lambda _: _come(ready), range(threads)))
        print(json.dumps("ready"), flush=True)
        for line in sys.stdin:
            asked = json.loads(line)
            on = date.fromisoformat(asked["on"])
            told = bookers.map(lambda number, on=on: _booked(ready, diary, on, number), asked["wants"])
            print(json.dumps(list(told)), flush=True)


def _come(ready) -> None:
    connection.ensure_connection()
    ready.wait(PATIENCE)


def _booked(ready, diary: Diary, on: date, number: int) -> str:
    minute = FIRST + number * MINUTES
    at = time(minute // 60, minute % 60)
    plan = planning.Plan(about=f"Time {number}", on=on, at=at, minutes=MINUTES)
    ready.wait(PATIENCE)
    try:
        booking.book(diary, plan, by=None, at=timezone.now())
    except planning.NotPossible as refusal:
        return str(refusal)
    except Exception as fault:  # whatever it is, it is told apart from a refusal in words
        return f"!{type(fault).__name__}: {fault}"
    return ""


def _unlocked(diary_id, at) -> Diary:
    return Diary.objects.select_related("client").get(pk=diary_id)
