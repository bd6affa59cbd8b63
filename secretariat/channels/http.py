"""What a provider's HTTP answer, or its absence, says about whether something was sent."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
import urllib3

from .errors import Refused, Silent

TIMEOUT = 8  # seconds; well under half a lease of the outbox
LATER = {
    401,
    403,
    407,
    408,
    409,
    425,
    429,
}  # refusals that are about us or the hour, not about this one thing
BEFORE_ANYTHING = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.SSLError,
    urllib3.exceptions.ProxyError,
)


def check(status: int, *, code="", retry_after: str | None = None) -> None:
    """Raise Refused or Silent if this status is no success. `code` is the provider's word, if it has one.

    A 5xx may come after the provider has acted, so it is a silence. 503 with Retry-After too: some
    gateways send it when the work behind them is already done.
    """
    code = str(code or status)
    if status >= 500:
        raise Silent(code)
    if status >= 400:
        raise Refused(code, permanent=status not in LATER, retry_after=seconds(retry_after))


def unheard(error: requests.RequestException) -> Refused | Silent:
    """The error of a request without an answer: Refused if no byte of it can have arrived."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return Refused("no connection", outage=True)
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    if isinstance(error, requests.ConnectionError) and isinstance(reason, BEFORE_ANYTHING):
        return Refused("no connection", outage=True)
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
        return Refused("no such address", permanent=True)
    return Silent("timeout" if isinstance(error, requests.Timeout) else "connection lost")


def seconds(retry_after: str | None) -> float | None:
    """What a Retry-After header asks for: seconds or a date. None if it says nothing sensible."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
