"""What this process is told about the office it stands outside of.

The demo and the stories write it as a JSON file, or send it to ``POST /control/configure``::

    {"app_url": "http://127.0.0.1:8000",
     "twilio": {"account_sid": "AC…", "auth_token": "…", "api_key_sid": "SK…", "api_key_secret": "…"},
     "clock": {"mode": "real", "shift_seconds": 0},
     "zone": "Europe/London",
     "mail": {"url": "/anymail/postmark/inbound/", "secret": "user:password",
              "answered": ["ngozi@okafor.example"]},
     "post": {"api_key": "test_…", "webhook_url": "/twilio/lob/events/", "webhook_secret": "…"},
     "numbers": [{"number": "+442079460101", "client": "Okafor Legal", "country": "GB",
                  "forwarded_from": "+442079460199",
                  "voice_url": "/twilio/voice/", "fallback_url": "/twilio/voice/fallback/",
                  "sms_url": "/twilio/sms/", "status_callback": "/twilio/call-status/"}],
     "people": [{"part": "caller", "name": "Dana Reyes", "number": "+447700900123"},
                {"part": "secretary", "name": "Priya Shah", "number": "+442079460177", "enter_url": "http…"},
                {"part": "client", "name": "Ngozi Okafor", "number": "+2348035550117",
                 "email": "ngozi@okafor.example", "zone": "Africa/Lagos", "enter_url": "http…"},
                {"part": "mailbox", "name": "Harlow & Sons", "email": "clerk@harlow.example"}],
     "calendars": [{"client": "Okafor Legal", "url": "http://127.0.0.1:5232/ngozi/diary/",
                    "username": "ngozi", "password": "…", "zone": "Africa/Lagos"}]}

Addresses that begin with a slash belong to ``app_url``. ``shift_seconds`` is how far the office's clock
is ahead of the computer's at the start; a ``manual`` clock instead starts at ``clock.start`` (ISO 8601
with offset) and moves only when it is told to. Everything but ``app_url`` and ``twilio`` may be left out.
A person may have ``behaviour``: the keywords of `carrier.parties.Party`; without it she waits to be played.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

PARTS = ("caller", "secretary", "client", "mailbox")


class Unreadable(ValueError):
    """The configuration lacks something or says something twice; the words say what."""


@dataclass(frozen=True)
class Account:
    """The keys that the office and the simulated carrier share."""

    account_sid: str
    auth_token: str
    api_key_sid: str
    api_key_secret: str


@dataclass(frozen=True)
class Number:
    """A number the office answers, and the addresses it is answered at."""

    number: str
    client: str = ""
    country: str = ""
    voice_url: str = ""
    fallback_url: str = ""
    sms_url: str = ""
    status_callback: str = ""
    forwarded_from: str = ""  # the client's own number, whose calls come to this one


@dataclass(frozen=True)
class Person:
    """Somebody outside. `part` says which device is hers."""

    part: str
    name: str
    number: str = ""
    email: str = ""
    zone: str = ""
    enter_url: str = ""
    behaviour: dict[str, Any] = field(default_factory=dict)

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


@dataclass(frozen=True)
class OwnCalendar:
    """A client's calendar on a CalDAV server of this computer, and what opens it to her own program."""

    client: str
    url: str
    username: str
    password: str
    zone: ZoneInfo


@dataclass(frozen=True)
class PostAccount:
    """The office's account at who prints and posts its letters. Without a key nothing is taken."""

    api_key: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""


@dataclass(frozen=True)
class Configuration:
    app_url: str
    account: Account
    zone: ZoneInfo
    numbers: tuple[Number, ...] = ()
    people: tuple[Person, ...] = ()
    calendars: tuple[OwnCalendar, ...] = ()
    manual: bool = False
    start: datetime | None = None
    shift_seconds: float = 0.0
    seed: int = 0
    inbound_mail_url: str = ""
    inbound_mail_secret: str = ""  # user:password
    answered_addresses: tuple[str, ...] = ()  # clients' own, whose mail the office answers
    post: PostAccount = PostAccount()

    def playing(self, part: str) -> list[Person]:
        return [person for person in self.people if person.part == part]

    def name_of(self, number: str) -> str:
        """Whose number this is: a client's line or a person's; else the number itself."""
        for line in self.numbers:
            if line.number == number:
                return line.client or number
            if line.forwarded_from and line.forwarded_from == number:
                return line.client or number
        for person in self.people:
            if person.number and person.number == number:
                return person.name
        return number


def read(given: dict) -> Configuration:
    """Turn the JSON into a Configuration. Raises Unreadable with what is wrong."""
    try:
        app_url = given["app_url"].rstrip("/")
        account = Account(**given["twilio"])
        numbers = tuple(_number(app_url, entry) for entry in given.get("numbers", ()))
        people = tuple(Person(**entry) for entry in given.get("people", ()))
        zone = ZoneInfo(given.get("zone", "Europe/London"))
        calendars = tuple(
            OwnCalendar(**{**entry, "zone": ZoneInfo(entry.get("zone", zone.key))})
            for entry in given.get("calendars", ())
        )
        post = PostAccount(**given.get("post", {}))
        if post.webhook_url:
            post = replace(post, webhook_url=urljoin(app_url + "/", post.webhook_url))
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise Unreadable(f"the configuration cannot be read: {problem}") from problem
    if wrong := {person.part for person in people} - set(PARTS):
        raise Unreadable(f"nobody can play the part {', '.join(sorted(wrong))}")
    clock, mail = given.get("clock", {}), given.get("mail", {})
    manual = clock.get("mode", "real") == "manual"
    start = datetime.fromisoformat(clock["start"]).astimezone(UTC) if clock.get("start") else None
    return Configuration(
        app_url=app_url,
        account=account,
        numbers=numbers,
        people=people,
        calendars=calendars,
        manual=manual,
        start=start,
        shift_seconds=float(clock.get("shift_seconds", 0)),
        zone=zone,
        seed=int(given.get("seed", 0)),
        inbound_mail_url=urljoin(app_url + "/", mail["url"]) if mail.get("url") else "",
        inbound_mail_secret=mail.get("secret", ""),
        answered_addresses=tuple(mail.get("answered", ())),
        post=post,
    )


def _number(app_url: str, entry: dict) -> Number:
    addresses = {
        name: urljoin(app_url + "/", entry[name])
        for name in ("voice_url", "fallback_url", "sms_url", "status_callback")
        if entry.get(name)
    }
    return Number(**{**entry, **addresses})
