"""A web process that ends: whom it let in is answered, and whoever comes later is turned away unharmed."""

import ctypes
import signal
import socket
import struct
import subprocess
import sys
import time

import pytest

from secretariat import draining
from secretariat.local.paths import CHECKOUT
from secretariat.local.ports import free_port

from .patience import PATIENCE


def filters_are_for_everybody() -> bool:
    """Linux lets any account filter what its own socket hears; a sandbox may keep that to root."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        steps = ctypes.create_string_buffer(draining._FILTER)
        program = struct.pack("HL", len(draining._FILTER) // 8, ctypes.addressof(steps))
        try:
            door.setsockopt(socket.SOL_SOCKET, draining.SO_ATTACH_FILTER, program)
        except OSError:
            return False
    return True


pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the filter is one of Linux"),
    pytest.mark.skipif(not filters_are_for_everybody(), reason="filters are kept to root here"),
]

# Does one thing for each line it reads, so that nothing happens by itself.
LISTENER = """
import socket, sys
from secretariat import draining

draining.listen_for_the_end()
door = socket.create_server(("127.0.0.1", 0))
print(door.getsockname()[1], flush=True)
for line in sys.stdin:
    match line.strip():
        case "look":  # whoever was told of a signal has done what it says when this is answered
            print("looked", flush=True)
        case "answer":
            who, _ = door.accept()
            who.sendall(who.recv(100).upper())
            who.close()
        case "close":
            door.close()
            print("closed", flush=True)
"""
APPLICATION = """
def application(environ, start_response):
    told = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(told)))])
    return [told.upper()]
"""


@pytest.fixture
def started():
    processes = []

    def start(*words, folder=CHECKOUT):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        environment = {"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin"}
        processes.append(subprocess.Popen([sys.executable, *words], cwd=folder, env=environment, **pipes))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait(PATIENCE)
        process.stdin.close()
        process.stdout.close()


def calls(port, *, patience=PATIENCE):
    return socket.create_connection(("127.0.0.1", port), timeout=patience)


def calls_once_it_listens(port):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return calls(port)
        except ConnectionRefusedError:
            assert time.monotonic() < deadline


def test_whoever_waits_is_answered_and_nobody_else_is_let_in(started):
    process = started("-c", LISTENER)

    def say(word):
        process.stdin.write(f"{word}\n")
        process.stdin.flush()

    port = int(process.stdout.readline())
    with calls(port) as waits:
        waits.sendall(b"hello")  # nobody has taken her up yet
        process.send_signal(signal.SIGUSR1)
        say("look")
        assert process.stdout.readline() == "looked\n"
        with pytest.raises(TimeoutError):
            calls(port, patience=0.3)
        say("answer")
        assert waits.recv(100) == b"HELLO"
    say("close")
    assert process.stdout.readline() == "closed\n"
    with pytest.raises(ConnectionRefusedError):
        calls(port)


def test_granian_ends_so_when_it_is_told_to_stop(started, tmp_path):
    """The request whose last bytes come after the word to stop is answered all the same."""
    (tmp_path / "small.py").write_text(APPLICATION)
    port = free_port()
    served = ("--interface", "wsgi", "--no-ws", "--no-http1-keep-alive", "--port", str(port))
    process = started("-m", "secretariat.draining", *served, "small:application", folder=tmp_path)
    with calls_once_it_listens(port) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhel")
        process.send_signal(signal.SIGTERM)
        line.sendall(b"lo")
        heard = b""
        while more := line.recv(1000):
            heard += more
    assert heard.startswith(b"HTTP/1.1 200")
    assert heard.endswith(b"HELLO")
    assert process.wait(PATIENCE) == 0
