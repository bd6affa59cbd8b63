"""Whether it was really Twilio that asked, and what it said."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator

from secretariat import clock

SIGNATURE = "X-Twilio-Signature"
SIGNED_HOW = "X-Twilio-Webhooks-Signature-Settings"  # key=…,algorithm=HMAC_SHA256
TOKEN = "I-Twilio-Idempotency-Token"  # noqa: S105  the name of a header
KEPT_HEADERS = ("Content-Type", "User-Agent", TOKEN)


@dataclass(frozen=True)
class Notice:
    """One verified request of the carrier. `params` are its fields, `query` what we put into the address."""

    params: QueryDict
    query: QueryDict
    token: str
    url: str
    received_at: datetime
    body: bytes
    headers: dict[str, str]
    provider: str = "twilio"

    def key(self, *fields: str) -> str:
        """These fields as one key: the same event told again has the same key."""
        return "|".join(self.params.get(field, "") for field in fields)

    def action_key(self, step: str) -> str:
        """The key of one thing a caller did at one step of her call.

        A repetition by the carrier carries the same token, and where there is none, the same content.
        """
        content = hashlib.sha256(self.url.encode() + b"\0" + self.body).hexdigest()[:32]
        return f"{self.params['CallSid']}|{step}|{self.token or content}"


def verified(request) -> Notice:
    """The request as a Notice, if our account signed exactly this address and these fields.

    It is signed with a shared key where one is set, else with the account's token; the key or token being
    replaced is accepted beside the new one. Raises PermissionDenied.
    """
    signature = request.headers.get(SIGNATURE)
    if not signature:
        raise PermissionDenied("not signed")
    body = request.body
    query = QueryDict(request.META.get("QUERY_STRING", ""))
    # Of a GET everything is in the address already, so the address alone is signed.
    posted = QueryDict(body) if request.method == "POST" else QueryDict("")
    url = signed_url(request)
    secrets, algorithm = _signed_with(request.headers.get(SIGNED_HOW, ""))
    if not any(RequestValidator(secret).validate(url, posted, signature, algorithm) for secret in secrets):
        raise PermissionDenied("wrong signature")
    params = posted if request.method == "POST" else query
    if set(params.getlist("AccountSid")) != {settings.TWILIO_ACCOUNT_SID}:
        raise PermissionDenied("another account")
    return Notice(
        params=params,
        query=query,
        token=request.headers.get(TOKEN, "")[:120],
        url=url,
        received_at=clock.now(),
        body=body if request.method == "POST" else request.META.get("QUERY_STRING", "").encode(),
        headers={name: request.headers[name] for name in KEPT_HEADERS if name in request.headers}
        | ({"Query-String": query.urlencode()} if query else {}),
    )


def _signed_with(how: str) -> tuple[list[str], str]:
    """(the secrets that may have signed, the algorithm), from the header that says how. PermissionDenied.

    Once a shared key is set nothing weaker is accepted: whoever leaves the header out would choose the
    older signature for herself.
    """
    if not settings.TWILIO_SHARED_KEYS:
        return list(
            filter(None, (settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_PREVIOUS))
        ), HMAC_SHA1
    said = dict(part.strip().partition("=")[::2] for part in how.split(","))
    secret = settings.TWILIO_SHARED_KEYS.get(said.get("key", ""))
    if said.get("algorithm") != HMAC_SHA256 or not secret:
        raise PermissionDenied("not signed with a shared key of ours")
    return [secret], HMAC_SHA256


def signed_url(request) -> str:
    """The address as the carrier knows it. Django's own way to build one rewrites escapes and ports."""
    query = request.META.get("QUERY_STRING", "")
    return f"{settings.PUBLIC_BASE_URL}{request.path}" + (f"?{query}" if query else "")
