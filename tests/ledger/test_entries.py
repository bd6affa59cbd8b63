import threading
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from secretariat import clock, ledger
from secretariat.ledger.models import LedgerEntry

ANA = SimpleNamespace(pk=UUID(int=1))
RUI = SimpleNamespace(pk=UUID(int=2))
CALL = ("calls.call", UUID(int=9))


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_which_row():
    call, client = uuid4(), uuid4()
    ledger.record(
        "held", actor_id=ANA.pk, client_id=client, subject=("calls.call", call), detail={"to": "hold"}
    )
    entry = LedgerEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.client_id) == ("held", ANA.pk, client)
    assert (entry.subject_kind, entry.subject_id) == ("calls.call", str(call))
    assert entry.detail == {"to": "hold"}


@pytest.mark.django_db
def test_an_act_that_is_undone_leaves_no_entry():
    with transaction.atomic():
        ledger.record("held", subject=CALL)
        transaction.set_rollback(True)
    assert not LedgerEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told", ["Ngozi Okafor", "ngozi@example.com", "+442079460000", "x" * 65, 1.5, {"a": 1}]
)
def test_personal_content_is_refused(told):
    with pytest.raises(ValueError, match="ids and verbs only"):
        ledger.record("held", subject=CALL, detail={"to": told})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (UUID(int=3), str(UUID(int=3))),
        ("calls.offer", "calls.offer"),
        (4, 4),
        (None, None),
        (True, True),
        ([UUID(int=3), "a"], [str(UUID(int=3)), "a"]),
        ("2026-03-02T18:05:00", "2026-03-02T18:05:00"),
    ],
)
def test_ids_states_and_numbers_are_kept(told, kept):
    entry = ledger.record("held", subject=CALL, detail={"to": told})
    entry.refresh_from_db()
    assert entry.detail == {"to": kept}


@pytest.mark.django_db
def test_a_look_is_one_entry_per_person_object_and_ten_minutes(monkeypatch):
    start = clock.now().replace(minute=0, second=0, microsecond=0)
    for minute in (0, 3, 9, 10, 19, 20):
        monkeypatch.setattr(clock, "now", lambda minute=minute: start + timedelta(minutes=minute))
        ledger.looked(ANA, None, CALL)
    looks = LedgerEntry.objects.order_by("id").values_list("at", flat=True)
    assert [(at - start) // timedelta(minutes=1) for at in looks] == [0, 10, 20]


@pytest.mark.django_db
def test_another_person_and_another_object_are_looks_of_their_own():
    ledger.looked(ANA, None, CALL)
    ledger.looked(RUI, None, CALL)
    ledger.looked(ANA, None, ("calls.call", UUID(int=10)))
    ledger.looked(ANA, None, CALL)
    assert LedgerEntry.objects.count() == 3


@pytest.mark.django_db
def test_the_same_act_twice_is_two_entries():
    ledger.record("held", actor_id=ANA.pk, subject=CALL)
    ledger.record("held", actor_id=ANA.pk, subject=CALL)
    assert LedgerEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_ten_looks_at_once_are_one_entry(monkeypatch):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    together = threading.Barrier(10)

    def look():
        together.wait()
        try:
            ledger.looked(ANA, None, CALL)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert LedgerEntry.objects.count() == 1
