"""The chain, and everything one might do to it."""

import threading
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase

from secretariat import ledger
from secretariat.ledger import sealing
from secretariat.ledger.models import LedgerEntry, LedgerSeal, LedgerUnsealed
from tests.patience import PATIENCE

CALL = ("calls.call", UUID(int=9))


def written(count):
    return [
        ledger.record("held", actor_id=UUID(int=n + 1), subject=CALL, detail={"n": n}) for n in range(count)
    ]


def as_owner(*statements):
    """Do what the role of the product may not: only whoever owns the tables can tamper with them."""
    with psycopg.connect(settings.DATABASE_OWNER_URL) as owner:
        for statement in statements:
            owner.execute(statement)


@pytest.mark.django_db
def test_an_empty_ledger_is_whole():
    assert sealing.verify() == sealing.Proof(0, bytes(32), unsealed=0)


@pytest.mark.django_db
def test_entries_wait_and_are_sealed_once():
    written(3)
    assert sealing.verify().unsealed == 3
    assert ledger.seal() == 3
    assert ledger.seal() == 0
    proof = sealing.verify()
    assert (proof.count, proof.unsealed, proof.fault) == (3, 0, "")


@pytest.mark.django_db
def test_the_digest_does_not_depend_on_how_the_row_came_back():
    entry = ledger.record(
        "held", actor_id=UUID(int=1), client_id=UUID(int=2), subject=CALL, detail={"b": 1, "a": [None, True]}
    )
    as_written = sealing.canonical(entry)
    entry.refresh_from_db()
    assert sealing.canonical(entry) == as_written


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_with_a_lower_id_is_sealed_after_the_earlier_ones():
    begun, may_end = threading.Event(), threading.Event()

    def slow_act():
        try:
            with transaction.atomic():
                ledger.record("slow", subject=CALL)
                begun.set()
                may_end.wait(PATIENCE)
        finally:
            connections.close_all()

    slow = threading.Thread(target=slow_act)
    slow.start()
    assert begun.wait(PATIENCE)
    ledger.record("quick", subject=CALL)
    assert ledger.seal() == 1
    may_end.set()
    slow.join()
    assert ledger.seal() == 1
    order = [
        LedgerEntry.objects.get(pk=each.entry_id).verb for each in LedgerSeal.objects.order_by("sequence")
    ]
    assert order == ["quick", "slow"]
    assert sealing.verify().fault == ""


@pytest.mark.django_db(transaction=True)
def test_while_one_sealer_is_at_work_another_leaves_it_alone():
    written(1)
    locked, may_end = threading.Event(), threading.Event()

    def other_sealer():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.SEALER_LOCK])
                locked.set()
                may_end.wait(PATIENCE)
        finally:
            connections.close_all()

    other = threading.Thread(target=other_sealer)
    other.start()
    assert locked.wait(PATIENCE)
    assert ledger.seal() == 0
    may_end.set()
    other.join()
    assert ledger.seal() == 1


@pytest.mark.django_db
def test_an_entry_hidden_from_the_sealer_is_found():
    entry = written(1)[0]
    LedgerUnsealed.objects.all().delete()
    assert sealing.verify().fault == f"entry {entry.pk} was never sealed and is not waiting to be"


@pytest.mark.django_db
def test_the_command_prints_what_to_note_and_takes_it_back(capsys):
    written(2)
    ledger.seal()
    call_command("verify_ledger")
    said = capsys.readouterr().out
    assert "The ledger is whole: 2 entries sealed, 0 waiting." in said
    note = said.split()[-1]
    written(1)
    ledger.seal()
    call_command("verify_ledger", f"--noted={note}")
    with pytest.raises(CommandError, match="not the one that was noted"):
        call_command("verify_ledger", f"--noted=2:{'00' * 32}")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_seal"])
