"""Ports on this computer. Standard library only."""

import socket


def free_port() -> int:
    """A port nobody listens on at this moment. Somebody may take it before you do: try again then."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


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
