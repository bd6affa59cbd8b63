import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from twilio.http import HttpClient
from twilio.http.response import Response

from secretariat.channels import twilio
from tests.patience import PATIENCE


class Transport(HttpClient):
    """Answers as it was told, and remembers what it was asked."""

    def __init__(self):
        super().__init__(None, is_async=False)
        self.asked = []
        self.answers = []

    def will_answer(self, status=200, body=None, **headers):
        self.answers.append(Response(status, json.dumps(body or {}), headers))

    def will_fail(self, error):
        self.answers.append(error)

    def request(self, method, uri, params=None, data=None, headers=None, auth=None, timeout=None, **_):
        self.asked.append(
            {"method": method, "uri": uri, "params": params, "data": data, "auth": auth, "timeout": timeout}
        )
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def fetch(self, url, auth, most_bytes):
        self.asked.append({"method": "GET", "uri": url, "auth": auth})
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer.status_code, answer.text.encode()


@pytest.fixture
def transport(settings):
    settings.TWILIO_ACCOUNT_SID = "AC" + "1" * 32
    settings.TWILIO_API_KEY, settings.TWILIO_API_SECRET = "SK" + "2" * 32, "secret"
    settings.TWILIO_API_BASE_URL = ""
    settings.TWILIO_TEXT_FROM = "+442079460999"
    transport = Transport()
    with twilio.transported_by(transport):
        yield transport


@pytest.fixture
def cutting_server():
    """The address of a server that hears a request and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up():
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)

        thread = threading.Thread(target=hang_up)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(PATIENCE)


@pytest.fixture
def large_server():
    """The address of a server that answers everything with a thousand bytes."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"x" * 1000)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(PATIENCE)
