"""A worker of its own process, killed by SIGKILL at an exact place of its work.

It sees only what is committed, so a test that has one needs `transactional_db`.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pkgutil import resolve_name

from django.conf import settings

from secretariat.local.paths import CHECKOUT

from .patience import PATIENCE


@dataclass(frozen=True)
class Place:
    """In which function, by its whole name, at which of its calls, and "before" or "after" it is done."""

    where: str
    at_call: int
    when: str

    def kill_there(self) -> None:
        """Whoever comes to this place in this process is killed."""
        owner, _, name = self.where.rpartition(".")
        owner = resolve_name(owner)
        done, calls = getattr(owner, name), Counter()

        def killing(*args, **facts):
            calls[name] += 1
            if calls[name] == self.at_call and self.when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            answer = done(*args, **facts)
            if calls[name] == self.at_call:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        setattr(owner, name, killing)


def works_and_is_killed(place: Place, queue: str) -> None:
    """A worker takes up what is due in this queue, and is killed there.

    It is started, not forked: threads of libraries that have run in this process would be missing in a fork.
    """
    asked = [place.where, str(place.at_call), place.when, queue, str(settings.MEDIA_ROOT)]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    ended = subprocess.run(
        [sys.executable, "-m", __name__, *asked], cwd=CHECKOUT, env=environment, timeout=PATIENCE
    )
    assert ended.returncode == -signal.SIGKILL, "it was done before it came to that place"


def _work(where: str, at_call: str, when: str, queue: str, media_root: str) -> None:
    import django

    django.setup()
    from secretariat import outbox

    settings.MEDIA_ROOT = media_root
    Place(where, int(at_call), when).kill_there()
    outbox.drain(queue)


if __name__ == "__main__":
    _work(*sys.argv[1:])
