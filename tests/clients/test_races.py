"""Committed rows, threads with connections of their own: two who act at once do not both win."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from clients import instructing, team, where_i_am, work
from clients.models import Access, Assignment, Instruction, Status, WorkItem
from secretariat.ids import uuid7
from secretariat.office import presence
from secretariat.office.models import Presence, Shift
from tests.clients import house as houses
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(transactional_db):
    return houses.build()


def at_once(*jobs):
    """Run these at the same moment. What a job raises is its result."""
    ready = threading.Barrier(len(jobs))

    def run(job):
        try:
            ready.wait(PATIENCE)
            return job()
        except Exception as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return [future.result(PATIENCE) for future in [threads.submit(run, job) for job in jobs]]


def test_the_same_work_opened_by_many_is_one_piece(house):
    subject = ("calls.call", uuid7())
    rows = at_once(*[lambda: work.open_item("x.y", subject=subject, client=house.okafor.client).pk] * 6)
    assert len(set(rows)) == 1
    assert WorkItem.objects.count() == 1


def test_work_finished_while_it_is_opened_again_is_either_open_or_done_never_lost(house):
    subject = ("calls.call", uuid7())
    first = work.open_item("x.y", subject=subject, client=house.okafor.client)
    done, again = at_once(
        lambda: work.finish(first, by=house.helen, outcome="Done"),
        lambda: work.open_item("x.y", subject=subject, client=house.okafor.client).pk,
    )
    assert done is True
    assert WorkItem.objects.filter(pk=again).exists()


def test_of_many_who_claim_one_gets_it_and_sees_the_client(house):
    item = work.open_item("x.y", subject=("x.y", uuid7()), client=house.rival.client)
    people = house.rui.user, house.priya.user
    claims = at_once(*[lambda by=by: work.claim(item, by=by, version=0) for by in people])
    assert Counter(claims) == {True: 1, False: 1}
    item.refresh_from_db()
    sees = Access.objects.current().filter(because=Access.Because.WORK)
    assert list(sees.values_list("secretary__user", flat=True)) == [item.owner_id]


def test_two_who_speak_for_one_person_leave_one_status(house):
    def say(words, by):
        until = house.at + timedelta(hours=2)
        return lambda: where_i_am.set_status(
            house.okafor.owner, kind="out", text=words, until_at=until, by=by, at=house.at
        )

    at_once(say("In court", house.okafor.owner.user), say("At lunch", house.okafor.delegate.user))
    assert Status.objects.count() == 2
    assert Status.objects.filter(ended_at=None).count() == 1


def test_two_who_change_an_instruction_make_one_new_version(house):
    written = instructing.write(house.okafor.client, by=house.helen, at=house.at, text="first")

    def change(text):
        return lambda: instructing.change(written, by=house.helen, at=house.at, text=text)

    results = at_once(change("a"), change("b"))
    assert results.count(instructing.NoLongerSpeaks) == 1
    assert Instruction.objects.filter(replaced_at=None).count() == 1


def test_two_who_put_her_on_a_team_make_one_assignment(house):
    made = at_once(*[lambda: team.assign(house.rui, house.okafor.client, by=house.helen, at=house.at)] * 2)
    assert made[0] == made[1] == Assignment.objects.get(secretary=house.rui, until_at=None)
    assert Access.objects.current().filter(secretary=house.rui).count() == 1


def test_a_shift_started_twice_at_once_is_one_shift(house):
    at_once(*[lambda: presence.start_shift(house.priya, line="browser", at=house.at, declared=True)] * 2)
    assert Shift.objects.count() == 1


def test_a_call_won_while_she_goes_leaves_her_in_one_state(house):
    presence.start_shift(house.priya, line="browser", at=house.at, declared=True)
    won, gone = at_once(
        lambda: presence.takes_call(house.priya, at=house.at).state,
        lambda: presence.end_shift(house.priya, at=house.at),
    )
    state = Presence.objects.get().state
    assert (won, gone, state) in [
        ("on_call", presence.NotNow, "on_call"),
        (presence.NotNow, True, "off"),
    ]
