"""One world for all cells: made once, and as it was again after each of them."""

from pathlib import Path

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
            # A row that was deleted is there again after each cell, and so must be its file.
            taken, kept = Path.unlink, Path(media)
            patched.setattr(
                Path,
                "unlink",
                lambda path, **how: None if path.is_relative_to(kept) else taken(path, **how),
            )
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
