"""What the firm's e-mail provider posts to the office, behind the secret of its webhooks."""

import base64
import json
import urllib.request

from secretariat.local.outside import letters


def brings(office, mail, to: str) -> None:
    """A mail that came to one of its addresses, as Postmark brings it."""
    told = letters.as_postmark_says(mail) | {"OriginalRecipient": to}
    posts(office, "/anymail/postmark/inbound/", json.dumps(told).encode())


def posts(office, path: str, body: bytes) -> None:
    secret = base64.b64encode(office.running.keys.anymail_webhook_secret.encode()).decode()
    headers = {"Content-Type": "application/json", "Authorization": f"Basic {secret}"}
    request = urllib.request.Request(f"{office.url}{path}", data=body, headers=headers)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
        assert answer.status == 200
