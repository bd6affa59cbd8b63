"""Ports on this computer. Standard library only."""

import random
import socket
from pathlib import Path

OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")  # Linux
LOWEST, HIGHEST = 20_000, 32_767


def free_port() -> int:
    """A port nobody listens on at this moment. Somebody may take it before you do: try again then.

    One of those that the computer gives to no line out, of which it opens many while an office starts.
    """
    quiet = range(LOWEST, min(HIGHEST + 1, _first_outgoing()))
    for port in random.SystemRandom().sample(quiet, min(100, len(quiet))):
        if is_free(port):
            return port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _first_outgoing() -> int:
    try:
        return int(OUTGOING.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return HIGHEST + 1


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def first_free(wanted: int) -> int:
    """`wanted`, or the next free port above it."""
    return next(port for port in range(wanted, 65536) if is_free(port))
