"""Who may take what out of the product: the firm lets, the client forbids, off at first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.taking_out import Act, may

NOBODY = {
    "holds_post": False,
    "serves": False,
    "speaks_for_client": False,
    "firm_allows": (),
    "client_forbids": (),
}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({}, False),
        ({"serves": True}, False),  # off at first
        ({"serves": True, "firm_allows": [Act.PRINT]}, True),
        ({"serves": True, "firm_allows": [Act.EXPORT]}, False),
        ({"serves": True, "firm_allows": [Act.PRINT], "client_forbids": [Act.PRINT]}, False),
        ({"firm_allows": [Act.PRINT]}, False),
        ({"holds_post": True}, True),
        ({"speaks_for_client": True, "client_forbids": [Act.PRINT]}, True),
    ],
)
def test_who_may_print(who, expected):
    assert may(Act.PRINT, **NOBODY | who) is expected


ACTS = st.sets(st.sampled_from(list(Act)))


@given(act=st.sampled_from(list(Act)), allows=ACTS, forbids=ACTS)
def test_a_secretary_may_only_what_the_one_lets_and_the_other_does_not_forbid(act, allows, forbids):
    facts = NOBODY | {"serves": True, "firm_allows": allows, "client_forbids": forbids}
    assert may(act, **facts) == (act in allows - forbids)
