import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client


class Person:
    def __init__(self, name):
        self.user = get_user_model().objects.create(email=f"{name}@example.com", name=name)
        self.browser = Client()
        self.browser.force_login(self.user)
        self.id = self.user.pk
        name = settings.SESSION_COOKIE_NAME
        self.cookie = f"{name}={self.browser.cookies[name].value}"


@pytest.fixture
def ana():
    return Person("ana")


@pytest.fixture
def rui():
    return Person("rui")
