"""In which order the rows of a call are locked: the call first, whoever begins. Else two wait for each other.

Watched in every room of this folder. An act is what one transaction does; in a room, where the test's own
transaction is around everything, it is what the outermost savepoint does.
"""

import re
import traceback
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).parents[2]
CALL = "calls_call"
BELOW = ("calls_leg", "calls_offer", "calls_putthrough", "office_presence")
# Of a call that the act itself wrote nobody else knows yet: it is as good as locked.
WRITES_ONE = re.compile(r'INSERT INTO "?calls_call"? ')
LOCKS = re.compile(r'^UPDATE "(?P<changed>\w+)"|FROM "(?P<read>\w+)".* FOR (?:NO KEY )?UPDATE', re.DOTALL)


class Watch:
    def __init__(self):
        self.savepoints, self.below, self.has_call, self.wrong = [], "", False, []

    def __call__(self, execute, sql, params, many, context):
        self.see(sql)
        return execute(sql, params, many, context)

    def see(self, sql: str) -> None:
        verb, _space, name = sql.partition(" ")
        if verb == "SAVEPOINT":
            if not self.savepoints:
                self.below, self.has_call = "", False
            self.savepoints.append(name)
        elif verb == "RELEASE" or verb == "ROLLBACK":
            name = name.rpartition(" ")[2]
            if name in self.savepoints:
                del self.savepoints[self.savepoints.index(name) :]
        elif WRITES_ONE.search(sql):
            self.has_call = True
        elif self.savepoints and (locked := LOCKS.search(sql)):
            table = locked["changed"] or locked["read"]
            if table == CALL:
                if self.below and not self.has_call:
                    self.wrong.append(f"a call is locked by {_by()} after {self.below}")
                self.has_call = True
            elif table in BELOW:
                self.below = self.below or f"{table} by {_by()}"


def _by() -> str:
    ours = [each for each in traceback.extract_stack() if f"{ROOT}/calls/" in each.filename]
    return " ← ".join(f"{each.filename.removeprefix(f'{ROOT}/')}:{each.lineno}" for each in ours[:-4:-1])


@contextmanager
def watched():
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield
    assert watch.wrong == [], watch.wrong[0]
