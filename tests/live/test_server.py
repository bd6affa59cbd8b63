"""The stream as production serves it: a server of its own, a socket, a signal."""

import os
import signal
import subprocess
import sys
from http.client import HTTPConnection

import pytest

from secretariat import live
from secretariat.local.ports import free_port
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


def connected(server, port):
    """A connection to the server as soon as it listens; an error if it falls first."""
    while True:
        line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            line.connect()
        except ConnectionRefusedError:
            with pytest.raises(subprocess.TimeoutExpired):
                server.wait(0.05)
        else:
            return line


def test_a_real_server_streams_and_ends_its_streams_when_told_to_stop(ana):
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws", "--workers", "1"),
            *("--host", "127.0.0.1", "--port", str(port), "secretariat.live.asgi:application"),
        ],
        env=environment,
    )
    try:
        line = connected(server, port)
        line.request("GET", "/live/", headers={"Cookie": ana.cookie})
        answer = line.getresponse()
        assert answer.status == 200
        assert answer.readline() == b"retry: 2000\n"
        live.announce("call.ringing", "1", 1, [ana.id])
        while (said := answer.readline()) != b"event: call.ringing\n":
            assert said
        server.send_signal(signal.SIGTERM)
        while answer.readline():  # until the stream has come to its proper end
            pass
        assert server.wait(PATIENCE) == 0
    finally:
        server.kill()
        server.wait(PATIENCE)
