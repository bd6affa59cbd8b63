"""A browser's push service on loopback: it takes only what is signed rightly, and the browsers behind it open
what they are told with their own keys, as RFC 8030, 8291 and 8292 have it."""

import base64
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid

DAY = 24 * 3600


def unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def read(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Browser:
    """One that was subscribed. `told` is what it opened; `answers` are statuses still to be given."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes ok"
    told: list = field(default_factory=list)
    headers: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    # Answered from now on, whatever comes.
    always: int = 0

    @property
    def p256dh(self) -> str:
        return unpadded(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def subscription(self) -> dict[str, str]:
        """As the form of the page posts it."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": unpadded(self.auth)}

    def opens(self, body: bytes) -> dict:
        opened = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        return json.loads(opened)


class PushService:
    def __init__(self):
        self.browsers: dict[str, Browser] = {}
        self.refused: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = service.takes(self.path, self.headers, body)
                self.send_response(status)
                if status == 429:
                    self.send_header("Retry-After", "30")
                if status in (301, 302, 307, 308):
                    self.send_header("Location", f"{service.address}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def browser(self, name: str) -> Browser:
        made = Browser(f"{self.address}/send/{name}")
        self.browsers[f"/send/{name}"] = made
        return made

    def takes(self, path: str, headers, body: bytes) -> int:
        browser = self.browsers.get(path)
        if browser is None:
            return 404
        if wrong := self.wrong_with(headers):
            self.refused.append(wrong)
            return 403
        status = browser.always or (browser.answers.pop(0) if browser.answers else 201)
        if status < 300 or status >= 500:  # a service that stumbles may have passed it on
            browser.told.append(browser.opens(body))
            browser.headers.append(dict(headers))
        return status

    def wrong_with(self, headers) -> str:
        said = headers.get("Authorization", "")
        try:
            signed = Vapid.verify(said)
        except Exception as error:
            return f"unreadable: {error!r}"
        if not signed:
            return "signature"
        token = dict(part.split("=", 1) for part in said.removeprefix("vapid ").split(","))["t"]
        claims = json.loads(read(token.split(".")[1]))
        if claims["aud"] != self.address:
            return f"meant for {claims['aud']}"
        if not 0 < claims["exp"] - time.time() <= DAY:
            return "expires"
        if not claims["sub"].startswith("mailto:") or "@" not in claims["sub"]:
            return "says not from whom"
        if headers.get("Content-Encoding") != "aes128gcm" or not headers.get("TTL", "").isdigit():
            return "encoding or time"
        return ""
