"""The network is off, but for this computer: whoever under test tries to leave it is stopped and noted.

It watches by an audit hook, which sees every socket of Python's, whichever library opened it, and which
nobody can take off again. Not seen is what is written in C and opens its own: libpq, whose address the
tests themselves give. Standard library only.
"""

import ipaddress
import os
import socket
import sys
from pathlib import Path

NOTES = "LOOPBACK_ONLY"  # in the environment of a child under test: the file where it notes what it tried

REACHES = ("socket.connect", "socket.sendto", "socket.sendmsg")
ASKS = ("socket.getaddrinfo", "socket.gethostbyname")

tried: list[str] = []  # what this process was stopped at, in words
_is_on = False


class NetworkIsOff(OSError):
    """Somebody tried to reach another computer."""


def only() -> None:
    """From now on, and until it ends, this process reaches nothing but its own computer."""
    global _is_on
    if not _is_on:
        sys.addaudithook(_watch)
        _is_on = True


def only_if_told() -> None:
    """The same, in a child whose environment says so."""
    if os.environ.get(NOTES):
        only()


def noted(path: Path) -> list[str]:
    """What children have noted there, which is forgotten by reading."""
    if not path.exists():
        return []
    lines = path.read_text().splitlines()
    path.unlink()
    return lines


def is_here(host: object) -> bool:
    """Whether a name or a number means this computer, without asking anybody for the name."""
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host in (None, "", "localhost", socket.gethostname()) or str(host).endswith(".localhost"):
        return True
    number = _number(host)
    return bool(number and (getattr(number, "ipv4_mapped", None) or number).is_loopback)


def _number(host: object):
    """The address, if it is written as one: to read it nobody is asked."""
    try:
        return ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(str(host)))  # 127.1, 0x7f000001
    except (OSError, ValueError):
        return None


def _is_nobodys(host: object) -> bool:
    """A name that never leads to anybody: what asks for it wants to hear that there is nobody."""
    return str(host).endswith(".invalid") or "." not in str(host)


def _watch(event: str, arguments: tuple) -> None:
    if event in REACHES:
        address = arguments[1]
        if isinstance(address, tuple) and not is_here(address[0]):
            _stop(f"connect to {address[0]} port {address[1]}")
    elif event in ASKS:
        host = arguments[0]
        if is_here(host) or _number(host):
            return
        if _is_nobodys(host):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        _stop(f"look up {host!r}")


def _stop(what: str) -> None:
    said = f"The network is off in tests, but for this computer: something tried to {what}."
    tried.append(said)
    if notes := os.environ.get(NOTES):
        with open(notes, "a") as file:
            file.write(said + "\n")
    raise NetworkIsOff(said)
