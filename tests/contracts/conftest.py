import pytest

from tests.contracts.carriers import FACTORIES


@pytest.fixture(params=list(FACTORIES))
def reach(request):
    """Each carrier in turn: a promise must hold for all of them."""
    with FACTORIES[request.param]() as reach:
        yield reach
