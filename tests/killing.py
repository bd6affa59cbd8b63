"""A worker of its own process, killed by SIGKILL at an exact place of its work."""

import os
import signal
from collections import Counter

from django.db import connection


def works_and_is_killed(place, work) -> None:
    """Let a forked process do `work`, and kill it at `place`.

    That is whose method, its name, at which call, and "before" or "after" it is done. Needs rows that are
    committed: another process sees no test's open transaction.
    """
    owner, name, at_call, when = place
    if (child := os.fork()) == 0:
        kept = connection.connection  # the parent's: it must not be closed from here
        connection.connection = None
        done, calls = getattr(owner, name), Counter()

        def killing(*args, **facts):
            calls[name] += 1
            if calls[name] == at_call and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            answer = done(*args, **facts)
            if calls[name] == at_call:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        try:
            setattr(owner, name, killing)
            work()
        finally:
            os._exit(0 if kept else 1)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was done before it came to that place"
    assert os.WTERMSIG(status) == signal.SIGKILL
