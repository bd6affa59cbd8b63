"""A calendar somebody publishes as one file. It is read only, and as old as its publisher lets it become."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from calendar_app import cutting, expansion, icalendar, recurrence
from secretariat.channels import http
from secretariat.channels.fetching import Answer, Fetcher, NotFetched

from . import Entry, Fetched, Found, Missing, Page, Refused, Taken, Throttled, Unreachable, Written

AT_ONCE = 200
WAIT, LONGEST_WAIT = 900.0, 6 * 3600.0
OURS_TO_ACT = {"not_public", "no_address", "not_secure", "certificate", "too_large"}


class Feed:
    """One published file. `known`: the marks we have of its entries, which need not be told again."""

    def __init__(self, url: str, *, known: Mapping[str, Mapping[str, str]] | None = None):
        self.url = url
        self.known = known or {}

    def __enter__(self) -> "Feed":
        return self

    def __exit__(self, *_):
        pass

    def calendars(self) -> list[Found]:
        cut = self._cut(self._ask({}))
        return [Found("feed", cut.name or "Calendar", read_only=True)]

    def read(self, raw: str, *, zone, told):
        return icalendar.read(raw, zone=zone, told=told)

    def changes(self, calendar_id: str, token: str) -> Iterator[Page]:
        before = _read_token(token)
        asked = {"If-None-Match": before.get("etag", ""), "If-Modified-Since": before.get("modified", "")}
        answer = self._ask({name: value for name, value in asked.items() if value})
        if answer.status == 304:
            yield Page(token=token)
            return
        body = hashlib.sha256(answer.body).hexdigest()
        told = {
            "etag": answer.headers.get("etag", ""),
            "modified": answer.headers.get("last-modified", ""),
            "body": body,
        }
        if body == before.get("body"):
            yield Page(token=json.dumps(told))
            return
        known = self.known.get(calendar_id, {})
        pieces = [(piece, piece.mark) for piece in self._cut(answer).pieces]
        same = [piece.uid for piece, mark in pieces if known.get(piece.uid) == mark]
        changed = [(piece, mark) for piece, mark in pieces if known.get(piece.uid) != mark]
        for begin in range(0, len(changed), AT_ONCE):
            told_now = changed[begin : begin + AT_ONCE]
            yield Page([Fetched(piece.uid, mark, piece.raw) for piece, mark in told_now], is_everything=True)
        yield Page(same=same, token=json.dumps(told), is_everything=True)

    def taken(self, calendar_id: str, begins: datetime, ends: datetime) -> list[Taken]:
        found: list[Taken] = []
        for piece in self._cut(self._ask({})).pieces:
            try:
                happenings = expansion.expand(
                    icalendar.read(piece.raw, zone=UTC), begins, ends, zone=UTC
                ).happenings
            except (cutting.Unreadable, recurrence.Unfollowable):
                continue
            found += [
                Taken(each.starts, each.ends, each.busy == "tentative", each.summary, piece.uid)
                for each in happenings
                if each.busy != "free" and not each.all_day
            ]
        return found

    def get(self, calendar_id: str, remote_id: str) -> Fetched:
        for piece in self._cut(self._ask({})).pieces:
            if piece.uid == remote_id:
                return Fetched(piece.uid, piece.mark, piece.raw)
        raise Missing("gone")

    def find(self, calendar_id: str, uid: str) -> Fetched | None:
        try:
            return self.get(calendar_id, uid)
        except Missing:
            return None

    def create(self, calendar_id: str, entry: Entry) -> Written:
        raise Refused("read_only")

    def update(self, calendar_id: str, remote_id: str, etag: str, entry: Entry) -> Written:
        raise Refused("read_only")

    def delete(self, calendar_id: str, remote_id: str, etag: str) -> None:
        raise Refused("read_only")

    def answer(self, calendar_id: str, remote_id: str, address: str, answer: str, words: str) -> Written:
        raise Refused("read_only")

    def _ask(self, headers: Mapping[str, str]) -> Answer:
        try:
            with Fetcher(headers={"Accept": "text/calendar, */*;q=0.1"}) as fetcher:
                answer = fetcher.ask("GET", self.url, headers=headers)
        except NotFetched as fault:
            if fault.code in OURS_TO_ACT:
                raise Refused(fault.code) from fault
            raise Unreachable(fault.code) from fault
        if answer.status == 304 or answer.status < 300:
            return answer
        if answer.status in (401, 403, 404, 410):
            raise Refused(str(answer.status))
        if answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers):
            asked = http.seconds(answer.headers.get("retry-after"))
            raise Throttled(WAIT if asked is None else min(asked, LONGEST_WAIT))
        raise Unreachable(str(answer.status))

    def _cut(self, answer: Answer) -> cutting.Cut:
        try:
            return cutting.cut(cutting.text_of(answer.body))
        except cutting.Unreadable as fault:
            raise Refused(fault.code) from fault


def _read_token(token: str) -> dict[str, str]:
    try:
        told = json.loads(token or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
