"""Finds who answers a REST request, checks who asks and what she says, and lets chaos have its turn."""

import re
from dataclasses import replace

from secretariat.local.carrier.tables import api

from . import calls, conferences, messages, numbers, queues, recordings
from .answering import RestAnswer, RestError, as_json, not_found, page
from .parameters import Parameters
from .registry import OPERATIONS

RESOURCES = (calls, conferences, messages, numbers, queues, recordings)
_SOUND = re.compile(r"/Recordings/(?P<Sid>RE[0-9a-f]{32})(\.(?P<kind>wav|mp3))?$")
_MEDIA = re.compile(r"/Messages/(?P<MessageSid>\w+)/Media/(?P<Sid>ME[0-9a-f]{32})$")


def answer(carrier, method, path, query, form, authorization) -> RestAnswer:
    """Perform one request. Never raises: what is wrong with it is in the answer."""
    if not carrier.account.admits(authorization):
        return RestError(401, 20003).answer()
    if carrier.chaos.refuses():
        refusal = RestError(429, 20429).answer()
        return replace(refusal, headers=refusal.headers | {"Retry-After": "1"})
    try:
        performed = _perform(carrier, method, path, query, form)
    except RestError as refusal:
        performed = refusal.answer()
    modes = carrier.chaos.modes
    if method == "POST" and performed.status < 400 and carrier.chaos.fails_after_performing():
        performed = RestError(500, 20500).answer()
    return replace(performed, slow_seconds=modes.slow_rest, after_postings=modes.callback_before_answer)


def _perform(carrier, method, path, query, form) -> RestAnswer:
    prefix = carrier.account.path()
    if not path.startswith(prefix):
        raise not_found(path)
    rest = path.removeprefix(prefix)
    if method == "GET" and (found := _SOUND.match(rest)):
        return recordings.sound(carrier, found["Sid"], found["kind"] or "wav")
    if method == "GET" and (found := _MEDIA.match(rest)):
        return messages.content(carrier, found["MessageSid"], found["Sid"])
    for operation, (pattern, perform) in OPERATIONS.items():
        if operation.startswith(f"{method} ") and (found := pattern.fullmatch(rest)):
            return _answer(carrier, operation, perform, found.groupdict(), query, form, prefix + rest)
    raise not_found(path)


def _answer(carrier, operation, perform, named, query, form, path) -> RestAnswer:
    table = api()[operation]
    asked = Parameters(query, table.get("query", {}))
    given = Parameters(form, table.get("parameters", {}))
    content = perform(carrier, given if "parameters" in table else asked, **named)
    if content is None:
        return RestAnswer(table["status"])
    if "list" in table:
        content = page(path, table["list"], content, asked.as_dict())
    return as_json(table["status"], content)
