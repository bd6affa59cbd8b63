"""What is written to the log: one JSON object a line, and nothing anybody said.

A line names the request, the person's id, the pattern of the address and how it went; never a value from an
address, a query string, a body, or the words of an exception, which often hold what it stumbled over.
"""

import logging
import re
import traceback
from contextvars import ContextVar
from pathlib import Path
from time import monotonic
from uuid import UUID

from pythonjsonlogger.json import JsonFormatter

from secretariat import acting
from secretariat.ids import uuid7

OUR_FOLDER = str(Path(__file__).resolve().parent.parent)
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
OURS = ("secretariat", "clients", "calls", "messages_app")
PLAIN = (str, int, float, bool, UUID, type(None))

current_request: ContextVar[str] = ContextVar("current_request", default="")
logger = logging.getLogger(__name__)


def configuration(level: str) -> dict:
    """The LOGGING setting: our own words from `level` on, other people's from WARNING on, all to stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": f"{__name__}.Line"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # What was refused is in the line of its request; what fell has a fault to name.
            "django.request": {"level": "ERROR"},
            **{name: {"level": level} for name in OURS},
        },
    }


class Line(JsonFormatter):
    """A record as JSON. The message is the one in the source, without what was filled into it."""

    def __init__(self):
        super().__init__(timestamp=True)

    def process_log_record(self, log_record: dict) -> dict:
        return {key: value for key, value in log_record.items() if isinstance(value, (*PLAIN, list))}

    def format(self, record: logging.LogRecord) -> str:
        bare = logging.makeLogRecord(record.__dict__ | {"args": None, "exc_info": None, "exc_text": None})
        bare.stack_info = None
        if not record.args and not record.name.startswith(OURS):
            bare.msg = "said by a library"  # its words may have been filled in already
        bare.level, bare.logger = record.levelname.lower(), record.name
        if request_id := current_request.get():
            bare.request_id = request_id
        if (person := acting.who()) and not hasattr(bare, "user"):
            bare.user = str(person)
        if record.exc_info and record.exc_info[1]:
            bare.fault = type(record.exc_info[1]).__name__
            bare.at = places(record.exc_info[1])
        return super().format(bare)


class RequestLog:
    """One line for each request, and an id that its other lines carry too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID.fullmatch(given) else str(uuid7())
        begun = monotonic()
        token = current_request.set(request_id)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            logger.info("request", extra=_facts(request, response, monotonic() - begun))
            return response
        finally:
            current_request.reset(token)


def places(fault: BaseException) -> list[str]:
    """Where a fault went through our own files, innermost last: *calls/routing.py:41 choose_route*."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [
        each for each in frames if each.filename.startswith(OUR_FOLDER) and "/.venv/" not in each.filename
    ]
    return [
        f"{each.filename[len(OUR_FOLDER) + 1 :]}:{each.lineno} {each.name}" for each in (ours or frames[-1:])
    ]


def pattern(request) -> str:
    """The address as it is written in `urls.py`, with names in place of values."""
    return f"/{request.resolver_match.route}" if request.resolver_match else ""


def _facts(request, response, seconds: float) -> dict:
    # Only if somebody has asked who it is: a log line is no reason to read a session.
    user = request.__dict__.get("_cached_user")
    return {
        "method": request.method if request.method in METHODS else "other",
        "route": pattern(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "user": str(user.pk) if user is not None and user.pk else None,
    }
