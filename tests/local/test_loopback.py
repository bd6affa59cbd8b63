"""The network is off in tests: in the test's own process, in the office's, and in its browser."""

import asyncio
import contextlib
import os
import smtplib
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from playwright.sync_api import Error as PlaywrightError

from secretariat.local import loopback
from secretariat.local.paths import CHECKOUT
from tests.patience import IN_BROWSER

ELSEWHERE = "192.0.2.1"  # reserved for documents: nobody is there


def asynchronously():
    """In a thread of its own: a browser beside this test leaves a loop running in the first."""

    async def opens():
        await asyncio.open_connection(ELSEWHERE, 443)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, opens()).result()


WAYS = {
    "a bare socket": lambda: socket.create_connection((ELSEWHERE, 443), timeout=0.1),
    "without an error": lambda: socket.socket().connect_ex((ELSEWHERE, 443)),
    "a datagram": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"", (ELSEWHERE, 53)),
    "by name": lambda: socket.getaddrinfo("api.twilio.com", 443),
    "the standard library": lambda: urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=0.1),
    "requests": lambda: requests.get(f"http://{ELSEWHERE}/", timeout=0.1),
    "mail": lambda: smtplib.SMTP(ELSEWHERE, timeout=0.1),
    "asyncio": asynchronously,
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_leaves_this_computer(way):
    with pytest.raises((OSError, requests.RequestException)):
        WAYS[way]()
    assert loopback.tried
    assert "The network is off in tests" in loopback.tried[0]
    loopback.tried.clear()  # here it was wanted


def test_who_is_at_home_is_reached():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        socket.create_connection(server.getsockname()).close()
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    assert loopback.tried == []


@pytest.mark.parametrize("name", ["no-such-host.invalid", "-"])
def test_a_name_that_is_nobody_s_is_not_found_and_nobody_is_asked(name):
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo(name, 443)
    assert loopback.tried == []


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        *((each, True) for each in ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "localhost")),
        *((each, True) for each in ("ngozi.localhost", "", None, b"localhost")),
        *(
            (each, False)
            for each in ("10.0.0.1", "192.0.2.1", "0.0.0.0", "::", "fe80::1%eth0", "example.com")
        ),
    ],
)
def test_which_computer_is_this_one(host, is_here):
    assert loopback.is_here(host) is is_here


SWALLOWS = """
import socket

def test_it():
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=0.1)
    except OSError:
        pass
"""


def test_a_test_that_swallows_the_refusal_fails_all_the_same(tmp_path):
    (tmp_path / "test_it.py").write_text(SWALLOWS)
    options = [
        "-p",
        "tests.network",
        "--noconftest",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:django",
        "-c",
        os.devnull,
    ]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path / "test_it.py")]
    told = subprocess.run(command, capture_output=True, text=True, cwd=CHECKOUT)
    assert told.returncode == 1, told.stdout + told.stderr
    assert "tried to connect to 192.0.2.1 port 443" in told.stdout


def test_a_process_of_the_office_is_stopped_and_leaves_a_note(tmp_path):
    notes = tmp_path / "tried"
    tries = "import django; django.setup(); import socket; socket.create_connection(('192.0.2.1', 443), 0.1)"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "secretariat.settings.demo",
        loopback.NOTES: str(notes),
    }
    ended = subprocess.run([sys.executable, "-c", tries], env=environment, capture_output=True, text=True)
    assert "NetworkIsOff" in ended.stderr
    [said] = loopback.noted(notes)
    assert "connect to 192.0.2.1 port 443" in said
    assert loopback.noted(notes) == []


@pytest.mark.parametrize("host", [ELSEWHERE, "api.twilio.com"])
def test_the_browser_reaches_this_computer_alone(chrome, host):
    page = chrome.new_page()
    with pytest.raises(PlaywrightError, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(f"http://{host}/", timeout=IN_BROWSER)
    page.close()
