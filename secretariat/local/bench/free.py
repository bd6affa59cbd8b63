"""What is free and what is busy in a diary, over HTTP without a page around it: for measurements alone."""

import json
from datetime import datetime, timedelta
from urllib.parse import parse_qs

import django
from django.utils import timezone

django.setup()

from calendar_app import busy  # noqa: E402
from calendar_app.free_time import Wish  # noqa: E402
from calendar_app.models import Diary  # noqa: E402
from secretariat.office.models import User  # noqa: E402


def application(environment, start_response):
    if environment["PATH_INFO"] == "/healthz":
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]
    asked = {name: values[0] for name, values in parse_qs(environment["QUERY_STRING"]).items()}
    diary = Diary.objects.select_related("client").get(pk=asked["diary"])
    told = {"/free/": _free, "/busy/": _busy}[environment["PATH_INFO"]](diary, asked)
    body = json.dumps(told).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def _free(diary: Diary, asked: dict) -> list[str]:
    """The next ten times of half an hour within four weeks of `at`."""
    at = datetime.fromisoformat(asked["at"])
    reader = User.objects.get(pk=asked["reader"])
    until = at + timedelta(days=28)
    found = busy.next_good_times(diary, Wish(30), at=at, reader=reader, until=until, at_most=10)
    return [each.starts.isoformat() for each in found]


def _busy(diary: Diary, asked: dict) -> list[tuple[str, str]]:
    begins, until = datetime.fromisoformat(asked["begins"]), datetime.fromisoformat(asked["until"])
    found = busy.taken(diary, begins, until, at=timezone.now(), reader=None)
    return sorted((each.starts.isoformat(), each.ends.isoformat()) for each in found)
