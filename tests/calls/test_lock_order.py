"""The watch over the order of locks sees what it is there for."""

import pytest

from .lock_order import Watch

CALL = 'SELECT "calls_call"."id" FROM "calls_call" WHERE "calls_call"."id" = %s FOR UPDATE OF "calls_call"'
LEG = 'UPDATE "calls_leg" SET "carrier_id" = %s WHERE "calls_leg"."id" = %s'
BEGIN, END = 'SAVEPOINT "s1"', 'RELEASE SAVEPOINT "s1"'


@pytest.mark.parametrize(
    ("statements", "wrong"),
    [
        ([BEGIN, LEG, CALL, END], True),
        ([BEGIN, 'SAVEPOINT "s2"', LEG, 'RELEASE SAVEPOINT "s2"', CALL, END], True),
        ([BEGIN, LEG, 'UPDATE "calls_call" SET "state" = %s', END], True),
        ([BEGIN, CALL, LEG, CALL, END], False),
        ([BEGIN, LEG, END, BEGIN, CALL, END], False),
        ([BEGIN, 'INSERT INTO "calls_call" ("id")', LEG, CALL, END], False),
        ([BEGIN, 'INSERT INTO "calls_leg" ("id")', CALL, END], False),
        ([LEG, CALL], False),  # each its own transaction
        ([BEGIN, LEG, CALL.partition(" FOR ")[0], END], False),
    ],
)
def test_a_call_is_locked_first(statements, wrong):
    watch = Watch()
    for each in statements:
        watch.see(each)
    assert bool(watch.wrong) is wrong
