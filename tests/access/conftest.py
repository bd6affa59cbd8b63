"""One world for all cells: made once, and as it was again after each of them."""

import pytest
from django.db import transaction
from django.test import override_settings

from messages_app.mail import opening
from tests.messages_app.mail.lies_elsewhere import LiesElsewhere

from .matrix import undone
from .walking import walk
from .world import World


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    media = str(tmp_path_factory.mktemp("media"))
    given = {"MEDIA_ROOT": media, "INBOUND_MAIL_DOMAIN": "mail.secretariat.example"}
    with django_db_blocker.unblock(), override_settings(**given), transaction.atomic():
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(opening, "MailboxAt", LiesElsewhere().opened)
            yield World()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def steps(world):
    """What left the house at each step of one walk through the matrix."""
    return walk(world)


@pytest.fixture(autouse=True)
def as_it_was(world):
    with undone():
        yield