@pytest.mark.parametrize("act", ["UPDATE {} SET entry_id = 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_role_the_product_runs_as_cannot_alter_what_was_written(table, act):
    act = act.replace("entry_id", "id") if table == "ledger_entry" else act
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(act.format(table))


@pytest.mark.django_db(transaction=True)
def test_the_first_broken_row_is_named():
    entries = written(4)
    ledger.seal()
    as_owner(f"UPDATE ledger_entry SET verb = 'resumed' WHERE id IN ({entries[1].pk}, {entries[2].pk})")
    assert sealing.verify().fault == f"entry {entries[1].pk} (seal 2) is not as it was sealed"


@pytest.mark.django_db(transaction=True)
def test_a_chain_rebuilt_by_its_owner_does_not_pass_through_what_was_noted():
    written(3)
    ledger.seal()
    noted = sealing.verify()
    as_owner(
        "UPDATE ledger_entry SET verb = 'resumed'",
        "DELETE FROM ledger_seal",
        "DELETE FROM ledger_head",
        "INSERT INTO ledger_unsealed SELECT id FROM ledger_entry",
    )
    ledger.seal()
    assert sealing.verify().fault == ""
    assert "is not the one that was noted" in sealing.verify((noted.count, noted.digest)).fault


ENTRY = "(SELECT entry_id FROM ledger_seal WHERE sequence = {n})"
SWAP_SEALS = """
    CREATE TEMP TABLE swapped AS SELECT entry_id, sequence FROM ledger_seal WHERE sequence IN ({n}, {n} + 1);
    UPDATE ledger_seal SET entry_id = -sequence WHERE sequence IN ({n}, {n} + 1);
    UPDATE ledger_seal s SET entry_id = w.entry_id FROM swapped w WHERE w.sequence = 2 * {n} + 1 - s.sequence;
"""
SWAP_CONTENTS = f"""
    UPDATE ledger_entry e SET (actor_id, at, detail) = (o.actor_id, o.at, o.detail) FROM ledger_entry o
    WHERE e.id IN {ENTRY.replace("= {n}", "IN ({n}, {n} + 1)")}
    AND o.id IN {ENTRY.replace("= {n}", "IN ({n}, {n} + 1)")} AND o.id <> e.id
"""
CUT_TAIL = """
    DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_seal WHERE sequence >= {n});
    DELETE FROM ledger_seal WHERE sequence >= {n}
"""
# {n} is the seal it happens to. What needs a neighbour takes the next one.
TAMPERINGS = {
    "another verb": f"UPDATE ledger_entry SET verb = 'looked' WHERE id = {ENTRY}",
    "another actor": f"UPDATE ledger_entry SET actor_id = gen_random_uuid() WHERE id = {ENTRY}",
    "another client": f"UPDATE ledger_entry SET client_id = gen_random_uuid() WHERE id = {ENTRY}",
    "another subject": f"UPDATE ledger_entry SET subject_id = '1' WHERE id = {ENTRY}",
    "a microsecond later": f"UPDATE ledger_entry SET at = at + interval '1 us' WHERE id = {ENTRY}",
    "another detail": f"UPDATE ledger_entry SET detail = '{{{{}}}}' WHERE id = {ENTRY}",
    "an entry deleted": f"DELETE FROM ledger_entry WHERE id = {ENTRY}",
    "a seal deleted": "DELETE FROM ledger_seal WHERE sequence = {n}",
    "the tail cut": CUT_TAIL,
    "two seals swapped": SWAP_SEALS,
    "two entries swapped": SWAP_CONTENTS,
    "a digest forged": "UPDATE ledger_seal SET digest = sha256('') WHERE sequence = {n}",
    "the head set back": "UPDATE ledger_head SET count = {n} - 1",
    "the head lost": "DELETE FROM ledger_head",
}
STOPS_THE_SEALER = ("the head set back", "the head lost")


class Tampering(TransactionTestCase):
    """Whatever is done to sealed rows is found, also when the sealer goes on afterwards."""

    @hypothesis_settings(max_examples=40, deadline=None)
    @given(
        count=st.integers(2, 8), which=st.sampled_from(list(TAMPERINGS)), place=st.data(), more=st.booleans()
    )
    def test_every_tampering_is_found(self, count, which, place, more):
        written(count)
        ledger.seal()
        assert sealing.verify().fault == ""
        as_owner(TAMPERINGS[which].format(n=place.draw(st.integers(1, count - 1))))
        written(1 if more else 0)
        if which not in STOPS_THE_SEALER:
            ledger.seal()
        assert sealing.verify().fault != ""
