"""The access matrix's world in a real office, and a browser for each person in it."""

import pytest
from django.test import override_settings

from secretariat.local import entering
from tests.access.world import ANONYMOUS, World
from tests.eyes import listens
from tests.stories.in_life import begin_anew, beside


@pytest.fixture(scope="package")
def world(running_office, django_db_blocker):
    """Two clients with a row of every kind. Nobody works it off: what is shown stays as it is."""
    processes = running_office.processes
    processes.stop("worker")
    processes.stop("sweep")
    begin_anew(running_office)
    shared = override_settings(
        MEDIA_ROOT=processes.environment["MEDIA_ROOT"],
        VAULT_KEYS=[processes.environment["VAULT_KEYS"]],
        ALLOWED_HOSTS=["*"],
    )
    with django_db_blocker.unblock(), beside(running_office), shared:
        made = World()
        made.url = running_office.url
        yield made
    begin_anew(running_office)
    processes.start("worker")
    processes.start("sweep")


@pytest.fixture(scope="package")
def visit(world, chrome):
    """Opens an address as one of the world's actors; each has one browser for all her pages."""
    contexts = {}

    def opened(actor, path, *, scripts=True):
        if (actor, scripts) not in contexts:
            options = {"permissions": ["microphone"], "java_script_enabled": scripts}
            contexts[actor, scripts] = context = chrome.new_context(**options)
            if actor != ANONYMOUS:
                page = context.new_page()
                page.goto(entering.link_for(world.people[actor].email))
                page.close()
        page = listens(contexts[actor, scripts].new_page())
        answer = page.goto(f"{host_of(world, actor)}{path}")
        page.status = answer.status
        return page

    yield opened
    for context in contexts.values():
        context.close()


def host_of(world, actor) -> str:
    if actor == ANONYMOUS:
        return world.url
    return entering.link_for(world.people[actor].email).partition("/demo/")[0]
