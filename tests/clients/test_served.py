"""Whom a secretary serves, in words that the process keeps: asked anew by each query, for each by herself."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients import access, team
from clients.confidentiality import terms
from clients.models import Access, Client, Served, WorkItem
from secretariat import clock
from secretariat.ids import uuid7


def served(secretary) -> set:
    """By the words that are kept, which must never differ from what is put together afresh."""
    kept = set(Client.objects.filter(pk__in=Served(secretary)))
    assert kept == set(Client.objects.served_by(secretary))
    return kept


def test_one_query_set_tells_what_holds_when_it_runs(house):
    item = WorkItem.objects.create(client=house.okafor.client, kind="a", subject_kind="b", subject_id=uuid7())
    hers = WorkItem.objects.visible_to(house.priya.user)
    assert list(hers.all()) == [item]
    team.end(house.assignment, by=house.helen, at=clock.now())
    assert not hers.all().exists()


def test_each_access_opens_and_ends_by_itself(house):
    okafor, brill = house.okafor.client, house.rival.client
    assert (served(house.priya), served(house.rui)) == ({okafor}, set())
    cause = uuid7()
    access.grant(house.rui, brill, Access.Because.WORK, cause)
    assert (served(house.priya), served(house.rui)) == ({okafor}, {brill})
    access.end(Access.Because.WORK, cause)
    assert served(house.rui) == set()
    an_hour_ago = clock.now() - timedelta(hours=1)
    Access.objects.filter(secretary=house.priya, client=okafor).update(until_at=an_hour_ago)
    assert served(house.priya) == set()


def test_terms_shut_a_client_until_they_are_accepted_but_not_a_caller_of_hers(house):
    okafor = house.okafor.client
    held = terms.write(okafor, "Silence", by=house.helen, at=clock.now())
    assert served(house.priya) == set()
    access.grant(house.priya, okafor, Access.Because.CALL, uuid7())
    assert served(house.priya) == {okafor}
    access.end_now(Access.objects.filter(because="call"), by=house.helen)
    assert served(house.priya) == set()
    assert terms.accept(held, by=house.priya, at=clock.now())
    assert served(house.priya) == {okafor}


def test_on_the_clock_that_may_be_put_forward_and_on_the_one_that_may_not(house, settings):
    """Whichever came first, the words of the one are never run for the other."""
    for shifts in (True, False, True):
        settings.CLOCK_MAY_SHIFT = shifts
        with CaptureQueriesContext(connection) as asked:
            assert served(house.priya) == {house.okafor.client}
        assert all(("local_clock" in each["sql"]) is shifts for each in asked)
