"""Whom a live event about a client concerns: asked in one trip, and anew each time."""

from clients import access, audience, team
from clients.models import Access
from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models import Post


def test_the_desk_is_whoever_serves_the_client_now_and_the_firm(house, django_assert_num_queries):
    okafor, cause = house.okafor.client, uuid7()
    with django_assert_num_queries(1):
        assert audience.desk(okafor) == {house.priya.user_id, house.helen.pk}
    assert audience.desk(house.rival.client.pk) == {house.helen.pk} == audience.desk(uuid7())
    access.grant(house.rui, okafor, Access.Because.WORK, cause)
    assert audience.desk(okafor.pk) == {house.priya.user_id, house.rui.user_id, house.helen.pk}
    access.end(Access.Because.WORK, cause)
    team.end(house.assignment, by=house.helen, at=clock.now())
    assert audience.desk(okafor) == {house.helen.pk}
    Post.objects.update(until_at=clock.now())
    assert audience.desk(okafor) == set()
