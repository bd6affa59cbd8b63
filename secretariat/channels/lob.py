"""Lob, which prints and posts letters in the United States and from there: what we tell it, its notices.

Every failure of a request is channels.Refused or channels.Silent. A letter is created under an idempotency
key: asked again under the same key within a day, Lob answers with the letter it has, so that nothing is
posted twice. Each carries besides what it is known as here, so that it is found there at any time.
"""

import hashlib
import hmac
import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.exceptions import PermissionDenied

from . import http
from .errors import Refused

CHANNEL = "lob"
BASE_URL = "https://api.lob.com"
ASSETS = "lob-assets.com"
STALE = timedelta(minutes=5)
LARGEST = 30_000_000  # bytes of a rendered letter
CERTIFIED = "certified"
UNDELIVERABLE = "undeliverable"
UNIT_AMISS = ("deliverable_missing_unit", "deliverable_incorrect_unit")
UNSURE_ABROAD = ("deliverable_missing_info", "undeliverable", "no_match")
KNOWN_AS = "posting"  # the name of our own key among a letter's metadata


@dataclass(frozen=True)
class To:
    """Whom a letter goes to. `state` is the short name of two letters in the United States."""

    name: str
    company: str
    line1: str
    line2: str
    city: str
    state: str
    postcode: str
    country: str


def is_configured() -> bool:
    return bool(settings.LOB_API_KEY)


def create(
    to: To, *, sender: str, pdf: bytes, mail_type: str, extra: str, send_at: datetime, known_as: str, key: str
) -> dict:
    """Have a letter printed and posted at `send_at` (aware); until then it can be cancelled. Lob's own words.

    `sender` is an address that is saved there (adr_…). `mail_type`: usps_first_class or usps_standard;
    `extra`: certified, certified_return_receipt, registered, or nothing. By `known_as` it is found again.
    """
    fields = {f"to[{name}]": value for name, value in _address(to).items()}
    fields |= {
        "from": sender,
        "color": "false",
        "double_sided": "false",
        "address_placement": "insert_blank_page",  # ours has its address where its own envelope wants it
        "mail_type": mail_type,
        "use_type": "operational",
        f"metadata[{KNOWN_AS}]": known_as,
        "send_date": send_at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    if extra:
        fields["extra_service"] = extra
    file = {"file": ("letter.pdf", pdf, "application/pdf")}
    return _asked("POST", "/v1/letters", data=fields, files=file, headers={"Idempotency-Key": key})


def cancel(letter_id: str) -> None:
    """Take it out of production. Raises Refused once that is too late."""
    _asked("DELETE", f"/v1/letters/{letter_id}")


def letter(letter_id: str) -> dict:
    return _asked("GET", f"/v1/letters/{letter_id}")


def find(known_as: str) -> dict | None:
    """The letter that was created as this one; None: it shows none."""
    found = _asked("GET", "/v1/letters", params={f"metadata[{KNOWN_AS}]": known_as, "limit": 1})
    letters = [each for each in found.get("data") or [] if isinstance(each, dict)]
    return next((each for each in letters if (each.get("metadata") or {}).get(KNOWN_AS) == known_as), None)


def deliverability(to: To) -> str:
    """What the post says of an address: deliverable…, undeliverable; abroad also no_match."""
    told = {
        "recipient": to.name or to.company,
        "primary_line": to.line1,
        "secondary_line": to.line2,
        "city": to.city,
        "state": to.state,
    }
    if to.country == "US":
        path, told = "/v1/us_verifications", told | {"zip_code": to.postcode}
    else:
        path, told = "/v1/intl_verifications", told | {"postal_code": to.postcode, "country": to.country}
    said = _asked("POST", path, json={name: value for name, value in told.items() if value})
    return str(said.get("deliverability") or UNDELIVERABLE)


def rendered(url: str) -> bytes:
    """The letter as Lob prints it. `url` is the one in its own answer, and no other host is asked."""
    if not _is_the_carriers(url):
        raise Refused("not an address of the carrier", permanent=True)
    try:
        answer = _transport.request("GET", url, timeout=http.TIMEOUT)
    except requests.RequestException as error:
        raise http.unheard(error) from error
    http.check(answer.status_code)
    if len(answer.content) > LARGEST:
        raise Refused("too large", permanent=True)
    return answer.content


def verified(request, *, at: datetime) -> dict:
    """The event in a request that Lob signed within the last minutes. Raises PermissionDenied."""
    secret, stamp = settings.LOB_WEBHOOK_SECRET, request.headers.get("Lob-Signature-Timestamp", "")
    signed = f"{stamp}.".encode() + request.body
    right = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    given = request.headers.get("Lob-Signature", "")
    if not secret or not hmac.compare_digest(right.encode(), given.encode()) or _is_stale(stamp, at):
        raise PermissionDenied
    try:
        event = json.loads(request.body)
    except ValueError as wrong:
        raise PermissionDenied from wrong
    if not isinstance(event, dict):
        raise PermissionDenied
    return event


@contextmanager
def transported_by(transport):
    """Let requests go through `transport`, which has `request` as requests.Session has, inside this block."""
    global _transport
    before, _transport = _transport, transport
    try:
        yield
    finally:
        _transport = before


def _is_the_carriers(url: str) -> bool:
    """Whether Lob keeps its files there; where it is played on this computer, they stand beside it."""
    asked, played = urlsplit(url), urlsplit(settings.LOB_API_BASE_URL)
    if played.hostname and (asked.scheme, asked.netloc) == (played.scheme, played.netloc):
        return True
    host = asked.hostname or ""
    return asked.scheme == "https" and (host == ASSETS or host.endswith(f".{ASSETS}"))


def _is_stale(stamp: str, at: datetime) -> bool:
    """`stamp` is in milliseconds."""
    if not stamp.isdecimal() or len(stamp) > 15:
        return True
    return abs(at.timestamp() - int(stamp) / 1000) > STALE.total_seconds()


def _address(to: To) -> dict[str, str]:
    said = {
        "name": to.name,
        "company": to.company,
        "address_line1": to.line1,
        "address_line2": to.line2,
        "address_city": to.city,
        "address_state": to.state,
        "address_zip": to.postcode,
        "address_country": to.country,
    }
    return {name: value for name, value in said.items() if value}


def _asked(method: str, path: str, **what) -> dict:
    url = (settings.LOB_API_BASE_URL or BASE_URL) + path
    try:
        answer = _transport.request(
            method, url, auth=(settings.LOB_API_KEY, ""), timeout=http.TIMEOUT, **what
        )
    except requests.RequestException as error:
        raise http.unheard(error) from error
    if answer.status_code >= 400:
        http.check(answer.status_code, code=_code(answer), retry_after=answer.headers.get("Retry-After"))
    return answer.json()


def _code(answer) -> str:
    """Lob's word for what is wrong, or nothing."""
    try:
        error = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(error.get("code") or "") if isinstance(error, dict) else ""


_transport = requests.Session()
