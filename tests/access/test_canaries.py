"""A word of client A reaches nobody of client B by any side path, nor the log: one canary for each path.

Everything is done once about client A by somebody who may (`walking.py`), and looked at as it leaves.
"""

import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from clients.models import ContactAddress
from messages_app import links
from secretariat import clock, health
from secretariat.channels import twilio
from secretariat.live.models import LiveEvent
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.outbox.models import Effect
from secretariat.overview.privacy import copying

from . import side_paths
from .matrix import content
from .walking import Sent, sent_by
from .world import FORMER, OTHER_CONTACT, STRANGER, WORDS

pytestmark = pytest.mark.slow

FOREIGN = (OTHER_CONTACT, STRANGER, FORMER)
# Whoever is on shift anywhere hears that the queue or somebody's presence changed: a number, an id.
OF_THE_FIRM = {"queue.changed", "rota.changed", "shift.changed"}


def words_in(text: str) -> set[str]:
    return {word for word in WORDS.values() if word.lower() in text.lower()}


# --- What is sent ----------------------------------------------------------------------------------------


def house_of(world) -> dict[str, str]:
    """Each address of somebody at a client, with the word of that client."""
    return {
        address: side.word
        for side in (world.a, world.b)
        for address in ContactAddress.objects.filter(client=side.client.row).values_list("value", flat=True)
    }


def astray(sent: Sent, houses: dict[str, str], client_ids: dict) -> str:
    """What is wrong with where these words go; an empty string if nothing is."""
    owner = client_ids.get(sent.client_id)
    said = words_in(sent.words)
    if sent.kind in side_paths.TO_CALENDARS:
        return f"{owner}'s calendar is told {said}" if said - {owner} else ""
    reached = sent.to if isinstance(sent.to, list) else [sent.to]
    if sent.kind in ("office.contract", "books.pay_mail"):  # they name the company that is engaged, or paid
        said = words_in(re.sub(r"Agency of \w+", "", sent.words))
        said -= set.intersection(
            *(words_in(str(each)) for each in reached)
        )  # a company's people read of theirs
    if sent.kind not in side_paths.TO_PEOPLE:
        return f"who is nobody at a client is told of {said}" if said else ""
    if owner and said - {owner}:
        return f"{owner}'s says {said}"
    # Whoever applies here is at no client, and of hers only her own name is said: it is in her address.
    named = {each: houses.get(each) or owner or next(iter(words_in(each)), "") for each in reached}
    if said and any(house not in said for house in named.values()):
        return f"{said} goes to {named}"
    return ""


def all_sent(world, steps) -> list[Sent]:
    """What the walk sent, and what was sent while the world was made, of both clients.

    A message that went to the wrong client is moved by a person, words and all, to the right one: the third.
    """
    every = [sent for step in steps for sent in step.sent] + [sent_by(row) for row in Effect.objects.all()]
    return [sent for sent in every if sent.client_id != world.a.third.row.pk]


def test_what_is_sent_goes_to_its_own_client_alone(world, steps):
    houses = house_of(world)
    ids = {side.client.row.pk: side.word for side in (world.a, world.b)}
    every = all_sent(world, steps)
    assert {(sent.kind, wrong) for sent in every if (wrong := astray(sent, houses, ids))} == set()
    kinds = {sent.kind for sent in every}
    all_kinds = {*side_paths.TO_PEOPLE, *side_paths.TO_SECRETARIES, *side_paths.TO_NOBODY}
    seldom = side_paths.AT_THEIR_HOUR | side_paths.OF_MAILBOXES | side_paths.OF_LARGE_FIRMS
    assert kinds >= all_kinds - seldom
    assert any(words_in(sent.words) for sent in every), "no word was sent, so nothing was tried"


@pytest.mark.parametrize(
    ("kind", "of", "to", "words"),
    [
        ("messages.email", "a", "b", "Zephyra must sign"),
        ("messages.email", "a", "a", "Quillon must sign"),
        ("messages.text", None, "b", "Zephyra must sign"),
        ("calls.hold", "a", "a", "Zephyra must sign"),
        ("office.code_text", None, "a", "Zephyra must sign"),
    ],
)
def test_what_goes_astray_would_be_noticed(kind, of, to, words):
    of = of and {"a": "Zephyra", "b": "Quillon"}[of]
    houses = {"a": "Zephyra", "b": "Quillon"}
    assert astray(Sent(kind, of, to, words), houses, {"Zephyra": "Zephyra", "Quillon": "Quillon"})


# --- What is announced -----------------------------------------------------------------------------------


def test_an_event_names_no_words_and_no_stranger(world, steps):
    strangers = {world.people[actor].pk for actor in FOREIGN}
    announced = [event for step in steps for event in step.events]
    assert len({event.event for event in announced}) > 12
    for event in [*announced, *LiveEvent.objects.all()]:
        assert not words_in(f"{event.event} {event.subject_id}")
        assert re.fullmatch(r"[0-9a-f-]{36}|queue", event.subject_id), event
    for step in steps:
        if step.actor in FOREIGN:  # she did it herself, and hears of it
            continue
        for event in step.events:
            assert event.event in OF_THE_FIRM or not strangers & set(event.audience), f"{step.cell}: {event}"


