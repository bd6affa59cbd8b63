"""Google and Microsoft played in process, with one person's calendar at each."""

import pytest

from calendar_app.elsewhere import web
from secretariat.local.online.in_process import Online

from .owners import NOW, AtGoogle, AtMicrosoft


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def online(clock):
    made = Online(clock)
    with web.transported_by(made):
        yield made


@pytest.fixture
def google(online, clock):
    return AtGoogle(online, clock)


@pytest.fixture
def microsoft(online, clock):
    return AtMicrosoft(online, clock)


@pytest.fixture(params=["google", "microsoft"])
def there(request):
    return request.getfixturevalue(request.param)
