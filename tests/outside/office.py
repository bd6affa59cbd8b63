"""A tiny office for the outside world to ring: it checks signatures and answers what a test told it to."""

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator

from tests.patience import PATIENCE

AUTH_TOKEN = "token-of-the-account"


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    fields: dict[str, str]
    headers: dict[str, str]
    body: bytes
    signed: bool


class FakeOffice:
    """Answers each path with TwiML or a status; keeps what it was asked, and lets a test wait for it."""

    def __init__(self):
        self.answers: dict[str, str | int] = {}
        self.pages: dict[str, tuple[str, bytes, dict[str, str]]] = {}
        self.asked: dict[str, Queue[Asked]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path: str, verbs: str | int) -> None:
        self.answers[path] = verbs

    def show(self, path: str, content: str | bytes, kind: str = "text/html", **headers: str) -> None:
        """Serve a page, a script or JSON."""
        body = content.encode() if isinstance(content, str) else content
        self.pages[path] = (kind, body, {name.replace("_", "-"): value for name, value in headers.items()})

    def next(self, path: str) -> Asked:
        """The next request to this path; waits for it. Raises queue.Empty when none comes."""
        return self._asked_at(path).get(timeout=PATIENCE)

    def _asked_at(self, path: str) -> Queue[Asked]:
        # In one step: both may be first, who asks and who waits, and a `defaultdict` made each a queue.
        return self.asked.setdefault(path, Queue())

    def forget(self) -> None:
        self.answers.clear()
        self.pages.clear()
        self.asked.clear()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(office):
        class Handler(BaseHTTPRequestHandler):
            def respond(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
                path = self.path.partition("?")[0]
                signature = self.headers.get("X-Twilio-Signature", "")
                signed = RequestValidator(AUTH_TOKEN).validate(office.url + self.path, fields, signature)
                asked = Asked(self.command, path, fields, dict(self.headers), body, signed)
                office._asked_at(path).put(asked)
                if path in office.pages:
                    self.send(200, *office.pages[path])
                    return
                answer = office.answers.get(path, 204)
                if isinstance(answer, str):
                    self.send(200, "text/xml", f"<Response>{answer}</Response>".encode())
                else:
                    self.send(answer, "text/plain", b"")

            def send(self, status, kind, content, headers=None):
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = respond

            def log_message(self, *_words):
                pass

        return Handler
