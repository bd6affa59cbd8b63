"""How a letter is handed to the provider beside us, by the product as by the floor. Standard library only."""

import http.client
import threading

_thread = threading.local()


def said(port: int, method: str, key: str, *, timeout: float) -> int:
    """The provider's status for this letter. Raises OSError or HTTPException when it says nothing.

    Each thread keeps its line, as any client of a provider's does.
    """
    if not hasattr(_thread, "line"):
        _thread.line = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        _thread.line.request(method, f"/{key}")
        answer = _thread.line.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        _thread.__dict__.pop("line").close()
        raise
