"""The world outside's Google and Microsoft: their addresses, their page of consent, and what stands in them.

The office asks `/google/www.googleapis.com/…` and `/microsoft/graph.microsoft.com/…` in place of theirs.
A person is asked for her consent by links, since a form may not lead to another site.
"""

import asyncio
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request as Asked
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web
from django.template import Context
from django.utils.translation import gettext as _

from secretariat.local.online.consent import BadConsent
from secretariat.local.online.faults import AnswerLost, NobodyThere
from secretariat.local.online.in_process import Online
from secretariat.local.online.wire import Notice

from .exchange import Exchange
from .pages import ENGINE, FONT

CONSENT = {
    "google": ("accounts.google.com", "/o/oauth2/v2/auth"),
    "microsoft": ("login.microsoftonline.com", "/oauth2/v2.0/authorize"),
}
MAIL = ("mail.google.com", "/IMAP.")  # what stands in a scope that opens a mailbox
NAMES = {"google": "Google", "microsoft": "Microsoft"}
PASSED_ON = ("authorization", "content-type", "if-match", "prefer", "accept")
KEPT = ("accounts", "channels", "subscriptions", "transactions", "versions", "mails")
LONGEST_TITLE = 200


class Services:
    """Both services of this world. What stands in them outlives the process, in `file`."""

    def __init__(self, exchange: Exchange, file: Path | None):
        self.exchange, self.file = exchange, file
        self.moment = exchange.now()
        self.one_at_a_time = asyncio.Lock()
        self.begin_anew()
        self._remember()

    def begin_anew(self) -> None:
        self.online = Online(lambda: self.moment)
        self.online.microsoft.reached = _reached

    def of(self, kind: str):
        return getattr(self.online, kind)

    def routes(self) -> list[web.RouteDef]:
        kinds = "{kind:google|microsoft}"
        return [
            web.get(f"/{kinds}/", self.calendar),
            web.post(f"/{kinds}/entries/", self.put),
            web.post(f"/{kinds}/entries/delete/", self.delete),
            web.get(f"/{kinds}/agree/", self.agree),
            web.get(f"/{kinds}/refuse/", self.refuse),
            web.get(f"/{kinds}/tokens/", self.whose),
            web.route("*", f"/{kinds}/{{path:.+}}", self.ask),
        ]

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """What the office asks of the service; or, for a person's browser, its page of consent."""
        kind = request.match_info["kind"]
        host, path = CONSENT[kind]
        if f"/{host}/" in request.path and request.path.endswith(path):
            asked = dict(request.query)
            for_mail = any(each in asked.get("scope", "") for each in MAIL)
            return self._page("consent.html", kind, for_mail=for_mail, back=urlencode(asked))
        self.moment = self.exchange.now()
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        url = f"http://{request.host}{request.raw_path}"
        content = await request.read()
        try:
            # Asking whether an address is ours waits for the office, so it goes beside; one at a time.
            async with self.one_at_a_time:
                reply = await asyncio.to_thread(self.of(kind).ask, request.method, url, headers, content)
        except (AnswerLost, NobodyThere):
            raise web.HTTPGatewayTimeout from None
        if request.method != "GET":
            self._keep()
        self._tell()
        return web.Response(
            status=reply.status,
            body=reply.content,
            headers={"Content-Type": "application/json", **reply.headers},
        )

    async def agree(self, request: web.Request) -> web.Response:
        kind, query = request.match_info["kind"], dict(request.query)
        self.moment, account = self.exchange.now(), query.pop("account", "")
        service = self.of(kind)
        is_new = account not in service.accounts
        kept = service.account(account)
        if is_new:
            self._furnish(kind, kept)
        return self._sent_home(kind, lambda consent: consent.agree(query, account))

    async def refuse(self, request: web.Request) -> web.Response:
        return self._sent_home(
            request.match_info["kind"], lambda consent: consent.refuse(dict(request.query))
        )

    async def whose(self, request: web.Request) -> web.Response:
        """For whom a token speaks, as the service's own mail server asks before it opens a mailbox."""
        self.moment = self.exchange.now()
        account = self.of(request.match_info["kind"]).consent.account_of(request.query.get("token", ""))
        if account is None:
            return web.json_response({"error": "invalid_token"}, status=401)
        return web.json_response({"email": account})

    def _sent_home(self, kind, decide) -> web.Response:
        try:
            home = decide(self.of(kind).consent)
        except BadConsent as problem:
            raise web.HTTPBadRequest(text=str(problem)) from problem
        if f"{urlsplit(home).scheme}://{urlsplit(home).netloc}" != self.exchange.configuration.app_url:
            raise web.HTTPBadRequest(text="redirect_uri_mismatch")
        self._keep()
        return web.Response(status=302, headers={"Location": home})

    async def calendar(self, request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        return self._page("online.html", kind, accounts=self._shown(kind))

    async def put(self, request: web.Request) -> web.Response:
        """The owner puts something into her calendar, or moves it."""
        kind, form = request.match_info["kind"], await request.post()
        self.moment = self.exchange.now()
        kept = self.of(kind).accounts.get(str(form.get("account", "")), [None])[0]
        try:
            local = datetime.fromisoformat(str(form.get("starts", "")))
            minutes = min(max(int(str(form.get("minutes") or 30)), 5), 24 * 60)
        except ValueError:
            return _back(kind)
        if kept is not None:
            starts = local.replace(tzinfo=self.exchange.configuration.zone).astimezone(UTC)
            title = str(form.get("title", "")).strip()[:LONGEST_TITLE] or _("Busy")
            self._write(kind, kept, title, starts, minutes, event_id=str(form.get("event", "")))
            self._keep()
            self._tell()
        return _back(kind)

    async def delete(self, request: web.Request) -> web.Response:
        kind, form = request.match_info["kind"], await request.post()
        self.moment = self.exchange.now()
        service, event_id = self.of(kind), str(form.get("event", ""))
        for kept in service.accounts.get(str(form.get("account", "")), []):
            if event_id in kept.events:
                if kind == "google":
                    service.cancel(kept, kept.events[event_id])
                else:
                    service.remove(kept, event_id)
        self._keep()
        self._tell()
        return _back(kind)

    # What stands there

    def _shown(self, kind) -> list[dict]:
        zone = self.exchange.configuration.zone
        return [
            {"account": account, "entries": _entries(kind, calendars[0], zone)}
            for account, calendars in self.of(kind).accounts.items()
        ]

    def _write(self, kind, kept, title, starts: datetime, minutes: int, *, event_id="", **facts) -> None:
        service = self.of(kind)
        before = kept.events.get(event_id, {})
        ends = starts + timedelta(minutes=minutes)
        if kind == "google":
            zone = ZoneInfo(kept.zone)
            number = f"own{service.versions + 1:020d}"
            new = {"id": number, "status": "confirmed", "iCalUID": f"{number}@google.com"}
            told = {
                "summary": title,
                "start": {"dateTime": starts.astimezone(zone).isoformat(), "timeZone": kept.zone},
                "end": {"dateTime": ends.astimezone(zone).isoformat(), "timeZone": kept.zone},
            }
        else:
            number = f"AAMkOwn{service.versions + 1}="
            new = {"id": number, "iCalUId": f"0400{number}", "type": "singleInstance", "showAs": "busy"}
            told = {
                "subject": title,
                "start": {"dateTime": f"{starts:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"},
                "end": {"dateTime": f"{ends:%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"},
            }
        service.put(kept, (before or new) | told | facts)

    def _furnish(self, kind, kept) -> None:
        """An account that is opened for the first time has a life already."""
        zone = self.exchange.configuration.zone
        today = self.moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        for days, hour, minutes, title in (
            (1, 9.5, 60, _("Accounts with Ms Bell")),
            (2, 14, 45, _("Dentist")),
            (3, 11, 90, _("Site visit, Quay Street")),
            (6, 16, 30, _("School play")),
        ):
            starts = (today + timedelta(days=days)).replace(hour=int(hour), minute=int(hour % 1 * 60))
            self._write(kind, kept, title, starts.astimezone(UTC), minutes)
        weekly = (today + timedelta(days=(7 - today.weekday()) % 7 or 7)).replace(hour=9)
        if kind == "google":
            repeats = {"recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=MO"]}
        else:
            repeats = {
                "type": "seriesMaster",
                "recurrence": {
                    "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
                    "range": {
                        "type": "noEnd",
                        "startDate": f"{weekly:%Y-%m-%d}",
                        "recurrenceTimeZone": "GMT Standard Time",
                    },
                },
            }
        self._write(kind, kept, _("Team meeting"), weekly.astimezone(UTC), 45, **repeats)

    def _page(self, template: str, kind: str, **facts) -> web.Response:
        given = self.exchange.configuration
        people = [person for person in given.playing("client") if person.email]
        context = {
            "kind": kind,
            "name": NAMES[kind],
            "people": people,
            "font": FONT.is_dir(),
            "app_url": given.app_url,
            **facts,
        }
        text = ENGINE.get_template(template).render(Context(context))
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    # What it tells the office, and what it keeps

    def _tell(self) -> None:
        for kind in CONSENT:
            notices, self.of(kind).notices = self.of(kind).notices, []
            for notice in notices:
                task = asyncio.ensure_future(self._post(notice))
                self.exchange.in_flight.add(task)
                task.add_done_callback(self.exchange.in_flight.discard)

    async def _post(self, notice: Notice) -> None:
        timeout = aiohttp.ClientTimeout(total=10)
        try:
            async with self.exchange.session.post(
                notice.address, data=notice.content, headers=dict(notice.headers), timeout=timeout
            ):
                pass
        except (aiohttp.ClientError, TimeoutError):
            pass  # the office reads in turn what it was not told

    def _keep(self) -> None:
        if self.file is None:
            return
        state = {
            kind: {name: getattr(self.of(kind), name) for name in KEPT if hasattr(self.of(kind), name)}
            | {"consent": (self.of(kind).consent.grants, self.of(kind).consent.old)}
            for kind in CONSENT
        }
        half = self.file.with_suffix(".part")
        half.write_bytes(pickle.dumps(state))
        half.replace(self.file)

    def _remember(self) -> None:
        if self.file is None or not self.file.is_file():
            return
        for kind, state in pickle.loads(self.file.read_bytes()).items():
            service = self.of(kind)
            service.consent.grants, service.consent.old = state.pop("consent")
            for name, value in state.items():
                setattr(service, name, value)


def _reached(address: str) -> str | None:
    """What the office answers when it is asked whether this address is its own."""
    try:
        with urlopen(Asked(address, data=b"", headers={"Content-Type": "text/plain"}), timeout=10) as answer:
            return answer.read(2000).decode()
    except OSError:
        return None


def _entries(kind: str, kept, zone) -> list[dict]:
    found = []
    for event in kept.events.values():
        if event.get("status") == "cancelled" or event.get("recurringEventId"):
            continue
        told = event["start"].get("dateTime") or event["start"].get("date")
        starts = datetime.fromisoformat(told[:19] if kind == "microsoft" else told)
        starts = (starts if starts.tzinfo else starts.replace(tzinfo=UTC)).astimezone(zone)
        title = event.get("summary") or event.get("subject") or _("Busy")
        repeats = bool(event.get("recurrence"))
        found.append({"id": event["id"], "title": title, "starts": starts, "repeats": repeats})
    return sorted(found, key=lambda each: each["starts"])


def _back(kind: str) -> web.Response:
    return web.Response(status=303, headers={"Location": f"/{kind}/"})
