"""A calendar elsewhere that the test holds in its hand: what stands there, and what goes wrong when."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from calendar_app import composing, expansion, icalendar, opening
from calendar_app.elsewhere import Fetched, Missing, Page, Stale, Taken, TokenSpent, Written
from calendar_app.models import Calendar, Connection


@dataclass
class Shelf:
    """One calendar, as an adapter reaches it. `meanwhile`: done once, before what was read is kept."""

    entries: dict[str, Fetched] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)  # in order, which entry changed
    troubles: list = field(default_factory=list)  # raised by whatever is asked next; None: nothing
    asked: list[str] = field(default_factory=list)
    forgotten: int = 0
    meanwhile: object = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    # What the client does

    def puts(self, uid, *lines, name=""):
        inside = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", f"UID:{uid}", *lines])
        return self._keep(name or f"{uid}.ics", inside + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")

    def edits(self, remote_id, old, new):
        raw = self.entries[remote_id].raw
        assert old in raw, raw
        self._keep(remote_id, raw.replace(old, new))

    def deletes(self, remote_id):
        del self.entries[remote_id]
        self.told.append(remote_id)

    def forgets(self):
        self.forgotten = len(self.told) + 1

    def _keep(self, remote_id, raw):
        self.told.append(remote_id)
        self.entries[remote_id] = Fetched(remote_id, f'"{len(self.told)}"', raw)
        return remote_id

    # What we ask

    def _asked(self, what):
        self.asked.append(what)
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble

    def read(self, raw, *, zone, told):
        return icalendar.read(raw, zone=zone, told=told)

    def changes(self, calendar_id, token):
        self._asked("changes")
        if token and int(token) < self.forgotten:
            raise TokenSpent("410")
        names = dict.fromkeys(self.told[int(token or 0) :])
        changed = [self.entries[each] for each in names if each in self.entries]
        gone = [each for each in names if each not in self.entries] if token else []
        after = str(len(self.told))
        if self.meanwhile:
            does, self.meanwhile = self.meanwhile, None
            does()
        yield Page(changed, gone, token=after, is_everything=not token)

    def taken(self, calendar_id, begins, ends):
        self._asked("taken")
        found = []
        for each in self.entries.values():
            events = icalendar.read(each.raw, zone=UTC)
            for one in expansion.expand(events, begins, ends, zone=UTC).happenings:
                if one.busy != "free":
                    found.append(Taken(one.starts, one.ends, remote_id=each.remote_id, summary=one.summary))
        return found

    def get(self, calendar_id, remote_id):
        self._asked("get")
        if remote_id not in self.entries:
            raise Missing("404")
        return self.entries[remote_id]

    def find(self, calendar_id, uid):
        self._asked("find")
        return self.entries.get(f"{uid}.ics")

    def create(self, calendar_id, entry):
        self._asked("create")
        if f"{entry.uid}.ics" in self.entries:
            raise Stale("412")
        remote_id = self._keep(f"{entry.uid}.ics", composing.written(entry))
        return Written(remote_id, self.entries[remote_id].etag)

    def update(self, calendar_id, remote_id, etag, entry):
        self._asked("update")
        there = self.get(calendar_id, remote_id)
        if there.etag != etag:
            raise Stale("412")
        self._keep(remote_id, composing.revised(there.raw, entry))
        return Written(remote_id, self.entries[remote_id].etag)

    def answer(self, calendar_id, remote_id, address, answer, words):
        self._asked("answer")
        answered = composing.answered(self.get(calendar_id, remote_id).raw, address, answer)
        if answered is None:
            raise Missing("not invited")
        self._keep(remote_id, answered)
        return Written(remote_id, self.entries[remote_id].etag)

    def delete(self, calendar_id, remote_id, etag):
        self._asked("delete")
        if self.get(calendar_id, remote_id).etag != etag:
            raise Stale("412")
        self.deletes(remote_id)


def connected(diary, monkeypatch, **facts) -> Shelf:
    """The diary's written-to calendar, played: by CalDAV, as far as the product knows."""
    shelf = Shelf()
    connection = Connection.objects.create(
        client=diary.client, diary=diary, kind="caldav", url="https://x.example/", label="Her telephone"
    )
    shelf.calendar = Calendar.objects.create(
        client=diary.client,
        diary=diary,
        connection=connection,
        remote_id="work",
        **{"name": "Work", "is_written_to": True} | facts,
    )
    shelf.connection = connection
    monkeypatch.setattr(opening, "CalDav", lambda *_, **__: shelf)
    return shelf


def utc(on: date, at: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(at), UTC)
