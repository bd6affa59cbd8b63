"""A test that reaches for another computer fails, whatever the code under test makes of the refusal."""

import pytest

from secretariat.local import loopback


def pytest_configure(config):
    loopback.only()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    loopback.tried.clear()
    try:
        return (yield)
    finally:
        if loopback.tried:
            pytest.fail(loopback.tried[0], pytrace=False)