# --- What is kept ----------------------------------------------------------------------------------------


# What is no page: a calendar program keeps it for itself alone, as whoever gave it the address wants.
A_PROGRAM_KEEPS = {"GET diary-feed": "private, max-age=300"}


def test_no_browser_keeps_what_it_was_shown(steps):
    """Neither on the disk nor for the Back button of whoever sits there next."""
    shown = [step for step in steps if words_in(step.body)]
    assert len(shown) > 50
    said = {str(step.cell): step.headers.get("Cache-Control", "") for step in shown}
    assert {cell: words for cell, words in said.items() if "no-store" not in words} == A_PROGRAM_KEEPS


def test_the_cache_holds_nobody_s_words(world, steps):
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        assert not words_in(json.dumps(cursor.fetchall()))


def test_the_log_holds_nobody_s_words(steps):
    lines = [line for step in steps for line in step.log]
    assert len(lines) >= len(steps)
    assert {line for line in lines if words_in(line)} == set()


def test_the_copy_of_one_client_holds_nothing_of_another(world):
    for mine, other in ((world.a, world.b), (world.b, world.a)):
        mine.copy.state = mine.copy.State.MAKING
        mine.copy.save()
        file = MediaFile.objects.get(pk=copying.make(mine.copy, at=clock.now()))
        packed = ZipFile(BytesIO(b"".join(storing.read(file))))
        whole = b"".join(packed.read(name) for name in packed.namelist()).decode(errors="replace")
        assert words_in(whole) == {mine.word}
        assert other.client.number not in whole


def test_a_text_is_shown_to_its_own_client_alone(world):
    """One that answers nothing is a task at the desk; here it is client B's."""
    address = reverse("messages-text-came", args=[world.b.text.pk])
    for actor, browser in world.browsers.items():
        answer = browser.get(address)
        if answer.status_code == 200:
            assert words_in(content(answer)) <= {world.b.word}, actor
        assert (answer.status_code == 200) == (actor in (STRANGER, "supervisor", "admin")), actor


def test_a_link_opens_one_message_and_no_other(world):
    """Whoever holds client A's link reads A's message by it, and gets nowhere else."""
    browser = Browser()
    assert words_in(content(browser.get(reverse("messages-link", args=[world.a.link])))) == {world.a.word}
    theirs = links.token(world.b.delivery)
    mine = world.a.link
    mixed = {f"{mine[:-20]}{theirs[-20:]}", f"{theirs[:-20]}{mine[-20:]}", str(world.b.delivery.pk)}
    for token in mixed:
        answer = browser.get(reverse("messages-link", args=[token]))
        assert answer.status_code == 404
        assert not words_in(content(answer))
    assert browser.get(reverse("messages-portal-message", args=[world.b.message.pk])).status_code == 302


# --- What tells how the office is ------------------------------------------------------------------------


def test_what_asks_how_the_office_is_learns_no_words(world, settings, monkeypatch):
    settings.METRICS_TOKEN = "token"
    monkeypatch.setattr(health, "_is_migrated", True)
    browser = world.browsers[STRANGER]
    for name in ("healthz", "readyz", "metrics"):
        answer = browser.get(reverse(name), headers={"Authorization": "Bearer token"})
        assert answer.status_code == 200
        assert not words_in(content(answer)), name
    for command in ("verify_ledger", "reconcile"):
        printed = StringIO()
        try:
            with twilio.transported_by(world.office.transport.http_client()):
                call_command(command, stdout=printed, stderr=printed)
        except CommandError as found:
            printed.write(str(found))
        assert printed.getvalue()
        assert not words_in(printed.getvalue()), command


def test_an_error_repeats_nothing(world, monkeypatch):
    """Whatever a request held and whatever a fault says, the page that is shown says none of it."""
    word = world.a.word
    browser = Browser(raise_request_exception=False, enforce_csrf_checks=True)
    browser.cookies = world.browsers[STRANGER].cookies

    def falls(*_arguments):
        raise ValueError(word)

    refused = browser.post(reverse("where-i-am"), {"text": word})
    nowhere = browser.get(f"/desk/{word}/", {"q": word})
    foreign = browser.get(reverse("client-card", args=[world.a.client.row.pk]), {"q": word})
    monkeypatch.setattr("secretariat.overview.desk.views.searching.search", falls)
    fell = browser.get(reverse("desk-search"), {"q": word})
    answers = {403: refused, 404: nowhere, 500: fell}
    for status, answer in answers.items():
        assert answer.status_code == status
        assert not words_in(content(answer)), status
    assert foreign.status_code == 404
    assert not words_in(content(foreign))
