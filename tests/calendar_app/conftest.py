import pytest

from tests.clients import house as houses


@pytest.fixture
def house(db):
    return houses.build()
